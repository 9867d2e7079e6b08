"""The benefit desk as a facilitator sees it, without JavaScript; who may open it; whose households."""

import re
from uuid import uuid4

import httpx
import pytest
from stdnum import verhoeff

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel import clock
from coop.kernel.db import transaction
from tests.schemes.village import VILLAGE, Family, family
from tests.trade import REACH, Trade, person
from tests.weighing.test_pages import fields_of, sign_in

_PEOPLE = [role for role in Role if ROLES[role].holder is Holder.PERSON]


async def facilitator(client: httpx.AsyncClient, trade: Trade, language: str = "en") -> None:
    await sign_in(client, await person(Role.FACILITATOR, trade.here, language))


async def sent(
    client: httpx.AsyncClient, path: str, action: str, **typed: object
) -> httpx.Response:
    """Open a page, fill in one of its forms and send it."""
    page = await client.get(path)
    assert page.status_code == 200, page.text[:400]
    fields = fields_of(page.text, action)
    assert "csrf" in fields, f"{action} is not on {path}"
    return await client.post(action, data={**fields, **typed})


def asked(text: str) -> tuple[str, str]:
    """Which fact the page asks of whom."""
    found = re.search(
        r'name="fact" value="([^"]+)"><input [^>]*name="applicant" value="([^"]+)"', text
    )
    return (found[1], found[2]) if found else ("", "")


async def agree(client: httpx.AsyncClient, home: Family) -> None:
    here = f"/schemes/households/{home.number}"
    page = await client.get(here)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert csrf is not None
    done = await client.post(
        f"{here}/consents",
        data={
            "csrf": csrf[1], "operation_id": str(uuid4()), "applicant": "household",
            "given": "yes", "how": "thumb", "language": "khortha",
        },
    )  # fmt: skip
    assert done.status_code == 303, done.text[:500]


async def tell(
    client: httpx.AsyncClient, home: Family, fact: str, applicant: str, *answer: str
) -> httpx.Response:
    here = f"/schemes/households/{home.number}"
    page = await client.get(here)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert csrf is not None
    return await client.post(
        f"{here}/answers",
        data={
            "csrf": csrf[1], "operation_id": str(uuid4()), "fact": fact,
            "applicant": applicant, "answer": list(answer),
        },
    )  # fmt: skip


async def pension_ready(client: httpx.AsyncClient, home: Family) -> None:
    """All that the old-age pension asks for, answered well."""
    await agree(client, home)
    for fact, applicant, answer in (
        ("h.any_income_tax", "household", "no"),
        ("p.govt_job", home.basanti, "no"),
        ("p.marital", home.basanti, "widow"),
        ("p.govt_pension", home.basanti, "no"),
        ("p.receives", home.basanti, "none"),
    ):
        done = await tell(client, home, fact, applicant, answer)
        assert done.status_code == 303, (fact, done.text[:500])


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


@pytest.mark.parametrize("role", _PEOPLE)
async def test_who_may_open_the_desk(client: httpx.AsyncClient, trade: Trade, role: Role) -> None:
    home = await family(trade.here)
    await sign_in(client, await person(role, trade.here))
    may = Permission.SCHEMES_HOUSEHOLD_SCREEN in ROLES[role].permissions
    for path in ("/schemes", f"/schemes/households/{home.number}", "/schemes/camp"):
        status = (await client.get(path)).status_code
        if may and not ROLES[role].second_factor:
            assert status == 200
        else:
            assert status in (403, 303)
    report = (await client.get("/schemes/report")).status_code
    open_report = Permission.SCHEMES_REPORT_READ in ROLES[role].permissions
    assert (report == 200) == (open_report and not ROLES[role].second_factor)


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


async def test_from_household_to_the_first_rupee(client: httpx.AsyncClient, trade: Trade) -> None:
    home = await family(trade.here)
    await facilitator(client, trade)
    await pension_ready(client, home)
    here = f"/schemes/households/{home.number}"
    detail = f"{here}/schemes/SARVAJAN/{home.basanti}"
    opened = await sent(client, detail, f"{here}/applications")
    assert opened.status_code == 303
    place = opened.headers["location"]
    assert re.fullmatch(rf"/schemes/applications/{trade.here.code}-\d\d-A\d{{5}}", place)
    today = f"{clock.today():%d-%m-%Y}"
    steps: list[tuple[str, dict[str, object]]] = [
        ("consented", {"word": "thumb", "by": "hindi"}),
        ("applied", {"number": "BDO/77", "office": "Block office, Domchanch", "by": "camp"}),
        ("sanctioned", {"amount": "1000"}),
        ("receiving", {"amount": "1,000", "by": "passbook"}),
    ]
    for state, typed in steps:
        done = await sent(client, f"{place}?step={state}", f"{place}/events", on=today, **typed)
        assert (done.status_code, done.headers.get("location")) == (303, place), (
            state,
            done.text[-2500:],
        )
    shown = (await client.get(place)).text
    assert "₹\xa01,000.00" in shown
    assert "BDO/77" in shown
    seen = await sent(client, place, f"{place}/benefits", on=today, amount="1000", by="passbook")
    assert seen.status_code == 303
    assert "Receiving already" in (await client.get(here)).text
    # Not to be opened again while it runs, and the list of what waits no longer names it.
    again = await client.post(
        f"{here}/applications",
        data={
            **fields_of((await client.get(place)).text, f"{place}/benefits"),
            "scheme": "SARVAJAN",
            "applicant": home.basanti,
        },
    )
    assert again.status_code == 422
    assert place not in (await client.get("/schemes")).text


