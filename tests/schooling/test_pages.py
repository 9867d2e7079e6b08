"""The children's pages by role: who sees which, whose names, forms without JavaScript, reads recorded."""

import re
from uuid import uuid4

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel.db import transaction
from coop.schooling.queries.role import school_transaction
from tests.schooling.family import (
    AGENCY,
    FAR_VILLAGE,
    UDISE,
    VILLAGE,
    Family,
    Town,
    consent,
    enter,
    fields_csrf,
    line_of,
    new_family,
    register,
    row_of,
    user_id,
)
from tests.trade import person
from tests.weighing.test_pages import fields_of

PAGES = ("/children", "/children/consents", "/children/matches")
SIGNED_IN = [role for role in Role if ROLES[role].holder is Holder.PERSON]
MAY = {Role.FACILITATOR, Role.FOCAL_POINT}


async def reads(question: str, about: str) -> list[str]:
    async with transaction(AGENCY) as tx:
        rows = await tx.fetch(
            "SELECT actor FROM audit_read WHERE question = $1 AND about = $2 ORDER BY id",
            question,
            about,
        )
    return [row["actor"] for row in rows]


async def send(client: httpx.AsyncClient, path: str, **typed: str) -> httpx.Response:
    page = await client.get("/children")
    return await client.post(path, data={"csrf": fields_csrf(page.text), **typed})


async def checked_family(town: Town, village: str = VILLAGE) -> Family:
    family = await new_family(town.here, village)
    await consent(family)
    await register(row_of(family))
    return family


@pytest.mark.parametrize("role", SIGNED_IN)
async def test_only_facilitator_and_focal_point_open_them(
    client: httpx.AsyncClient, town: Town, role: Role
) -> None:
    family = town.family
    await enter(client, await person(role, town.here))
    own = f"/children/{family.child_no}"
    for path in (*PAGES, own, f"{own}/consent", "/children/villages"):
        answer = await client.get(path)
        if role not in MAY:
            assert answer.status_code == 403, (path, role)
        elif path == "/children/villages":
            assert answer.status_code == (200 if role is Role.FOCAL_POINT else 403)
        elif path.startswith(own):  # a new facilitator has no village yet
            assert answer.status_code == (200 if role is Role.FOCAL_POINT else 404)
        else:
            assert answer.status_code == 200, path
        assert family.name not in answer.text or role is Role.FOCAL_POINT
    home = (await client.get("/home")).text
    assert ('href="/children"' in home) == (role in MAY)
    if role not in MAY:
        csrf = fields_csrf(home) if 'name="csrf"' in home else "none"
        for path in ("/children/checks", f"{own}/withdrawal", f"{own}/confirmations"):
            assert (await client.post(path, data={"csrf": csrf})).status_code in (303, 403)
    async with school_transaction(AGENCY) as tx:
        assert (await line_of(tx, family)).consent


async def test_a_stranger_is_sent_to_the_door(client: httpx.AsyncClient, town: Town) -> None:
    answer = await client.get("/children")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


async def test_another_cooperative_s_child_is_not_there(
    client: httpx.AsyncClient, town: Town
) -> None:
    family = await new_family(town.there)
    await consent(family)
    await enter(client, await person(Role.FOCAL_POINT, town.here))
    own = f"/children/{family.child_no}"
    assert (await client.get(own)).status_code == 404
    assert (await client.get(f"{own}/consent")).status_code == 404
    assert (await client.get("/children?cooperative=SCHB")).status_code == 404
    for path, typed in (
        ("/withdrawal", {"purpose": "school_check"}),
        ("/confirmations", {"status": "enrolled"}),
        ("/answers", {"question": "wish", "answer": "back"}),
        ("/guardians", {"guardian_no": family.mother_no}),
        ("/consent", {"school_check": "refused"}),
    ):
        answer = await send(client, own + path, operation_id=str(uuid4()), **typed)
        assert answer.status_code == 404, path
    async with school_transaction(AGENCY) as tx:
        assert (await line_of(tx, family)).consent


async def test_a_facilitator_checks_and_visits(client: httpx.AsyncClient, town: Town) -> None:
    near, far = await checked_family(town), await checked_family(town, FAR_VILLAGE)
    await enter(client, town.facilitator)
    answer = await send(client, "/children/checks", cooperative="SCHA", rule="in-45")
    assert answer.status_code == 303, answer.text
    listed = (await client.get(f"/children?village={VILLAGE}")).text
    assert f"{near.household_no} · {near.name[0]}" in listed
    assert near.name not in listed
    assert f'href="/children/{near.child_no}"' in listed
    elsewhere = (await client.get(f"/children?village={FAR_VILLAGE}")).text
    assert far.household_no in elsewhere
    assert f'href="/children/{far.child_no}"' not in elsewhere
    assert near.household_no in (await client.get(f"/children?school={UDISE}")).text
    page = await client.get(f"/children/{near.child_no}")
    assert page.status_code == 200
    for shown in (near.name, "Out of school", "UMS Namuna", f"A-{near.child_id}"):
        assert shown in page.text
    assert (await client.get(f"/children/{far.child_no}")).status_code == 404
    actor = f"user:{await user_id(town.facilitator)}"
    assert actor in await reads("child", near.child_no)
    assert actor in await reads("children_worklist", "SCHA")
    assert await reads("child", far.child_no) == []


