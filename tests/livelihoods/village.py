"""Members of the tests' cooperatives put into households, and weighings of theirs."""

from datetime import timedelta

from coop.kernel import clock
from coop.kernel.db import transaction
from tests.trade import REACH, Side, entry, post


async def put_into(side: Side, member_no: str, household_no: str) -> None:
    """Let a member live in a household, as a move does."""
    async with transaction(REACH) as tx:
        await tx.execute(
            """INSERT INTO household_move (cooperative_id, person_id, household_id, from_day, recorded_by, recorded_at)
               SELECT $1, m.person_id, h.id, $4, 'console:tests', now() FROM member m, household h
               WHERE m.cooperative_id = $1 AND m.member_no = $2 AND h.household_no = $3""",
            side.id,
            member_no,
            household_no,
            clock.today(),
        )


async def weigh(side: Side, member_no: str, *, days_ago: int = 0, grams: int = 16100) -> None:
    """One weighing of a member some days ago."""
    at = clock.now() - timedelta(days=days_ago, minutes=5)
    answers = await post(side, entry(side, member_no=member_no, gross_g=grams, weighed_at=at))
    assert answers[0].booked is not None, answers
