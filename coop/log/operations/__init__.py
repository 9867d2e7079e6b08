"""Verbs of the log: take receipts in, keep what witnesses signed, give and revoke their tokens."""