async def test_what_was_found_out_is_kept_once_and_said_back(
    client: httpx.AsyncClient, town: Town
) -> None:
    family = await checked_family(town)
    await enter(client, town.facilitator)
    own = f"/children/{family.child_no}"
    typed = fields_of((await client.get(own)).text, f"{own}/confirmations")
    wrong = await client.post(
        f"{own}/confirmations", data={**typed, "confirmed_on": "31-02-2026", "udise": "12"}
    )
    assert wrong.status_code == 422
    assert "<title>Error:" in wrong.text
    assert 'value="31-02-2026"' in wrong.text
    assert 'href="#udise"' in wrong.text
    good = {**typed, "status": "special_training", "how": "home_visit"}
    for _ in range(2):  # sent twice
        assert (await client.post(f"{own}/confirmations", data=good)).status_code == 303
    other = {**good, "status": "vocational"}
    assert (await client.post(f"{own}/confirmations", data=other)).status_code == 409
    page = (await client.get(own)).text
    assert "Special training" in page
    async with school_transaction(AGENCY) as tx:
        sql = "SELECT count(*) FROM hand_confirmation WHERE person_id = $1"
        assert await tx.fetchval(sql, family.child_id) == 1
    answer = {"operation_id": str(uuid4()), "question": "barrier", "answer": "distance"}
    assert (await send(client, f"{own}/answers", **answer)).status_code == 303
    again = {**answer, "operation_id": str(uuid4())}
    refused = await send(client, f"{own}/answers", **again)
    assert refused.status_code == 422
    assert "not asked again" in refused.text
    assert "It is far" in (await client.get(own)).text


async def test_doubtful_pairs_are_decided_on_the_page(
    client: httpx.AsyncClient, town: Town
) -> None:
    from dataclasses import replace

    family = replace(await new_family(town.here), name="Sarita")
    await consent(family)
    await register(row_of(family, pupil_name="Savita Namuna"))
    await enter(client, town.facilitator)
    await send(client, "/children/checks", cooperative="SCHA", rule="in-45")
    page = (await client.get("/children/matches")).text
    assert "Savita Namuna" in page
    typed = {
        "operation_id": str(uuid4()), "child": family.child_no, "udise": UDISE,
        "admission_no": f"A-{family.child_id}",
    }  # fmt: skip
    assert (await send(client, "/children/matches", **typed)).status_code == 422
    invented = {**typed, "admission_no": "A-0", "word": "same"}
    assert (await send(client, "/children/matches", **invented)).status_code == 404
    answer = await send(client, "/children/matches", **{**typed, "operation_id": str(uuid4())}, word="other")  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert f"A-{family.child_id}<" not in (await client.get("/children/matches")).text


async def test_the_focal_point_gives_villages(client: httpx.AsyncClient, town: Town) -> None:
    family = await checked_family(town, FAR_VILLAGE)
    await enter(client, await person(Role.FOCAL_POINT, town.here))
    number = str(await user_id(town.newcomer))
    typed = {"cooperative": "SCHA", "facilitator": number, "village": FAR_VILLAGE}
    wrong = await send(client, "/children/villages", **{**typed, "village": "Nowhere"})
    assert wrong.status_code == 422
    assert (await send(client, "/children/villages", **typed)).status_code == 303
    assert FAR_VILLAGE in (await client.get("/children/villages")).text
    ended = {**typed, "village": VILLAGE, "end": "yes"}
    assert (await send(client, "/children/villages", **ended)).status_code == 303
    client.cookies.clear()
    await enter(client, town.newcomer)
    assert (await client.get(f"/children/{family.child_no}")).status_code == 200
    assert (await client.get(f"/children/{town.family.child_no}")).status_code == 404


async def test_pages_speak_hindi_and_say_what_is_empty(
    client: httpx.AsyncClient, town: Town
) -> None:
    await enter(client, await person(Role.FACILITATOR, town.there, "hi"))
    page = await client.get("/children")
    assert '<html lang="hi"' in page.text
    assert "बच्चों की खोज-खबर" in page.text
    assert "1098" in page.text
    missing = await client.get("/children/P99999")
    assert missing.status_code == 404
    assert '<html lang="hi"' in missing.text
    assert (await client.get("/children?from=x")).status_code == 404
    bad = await send(client, "/children/P99999/withdrawal", purpose="all")
    assert bad.status_code == 422
    assert re.search("[ऀ-ॿ]{4}", bad.text)


def test_the_permissions_are_these_roles_only() -> None:
    asked = {
        Permission.SCHOOLING_LIST_READ: MAY,
        Permission.SCHOOLING_CHILD_CHECK: MAY,
        Permission.SCHOOLING_CHILD_CONFIRM: MAY,
        Permission.SCHOOLING_FACILITATOR_ASSIGN: {Role.FOCAL_POINT},
    }
    for permission, roles in asked.items():
        held = {role for role in Role if permission in ROLES[role].permissions}
        assert held - {Role.OPERATOR} == roles
