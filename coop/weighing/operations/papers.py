"""Give out a slip on paper: one row a paper, so that the next is marked a copy."""

from coop.audit.operations import record_read
from coop.kernel.db import Transaction
from coop.receipts.rules.receipt import REVERSAL
from coop.weighing.queries.papers import (
    PAPER_READ,
    ReversalPaper,
    SlipPaper,
    reversal_paper,
    slip_paper,
)
from coop.weighing.rules.numbers import SlipNumber


async def slip_to_print(
    tx: Transaction, wanted: SlipNumber, host: str
) -> SlipPaper | ReversalPaper | None:
    """The facts of a slip to print, with how often it was printed before, and a row of this time.

    Two who print at once follow each other: the second gets the copy. None where it does not stand
    within reach.
    """
    await tx.fetchval("SELECT pg_advisory_xact_lock(hashtextextended($1, 58))", wanted.text)
    ask = reversal_paper if wanted.kind == REVERSAL else slip_paper
    one = await ask(tx, wanted, host)
    if one is not None:
        await record_read(
            tx,
            PAPER_READ,
            cooperative_id=one.slip.cooperative_id,
            about=wanted.text,
            rows=1,
        )
    return one
