"""Reads of reports and zones."""
