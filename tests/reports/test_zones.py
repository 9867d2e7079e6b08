"""Zones: what an assessment must say, where it stands on a day, who enters it, the public page."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import httpx
import pytest

from coop.access.roles import Role
from coop.cli.proofs import FAULTS, SEALS
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.refusal import Conflict, NotThere, Refused
from coop.ledger import queries as ledger
from coop.reports.operations.zones import record_zone, revoke_zone
from coop.reports.queries.zones import zones
from coop.reports.rules.zones import (
    Assessment,
    Criterion,
    Limits,
    ZoneState,
    refusals_to_assess,
    state_on,
)
from coop.running import Running
from tests.come_in import come_in
from tests.schooling.family import AGENCY, Town
from tests.weighing.taken_back import insider

TODAY = date(2026, 11, 24)
CODES = ("visited", "none_found", "in_school", "committee", "heard")
ASKED = [Criterion(code, code, code, True, "draft", False) for code in CODES]
LIMITS = Limits(365, 90)
GOOD = Assessment(
    "Namunatand", "Domchanch", 334, TODAY, date(2027, 9, 1), "A. Namuna", "Namuna Trust", "seen",
    dict.fromkeys(CODES, True),
)  # fmt: skip


def test_a_whole_assessment_is_taken() -> None:
    assert refusals_to_assess(GOOD, ASKED, LIMITS, TODAY) == ()


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"village": ""}, "missing", "village"),
        ({"evidence": ""}, "missing", "evidence"),
        ({"assessor": ""}, "missing", "assessor"),
        ({"assessed_on": TODAY + timedelta(1)}, "future", "assessed_on"),
        ({"assessed_on": TODAY - timedelta(91)}, "too_old", "assessed_on"),
        ({"valid_until": TODAY}, "validity", "valid_until"),
        ({"valid_until": TODAY + timedelta(366)}, "validity", "valid_until"),
        ({"met": dict.fromkeys(CODES[1:], True)}, "unanswered", "met_visited"),
    ],
)
def test_what_is_refused(changed: dict[str, object], code: str, field: str) -> None:
    found = refusals_to_assess(replace(GOOD, **changed), ASKED, LIMITS, TODAY)  # type: ignore[arg-type]
    assert (code, field) in [(one.code, one.field) for one in found]


def test_where_it_stands_on_a_day() -> None:
    def stands(on: date, revoked: date | None = None, **met: bool) -> ZoneState:
        return state_on(replace(GOOD, met={**GOOD.met, **met}), revoked, ASKED, on)

    assert stands(TODAY) is ZoneState.HOLDS
    assert stands(GOOD.valid_until) is ZoneState.HOLDS
    assert stands(GOOD.valid_until + timedelta(1)) is ZoneState.EXPIRED
    assert stands(TODAY, heard=False) is ZoneState.NOT_MET
    assert stands(TODAY, TODAY) is ZoneState.REVOKED
    assert stands(TODAY, TODAY + timedelta(1)) is ZoneState.HOLDS


def today_s(village: str) -> Assessment:
    today = clock.today()
    return replace(
        GOOD, village=village, assessed_on=today, valid_until=today + timedelta(days=100)
    )


async def test_entered_once_and_taken_back(database: Running) -> None:
    one, operation = today_s(f"Zone{uuid4().hex[:6]}"), uuid4()
    async with transaction(AGENCY) as tx:
        number = await record_zone(tx, one, operation, "inspector")
        assert await record_zone(tx, one, operation, "inspector") == number
        with pytest.raises(Conflict):
            await record_zone(tx, replace(one, evidence="other"), operation, "inspector")
    async with transaction(AGENCY) as tx:
        with pytest.raises(Refused):
            await record_zone(tx, replace(one, met={}), uuid4(), "inspector")
        with pytest.raises(NotThere):
            await revoke_zone(tx, 10**9, "x", "inspector")
        with pytest.raises(Refused):
            await revoke_zone(tx, number, "", "inspector")
        found = {z.id: z for z in await zones(tx, clock.today())}
        assert found[number].state is ZoneState.HOLDS
        await revoke_zone(tx, number, "A child was found at the site", "monitor")
        await revoke_zone(tx, number, "again", "monitor")
        found = {z.id: z for z in await zones(tx, clock.today())}
        assert (found[number].state, found[number].reason[:7]) == (ZoneState.REVOKED, "A child")
    for edit in (
        f"UPDATE zone_answer SET met = NOT met WHERE assessment_id = {number} AND criterion = 'heard'",
        f"UPDATE zone_assessment SET valid_until = valid_until + 1 WHERE id = {number}",
        f"DELETE FROM zone_revocation WHERE assessment_id = {number}",
    ):
        async with insider(database) as owner:
            assert await ledger.first_faults(owner, FAULTS) == []
            assert not (await owner.execute(edit)).endswith(" 0")
            assert await ledger.first_broken_seals(owner, SEALS) != [], edit


async def test_by_its_pages_in_hindi(client: httpx.AsyncClient, town: Town) -> None:
    village = f"Gaon{uuid4().hex[:6]}"
    csrf = await come_in(client, Role.INSPECTOR, town.here, "hi")
    typed = {
        "csrf": csrf, "operation_id": str(uuid4()), "village": village,
        "block": "Domchanch", "district_lgd": "334", "assessed_on": clock.today().isoformat(),
        "valid_until": (clock.today() + timedelta(days=30)).isoformat(), "assessor": "A. Namuna",
        "organisation": "Namuna Trust", "evidence": "घर देखे", **{f"met_{code}": "yes" for code in CODES},
    }  # fmt: skip
    wrong = await client.post("/reports/zones", data={**typed, "assessor": "", "met_heard": ""})
    assert wrong.status_code == 422
    assert "met_heard-error" in wrong.text
    assert village in wrong.text
    assert (await client.post("/reports/zones", data=typed)).status_code == 303
    client.cookies.clear()
    board = await client.get("/hi/zones")
    assert village in board.text
    assert "A. Namuna" in board.text
    assert "/revocation" not in board.text
    assert village in (await client.get("/en/zones")).text
