"""The pages: who opens which, what a partner may record, another cooperative, errors in Hindi."""

from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Role
from coop.community import controllers as community
from coop.community.controllers import parts
from coop.community.operations.partners import assign_hamlet, tie_worker
from coop.community.queries.signs import sheet
from coop.community.rules.signs import SignConcern
from coop.community.rules.work import HamletGiven
from coop.kernel import clock
from coop.schooling.queries.role import school_transaction
from tests.come_in import come_in, csrf_of
from tests.community.test_acts import form, new_partner
from tests.schooling.family import AGENCY, FAR_VILLAGE, VILLAGE, Town, new_family, user_id
from tests.trade import PASSWORD, person

# One of each kind; the whole matrix is asked in tests/access.
ASKED = (
    Role.CLERK,
    Role.MANAGER,
    Role.BOARD,
    Role.FACILITATOR,
    Role.CSO_PARTNER,
    Role.COMMUNITY_MONITOR,
    Role.FOCAL_POINT,
    Role.MONITOR,
    Role.BUYER,
)
PAGES = ("", "/partners", "/activities", "/committees", "/rounds", "/signs")


async def enter(client: httpx.AsyncClient, login: str) -> str:
    client.cookies.clear()
    door = {"user": login, "password": PASSWORD}
    assert (await client.post("/sign-in", data=door)).status_code == 303
    return csrf_of(await client.get("/account"))


def typed_session(csrf: str, village: str, **changed: str) -> dict[str, str]:
    return {
        "csrf": csrf, "operation_id": str(uuid4()), "kind": "awareness", "topic": "school",
        "village": village, "tola": "", "on_day": clock.today().isoformat(), "materials": "khortha",
        "reached_F_adult": "7", **changed,
    }  # fmt: skip


@pytest.mark.parametrize("role", ASKED)
async def test_who_reads_counts_and_who_keeps(
    client: httpx.AsyncClient, town: Town, role: Role
) -> None:
    csrf = await come_in(client, role, town.here, "hi")
    allowed = Permission.COMMUNITY_WORK_READ in ROLES[role].permissions
    for page in PAGES:
        answer = await client.get(f"/community/{town.here.code}{page}")
        assert answer.status_code == (200 if allowed else 403), page
    empty = {"csrf": csrf, "operation_id": str(uuid4())}
    kept = await client.post(f"/community/{town.here.code}/partners", data=empty)
    assert kept.status_code == (422 if role is Role.FOCAL_POINT else 403)
    if ROLES[role].place.value == "cooperative" and allowed:
        for page in PAGES:
            far = await client.get(f"/community/{town.there.code}{page}")
            assert far.status_code == 404, page


async def test_a_partner_records_in_its_own_hamlets_only(
    client: httpx.AsyncClient, town: Town
) -> None:
    partner, other = await new_partner(town), await new_partner(town)
    login = await person(Role.CSO_PARTNER, town.here, "hi")
    here = f"/community/{town.here.code}"
    csrf = await enter(client, login)
    unbound = await client.post(f"{here}/activities", data=typed_session(csrf, VILLAGE))
    assert unbound.status_code == 422
    worker = await user_id(login)
    async with school_transaction(AGENCY) as tx:
        given = HamletGiven(VILLAGE, "", clock.today(), assigned=True)
        await assign_hamlet(tx, town.here.id, partner, given, form())
        await tie_worker(tx, town.here.id, partner, worker, form())
    sent = typed_session(csrf, VILLAGE)
    for _ in range(2):
        assert (await client.post(f"{here}/activities", data=sent)).status_code == 303
    changed = await client.post(f"{here}/activities", data={**sent, "reached_F_adult": "8"})
    assert changed.status_code == 409
    shown = await client.get(f"{here}/activities")
    assert shown.text.count("7 लोग") == 1
    wrong = await client.post(f"{here}/activities", data=typed_session(csrf, FAR_VILLAGE))
    assert wrong.status_code == 422
    assert "यह टोला आपकी संस्था को नहीं मिला" in wrong.text
    assert f'value="{FAR_VILLAGE}"' in wrong.text
    assert (await client.get(f"{here}/partners/{partner}")).status_code == 200
    assert (await client.get(f"{here}/partners/{other}")).status_code == 404
    assert (await client.get(f"{here}/partners")).text.count("/partners/") == 1
    async with school_transaction(AGENCY) as tx:
        gone = HamletGiven(VILLAGE, "", clock.today(), assigned=False)
        await assign_hamlet(tx, town.here.id, partner, gone, form())
    late = await client.post(f"{here}/activities", data=typed_session(csrf, VILLAGE))
    assert late.status_code == 422


