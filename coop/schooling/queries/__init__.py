"""Reads of schools and registers, of children and of checks."""

from coop.schooling.queries.registers import kept_hashes, register_rows, schools

__all__ = ["kept_hashes", "register_rows", "schools"]
