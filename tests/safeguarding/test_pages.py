"""Pages by role: only who may read a case today finds it; telling is everybody's; reads are written."""

import re
from uuid import uuid4

import httpx
import pytest

from coop.access.roles import ROLES, Holder, Role
from coop.kernel.db import transaction
from coop.safeguarding.rules.book import Kind
from tests.safeguarding.village import AGENCY, Village, case_at, cases, enter, line_id, tell, write
from tests.schooling.family import consent, fields_csrf, new_family
from tests.trade import person

SIGNED_IN = [role for role in Role if ROLES[role].holder is Holder.PERSON]
ACTS = ("risk", "wish", "referral", "step", "visit", "closing", "handover", "child", "conflict")


async def reads(question: str, about: str) -> list[tuple[str, int | None]]:
    async with transaction(AGENCY) as tx:
        rows = await tx.fetch(
            "SELECT actor, cooperative_id FROM audit_read WHERE question = $1 AND about = $2 ORDER BY id",
            question,
            about,
        )
    return [(row["actor"], row["cooperative_id"]) for row in rows]


async def post(client: httpx.AsyncClient, path: str, **typed: object) -> httpx.Response:
    page = await client.get("/account")
    data = {"csrf": fields_csrf(page.text), "operation_id": str(uuid4()), **typed}
    return await client.post(path, data=data)


@pytest.mark.parametrize("role", SIGNED_IN)
async def test_no_role_reaches_a_case_but_its_readers(
    client: httpx.AsyncClient, village: Village, role: Role
) -> None:
    """The whole matrix: each role by each address of cases, and none of them tells that there is one."""
    number = await tell(village.here, words="Secret words of a concern")
    await write(village.first, number, Kind.RISK, "danger", second="hazardous")
    await write(village.first, number, Kind.REFERRAL, "h1098", second="danger", shared=("place",))
    letter = await line_id(number, Kind.REFERRAL)
    await enter(client, await person(role, village.here))
    paths = ["/cases", "/cases/counts", f"/cases/{number}", f"/cases/{number}/letters/{letter}"]
    paths += [f"/cases/{number}/{act}" for act in ACTS]
    may_list = role in (Role.FOCAL_POINT, Role.STANDBY)
    for path in paths:
        answer = await client.get(path)
        empty = may_list and path in paths[:2]
        assert answer.status_code == (200 if empty else 404), (role, path)
        assert "Secret" not in answer.text
    real, invented = await client.get(f"/cases/{number}"), await client.get("/cases/SAFA-F9999")
    assert real.text.replace(number, "SAFA-F9999") == invented.text  # not even that it is there
    for act in ACTS:
        answer = await post(client, f"/cases/{number}/{act}", choice="low", second="works")
        assert answer.status_code == 404, (role, act)
    assert len((await case_at(number)).facts.lines) == 2
    home = (await client.get("/home")).text
    assert ('href="/cases"' in home) == may_list
    assert await reads("case", str((await case_at(number)).id)) == []


async def test_a_stranger_is_sent_to_the_door(client: httpx.AsyncClient, village: Village) -> None:
    number = await tell(village.here)
    here, nowhere = await client.get(f"/cases/{number}"), await client.get("/cases/SAFA-F9999")
    assert here.status_code == nowhere.status_code == 303
    assert "/sign-in" in here.headers["location"]


async def test_a_reader_reads_writes_and_leaves_traces(
    client: httpx.AsyncClient, village: Village
) -> None:
    family = await new_family(village.here)
    await consent(family)
    number = await tell(
        village.here, child_no=family.child_no, words="At the dump", danger_now=True
    )
    await enter(client, village.first_login)
    listed = await client.get("/cases")
    assert number in listed.text
    assert family.name not in listed.text
    page = await client.get(f"/cases/{number}")
    assert page.status_code == 200
    assert family.name in page.text
    assert page.text.index('href="tel:1098"') < page.text.index("At the dump")
    assert page.headers["cache-control"] == "no-store"
    assert await reads("case", str((await case_at(number)).id)) == [(f"user:{village.first}", None)]
    typed = {"choice": "danger", "second": "hazardous", "words": "Seen by me"}
    operation = str(uuid4())
    for _ in range(2):
        answer = await post(client, f"/cases/{number}/risk", operation_id=operation, **typed)
        assert answer.status_code == 303
    again = await post(client, f"/cases/{number}/risk", operation_id=operation, **{**typed, "words": "x"})  # fmt: skip
    assert again.status_code == 409
    lines = [line for line in (await case_at(number)).facts.lines if line.kind is Kind.RISK]
    assert [(line.choice, line.words) for line in lines] == [("danger", "Seen by me")]
    sent = await post(client, f"/cases/{number}/referral", choice="cwc", second="law", shared=["name", "place"])  # fmt: skip
    assert sent.status_code == 303
    letter = await client.get(f"/cases/{number}/letters/{await line_id(number, Kind.REFERRAL)}")
    assert family.name in letter.text
    assert "Seen by me" not in letter.text
    counts = await client.get("/cases/counts")
    assert counts.status_code == 200


