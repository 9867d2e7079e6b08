"""The letter and the camp list as PDF: what their pages say, and as little."""

import re
from datetime import date
from uuid import uuid4

import httpx
import pytest

from coop.kernel.db import transaction
from coop.kernel.i18n import use_language
from coop.kernel.words import Said
from coop.schemes.pdf.camp import camp_pdf
from coop.schemes.pdf.letter import letter_pdf
from coop.schemes.queries.camp import CampList, camp_papers
from coop.schemes.queries.reports import CampRow
from tests.house.schemes_pages import letter_sample
from tests.house.trade_samples import COOPERATIVE
from tests.schemes.desk_pages import facilitator, pension_ready, tell
from tests.schemes.village import family
from tests.sheets import assert_counted, assert_ordered, pages_of, words_of
from tests.trade import REACH, Trade
from tests.weighing.test_pages import fields_of

FOOT = {"hi": "पन्ना {}, कुल {}", "en": "Page {} of {}"}


def camp(count: int) -> CampList:
    rows = [
        CampRow(paper, "ऊपर टोला", f"फूलमनी नमूना {place:03d}", f"Phulmani Namuna {place:03d}", "P1", f"HKDM-{place:04d}", True, place % 9 == 0)
        for paper in ("voter_id", "age_proof")
        for place in range(count)
    ]  # fmt: skip
    return CampList("खैराटांड़", date(2026, 11, 24), camp_papers(rows))


@pytest.mark.parametrize("language", ["hi", "en"])
async def test_letter_and_page_say_the_same(
    client: httpx.AsyncClient, trade: Trade, language: str
) -> None:
    home = await family(trade.here)
    await facilitator(client, trade, language)
    await pension_ready(client, home)
    await tell(client, home, "p.caste", home.basanti, "ST")
    path = f"/schemes/households/{home.number}/letters/{home.basanti}"
    page = await client.get(path)
    link = re.search(r'href="([^"]+letter\.pdf[^"]*)"', page.text)
    assert link is not None
    answer = await client.get(link[1])
    assert (
        f'filename="letter-{home.number}-{home.basanti}.pdf"'
        in answer.headers["content-disposition"]
    )
    said, main = words_of(answer.content), page.text.split("<main")[1].split("</main>")[0]
    plain = " ".join(re.sub(r"<[^>]+>", " ", main).split())
    papers = re.findall(r"</span>([^<]+?)(?: <span|</li>)", main)
    assert papers
    for shown in ("बसंती नमूना" if language == "hi" else "Basanti Namuna", "181", "1098", *papers):
        assert shown.strip() in said, shown
        assert shown.strip() in plain, shown
    for day in re.findall(r"\d\d-\d\d-\d{4}", plain):
        assert day in said
    assert len(pages_of(answer.content)) == 1, pages_of(answer.content)[-1]
    office = "फैसला कार्यालय करेगा" if language == "hi" else "The office decides."
    assert office in said
    assert office in plain
    for word in ("जनजाति", "विधवा", "एसटी", "widow", "tribe"):
        assert word not in said
    theirs = await family(trade.there)
    other = f"/schemes/households/{theirs.number}/letters/{theirs.basanti}/letter.pdf"
    assert (await client.get(other)).status_code == 404
    assert (await client.get(f"{path.replace(home.basanti, home.child)}/letter.pdf")).status_code == 404  # fmt: skip


@pytest.mark.parametrize("language", ["hi", "en"])
def test_what_is_not_verified_is_left_to_the_office(language: str) -> None:
    """Sure and unsure offers stand in one letter, each with its own words."""
    letter = letter_sample(empty=False)
    with use_language(language):
        said = words_of(letter_pdf(letter, COOPERATIVE))
        from coop.kernel.i18n import render

        perhaps = render(Said("Perhaps: the office decides."))
        apply = render(Said("You can apply."))
    unsure = sum(not offer.sure for offer in letter.offers)
    assert said.count(perhaps) == unsure
    assert said.count(apply) == len(letter.offers) - unsure


def test_an_empty_letter_says_what_to_do() -> None:
    with use_language("en"):
        said = words_of(letter_pdf(letter_sample(empty=True), COOPERATIVE))
        none = words_of(camp_pdf(camp(0), COOPERATIVE))
    assert "Come to the desk when something changes." in said
    assert "Note missing papers on the page of a scheme." in none


@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_camp_list_of_many_counts_first_and_repeats_its_head(language: str) -> None:
    with use_language(language):
        data = camp_pdf(camp(90), COOPERATIVE)
    pages = pages_of(data)
    assert len(pages) >= 5
    assert_counted(pages, FOOT[language])
    head = "टोला" if language == "hi" else "Tola"
    assert all(head in text for text in pages)
    count = "90 लोग" if language == "hi" else "90 persons"
    assert pages[0].count(count) >= 2, "counts stand before the lists"
    name = "फूलमनी नमूना {:03d}" if language == "hi" else "Phulmani Namuna {:03d}"
    whole = words_of(data)
    first = whole[: whole.rindex(name.format(0))]
    assert_ordered([name.format(place) for place in range(90)], first)
    for place in range(90):
        assert whole.count(name.format(place)) == 2


async def test_the_camp_list_on_paper_is_recorded(client: httpx.AsyncClient, trade: Trade) -> None:
    village = "Camp Paper Namuna"
    home = await family(trade.here, village=village)
    await facilitator(client, trade)
    await pension_ready(client, home)
    here = f"/schemes/households/{home.number}"
    page = await client.get(f"{here}/schemes/SARVAJAN/{home.basanti}")
    csrf = fields_of(page.text, f"{here}/applications")["csrf"]
    missing = {"applicant": home.basanti, "paper": "voter_id", "seen": "no"}
    await client.post(
        f"{here}/papers", data={"csrf": csrf, "operation_id": str(uuid4()), **missing}
    )
    form = {"csrf": csrf, "village": village, "form": "pdf"}
    answer = await client.post("/schemes/camp", data=form)
    assert answer.headers["content-type"] == "application/pdf"
    said = words_of(answer.content)
    for shown in (village, "Voter card", "Basanti Namuna", home.number):
        assert shown in said, shown
    assert (
        "Camp list as PDF" in (await client.get("/schemes/camp", params={"village": village})).text
    )
    async with transaction(REACH) as tx:
        kept = await tx.fetchval(
            "SELECT count(*) FROM audit_entry WHERE tag = 'camp_list:printed' AND about_row = $1",
            village,
        )
    assert kept == 1
