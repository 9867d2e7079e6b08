"""Acts of reports and zones."""