async def test_a_refused_line_is_drawn_again_in_hindi(
    client: httpx.AsyncClient, village: Village
) -> None:
    number = await tell(village.here)
    await enter(client, village.first_login)
    answer = await client.post(
        f"/cases/{number}/referral?lang=hi",
        data={
            "csrf": fields_csrf((await client.get("/account")).text),
            "operation_id": str(uuid4()),
            "choice": "dcpu",
            "second": "wish",
            "shared": ["name", "health"],
            "words": "लिखा हुआ",
        },
    )
    assert answer.status_code == 422
    assert "पहले उनसे पूछें" in answer.text
    assert "लिखा हुआ" in answer.text
    assert re.search(r'value="health"[^>]*checked', answer.text)
    assert (await case_at(number)).facts.lines == ()


@pytest.mark.parametrize(
    "role", [Role.CLERK, Role.FACILITATOR, Role.TEACHER, Role.INSPECTOR, Role.BUYER]
)
async def test_whoever_tells_learns_that_it_arrived_and_no_more(
    client: httpx.AsyncClient, village: Village, role: Role
) -> None:
    before = len(await cases(village.here))
    await enter(client, await person(role, village.here))
    shown = await client.get("/concern")
    assert shown.status_code == 200
    assert 'href="tel:1098"' in shown.text
    wrong = await post(client, "/concern", cooperative="SAFA", words="Kept words")
    assert wrong.status_code == 422
    assert "Kept words" in wrong.text
    typed = {"cooperative": "SAFA", "about": "work", "words": "At the pit"}
    answer = await post(client, "/concern", **typed)
    assert answer.status_code == 303
    arrived = await client.get(answer.headers["location"])
    assert "At the pit" not in arrived.text
    assert "F00" not in arrived.text
    all_cases = await cases(village.here)
    assert len(all_cases) == before + 1
    assert (await client.get(f"/cases/{all_cases[-1].case_no}")).status_code == 404
    if role in (Role.CLERK, Role.FACILITATOR):
        elsewhere = await post(client, "/concern", **{**typed, "cooperative": "SAFB"})
        assert elsewhere.status_code == 422


async def test_managers_do_not_learn_from_the_trail_that_there_is_a_case(village: Village) -> None:
    await tell(village.here)
    from coop.kernel.db import Reach

    async with transaction(Reach("user:1", (village.here.id,))) as tx:
        rows = await tx.fetch(
            "SELECT tag FROM audit_entry WHERE tag LIKE 'case%' OR tag LIKE 'concern%'"
        )
        seen = await tx.fetch("SELECT id FROM audit_read WHERE question LIKE 'case%'")
    assert rows == []
    assert seen == []


async def test_the_administrator_names_readers_and_sees_no_case(
    client: httpx.AsyncClient, village: Village
) -> None:
    number = await tell(village.here)
    await enter(client, await person(Role.ADMINISTRATOR, village.here))
    page = await client.get("/focal-points")
    assert page.status_code == 200
    assert number not in page.text
    login = await person(Role.FOCAL_POINT, village.there)
    typed = {"cooperative": "SAFB", "user": login, "training": "Two days", "trained_on": "01-11-2026", "valid_until": "01-11-2028", "woman": "yes"}  # fmt: skip
    assert (await post(client, "/focal-points", **{**typed, "training": ""})).status_code == 422
    assert (await post(client, "/focal-points", **{**typed, "user": "nobody"})).status_code == 422
    assert (await post(client, "/focal-points", **typed)).status_code == 303
    ended = {**typed, "valid_until": "02-11-2026"}
    assert (await post(client, "/focal-points", **ended)).status_code == 303
    await enter(client, await person(Role.MANAGER, village.here))
    assert (await client.get("/focal-points")).status_code == 403
