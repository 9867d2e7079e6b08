"""Money on paper: a voucher on A5, a member's passbook page on A5."""
