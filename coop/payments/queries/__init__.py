"""Parties and their dues, vouchers (``vouchers``), and what `coop ledger verify` proves (``proofs``)."""
