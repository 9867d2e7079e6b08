from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.buyers.rules import (
    Demands,
    Dossier,
    ItemKind,
    Standing,
    gst_state_codes,
    gstin_check_sign,
    is_pan,
    papers_of,
    standing_on,
)

DAY = date(2026, 11, 1)
SOUND = Dossier(
    state_lgd=20,
    gstin="20ZZXFM8628Q1Z8",
    pan="ZZXFM8628Q",
    dealer_licence_no="JIMMS-X-1",
    licence_from=date(2025, 1, 1),
    licence_to=date(2027, 1, 1),
    suspended_from=None,
    suspended_to=None,
    undertaking_signed_on=date(2025, 10, 25),
)


def test_a_sound_dossier_is_verified() -> None:
    found = standing_on(papers_of(SOUND), DAY)
    assert (found.standing, found.codes) == (Standing.VERIFIED, ())


@pytest.mark.parametrize(
    ("changes", "standing", "codes"),
    [
        ({"gstin": ""}, "refused", ("gstin_missing",)),
        ({"gstin": "20ZZXFM8628Q1Z"}, "refused", ("gstin_length",)),
        ({"gstin": "20ZZXFM8628Q1X8"}, "refused", ("gstin_form",)),
        ({"gstin": "20ZZXFM8628Q1Zऄ"}, "refused", ("gstin_form",)),
        ({"gstin": "20ZZXFM8628Q1Z9"}, "refused", ("gstin_check_digit",)),
        ({"pan": "ZZXFM8628R"}, "refused", ("gstin_pan_mismatch",)),
        ({"pan": ""}, "refused", ("pan_missing",)),
        ({"state_lgd": 10}, "refused", ("gstin_state_mismatch",)),
        ({"state_lgd": None}, "verified", ()),
        ({"dealer_licence_no": ""}, "refused", ("licence_missing",)),
        ({"licence_to": None}, "refused", ("licence_missing",)),
        ({"licence_from": date(2026, 11, 2)}, "refused", ("licence_not_yet_valid",)),
        ({"licence_to": DAY}, "verified", ()),
        ({"licence_to": date(2026, 10, 31)}, "lapsed", ("licence_expired",)),
        ({"undertaking_signed_on": None}, "refused", ("undertaking_missing",)),
        ({"undertaking_signed_on": date(2026, 11, 2)}, "refused", ("undertaking_missing",)),
        ({"suspended_from": DAY}, "suspended", ("suspended",)),
        ({"suspended_from": date(2026, 11, 2)}, "verified", ()),
        ({"suspended_from": date(2026, 10, 1), "suspended_to": DAY}, "suspended", ("suspended",)),
        ({"suspended_from": date(2026, 10, 1), "suspended_to": date(2026, 10, 31)}, "verified", ()),
    ],
)
def test_the_standing_is_the_worst_of_the_mandatory_items(
    changes: dict[str, object], standing: str, codes: tuple[str, ...]
) -> None:
    found = standing_on(papers_of(replace(SOUND, **changes)), DAY)  # type: ignore[arg-type]
    assert (found.standing.value, found.codes) == (standing, codes)


def test_several_reasons_stand_the_gravest_first() -> None:
    dossier = replace(SOUND, pan="bad", licence_to=date(2026, 1, 1), suspended_from=DAY)
    found = standing_on(papers_of(dossier), DAY)
    assert found.standing is Standing.REFUSED
    assert found.codes == ("gstin_pan_mismatch", "pan_invalid", "suspended", "licence_expired")


def test_an_item_that_is_not_mandatory_may_be_missing_but_not_wrong() -> None:
    demands = Demands(frozenset({ItemKind.PAN}))
    bare = replace(
        SOUND, gstin="", dealer_licence_no="", licence_to=None, undertaking_signed_on=None
    )
    assert standing_on(papers_of(bare), DAY, demands).standing is Standing.VERIFIED
    wrong = replace(bare, gstin="20ZZXFM8628Q1Z9")
    assert standing_on(papers_of(wrong), DAY, demands).codes == ("gstin_check_digit",)


def test_an_undertaking_may_run_out() -> None:
    demands = Demands(holds_days={ItemKind.UNDERTAKING: 365})
    on_the_last_day = replace(SOUND, undertaking_signed_on=date(2025, 11, 1))
    assert standing_on(papers_of(on_the_last_day), DAY, demands).standing is Standing.VERIFIED
    found = standing_on(papers_of(SOUND), DAY, demands)
    assert (found.standing, found.codes) == (Standing.LAPSED, ("undertaking_expired",))


@pytest.mark.parametrize(
    "gstin", ["27AAPFU0939F1ZV", "20ZZXFM8628Q1Z8", "19ZZKCV5028G1ZY", "10ZZEFR9287V1Z4"]
)
def test_known_gstins_have_their_check_sign(gstin: str) -> None:
    assert gstin_check_sign(gstin[:14]) == gstin[14]


@given(
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=14, max_size=14), st.integers(0, 13)
)
def test_one_wrong_sign_changes_the_check_sign(fourteen: str, place: int) -> None:
    wrong = "A" if fourteen[place] != "A" else "B"
    changed = fourteen[:place] + wrong + fourteen[place + 1 :]
    assert gstin_check_sign(changed) != gstin_check_sign(fourteen)


def test_the_fourth_letter_of_a_pan_says_what_holds_it() -> None:
    assert is_pan("ZZXFM8628Q")
    assert not is_pan("ZZKXM1511U")
    assert not is_pan("ZZXFM8628")
    assert not is_pan("zzxfm8628q")


def test_states_are_numbered_alike_but_for_a_few() -> None:
    assert gst_state_codes(9) == ("09",)
    assert gst_state_codes(20) == ("20",)
    assert "37" in gst_state_codes(28)
