"""What lots and sales post; every set of lines sums to zero."""

from coop.ledger.rules import Account, Line, reversed_lines
from coop.sales.rules.balance import Heap, Move
from coop.sales.rules.tax import Tax

_LOSS = {Move.SORTED: Account.SORTING_LOSS, Move.SHRUNK: Account.SHRINKAGE}


def sale_lines(
    buyer_id: int, grade_code: int, amount_paise: int, tax: Tax, premium_paise: int
) -> tuple[Line, ...]:
    """Dr buyer, Cr sales, tax and round-off; out of the proceeds Dr premium, Cr common fund."""
    lines = [
        Line(Account.DUE_FROM_BUYERS, tax.total_paise, buyer_id=buyer_id),
        Line(Account.SALES, -amount_paise, grade_code=grade_code),
        Line(Account.CGST, -tax.cgst_paise),
        Line(Account.SGST, -tax.sgst_paise),
        Line(Account.IGST, -tax.igst_paise),
        Line(Account.ROUND_OFF, -tax.round_off_paise),
        Line(Account.PREMIUM, premium_paise),
        Line(Account.COMMON_FUND, -premium_paise),
    ]
    return tuple(line for place, line in enumerate(lines) if line.paise or place < 2)


def dispatch_lines(grade_code: int, heap: Heap) -> tuple[Line, ...]:
    """Dr cost of sales, Cr stock, at the lot's average cost when it was sold."""
    return (
        Line(Account.COST_OF_SALES, heap.paise, grade_code=grade_code),
        Line(Account.STOCK, -heap.paise, grade_code=grade_code, stock_grams=-heap.grams),
    )


def returned_lines(grade_code: int, heap: Heap) -> tuple[Line, ...]:
    """Dr stock, Cr cost of sales: goods that had left come back to their lot."""
    return reversed_lines(dispatch_lines(grade_code, heap))


def loss_lines(grade_code: int, heap: Heap, move: Move) -> tuple[Line, ...]:
    """Dr sorting loss or shrinkage, Cr stock; never charged to the pickers."""
    return (
        Line(_LOSS[move], heap.paise, grade_code=grade_code),
        Line(Account.STOCK, -heap.paise, grade_code=grade_code, stock_grams=-heap.grams),
    )


def seizure_lines(grade_code: int, heap: Heap) -> tuple[Line, ...]:
    """Dr seized stock, Cr stock: out of what can be sold, still owned and owed to the pickers."""
    return (
        Line(Account.SEIZED_STOCK, heap.paise, grade_code=grade_code, stock_grams=heap.grams),
        Line(Account.STOCK, -heap.paise, grade_code=grade_code, stock_grams=-heap.grams),
    )
