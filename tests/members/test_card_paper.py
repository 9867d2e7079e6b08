"""The card shows the police what they ask for, in both languages, and all of it stands on the card."""

from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from coop.kernel.i18n import use_language
from coop.kernel.paper import millimetres
from coop.members.pdf import HEIGHT, back_size, card_pdf
from coop.members.queries.card import Card, CardSite
from tests.kernel.test_paper import card
from tests.sheets import words_of

SITES = tuple(
    CardSite(f"S-334-{place:02d}", "पुराना ढेर सरकारी वन भूमि के पास", "Old dump near the forest land", f"NAMUNA/2026/DHB/{place:04d}")
    for place in range(4)
)  # fmt: skip


def full() -> Card:
    """A card with as many sites as one holds and a policy whose name is long."""
    one = card()
    assert one.policy is not None
    policy = replace(
        one.policy,
        name_hi="झारखंड लघु खनिज समनुदान नियमावली, नमूना संशोधन, असाधारण राजपत्र संख्या 1234 दिनांक 03-03-2022" * 4,
        name_en="Namuna Rules on minor minerals, amendment, extraordinary gazette number 1234 of 03-03-2022" * 4,
    )  # fmt: skip
    return replace(one, policy=policy, sites=SITES)


@pytest.mark.parametrize("language", ["hi", "en"])
def test_policy_and_permissions_stand_on_it(language: str) -> None:
    """Issue 4, line 1: "member card with policy and site permission"."""
    one = full()
    assert one.policy is not None
    with use_language(language):
        said = words_of(card_pdf(one))
    assert (one.policy.name_hi if language == "hi" else one.policy.name_en) in said
    for site in SITES:
        assert f"{site.code} {site.name_hi if language == 'hi' else site.name_en}" in said
        assert site.permission in said


@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_missing_permission_is_said(language: str) -> None:
    bare = replace(full(), sites=(replace(SITES[0], permission=""),))
    with use_language(language):
        said = words_of(card_pdf(bare))
    expected = "समिति से पूछें" if language == "hi" else "ask the cooperative"
    assert expected in said


@pytest.mark.parametrize("language", ["hi", "en"])
def test_all_of_it_stands_within_the_card(language: str) -> None:
    with use_language(language):
        data = card_pdf(full())
        assert back_size(full()) < 7
        assert back_size(card()) == 7
    page = pypdfium2.PdfDocument(data)[0]
    low = page.get_size()[1] - millimetres(30) - HEIGHT
    bounds = [one.get_bounds() for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])]
    on_card = [one for one in bounds if one[3] > low + 2]
    assert len(on_card) > 10
    assert all(one[1] >= low for one in on_card), "words reach over the edge of the card"