async def test_a_step_that_lacks_something_keeps_what_was_typed(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    home = await family(trade.here)
    await facilitator(client, trade, "hi")
    await pension_ready(client, home)
    here = f"/schemes/households/{home.number}"
    opened = await sent(client, f"{here}/schemes/SARVAJAN/{home.basanti}", f"{here}/applications")
    place, today = opened.headers["location"], f"{clock.today():%d-%m-%Y}"
    await sent(
        client, f"{place}?step=consented", f"{place}/events", on=today, word="voice", by="santali"
    )
    page = await client.get(f"{place}?step=applied")
    typed = {
        **fields_of(page.text, f"{place}/events"),
        "on": today,
        "by": "office",
        "office": "अंचल नमूना",
    }
    refused = await client.post(f"{place}/events", data=typed)
    assert refused.status_code == 422
    assert "<title>गलती:" in refused.text
    assert 'href="#number"' in refused.text
    assert 'value="अंचल नमूना"' in refused.text
    twelve = "29999999001" + verhoeff.calc_check_digit("29999999001")
    identity = await client.post(f"{place}/events", data={**typed, "number": f"B {twelve}"})
    assert identity.status_code == 422
    assert twelve not in (await client.get(place)).text
    late = await client.post(f"{place}/events", data={**typed, "number": "7", "on": "01-01-2099"})
    assert late.status_code == 422
    # Nothing of a refused form was kept: the same page may be sent again, put right.
    done = await client.post(f"{place}/events", data={**typed, "barrier": "NO_ACK"})
    assert done.status_code == 303, done.text[-1500:]
    again = await client.post(f"{place}/events", data={**typed, "barrier": "NO_ACK"})
    assert again.status_code == 303
    other = await client.post(f"{place}/events", data={**typed, "number": "8"})
    assert other.status_code == 409
    text = (await client.get(place)).text
    assert text.count("आवेदन दिया") == 2  # once in the head, once in what happened


async def test_the_letter_says_what_to_bring_and_nothing_else(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    home = await family(trade.here)
    await facilitator(client, trade, "hi")
    await pension_ready(client, home)
    await tell(client, home, "p.caste", home.basanti, "ST")
    letter = (await client.get(f"/schemes/households/{home.number}/letters/{home.basanti}")).text
    assert "बसंती नमूना" in letter
    assert "हर महीने 5 तारीख तक 1,000 रुपये" in letter
    assert "वोटर कार्ड" in letter
    assert "प्रखंड कार्यालय" in letter
    main = letter.split("<main")[1].split("</main>")[0]
    for word in ("जनजाति", "विधवा", "एसटी"):
        assert word not in main
    assert main.count("<h2>") <= 4


async def test_taking_the_camp_list_along_is_recorded(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    home = await family(trade.here, village="Camp Namuna")
    await facilitator(client, trade)
    await pension_ready(client, home)
    here = f"/schemes/households/{home.number}"
    page = await client.get(f"{here}/schemes/SARVAJAN/{home.basanti}")
    csrf = fields_of(page.text, f"{here}/applications")["csrf"]
    for paper in ("voter_id", "age_proof"):
        await client.post(
            f"{here}/papers",
            data={
                "csrf": csrf,
                "operation_id": str(uuid4()),
                "applicant": home.basanti,
                "paper": paper,
                "seen": "no",
            },
        )
    await client.post(
        f"{here}/papers",
        data={
            "csrf": csrf,
            "operation_id": str(uuid4()),
            "applicant": home.basanti,
            "paper": "voter_id",
            "seen": "yes",
        },
    )
    form = {"csrf": csrf, "village": "Camp Namuna"}
    sheet = await client.post("/schemes/camp", data={**form, "form": "paper"})
    assert "Paper that shows the age" in sheet.text
    assert "Voter card" not in sheet.text
    table = await client.post("/schemes/camp", data={**form, "form": "csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert f"Basanti Namuna,{home.number},yes,no" in table.text
    assert (
        await client.post("/schemes/camp", data={**form, "village": "Nowhere"})
    ).status_code == 404
    async with transaction(REACH) as tx:
        kept = await tx.fetchval(
            "SELECT count(*) FROM audit_entry WHERE tag = 'camp_list:printed' AND about_row = 'Camp Namuna'"
        )
    assert kept == 2


async def test_the_report_keeps_small_groups_back(client: httpx.AsyncClient, trade: Trade) -> None:
    home = await family(trade.there, village="Small Namuna")
    await sign_in(client, await person(Role.FACILITATOR, trade.there))
    here = f"/schemes/households/{home.number}"
    assert (await sent(client, here, f"{here}/screenings")).status_code == 303
    text = (await client.get("/schemes/report")).text
    assert "too few to tell" in text
    assert "Basanti" not in text


async def test_every_page_speaks_hindi(client: httpx.AsyncClient, trade: Trade) -> None:
    home = await family(trade.here)
    await facilitator(client, trade, "hi")
    here = f"/schemes/households/{home.number}"
    for path in ("/schemes", here, f"{here}/others", "/schemes/camp", "/schemes/report"):
        page = await client.get(path)
        assert page.status_code == 200, path
        assert '<html lang="hi"' in page.text
    missing = await client.get("/schemes/households/HX-0000")
    assert missing.status_code == 404
    assert 'lang="hi"' in missing.text
