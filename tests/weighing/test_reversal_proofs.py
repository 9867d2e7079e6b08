"""`coop ledger verify` finds any edit of a reversal, of what was asked and of what was decided."""

import asyncpg
import pytest

from coop.running import Running
from coop.weighing.queries.reversal_proof import REVERSAL_FAULTS, REVERSAL_SEALS
from tests.proofs import is_found
from tests.trade import Trade
from tests.weighing.taken_back import ask, decide, faults, insider, weighed, wish

# What an insider would do to hide or to make a reversal.
EDITS = {
    "a reason": "UPDATE weighing_reversal SET reason = 'wrong_grade' WHERE {reversal}",
    "who it was": "UPDATE weighing_reversal SET user_id = user_id + 5 WHERE {reversal}",
    "when it was": "UPDATE weighing_reversal SET reversed_at = reversed_at - interval '1 day' WHERE {reversal}",
    "cash that came back": "UPDATE weighing_reversal SET cash_back_paise = cash_back_paise + 1 WHERE {reversal}",
    "another weighing": "UPDATE weighing_reversal SET weighing_no = weighing_no - 1 WHERE {reversal}",
    "a reversal gone": "DELETE FROM weighing_reversal WHERE {reversal}",
    "a line of it": "UPDATE ledger_entry SET amount_paise = amount_paise * 2 WHERE {lines}",
    "a member of a line": "UPDATE ledger_entry SET member_id = member_id + 1 WHERE {lines} AND account_code = 2110",
    "its journal's day": "UPDATE journal SET day = day - 1 WHERE {journal}",
    "its receipt's bytes": "UPDATE receipt SET signed = set_byte(signed, 40, get_byte(signed, 40) # 1) WHERE {receipt}",
    "its receipt gone": "DELETE FROM receipt WHERE {receipt}",
    "valid again": "INSERT INTO receipt_status (cooperative_id, sidx, status, at, reason) VALUES ({coop}, {sidx}, 0, now(), 'x')",
    "the state gone": "DELETE FROM receipt_status WHERE sidx = {sidx}",
    "who asked": "UPDATE reversal_request SET asked_by = asked_by + 5 WHERE {request}",
    "why they asked": "UPDATE reversal_request SET words = 'else' WHERE {request}",
    "a request gone": "DELETE FROM reversal_request WHERE {request}",
    "who decided": "UPDATE reversal_decision SET decided_by = decided_by + 5 WHERE request_{request}",
    "a decision turned": "UPDATE reversal_decision SET outcome = 'rejected' WHERE request_{request}",
    "a decision gone": "DELETE FROM reversal_decision WHERE request_{request}",
    "a day's sum": "UPDATE day_total SET payable_grams = payable_grams + 1 WHERE cooperative_id = {coop}",
    "a member's cash": "UPDATE member_day_cash SET cash_paise = cash_paise + 1 WHERE cooperative_id = {coop}",
    "another valid one void": "INSERT INTO receipt_status (cooperative_id, sidx, status, at, reason)"
    " SELECT {coop}, sidx, 1, now(), 'x' FROM receipt r WHERE r.cooperative_id = {coop} AND r.kind = 1"
    " AND NOT EXISTS (SELECT FROM receipt_status s WHERE s.sidx = r.sidx) LIMIT 1",
}


async def test_an_edit_is_found(database: Running, trade: Trade) -> None:
    kept = await weighed(trade.here, paid_mode="cash")
    number = await weighed(trade.here, paid_mode="cash")
    await ask(number, wish(cash_back=True))
    done = await decide(number)
    assert done is not None
    coop = trade.here.id
    async with insider(database) as tx:
        assert await faults(tx) == []
        row = await tx.fetchrow(
            """SELECT v.journal_no, v.request_id, r.sidx FROM weighing_reversal v JOIN receipt r
               ON (r.cooperative_id, r.fy, r.kind, r.no) = (v.cooperative_id, v.weighing_fy, 1, v.weighing_no)
               WHERE v.cooperative_id = $1 AND v.fy = $2 AND v.no = $3""",
            coop, done.fy, done.no,
        )  # fmt: skip
    assert row is not None
    assert kept.no < number.no
    for what, edit in EDITS.items():
        async with insider(database) as tx:
            tag = await tx.execute(
                edit.format(
                    reversal=f"cooperative_id = {coop} AND fy = {done.fy} AND no = {done.no}",
                    lines=f"cooperative_id = {coop} AND fy = {done.fy} AND journal_no = {row['journal_no']}",
                    journal=f"cooperative_id = {coop} AND fy = {done.fy} AND no = {row['journal_no']}",
                    receipt=f"cooperative_id = {coop} AND fy = {done.fy} AND kind = 3 AND no = {done.no}",
                    request=f"id = {row['request_id']}",
                    sidx=row["sidx"],
                    coop=coop,
                )
            )
            assert not tag.endswith(" 0"), what
            assert await is_found(tx, REVERSAL_FAULTS, REVERSAL_SEALS), what
    async with insider(database) as tx:
        with pytest.raises(asyncpg.CheckViolationError):
            await tx.execute("UPDATE reversal_decision SET decided_by = asked_by")
