"""Screening as a facilitator sees it, without JavaScript; who may open it; whose households."""

import re
from uuid import uuid4

import httpx

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from tests.schemes.desk_pages import agree, asked, facilitator, pension_ready, sent, tell
from tests.schemes.village import VILLAGE, family
from tests.trade import Trade, person
from tests.weighing.test_pages import fields_of, sign_in


async def test_a_household_is_found_by_its_number(client: httpx.AsyncClient, trade: Trade) -> None:
    home = await family(trade.here)
    await facilitator(client, trade)
    found = await client.get("/schemes", params={"q": home.number.lower()})
    assert (found.status_code, found.headers["location"]) == (
        303,
        f"/schemes/households/{home.number}",
    )
    unknown = await client.get("/schemes", params={"q": "HX-1"})
    assert unknown.status_code == 422
    assert 'href="#q"' in unknown.text
    # The register's word is used: a village in Jharkhand, a pink card, no question about them.
    page = await client.get(f"/schemes/households/{home.number}")
    assert "Basanti Namuna, 63" in page.text
    assert asked(page.text)[0] not in ("h.state", "h.ration", "p.sex", "p.dob", "")


async def test_who_may_open_the_desk(client: httpx.AsyncClient, trade: Trade) -> None:
    home = await family(trade.here)
    for role in (role for role in Role if ROLES[role].holder is Holder.PERSON):
        client.cookies.clear()
        await sign_in(client, await person(role, trade.here))
        may = Permission.SCHEMES_HOUSEHOLD_SCREEN in ROLES[role].permissions
        for path in ("/schemes", f"/schemes/households/{home.number}", "/schemes/camp"):
            status = (await client.get(path)).status_code
            if may and not ROLES[role].second_factor:
                assert status == 200, (role, path)
            else:
                assert status in (403, 303), (role, path)
        report = (await client.get("/schemes/report")).status_code
        open_report = Permission.SCHEMES_REPORT_READ in ROLES[role].permissions
        assert (report == 200) == (open_report and not ROLES[role].second_factor), role


