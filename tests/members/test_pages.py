"""The members' pages: who may what, whose members they show, what is said when it is refused."""

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel import clock
from coop.kernel.db import transaction
from tests.members.people import Pair, fields_of, fill, new_member, sign_in, typed
from tests.trade import REACH, person

READ, ADMIT = Permission.MEMBERS_MEMBER_READ, Permission.MEMBERS_MEMBER_ADMIT
CHANGE, DECIDE = Permission.MEMBERS_MEMBER_CHANGE, Permission.MEMBERS_DUPLICATE_DECIDE
ERASE, TRANSFER = Permission.MEMBERS_MEMBER_ERASE, Permission.MEMBERS_TRANSFER_DECIDE


@pytest.fixture(scope="session")
async def path(pair: Pair) -> str:
    """A member whose page is opened."""
    return await new_member(
        pair.here, "Panwa Devi Birhor", nominee_1_name="Sonu", nominee_1_share="100"
    )


def test_who_holds_which_right() -> None:
    """The manager admits, changes and decides; the board confirms an erasure; the agency decides across."""
    holders = {
        permission: {
            role
            for role in Role
            if ROLES[role].holder is Holder.PERSON and permission in ROLES[role].permissions
        }
        for permission in (ADMIT, CHANGE, TRANSFER, DECIDE, ERASE)
    }
    assert holders[ADMIT] == holders[CHANGE] == holders[TRANSFER] == {Role.MANAGER}
    assert holders[DECIDE] == {Role.MANAGER, Role.INSPECTOR}
    assert holders[ERASE] == {Role.BOARD}


@pytest.mark.parametrize(
    "role", [Role.CLERK, Role.MANAGER, Role.BOARD, Role.FACILITATOR, Role.TEACHER, Role.INSPECTOR]
)
async def test_each_role_opens_what_it_may(
    client: httpx.AsyncClient, pair: Pair, path: str, role: Role
) -> None:
    await sign_in(client, await person(role, pair.here))  # type: ignore[arg-type]
    person_no = path.removeprefix("/members/").replace("/", "-")
    doors = {
        "/members": READ,
        path: READ,
        f"{path}/card": READ,
        "/admissions": ADMIT,
        **{
            f"{path}/{noun}": CHANGE
            for noun in ("particulars", "nominees", "consents", "season", "end")
        },
        f"{path}/transfer": TRANSFER,
        "/transfers": TRANSFER,
        "/duplicates": DECIDE,
        f"/persons/{person_no}/erasure": CHANGE,
        "/erasures": ERASE,
    }
    for door, permission in doors.items():
        answer = await client.get(door)
        allowed = permission in ROLES[role].permissions
        # A role with a second factor is led to set it up first.
        expected = (303 if ROLES[role].second_factor else 200) if allowed else 403
        assert answer.status_code == expected, (role, door, answer.status_code)
        if answer.status_code != 200:
            assert "Panwa" not in answer.text


async def test_another_cooperatives_people_do_not_exist(
    client: httpx.AsyncClient, pair: Pair, path: str
) -> None:
    await sign_in(client, pair.manager_there)
    number = path.removeprefix("/members/")
    async with transaction(REACH) as tx:
        home = await tx.fetchval(
            "SELECT max(household_no) FROM household WHERE household_no LIKE 'HPEOPLEA-%'"
        )
    for door in (path, f"{path}/card", f"{path}/card.pdf", f"{path}/particulars", f"{path}/end", f"{path}/transfer",
                 f"/households/{home}", f"/persons/{number.replace('/', '-')}/erasure", "/duplicates/1", "/transfers/999",
                 "/members/NONE1/0001"):  # fmt: skip
        assert (await client.get(door)).status_code == 404, door
    assert "No member found" in (await client.get("/members", params={"q": "Panwa"})).text
    answer = await client.post(f"{path}/end", data={"csrf": "x"})
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    "asked", ["Panwa", "पनवा", "panwaa", "{number}", "{hindi}", "{full}", "member:{full}"]
)
async def test_a_member_is_found(
    client: httpx.AsyncClient, pair: Pair, path: str, asked: str
) -> None:
    await sign_in(client, pair.clerk)
    full = path.removeprefix("/members/")
    number = full.split("/")[1]
    hindi = number.translate({48 + digit: 0x966 + digit for digit in range(10)})
    question = asked.format(number=number, hindi=hindi, full=full)
    found = await client.get("/members", params={"q": question})
    assert f'href="{path}"' in found.text
    assert full in found.text
    async with transaction(REACH) as tx:
        read = await tx.fetchrow(
            "SELECT question, about, row_count FROM audit_read ORDER BY id DESC LIMIT 1"
        )
    assert read is not None
    assert (read["question"], read["about"]) == (
        "members",
        "number" if number in question or hindi in question else "name",
    )
    assert read["row_count"] >= 1


