"""The list of visits on paper: household number and initial, never a name."""

from datetime import date

import httpx
import pytest

from coop.access.roles import ROLES, Holder, Role
from coop.kernel.i18n import use_language
from coop.schooling.pdf import worklist_pdf
from coop.schooling.queries.visits import VisitSheet
from coop.schooling.rules.follow_up import NEXT_ACTS
from tests.house.schooling_samples import _line
from tests.schooling.family import VILLAGE, Town, enter
from tests.schooling.test_pages import MAY, checked_family, reads, send
from tests.sheets import assert_counted, pages_of, words_of
from tests.trade import person


def sheet(count: int) -> VisitSheet:
    rows = tuple(_line(status, late=True, stale=True) for status in [*NEXT_ACTS] * 20)[:count]
    return VisitSheet(
        "नमूना समिति", "Namuna cooperative", "नमूनाटांड़", "", date(2026, 11, 24), 90, rows
    )  # type: ignore[arg-type]


async def test_the_list_names_nobody(client: httpx.AsyncClient, town: Town) -> None:
    family = await checked_family(town)
    await enter(client, town.facilitator)
    await send(client, "/children/checks", cooperative="SCHA", rule="in-45")
    page = (await client.get(f"/children?village={VILLAGE}")).text
    assert f"/children/worklist.pdf?village={VILLAGE}" in page
    before = len(await reads("children_worklist", "SCHA"))
    answer = await client.get(f"/children/worklist.pdf?village={VILLAGE}")
    said = words_of(answer.content)
    assert f"{family.household_no} · {family.name[0]}" in said
    assert f"{family.household_no} · {family.name[0]}" in page
    for hidden in (family.name, family.child_no, family.mother_no):
        assert hidden not in said
    assert len(await reads("children_worklist", "SCHA")) == before + 1


@pytest.mark.parametrize(
    "role", [role for role in Role if ROLES[role].holder is Holder.PERSON and role not in MAY]
)
async def test_nobody_else_prints_it(client: httpx.AsyncClient, town: Town, role: Role) -> None:
    await enter(client, await person(role, town.here))
    assert (await client.get("/children/worklist.pdf")).status_code == 403


async def test_another_cooperatives_list_is_not_there(
    client: httpx.AsyncClient, town: Town
) -> None:
    await enter(client, town.facilitator)
    assert (await client.get("/children/worklist.pdf?cooperative=SCHB")).status_code == 404


@pytest.mark.parametrize("language", ["hi", "en"])
def test_many_lines_and_none(language: str) -> None:
    with use_language(language):
        many, none = worklist_pdf(sheet(60)), worklist_pdf(sheet(0))
    pages = pages_of(many)
    assert len(pages) > 1
    assert_counted(pages, "पन्ना {}, कुल {}" if language == "hi" else "Page {} of {}")
    assert words_of(many).count("HKDM-0142 · र") == 60
    what = "दूसरा गाँव" if language == "hi" else "Choose another village or school"
    assert what in words_of(none)
