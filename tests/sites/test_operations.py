"""Sites in the database: versions, permissions, what the desk makes of them, later edits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.kernel.refusal import Conflict, NotThere, Refused
from coop.ledger import queries as ledger
from coop.running import Running
from coop.sites.operations import Sending, record_permission, record_site, record_site_by_hand
from coop.sites.queries import listed_sites, site_of, sites, versions
from coop.sites.queries.proof import FAULTS, PERMISSION_SEAL, SITE_SEAL
from coop.sites.rules import Site, SitePermit
from tests.trade import DISTRICT, Trade, entry, post

SITE = Site(
    "S-973-50", "Heap", "Khairatand", "Domchanch", DISTRICT, 20, 24_495, 85_702, "GM", True, "",
    "ढेर", 100, None, ("slope", "water"),
)  # fmt: skip


def sent(seen: int = 0, **changed: Any) -> Sending:
    return replace(Sending(uuid4(), "inspector", seen, {20}), **changed)


def permit(begins: int, ends: int | None, code: str = SITE.code, no: str = "F/12") -> SitePermit:
    today = clock.today()
    last = None if ends is None else today + timedelta(days=ends)
    return SitePermit(code, no, "Forest office", today + timedelta(days=begins), last)


async def test_a_change_is_a_new_version(tx: Transaction, trade: Trade) -> None:
    await record_site_by_hand(tx, SITE, sent())
    closed = replace(SITE, collection_allowed=False, hazards=("shaft",), name_hi="पुराना ढेर")
    await record_site_by_hand(tx, closed, sent(1))
    assert (await sites(tx))[SITE.code] == closed
    assert [(v.version, v.site.hazards) for v in await versions(tx, SITE.code)] == [
        (2, ("shaft",)),
        (1, ("slope", "water")),
    ]
    entries = await tx.fetch(
        "SELECT about_row FROM audit_entry WHERE tag = 'site:recorded' AND about_row LIKE 'S-973-50/%' ORDER BY id"
    )
    assert [row["about_row"] for row in entries] == ["S-973-50/1", "S-973-50/2"]


async def test_the_same_form_twice_records_once(tx: Transaction, trade: Trade) -> None:
    sending = sent()
    await record_site_by_hand(tx, SITE, sending)
    await record_site_by_hand(tx, SITE, sending)
    assert len(await versions(tx, SITE.code)) == 1
    with pytest.raises(Conflict):
        await record_site_by_hand(tx, replace(SITE, name="Other"), sending)
    with pytest.raises(Refused, match="meanwhile"):
        await record_site_by_hand(tx, SITE, sent(7))
    with pytest.raises(Refused, match="meanwhile"):
        await record_site_by_hand(tx, SITE, sent(0))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"land_status": "sanctuary"}, "sanctuary_not_allowed"),
        ({"land_status": "unknown"}, "land_unknown"),
        ({"state_lgd": 10}, "other_state"),
        ({"land_status": "reserved_forest"}, "forest_not_cleared"),
        ({"hazards": ("shaft",)}, "hazard_bars"),
    ],
)
async def test_what_is_never_cleared(
    tx: Transaction, trade: Trade, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        await record_site_by_hand(tx, replace(SITE, **changed), sent())
    shut = replace(SITE, collection_allowed=False, **changed)
    await record_site_by_hand(tx, shut, sent())
    assert (await sites(tx))[SITE.code] == shut


async def test_a_permission_clears_forest_and_ends(tx: Transaction, trade: Trade) -> None:
    forest = replace(SITE, land_status="protected_forest", collection_allowed=False)
    await record_site_by_hand(tx, forest, sent())
    sending = sent()
    await record_permission(tx, permit(-5, 40), sending)
    await record_permission(tx, permit(-5, 40), sending)
    await record_site_by_hand(tx, replace(forest, collection_allowed=True), sent(2))
    latest = await site_of(tx, SITE.code)
    assert latest is not None
    assert (latest.version, latest.cleared_until) == (3, clock.today() + timedelta(days=40))
    await record_permission(tx, permit(-5, -1), sent())  # the same number: taken back
    latest = await site_of(tx, SITE.code)
    assert latest is not None
    assert latest.cleared_until == clock.today() - timedelta(days=1)
    with pytest.raises(Refused, match="permission_ended"):
        await record_site_by_hand(tx, replace(forest, collection_allowed=True), sent(4))
    with pytest.raises(Refused, match="ends_before"):
        await record_permission(tx, permit(1, 0), sent())
    with pytest.raises(NotThere):
        await record_permission(tx, permit(0, 1, "S-NONE"), sent())


async def test_the_list_shows_the_permission_of_the_day(tx: Transaction, trade: Trade) -> None:
    await record_site_by_hand(tx, replace(SITE, visited_on=clock.today()), sent())
    await record_permission(tx, permit(-9, 9), sent())
    await record_permission(tx, permit(20, 30, no="F/13"), sent())
    today = clock.today()
    [one] = [s for s in await listed_sites(tx, today) if s.latest.site.code == SITE.code]
    assert (one.permission, one.visited_on) == ("F/12", today)
    later = await listed_sites(tx, today + timedelta(days=25), district=DISTRICT)
    assert {s.permission for s in later if s.latest.site.code == SITE.code} == {"F/13"}
    after = await listed_sites(tx, today, after=SITE.code)
    assert all(s.latest.site.code > SITE.code for s in after)


async def test_the_desk_refuses_from_the_day_after(trade: Trade) -> None:
    code = "S-973-51"
    async with transaction(SYSTEM) as tx:
        await record_site(tx, replace(SITE, code=code, hazards=()))
        await record_permission(tx, permit(-30, -1, code), sent())
    ended = await post(trade.here, entry(trade.here, site_code=code))
    assert [r.code for r in ended[0].refusals] == ["site_not_allowed"]
    yesterday = clock.now() - timedelta(days=1)
    late = await post(trade.here, entry(trade.here, site_code=code, weighed_at=yesterday))
    assert late[0].booked is not None
    async with transaction(SYSTEM) as tx:
        await record_permission(tx, permit(-30, 0, code), sent())
    again = await post(trade.here, entry(trade.here, site_code=code))
    assert again[0].booked is not None


async def test_two_at_once_record_one_after_the_other(trade: Trade) -> None:
    code = "S-973-52"

    async def record() -> str:
        try:
            async with transaction(SYSTEM) as tx:
                await record_site_by_hand(tx, replace(SITE, code=code), sent())
        except Refused as refused:
            return refused.refusals[0].code
        return "recorded"

    told = await asyncio.gather(*(record() for _ in range(4)))
    assert sorted(told) == ["meanwhile"] * 3 + ["recorded"]


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
    seals = await ledger.first_broken_seals(tx, [SITE_SEAL, PERMISSION_SEAL])
    return [*(text for text in found if text), *seals]


_ID = "(SELECT max(id) FROM site WHERE code = 'S-973-53')"
EDITS = {
    "a clearing": "UPDATE site SET collection_allowed = NOT collection_allowed WHERE code = 'S-973-53'",
    "an end": "UPDATE site SET cleared_until = NULL WHERE code = 'S-973-53' AND cleared_until IS NOT NULL",
    "a land status": "UPDATE site SET land_status = 'raiyati' WHERE code = 'S-973-53'",
    "a position": "UPDATE site SET lat_thousandths = 1 WHERE code = 'S-973-53'",
    "a hazard gone": f"DELETE FROM site_hazard WHERE site_id = {_ID}",
    "a hazard added": f"INSERT INTO site_hazard VALUES ({_ID}, 'dust')",
    "a version nobody recorded": 'INSERT INTO site SELECT (jsonb_populate_record(s, \'{"id": 999999, "version": 99, "operation_id": null}\')).* FROM site s WHERE code = \'S-973-53\' LIMIT 1',
    "a permission's end": "UPDATE site_permission SET valid_to = NULL WHERE site_code = 'S-973-53'",
    "a permission gone": "DELETE FROM site_permission WHERE site_code = 'S-973-53'",
}


@pytest.mark.parametrize("edit", EDITS)
async def test_an_edit_is_found(database: Running, trade: Trade, edit: str) -> None:
    async with transaction(SYSTEM) as tx:
        if await site_of(tx, "S-973-53") is None:
            await record_site(tx, replace(SITE, code="S-973-53"))
            await record_permission(tx, permit(-5, 40, "S-973-53"), sent())
    async with insider(database) as owner:
        assert await faults(owner) == []
        done = await owner.execute(EDITS[edit])
        assert not done.endswith(" 0"), edit
        assert await faults(owner), edit
