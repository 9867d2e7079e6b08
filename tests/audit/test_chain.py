"""The chain: each entry stands on the one before, carries exactly its facts, and covers reads too."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from coop.audit.operations import record, record_all, record_read, seal_reads
from coop.audit.rules import ZERO, AuditTag, entry_hash, facts_text
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.ledger.queries import first_chain_fault

_AT = datetime(2026, 11, 1, 3, 30, tzinfo=UTC)
_ENTRY = (
    ZERO,
    "KDM01",
    1,
    _AT,
    "user:7",
    "centre:recorded",
    "collection_centre",
    "3",
    '{"code":"C1"}',
)


def test_every_field_is_under_the_hash() -> None:
    changed = (
        (bytes(31) + b"\1", *_ENTRY[1:]),
        *(
            (*_ENTRY[:place], value, *_ENTRY[place + 1 :])
            for place, value in enumerate(
                ("KDM02", 2, _AT + timedelta(microseconds=1), "user:8", "x", "y", "4", "{}"),
                start=1,
            )
        ),
        # What moves from one field to the next is another entry.
        (*_ENTRY[:4], "user:7centre", ":recorded", *_ENTRY[6:]),
    )
    hashes = {entry_hash(*one) for one in (_ENTRY, *changed)}  # type: ignore[arg-type]
    assert len(hashes) == len(changed) + 1
    india = _AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert entry_hash(*_ENTRY[:3], india, *_ENTRY[4:]) == entry_hash(*_ENTRY)  # type: ignore[arg-type]


@pytest.mark.parametrize("tag", AuditTag)
def test_an_entry_carries_exactly_the_facts_of_its_tag(tag: AuditTag) -> None:
    facts = dict.fromkeys(tag.fields, 1)
    assert facts_text(tag, facts)
    with pytest.raises(ValueError, match="carries"):
        facts_text(tag, {**facts, "surplus": "x"})
    for name in tag.fields:
        with pytest.raises(ValueError, match="carries"):
            facts_text(tag, {other: 1 for other in tag.fields if other != name})


async def test_acts_follow_each_other(tx: Transaction) -> None:
    start = await tx.fetchval("SELECT last_seq FROM audit_head WHERE chain = 'AGENCY'")
    for number in range(3):
        await record(
            tx, AuditTag.GRADE_RECORDED, cooperative_id=None,
            table="grade", row=str(number), facts={"code": number},
        )  # fmt: skip
    await record_all(tx, None, [])
    rows = await tx.fetch(
        "SELECT seq, previous, hash, actor FROM audit_entry WHERE chain = 'AGENCY' AND seq > $1 ORDER BY seq",
        start,
    )
    assert [row["seq"] for row in rows] == [start + 1, start + 2, start + 3]
    assert [row["previous"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]
    assert {row["actor"] for row in rows} == {"system"}
    assert await first_chain_fault(tx) is None


async def test_reads_are_sealed_once_and_in_order(tx: Transaction) -> None:
    for about in ("A", "B"):
        await record_read(tx, "slip", cooperative_id=None, about=about, rows=1)
    await seal_reads(tx)  # what is younger than a minute waits
    with clock.frozen(clock.now() + timedelta(seconds=120)):
        last = await tx.fetchval("SELECT max(id) FROM audit_read")
        assert await seal_reads(tx) >= 2
        assert await seal_reads(tx) == 0
    sealed = await tx.fetchval(
        "SELECT max((facts::json ->> 'last')::bigint) FROM audit_entry WHERE tag = 'reads:sealed'"
    )
    assert sealed == last
    assert await first_chain_fault(tx) is None
