"""Writes of schooling: registers, children with consent, checks, follow-up, erasure."""

from coop.schooling.operations.registers import keep_register, record_school, row_hash

__all__ = ["keep_register", "record_school", "row_hash"]
