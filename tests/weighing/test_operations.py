"""What a posting writes, what it leaves alone, and what becomes of posters who come at once."""

import asyncio
import contextlib
import json
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

import httpx
import pytest

from coop.kernel import clock
from coop.kernel.db import transaction
from coop.weighing.operations.post import post_entries
from coop.weighing.queries import terms_on
from coop.weighing.rules import Outcome
from tests.trade import FLOOR, GRADE, REACH, Trade, body, entry, post
from tests.weighing.test_api import numbers, send

_TABLES = (
    "desk_entry", "weighing", "journal", "ledger_entry", "receipt", "audit_entry",
    "kept_total", "day_total", "member_day_cash", "number_series",
)  # fmt: skip


async def written(trade: Trade) -> dict[str, str]:
    """Every row of this cooperative, as a hash a table."""
    made = {}
    async with transaction(REACH) as tx:
        for table in _TABLES:
            rows = await tx.fetch(
                f'SELECT t::text AS line FROM "{table}" t WHERE cooperative_id = $1 ORDER BY 1',
                trade.here.id,
            )
            made[table] = sha256("\n".join(row["line"] for row in rows).encode()).hexdigest()
    return made


@pytest.mark.parametrize(("mode", "line_count"), [("cash", 4), ("upi", 2), ("later", 2)])
async def test_a_posting_writes_each_book_once(trade: Trade, mode: str, line_count: int) -> None:
    before = await written(trade)
    one = entry(trade.here, paid_mode=mode, member_no="0006")
    answer = (await post(trade.here, one))[0]
    assert answer.outcome is Outcome.ACCEPTED
    assert answer.booked is not None
    no, fy = answer.booked.no, answer.booked.fy
    async with transaction(REACH) as tx:
        lines = await tx.fetch(
            """SELECT e.* FROM journal j JOIN ledger_entry e
               ON (e.cooperative_id, e.fy, e.journal_no) = (j.cooperative_id, j.fy, j.no)
               WHERE j.cooperative_id = $1 AND j.document LIKE $2 ORDER BY e.line_no""",
            trade.here.id,
            f"%-S{no:05d}",
        )
        audit = await tx.fetchrow(
            "SELECT facts, actor FROM audit_entry WHERE cooperative_id = $1 AND tag = 'weighing:posted' AND about_row = $2",
            trade.here.id,
            f"{fy}/{no}",
        )
    assert [row["amount_paise"] for row in lines] == [16613, -16613, 16613, -16613][:line_count]
    assert lines[0]["stock_grams"] == 15454
    assert audit is not None
    facts = json.loads(audit["facts"])
    assert (facts["grams"], facts["paise"], facts["receipt"]) == (15454, 16613, f"{fy}/{no}")
    assert facts["sha256"] == sha256(answer.booked.signed).hexdigest()
    assert "Namuna" not in audit["facts"]
    after = await written(trade)
    kept = {"member_day_cash"} if mode != "cash" else set()
    assert {table for table in _TABLES if after[table] == before[table]} == kept


async def test_a_replay_and_a_refusal_write_nothing(trade: Trade) -> None:
    one = entry(trade.here)
    first = (await post(trade.here, one))[0]
    before = await written(trade)
    again = (await post(trade.here, one))[0]
    assert (again.outcome, again.booked) == (Outcome.UNCHANGED, first.booked)
    wrong = (await post(trade.here, entry(trade.here, rate_paise_per_kg=FLOOR[GRADE] - 1)))[0]
    assert [refusal.code for refusal in wrong.refusals] == ["rate_below_floor"]
    other = (await post(trade.here, entry(trade.here, id=one.id, gross_g=9000)))[0]
    assert other.conflict
    assert await written(trade) == before


class _PowerCut(Exception):
    """Ends a transaction after everything was written and before COMMIT."""


async def test_what_fails_on_the_way_leaves_nothing(trade: Trade) -> None:
    before = await written(trade)
    with contextlib.suppress(_PowerCut):
        async with transaction(REACH) as tx:
            made = await post_entries(tx, trade.here.desk(), [entry(trade.here) for _ in range(5)])
            assert all(answer.booked for answer in made)
            raise _PowerCut
    assert await written(trade) == before
    first = (await post(trade.here, entry(trade.here)))[0].booked
    assert first is not None
    found = await numbers(trade.here)
    assert found == list(range(1, first.no + 1))


