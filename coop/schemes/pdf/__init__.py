"""Schemes on paper: the caregiver's letter on A5, the camp list on A4."""