async def test_nothing_found_says_what_to_do(client: httpx.AsyncClient, pair: Pair) -> None:
    await sign_in(client, pair.clerk)
    found = await client.get("/members", params={"q": "Xyzzy"})
    assert "No member found" in found.text
    odd = await client.get("/members", params={"q": "%_'\"><script>", "after": "no/such"})
    assert odd.status_code == 200
    assert '<script>"' not in odd.text


async def test_admission_by_the_page(client: httpx.AsyncClient, pair: Pair) -> None:
    await sign_in(client, pair.manager)
    given = typed("Rukhsana Bano", mobile="12", name_hi="रुखसाना बानो")
    refused = await fill(client, "/admissions", given)
    assert refused.status_code == 422
    assert 'href="#mobile"' in refused.text
    kept = fields_of(refused.text, "/admissions")
    assert (kept["name_hi"], kept["mobile"], kept["dob"]) == ("रुखसाना बानो", "12", "5-3-1984")
    kept |= {"mobile": "९४३१००००११"}
    made = await client.post("/admissions", data=kept)
    assert made.status_code == 303, made.text
    again = await client.post("/admissions", data=kept)
    assert again.headers["location"] == made.headers["location"]
    other = await client.post("/admissions", data={**kept, "tola": "x"})
    assert other.status_code == 409
    shown = await client.get(made.headers["location"])
    assert "Rukhsana Bano" in shown.text
    assert "7/2026" in shown.text
    # The same person once more: the page shows who is there already and asks.
    twice = await fill(client, "/admissions", typed("Rukhsana Khatun"))
    assert twice.status_code == 422
    assert made.headers["location"].removeprefix("/members/") in twice.text
    number = made.headers["location"].rsplit("/", 1)[1]
    same = await client.post(
        "/admissions", data={**fields_of(twice.text, "/admissions"), f"pair_{number}": "same"}
    )
    assert same.status_code == 422
    assert f'href="#pair_{number}"' in same.text


async def test_what_was_typed_is_never_markup(client: httpx.AsyncClient, pair: Pair) -> None:
    await sign_in(client, pair.manager)
    answer = await fill(
        client, "/admissions", typed('"><script>alert(1)</script>', dob="<b>", source="<img src=x>")
    )
    assert answer.status_code == 422
    for raw in ("<script>alert", '<b>"', "<img"):
        assert raw not in answer.text


async def test_erasure_is_refused_with_the_reason(client: httpx.AsyncClient, pair: Pair) -> None:
    path = await new_member(pair.here, "Wasima Parveen")
    number = path.removeprefix("/members/").replace("/", "-")
    await sign_in(client, pair.manager)
    shown = await client.get(f"/persons/{number}/erasure")
    assert "The membership has not ended" in shown.text
    assert (await fill(client, f"{path}/end", {"reason": "resigned"})).status_code == 303
    shown = await client.get(f"/persons/{number}/erasure")
    year = clock.today().year + 6
    assert str(year) in shown.text
    assert "member_kept" in shown.text
    assert "Nobody has verified" in shown.text


async def test_errors_speak_hindi(client: httpx.AsyncClient, pair: Pair) -> None:
    await sign_in(client, await person(Role.CLERK, pair.here, "hi"))  # type: ignore[arg-type]
    missing = await client.get("/members/PEOPLEA/7777")
    assert (missing.status_code, "ऐसा कोई पन्ना नहीं है" in missing.text) == (404, True)
    closed = await client.get("/admissions")
    assert closed.status_code == 403
    assert '<html lang="hi"' in closed.text
    await sign_in(client, await person(Role.MANAGER, pair.here, "hi"))  # type: ignore[arg-type]
    refused = await fill(client, "/admissions", {})
    assert "<title>गलती:" in refused.text
    assert "जन्म तारीख" in refused.text