async def test_cash_of_a_day_adds_up_over_postings(trade: Trade) -> None:
    """The limit holds over single postings and within one list alike."""
    large = {
        "gross_g": 190_000,
        "paid_mode": "cash",
        "member_no": "0008",
        "rate_paise_per_kg": 2000,
    }
    amount = 380_000
    async with transaction(REACH) as tx:
        limit = (await terms_on(tx, trade.here.id, clock.today())).cash_limit_paise
    fits = limit // amount
    assert fits >= 2
    large |= {"gross_g": 190_250, "moisture": Decimal(0), "waste": Decimal(0)}
    first = await post(trade.here, *(entry(trade.here, **large) for _ in range(fits - 1)))
    assert [one.booked.amount_paise for one in first if one.booked] == [amount] * (fits - 1)
    both = await post(trade.here, entry(trade.here, **large), entry(trade.here, **large))
    assert both[0].booked is not None
    assert [refusal.code for refusal in both[1].refusals] == ["cash_limit"]
    again = (await post(trade.here, entry(trade.here, **large)))[0]
    assert [refusal.code for refusal in again.refusals] == ["cash_limit"]
    by_bank = entry(trade.here, **{**large, "paid_mode": "bank"})
    assert (await post(trade.here, by_bank))[0].booked is not None


async def test_iat_is_the_clocks_and_weighed_at_the_entrys(trade: Trade) -> None:
    at = clock.now() - timedelta(days=3)
    answer = (await post(trade.here, entry(trade.here, weighed_at=at)))[0]
    assert answer.booked is not None
    async with transaction(REACH) as tx:
        row = await tx.fetchrow(
            "SELECT w.weighed_at, r.issued_at FROM weighing w JOIN receipt r"
            " ON (r.cooperative_id, r.fy, r.kind, r.no) = (w.cooperative_id, w.fy, 1, w.no)"
            " WHERE w.cooperative_id = $1 AND w.no = $2",
            trade.here.id,
            answer.booked.no,
        )
    assert row is not None
    assert row["weighed_at"] == at
    assert abs((row["issued_at"] - clock.now()).total_seconds()) < 60


async def test_two_posters_of_one_entry_make_one_receipt(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    before = await numbers(trade.here)
    one = body()
    got = await asyncio.gather(*(send(client, trade.here, one) for _ in range(8)))
    assert sorted(answer.status_code for answer in got) == [200] * 7 + [201]
    assert len({answer.content for answer in got}) == 1
    assert len(await numbers(trade.here)) == len(before) + 1


async def test_posters_at_once_leave_no_gap(client: httpx.AsyncClient, trade: Trade) -> None:
    sent = [body(member_no=f"000{1 + n % 5}") for n in range(40)]
    lists = [[body() for _ in range(5)] for _ in range(4)]
    got = await asyncio.gather(
        *(
            send(client, side, one)
            for one, side in zip(sent, (trade.here, trade.there) * 20, strict=True)
        ),
        *(send(client, trade.here, several) for several in lists),
    )
    assert {answer.status_code for answer in got} == {200, 201}
    for side in (trade.here, trade.there):
        found = await numbers(side)
        assert found == list(range(1, len(found) + 1))


async def test_the_same_id_with_two_contents_at_once(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    one = body()
    both = [one, {**one, "gross_g": 17000}] * 3
    got = await asyncio.gather(*(send(client, trade.here, sent) for sent in both))
    found = sorted(answer.status_code for answer in got)
    assert found == [200, 200, 201, 409, 409, 409]
    async with transaction(REACH) as tx:
        count = await tx.fetchval(
            "SELECT count(*) FROM desk_entry WHERE entry_id = $1::text::uuid", one["id"]
        )
    assert count == 1


async def test_an_id_raced_by_two_cooperatives(client: httpx.AsyncClient, trade: Trade) -> None:
    for _ in range(5):
        one = body(id=str(uuid4()))
        got = await asyncio.gather(*(send(client, s, one) for s in (trade.here, trade.there)))
        assert sorted(answer.status_code for answer in got) == [201, 409]
