"""Changes, decisions and transfers by the pages; what a page shows of weighings and of children."""

import httpx

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import transaction
from tests.members.people import Pair, fields_of, fill, new_member, sign_in
from tests.trade import REACH, Trade, entry, person, post


async def test_changes_by_the_pages(client: httpx.AsyncClient, pair: Pair) -> None:
    path = await new_member(pair.here, "Sabitri Khetouri")
    await sign_in(client, pair.manager)
    for noun, wrong, right in (
        (
            "particulars",
            {"why": "bank"},
            {"why": "bank", "bank_account": "123456789", "ifsc": "BKID0ZX7447"},
        ),
        (
            "nominees",
            {"nominee_1_share": "50"},
            {"nominee_1_name": "Sonu", "nominee_1_share": "100"},
        ),
        (
            "consents",
            {"purpose": "schemes"},
            {"purpose": "schemes", "given": "yes", "how": "signature"},
        ),
        ("season", {"kind": "x"}, {"kind": "away"}),
        ("end", {"reason": "died", "on_day": "1-1-2001"}, {"reason": "died"}),
    ):
        refused = await fill(client, f"{path}/{noun}", wrong)
        assert refused.status_code == 422, noun
        assert 'class="error-summary"' in refused.text
        done = await fill(client, f"{path}/{noun}", right)
        assert (done.status_code, done.headers.get("location")) == (303, path), (noun, done.text)
    shown = await client.get(path)
    assert "…6789" in shown.text
    assert "123456789" not in shown.text
    async with transaction(REACH) as tx:
        facts = await tx.fetchval(
            "SELECT facts FROM audit_entry WHERE tag = 'person:changed' ORDER BY id DESC LIMIT 1"
        )
    assert '"bank_changed":1' in facts
    assert '"changed":"bank_account ifsc"' in facts
    assert "123456789" not in facts


async def test_a_duplicate_and_a_transfer_by_the_pages(
    client: httpx.AsyncClient, pair: Pair
) -> None:
    first = await new_member(pair.here, "Taramani Oraon", dob="6-6-1966")
    second = await new_member(pair.here, "Urmila Bhokta", dob="7-7-1977")
    await sign_in(client, pair.manager)
    alike = {
        "why": "correction",
        "name_latin": "Taramani Oraon",
        "dob": "6-6-1966",
        "relation_name_latin": "Mohan Oraon",
    }
    assert (await fill(client, f"{second}/particulars", alike)).status_code == 303
    queue = await client.get("/duplicates")
    number = next(
        part.split('"')[0]
        for part in queue.text.split('href="/duplicates/')[1:]
        if "Taramani" in part.split("</li>")[0]
    )
    door = f"/duplicates/{number}"
    assert (await fill(client, door, {"decision": "same"})).status_code == 422
    assert (
        await fill(client, door, {"decision": "same", "because": "papers", "keep": "a"})
    ).status_code == 303
    assert "The same person has another number" in (await client.get(second)).text
    assert (await fill(client, door, {}, f"{door}/undoing")).status_code == 303
    again = await client.post(
        f"{door}/undoing", data=fields_of((await client.get("/admissions")).text, "/admissions")
    )
    assert again.status_code == 422
    asked = await fill(client, f"{first}/transfer", {"to": pair.there.code})
    assert asked.status_code == 303
    await sign_in(client, pair.manager_there)
    listed = await client.get("/transfers")
    door = "/transfers/" + listed.text.split('href="/transfers/')[1].split('"')[0]
    shown = await client.get(door)
    assert "Taramani Oraon" in shown.text
    assert (await client.get(first)).status_code == 404
    assert (await fill(client, door, {"answer": "accepted"})).status_code == 422
    taken = await fill(client, door, {"answer": "accepted", "source": "G/4"})
    assert taken.status_code == 303
    assert "Taramani Oraon" in (await client.get(taken.headers["location"])).text
    # Answered: who took the member reads them in the own book, not in the other's.
    assert "Taramani" not in (await client.get(door)).text


async def test_weighings_show_to_who_may_read_slips(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    booked = (await post(trade.here, entry(trade.here, member_no="0007")))[0].booked
    assert booked is not None
    page = f"/members/{trade.here.code}/0007"
    await sign_in(client, await person(Role.CLERK, trade.here))
    shown = await client.get(page)
    assert f"-S{booked.no:05d}" in shown.text
    await sign_in(client, await person(Role.FACILITATOR, trade.here))
    hidden = await client.get(page)
    assert hidden.status_code == 200
    assert f"-S{booked.no:05d}" not in hidden.text
    assert "Change particulars" not in hidden.text


async def test_slips_after_a_death_are_an_exception(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    from datetime import timedelta

    booked = (await post(trade.there, entry(trade.there, member_no="0006")))[0].booked
    assert booked is not None
    await sign_in(client, await person(Role.MANAGER, trade.there))
    page = f"/members/{trade.there.code}/0006"
    died = f"{clock.today() - timedelta(days=3):%d-%m-%Y}"
    assert (
        await fill(client, f"{page}/end", {"reason": "died", "on_day": died})
    ).status_code == 303
    shown = await client.get(page)
    assert "Weighings after the end" in shown.text
    assert shown.text.count(f"-S{booked.no:05d}") >= 2
    [answer] = await post(trade.there, entry(trade.there, member_no="0006"))
    assert answer.booked is None
    assert answer.refusals[0].code == "member_not_active"


async def test_of_a_child_only_the_number_stands(client: httpx.AsyncClient, pair: Pair) -> None:
    path = await new_member(pair.here, "Yashoda Rai")
    async with transaction(REACH) as tx:
        home = await tx.fetchrow(
            """SELECT h.id, h.household_no FROM member m JOIN cooperative c ON c.id = m.cooperative_id
               JOIN person_home o ON o.person_id = m.person_id JOIN household h ON h.id = o.household_id
               WHERE c.code || '/' || m.member_no = $1""",
            path.removeprefix("/members/"),
        )
        assert home is not None
        from coop.members.operations import ListedEntry, record_persons

        await record_persons(tx, pair.here.id, [ListedEntry("PCHILD1", home["id"], "", None)])
    await sign_in(client, pair.manager)
    shown = await client.get(f"/households/{home['household_no']}")
    assert shown.status_code == 200
    assert "PCHILD1" in shown.text
    assert "1 child lives here" in shown.text
    assert (await client.get("/persons/PCHILD1/erasure")).status_code == 404
    assert "No member found" in (await client.get("/members", params={"q": "PCHILD1"})).text