async def test_the_focal_point_keeps_partners_and_committees(
    client: httpx.AsyncClient, town: Town
) -> None:
    csrf = await come_in(client, Role.FOCAL_POINT, town.here, "hi")
    here, name, today = f"/community/{town.here.code}", f"Nyas {uuid4().hex[:6]}", clock.today()
    typed = {
        "csrf": csrf, "operation_id": str(uuid4()), "name": name, "contact_role": "सचिव",
        "agreed_from": today.isoformat(), "agreed_until": (today - timedelta(1)).isoformat(),
    }  # fmt: skip
    wrong = await client.post(f"{here}/partners", data=typed)
    assert wrong.status_code == 422
    assert "agreed_until-error" in wrong.text
    assert name in wrong.text
    typed["agreed_until"] = today.isoformat()
    assert (await client.post(f"{here}/partners", data=typed)).status_code == 303
    assert name in (await client.get(f"{here}/partners")).text
    village = f"Baithak{uuid4().hex[:5]}"
    committee = {
        "csrf": csrf, "operation_id": str(uuid4()), "village": village,
        "formed_on": today.isoformat(), "seats_parent_F": "3",
    }  # fmt: skip
    assert (await client.post(f"{here}/committees", data=committee)).status_code == 303
    listed = await client.get(f"{here}/committees")
    assert village in listed.text
    path = listed.text.split(village)[0].rsplit('href="', 1)[1].split('"')[0]
    meeting = {"csrf": csrf, "operation_id": str(uuid4()), "met_on": today.isoformat(), "decisions": "शाम को फेरी"}  # fmt: skip
    refused = await client.post(f"{path}/meetings", data=meeting)
    assert refused.status_code == 422
    assert "शाम को फेरी" in refused.text
    kept = await client.post(f"{path}/meetings", data={**meeting, "present_parent": "yes"})
    assert kept.status_code == 303
    money = {"csrf": csrf, "operation_id": str(uuid4()), "kind": "budget", "words": "किताबें", "amount": "1500.50", "on_day": today.isoformat()}  # fmt: skip
    assert (await client.post(f"{path}/money", data=money)).status_code == 303
    shown = (await client.get(path)).text.replace("\u00a0", " ")
    assert "1,500.50" in shown
    assert "शाम को फेरी" in shown


async def begun(client: httpx.AsyncClient, csrf: str, town: Town, household: str) -> httpx.Response:
    typed = {"csrf": csrf, "operation_id": str(uuid4()), "household_no": household, "consent": "yes"}  # fmt: skip
    return await client.post(f"/community/{town.here.code}/signs", data=typed)


async def test_signs_one_by_one_and_who_sees_them(
    client: httpx.AsyncClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    near, far = await new_family(town.here), await new_family(town.here, FAR_VILLAGE)
    csrf = await enter(client, town.facilitator)
    for number in (far.household_no, "H-NOWHERE"):
        assert "household_no-error" in (await begun(client, csrf, town, number)).text
    answer = await begun(client, csrf, town, near.household_no)
    assert answer.status_code == 303
    path = answer.headers["location"]
    said = {"csrf": csrf, "sign": "advance", "answer": "perhaps"}
    assert (await client.post(path, data=said)).status_code == 422
    for sign in ("advance", "tied", "unclear", "grows", "not_free", "papers", "threats", "child_debt"):  # fmt: skip
        shown = await client.get(path)
        assert f'name="sign" value="{sign}"' in shown.text
        for help_line in ("1098", "112", "181"):
            assert help_line in shown.text
        word = {"papers": "yes", "tied": "skipped"}.get(sign, "no")
        said = {"csrf": csrf, "sign": sign, "answer": word}
        assert (await client.post(path, data=said)).status_code == 303
    monkeypatch.setattr(parts._handed, "raise_concern", None)
    done = await client.get(path)
    assert "/concern" not in done.text.split("<main")[1].split("</main")[0]
    assert (await client.post(f"{path}/concern", data={"csrf": csrf})).status_code == 404
    told: list[SignConcern] = []

    async def raise_concern(concern: SignConcern) -> str:
        told.append(concern)
        return "/somewhere"

    community.hand_in(raise_concern)
    assert f"{path}/concern" in (await client.get(path)).text
    gone_on = await client.post(f"{path}/concern", data={"csrf": csrf})
    assert gone_on.headers["location"] == "/somewhere"
    assert [(x.cooperative, x.household_no, x.village) for x in told] == [
        (town.here.code, near.household_no, VILLAGE)
    ]
    assert not told[0].child_bound
    await enter(client, town.newcomer)
    assert (await client.get(path)).status_code == 404
    assert near.household_no not in (await client.get(f"/community/{town.here.code}/signs")).text
    await come_in(client, Role.CSO_PARTNER, town.here)
    assert (await client.get(path)).status_code == 404
    await come_in(client, Role.BOARD, town.here)
    assert (await client.get(path)).status_code == 403
    csrf = await come_in(client, Role.FOCAL_POINT, town.here, "hi")
    assert near.household_no in (await client.get(f"/community/{town.here.code}/signs")).text
    erased = await client.post(f"{path}/erasure", data={"csrf": csrf})
    assert erased.status_code == 303
    assert (await client.get(path)).status_code == 404
    async with school_transaction(AGENCY) as tx:
        assert await sheet(tx, int(path.rsplit("/", 1)[1])) is None
        read = await tx.fetchval(
            "SELECT count(*) FROM audit_read WHERE question = 'labour_sign_sheet' AND about = $1",
            near.household_no,
        )
        assert read >= 9


async def test_a_round_is_shown_as_a_range(client: httpx.AsyncClient, town: Town) -> None:
    csrf = await enter(client, await person(Role.FACILITATOR, town.here, "hi"))
    village, here = f"Pheri{uuid4().hex[:5]}", f"/community/{town.here.code}/rounds"
    typed = {
        "csrf": csrf, "operation_id": str(uuid4()), "village": village, "on_day": clock.today().isoformat(),
        "whole": "sample", "households_visited": "40", "children_seen": "60", "children_at_work": "61",
    }  # fmt: skip
    wrong = await client.post(here, data=typed)
    assert wrong.status_code == 422
    assert "children_at_work-error" in wrong.text
    assert (await client.post(here, data={**typed, "children_at_work": "6"})).status_code == 303
    shown = (await client.get(here)).text
    assert village in shown
    assert "100 में 0 से 25" in shown
