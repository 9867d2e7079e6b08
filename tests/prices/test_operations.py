"""Notices in the database: what is written, said twice, two at once, and changed behind the back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.kernel.refusal import Conflict, Refused
from coop.ledger import queries as ledger
from coop.prices.operations import Sending, publish_lines, publish_notice
from coop.prices.queries import floors_at, last_notice_id
from coop.prices.queries.notices import notice, notices
from coop.prices.queries.proof import FAULTS, NOTICE_SEAL
from coop.prices.rules import (
    Component,
    Consultation,
    Notice,
    NoticeLine,
    NoticeRow,
    PricedLine,
    periods_in_force,
)
from coop.running import Running
from tests.trade import GRADE, OTHER_GRADE, Trade

DISTRICT = 975  # no district: these floors are nobody else's
HEARD = Consultation(clock.today(), "Domchanch", 3, 7, 1, 4, 4, 1, "Carrying is dear", "Raised")


def line(
    number: str, begins: datetime, ends: datetime | None = None, picker: int = 1000, **changed: Any
) -> NoticeLine:
    made = NoticeLine(
        number, clock.now(), begins, ends, DISTRICT, GRADE, picker, picker + 250, 50, None
    )
    return replace(made, **changed)


def written(*of: NoticeLine, parts: bool = False) -> Notice:
    components = (Component("picker", "picking", of[0].picker_floor_paise_per_kg),) if parts else ()
    return Notice(
        of[0].notice_no, "Nodal agency (invented)", "नोडल एजेंसी", "letter 7", "",
        HEARD, "", "buyers' parts are not worked out", tuple(PricedLine(one, components) for one in of),
    )  # fmt: skip


async def sent(tx: Transaction, **changed: Any) -> Sending:
    made = Sending(
        uuid4(), "price_officer", may_publish_for_past=False, seen=await last_notice_id(tx)
    )
    return replace(made, **changed)


def soon(hours: int = 1) -> datetime:
    return clock.now() + timedelta(hours=hours)


async def test_a_notice_is_written_whole(tx: Transaction, trade: Trade) -> None:
    begins = soon()
    one = written(
        line("OPS/01", begins), line("OPS/01", begins, grade_code=OTHER_GRADE), parts=True
    )
    await publish_notice(tx, one, await sent(tx))
    shown = await notice(tx, "OPS/01", clock.now())
    assert shown is not None
    assert (shown.state, shown.published_as, shown.consultation) == (
        "coming",
        "price_officer",
        HEARD,
    )
    assert [(p.since, p.until) for p in shown.lines[0].periods] == [(begins, None)]
    assert shown.lines[0].components == (Component("picker", "picking", 1000),)
    assert await floors_at(tx, DISTRICT, clock.now()) == []
    [floor, _] = await floors_at(tx, DISTRICT, begins)
    assert (floor.picker_floor_paise, floor.authority_hi) == (1000, "नोडल एजेंसी")
    entry = await tx.fetchrow(
        "SELECT about_table, facts FROM audit_entry WHERE tag = 'notice:published' ORDER BY id DESC LIMIT 1"
    )
    assert entry is not None
    assert entry["about_table"] == "price_notice"
    assert entry["facts"].startswith('{"lines":2,"notice_no":"OPS/01","rows_sha256":"')


async def test_the_same_form_twice_publishes_once(tx: Transaction, trade: Trade) -> None:
    one, sending = written(line("OPS/02", soon())), await sent(tx)
    await publish_notice(tx, one, sending)
    before = await tx.fetchval("SELECT count(*) FROM audit_entry")
    later = replace(one.lines[0].line, published_at=soon(0))
    await publish_notice(tx, replace(one, lines=(PricedLine(later),)), sending)
    assert await tx.fetchval("SELECT count(*) FROM audit_entry") == before
    with pytest.raises(Conflict):
        await publish_notice(tx, replace(one, reference="letter 8"), sending)
    with pytest.raises(Refused, match="duplicate"):
        await publish_notice(tx, one, await sent(tx))
    assert await tx.fetchval("SELECT count(*) FROM price_notice WHERE notice_no = 'OPS/02'") == 1


async def test_what_was_published_since_the_check_is_looked_at_again(
    tx: Transaction, trade: Trade
) -> None:
    sending = await sent(tx)
    await publish_notice(tx, written(line("OPS/03", soon())), await sent(tx))
    with pytest.raises(Refused, match="meanwhile"):
        await publish_notice(tx, written(line("OPS/04", soon())), sending)


async def test_a_floor_falls_by_a_revision_only(tx: Transaction, trade: Trade) -> None:
    await publish_notice(tx, written(line("OPS/05", soon(1))), await sent(tx))
    lower = written(line("OPS/06", soon(2), picker=900))
    with pytest.raises(Refused, match="lower_without_revision"):
        await publish_notice(tx, lower, await sent(tx))
    revision = written(line("OPS/06", soon(2), picker=900, supersedes="OPS/05"))
    await publish_notice(tx, revision, await sent(tx))
    [floor] = await floors_at(tx, DISTRICT, soon(3))
    assert floor.picker_floor_paise == 900
    old = await notice(tx, "OPS/05", soon(3))
    assert old is not None
    assert (old.state, old.superseded_by) == ("superseded", ("OPS/06",))


async def test_a_past_time_is_for_the_administrator(tx: Transaction, trade: Trade) -> None:
    late = written(line("OPS/07", soon(-5)))
    with pytest.raises(Refused, match="effective_before_published"):
        await publish_notice(tx, late, await sent(tx))
    await publish_notice(tx, late, await sent(tx, may_publish_for_past=True))
    shown = await notice(tx, "OPS/07", clock.now())
    assert shown is not None
    assert shown.for_past
    assert await floors_at(tx, DISTRICT, soon(-1)) == []  # it holds from publication on


async def test_a_list_may_add_lines_to_its_notice(tx: Transaction, trade: Trade) -> None:
    for grade in (GRADE, OTHER_GRADE):
        row = NoticeRow(line("OPS/08", soon(), grade_code=grade), "Agency", "", "एजेंसी")
        await publish_lines(tx, [row])
    shown = await notice(tx, "OPS/08", clock.now())
    assert shown is not None
    assert (shown.consulted, len(shown.lines), shown.published_as) == ("not_recorded", 2, "")
    parts = await tx.fetch("SELECT part FROM price_notice WHERE notice_no = 'OPS/08' ORDER BY 1")
    assert [row["part"] for row in parts] == [1, 2]


async def test_notices_are_listed_by_state_and_page(tx: Transaction, trade: Trade) -> None:
    for number, begins, ends in (("L1", -9, -8), ("L2", -7, None), ("L3", 5, None)):
        one = line(f"OPS/{number}", soon(begins), soon(ends) if ends else None)
        row = replace(one, published_at=soon(-20))
        await publish_lines(tx, [NoticeRow(row, "Agency", "")])
    own = await notices(tx, clock.now(), district=DISTRICT)
    states = {one.number: one.state for one in own}
    assert states == {"OPS/L1": "ended", "OPS/L2": "in_force", "OPS/L3": "coming"}
    assert [one.number for one in own] == ["OPS/L3", "OPS/L2", "OPS/L1"]
    [only] = await notices(tx, clock.now(), district=DISTRICT, state="in_force")
    assert only.number == "OPS/L2"
    below = await notices(tx, clock.now(), district=DISTRICT, before=own[0].id)
    assert [one.number for one in below] == ["OPS/L2", "OPS/L1"]


async def test_two_officers_at_once_publish_one_after_the_other(trade: Trade) -> None:
    async with transaction(SYSTEM) as tx:
        seen = await last_notice_id(tx)

    async def publish(number: str) -> str:
        try:
            async with transaction(SYSTEM) as tx:
                one = written(line(number, soon(), district_lgd=976))
                await publish_notice(tx, one, await sent(tx, seen=seen))
        except Refused as refused:
            return refused.refusals[0].code
        return "published"

    told = await asyncio.gather(*(publish(f"OPS/T{n}") for n in range(4)))
    assert sorted(told) == ["meanwhile"] * 3 + ["published"]


@asynccontextmanager
async def insider(database: Running) -> AsyncIterator[Any]:
    """The owner with every trigger off; all is undone."""
    owner = await asyncpg.connect(database.addresses.owner)
    opened = owner.transaction()
    await opened.start()
    try:
        await owner.execute("SET LOCAL session_replication_role = replica")
        yield owner
    finally:
        await opened.rollback()
        await owner.close()


async def faults(connection: Any) -> list[str]:
    tx = Transaction(connection, SYSTEM)
    found = [await tx.fetchval(question) for question in FAULTS.values()]
    seals = await ledger.first_broken_seals(tx, [NOTICE_SEAL])
    return [*(text for text in found if text), *seals]


@pytest.fixture(scope="session")
def sealed_number() -> str:
    return "OPS/S1"


@pytest.fixture
async def sealed_notice(database: Running, trade: Trade, sealed_number: str) -> str:
    """A notice that is committed, with parts and a consultation."""
    async with transaction(SYSTEM) as tx:
        if await notice(tx, sealed_number, clock.now()) is None:
            one = written(line(sealed_number, soon(), district_lgd=977), parts=True)
            await publish_notice(tx, one, await sent(tx))
    return sealed_number


_OF = "(SELECT id FROM price_notice WHERE notice_no = 'OPS/S1')"
_LINES = f"(SELECT id FROM price_notice_line WHERE notice_id = {_OF})"
EDITS = {
    "a floor": f"UPDATE price_notice_line SET picker_floor_paise = picker_floor_paise - 1 WHERE notice_id = {_OF}",
    "a premium": f"UPDATE price_notice_line SET premium_paise = 0 WHERE notice_id = {_OF}",
    "a beginning": f"UPDATE price_notice_line SET effective_from = effective_from - interval '1 second' WHERE notice_id = {_OF}",
    "an authority": f"UPDATE price_notice_line SET authority = 'Somebody' WHERE notice_id = {_OF}",
    "a source": f"UPDATE price_notice_line SET reference = 'letter 9' WHERE notice_id = {_OF}",
    "a line gone": f"DELETE FROM price_notice_line WHERE notice_id = {_OF}",
    "a line added": f"INSERT INTO price_notice_line SELECT (l).* FROM (SELECT jsonb_populate_record(x, jsonb_build_object('id', 999999, 'grade_code', {OTHER_GRADE})) AS l FROM price_notice_line x WHERE notice_id = {_OF}) y",
    "a part's name": f"UPDATE price_component SET name = 'margin' WHERE line_id IN {_LINES}",
    "a part's paise": f"UPDATE price_component SET paise = paise - 1 WHERE line_id IN {_LINES}",
    "a part gone": f"DELETE FROM price_component WHERE line_id IN {_LINES}",
    "a count of people": f"UPDATE price_consultation SET women = women + 1, aged_18_35 = aged_18_35 + 1 WHERE notice_id = {_OF}",
    "what they said": f"UPDATE price_consultation SET said = 'All is well' WHERE notice_id = {_OF}",
    "a consultation gone": f"DELETE FROM price_consultation WHERE notice_id = {_OF}",
    "a reason": "UPDATE price_notice SET no_components_reason = 'none' WHERE notice_no = 'OPS/S1'",
    "a role": "UPDATE price_notice SET published_as = 'administrator' WHERE notice_no = 'OPS/S1'",
    "a notice nobody published": "INSERT INTO price_notice VALUES (999998, 'OPS/X', 1, '', '', 'none', 'x', '', '', NULL, NULL, now())",
    "a period": "UPDATE price_period SET during = tstzrange(lower(during) + interval '1 hour', NULL) WHERE district_lgd = 977",
    "a period's line": f"UPDATE price_period SET line_id = (SELECT min(id) FROM price_notice_line) WHERE line_id IN {_LINES}",
    "a period gone": "DELETE FROM price_period WHERE district_lgd = 977",
    "a period ended early": "UPDATE price_period SET during = tstzrange(lower(during), lower(during) + interval '1 day') WHERE district_lgd = 977",
    "a period of nothing": f"INSERT INTO price_period (district_lgd, grade_code, during, line_id) SELECT 978, {GRADE}, tstzrange(now(), NULL), min(id) FROM price_notice_line",
}


@pytest.mark.parametrize("edit", EDITS)
async def test_an_edit_is_found(database: Running, sealed_notice: str, edit: str) -> None:
    async with insider(database) as owner:
        assert await faults(owner) == []
        done = await owner.execute(EDITS[edit])
        assert not done.endswith(" 0"), edit
        assert await faults(owner), edit


async def test_the_periods_of_verify_are_those_of_the_rule(database: Running, trade: Trade) -> None:
    """The question in SQL and the rule in Python say the same of notices that overlap any way."""
    import random

    chance = random.Random(86)
    async with insider(database) as owner:
        tx = Transaction(owner, SYSTEM)
        rows = []
        for number in range(40):
            begins = clock.now() + timedelta(hours=chance.randrange(12))
            ends = (
                begins + timedelta(hours=chance.randrange(1, 9)) if chance.random() < 0.5 else None
            )
            names = [f"P/{n}" for n in range(number)] or ["P/none"]
            one = replace(
                line(f"P/{number}", begins, ends),
                published_at=begins + timedelta(hours=chance.choice([-9, 0, 2])),
                district_lgd=979,
                supersedes=chance.choice(names) if chance.random() < 0.3 else None,
            )
            if one.ends > one.published_at:
                rows.append(NoticeRow(one, "Agency", ""))
        await publish_lines(tx, rows)
        assert len(periods_in_force([row.line for row in rows])) > 5
        assert await faults(owner) == []