async def test_another_cooperatives_household_does_not_exist(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    home, theirs = await family(trade.here), await family(trade.there)
    await facilitator(client, trade)
    here = f"/schemes/households/{theirs.number}"
    for path in (
        here,
        f"{here}/others",
        f"{here}/letters/{theirs.basanti}",
        f"{here}/schemes/SARVAJAN/{theirs.basanti}",
    ):
        assert (await client.get(path)).status_code == 404
    page = await client.get(f"/schemes/households/{home.number}")
    fields = fields_of(page.text, f"/schemes/households/{home.number}/screenings")
    for act in ("answers", "consents", "papers", "screenings", "applications"):
        done = await client.post(f"{here}/{act}", data={**fields, "applicant": "household"})
        assert done.status_code == 404, act
    # Nor does a person of theirs in a household of ours.
    for path in ("letters/", "schemes/SARVAJAN/"):
        answer = await client.get(f"/schemes/households/{home.number}/{path}{theirs.basanti}")
        assert answer.status_code == 404
    assert (await client.get("/schemes", params={"q": theirs.number})).status_code == 422


async def test_what_is_sensitive_is_asked_after_agreement_only(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    home = await family(trade.here)
    await facilitator(client, trade)
    here = f"/schemes/households/{home.number}"
    refused = await tell(client, home, "p.caste", home.basanti, "ST")
    assert refused.status_code == 404
    for fact in ("p.tb_notified", "p.hiv_art", "p.care_ground"):
        assert (await tell(client, home, fact, home.basanti, "yes")).status_code == 404
    # Plain questions come first; when none is left the page asks for agreement.
    for _ in range(60):
        page = await client.get(here)
        fact, _ = asked(page.text)
        if not fact:
            break
        done = await sent(client, here, f"{here}/answers", answer="unknown", skip="1")
        assert done.status_code == 303
    assert "may we ask" in page.text
    lacking = await sent(client, here, f"{here}/consents", given="yes")
    assert lacking.status_code == 422
    assert 'href="#how"' in lacking.text
    done = await sent(
        client, here, f"{here}/consents", given="yes", how="thumb", language="khortha"
    )
    assert done.status_code == 303
    assert asked((await client.get(here)).text)[0]
    assert (await tell(client, home, "p.caste", home.basanti, "ST")).status_code == 303


async def test_of_a_child_nothing_is_asked_before_the_parent_agrees(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    home = await family(trade.here)
    await facilitator(client, trade)
    here = f"/schemes/households/{home.number}"
    assert (await tell(client, home, "p.dob", home.child, "2015")).status_code == 404
    page = await client.get(here, params={"child": home.child})
    assert "Only the parent may say yes" in page.text
    assert (await client.get(here, params={"child": home.basanti})).status_code == 404
    typed = {
        **fields_of(page.text, f"{here}/consents"),
        "given": "yes",
        "how": "voice",
        "language": "hindi",
    }
    assert typed["applicant"] == home.child
    assert (await client.post(f"{here}/consents", data=typed)).status_code == 303
    assert (await tell(client, home, "p.dob", home.child, "2015")).status_code == 303
    again = await client.post(
        f"{here}/consents", data={**typed, "operation_id": str(uuid4()), "given": "no"}
    )
    assert again.status_code == 303
    assert (await tell(client, home, "p.class", home.child, "5")).status_code == 404
    assert (await client.get(f"{here}/letters/{home.child}")).status_code == 404


async def test_answers_move_the_task_list(client: httpx.AsyncClient, trade: Trade) -> None:
    home = await family(trade.here)
    await facilitator(client, trade)
    here = f"/schemes/households/{home.number}"
    pension = f'href="{here}/schemes/SARVAJAN/{home.basanti}"'
    assert pension not in (await client.get(here)).text
    await pension_ready(client, home)
    page = (await client.get(here)).text
    can = page.split('id="g-can"')[1].split("</section>")[0]
    assert pension in can
    # Ujjwala rests on a source for one year only: all holds, but nobody may promise.
    await tell(client, home, "h.lpg", "household", "no")
    page = (await client.get(here)).text
    perhaps = page.split('id="g-perhaps"')[1].split("</section>")[0]
    assert f"{here}/schemes/PMUY/{home.sunita}" in perhaps
    assert "PMUY" not in page.split('id="g-can"')[1].split("</section>")[0]
    # A wrong answer is told at its field, nothing of it is kept, and the question stands.
    wrong = await tell(client, home, "p.income_month", home.sunita, "many")
    assert wrong.status_code == 422
    assert "Error:" in wrong.text
    assert ("p.income_month", home.sunita) == asked(wrong.text)
    # The other way round: a paper is missing.
    detail = f"{here}/schemes/SARVAJAN/{home.basanti}"
    shown = await client.get(detail)
    assert "60 years old; women, SC and ST from 50" in shown.text
    assert "The official order itself was not read." in shown.text
    papers = re.search(
        r'name="csrf" value="([^"]+)"><input [^>]*name="operation_id" value="([^"]+)"><input [^>]*name="applicant" value="([^"]+)"'
        r'><input [^>]*name="scheme" value="SARVAJAN"><input [^>]*name="paper" value="voter_id"><input [^>]*name="seen" value="no"',
        shown.text,
    )
    assert papers is not None
    noted = await client.post(
        f"{here}/papers",
        data={
            "csrf": papers[1], "operation_id": papers[2], "applicant": papers[3],
            "scheme": "SARVAJAN", "paper": "voter_id", "seen": "no",
        },
    )  # fmt: skip
    assert (noted.status_code, noted.headers["location"]) == (303, detail)
    page = (await client.get(here)).text
    assert pension in page.split('id="g-paper"')[1].split("</section>")[0]
    listed = await client.get("/schemes/camp", params={"village": VILLAGE})
    assert "Voter card" in listed.text
    assert "Basanti Namuna" in listed.text
    assert "pension" not in listed.text.lower().split("<main")[1].split("</main>")[0]


async def test_private_schemes_are_nowhere(client: httpx.AsyncClient, trade: Trade) -> None:
    home = await family(trade.here)
    await facilitator(client, trade)
    await agree(client, home)
    await tell(client, home, "p.sells_liquor", home.sunita, "yes")
    here = f"/schemes/households/{home.number}"
    for path in (here, f"{here}/others", f"{here}/letters/{home.sunita}"):
        text = (await client.get(path)).text
        for code in (
            "PHULO_JHANO",
            "ADIM_HIV",
            "NIKSHAY",
            "VATSALYA",
            "SILICOSIS",
            "Nikshay",
            "Phulo",
        ):
            assert code not in text, (path, code)
    assert (await client.get(f"{here}/schemes/PHULO_JHANO/{home.sunita}")).status_code == 404
