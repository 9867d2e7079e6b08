"""Applications, letter, camp list and counts on their pages."""

import re
from uuid import uuid4

import httpx
from stdnum import verhoeff

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import transaction
from tests.schemes.desk_pages import facilitator, pension_ready, sent, tell
from tests.schemes.village import family
from tests.trade import REACH, Trade, person
from tests.weighing.test_pages import fields_of, sign_in


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
