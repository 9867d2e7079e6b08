"""What people wrote of buyers: rows of a list, and the agency's forms."""

from coop.buyers.forms.listed import BUYER_COLUMNS, buyer_from_row

__all__ = ["BUYER_COLUMNS", "buyer_from_row"]
