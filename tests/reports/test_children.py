"""A quarter is published once, from its last check, by whom it may; counts only, and nobody's row."""

from datetime import datetime, timedelta

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.cli.proofs import FAULTS, SEALS
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.quarter import quarter_of
from coop.kernel.refusal import Refused
from coop.ledger import queries as ledger
from coop.reports.operations.children import publish_children
from coop.reports.queries.children import checked_in, report_of
from coop.reports.rules.children import Grouping, Measure
from coop.running import Running
from coop.schooling.operations.check import keep_check
from coop.schooling.queries.checks import check, status_rules
from coop.schooling.queries.role import school_transaction
from coop.schooling.rules.status import DEFAULT_RULE, rule_on
from tests.come_in import come_in
from tests.schooling.family import AGENCY, Town, consent, new_family, register, row_of
from tests.weighing.taken_back import insider

SIGNED_IN = [role for role in Role if ROLES[role].holder is Holder.PERSON]
NOW = datetime.fromisoformat("2026-11-24T09:00:00+05:30")
LAST = quarter_of(quarter_of(NOW.date()).first - timedelta(days=1))


async def checked(town: Town, families: int) -> None:
    """So many families with consent, checked in the quarter that ended."""
    for _ in range(families):
        family = await new_family(town.here)
        await consent(family)
        await register(row_of(family))
    with clock.frozen(datetime.fromisoformat("2026-09-20T09:00:00+05:30")):
        async with school_transaction(AGENCY) as tx:
            rule = rule_on(await status_rules(tx), DEFAULT_RULE, clock.today())
            found = await check(tx, rule, clock.today(), own=town.here.id)
            await keep_check(tx, town.here.id, found)


async def test_a_quarter_is_published_once(town: Town, database: Running) -> None:
    with clock.frozen(NOW):
        async with transaction(AGENCY) as tx:
            with pytest.raises(Refused) as refused:
                await publish_children(tx, town.here.id, quarter_of(clock.today()))
            assert [one.code for one in refused.value.refusals] == ["not_over"]
        async with transaction(AGENCY) as tx:
            with pytest.raises(Refused) as refused:
                await publish_children(tx, town.there.id, LAST)
            assert [one.code for one in refused.value.refusals] == ["no_check"]
    await checked(town, 14)
    async with school_transaction(AGENCY) as tx:
        counted = await checked_in(tx, town.here.id, LAST)
    assert counted is not None
    assert len(counted.children) >= 14
    with clock.frozen(NOW):
        async with transaction(AGENCY) as tx:
            assert await publish_children(tx, town.here.id, LAST)
        async with transaction(AGENCY) as tx:
            first = await report_of(tx, town.here.id, LAST)
            assert not await publish_children(tx, town.here.id, LAST)
            assert await report_of(tx, town.here.id, LAST) == first
    assert first is not None
    shown = first.cells[Grouping.SEX, "F", Measure.REACHED]
    assert shown is not None
    assert abs(shown - len(counted.children)) < 5
    async with insider(database) as owner:
        assert await ledger.first_faults(owner, FAULTS) == []
        assert await ledger.first_broken_seals(owner, SEALS) == []
        await owner.execute("UPDATE child_report_cell SET shown = shown + 5")
        assert await ledger.first_broken_seals(owner, SEALS) != []


@pytest.mark.parametrize("role", SIGNED_IN)
async def test_each_role_opens_what_it_may(
    client: httpx.AsyncClient, town: Town, role: Role
) -> None:
    await come_in(client, role, town.here)
    may = Permission.REPORTS_CHILDREN_READ in ROLES[role].permissions
    for path in ("/reports/children", "/reports/children/table.csv"):
        answer = await client.get(path)
        assert (answer.status_code in (200, 404)) is may, (role, answer.status_code)
    answer = await client.get("/reports/zones/new")
    assert (answer.status_code == 200) is (
        Permission.REPORTS_ZONE_RECORD in ROLES[role].permissions
    )


async def test_the_page_and_another_cooperatives(client: httpx.AsyncClient, town: Town) -> None:
    await come_in(client, Role.FOCAL_POINT, town.there, "hi")
    page = await client.get("/reports/children")
    assert "अभी कोई तिमाही" in page.text
    assert (await client.get(f"/reports/children?coop={town.here.code}")).status_code == 404
    assert (await client.get("/reports/children?quarter=2026-Q9")).status_code == 404
