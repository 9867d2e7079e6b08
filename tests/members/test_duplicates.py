"""Likely doubles: single cases that say why, and a generated register for the figures."""

from dataclasses import replace
from datetime import date

import pytest

from coop.members.rules.duplicates import Candidate, Register, compare, likely_duplicates
from tests.members.generated_pairs import KINDS, generate

ANITA = Candidate(
    key="KDM01/0001",
    cooperative="KDM01",
    member_no="0001",
    name_latin="Anita Devi",
    name_hi="अनीता देवी",
    relation="W/O",
    relation_name_latin="Laxman Bhuiya",
    relation_name_hi="",
    sex="F",
    dob=date(1988, 4, 3),
    dob_precision="day",
    village="Bendrapahari",
    tola="Sadak Tola",
    mobile="+916000000001",
    id_kind="voter",
    id_no="XJH4235972",
    bank_account="554742825623",
    household_no="HKDM-0063",
)
AGAIN = replace(
    ANITA,
    key="GRD01/0007",
    cooperative="GRD01",
    mobile="",
    id_kind="",
    id_no="",
    bank_account="",
    household_no="",
)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"name_latin": "", "relation_name_latin": "", "relation_name_hi": "लछमन भुइयां"},
        {"name_latin": "Anitaa", "name_hi": ""},
        {"name_latin": "Aneeta Mosamat", "name_hi": "", "relation_name_latin": "Late Lakshman Bhuyan"},
        {"dob": date(1988, 1, 1), "dob_precision": "year", "village": "बेंदरापहाड़ी"},
        {"dob": date(1989, 1, 1), "dob_precision": "estimated"},
        {"dob": date(1988, 3, 4)},
        {"dob": date(1988, 4, 13)},
        {"dob": None, "mobile": "+916000000001"},
        {"relation": "D/O", "relation_name_latin": "Surendra Turi", "village": "Belakhar", "tola": "", "mobile": "+916000000001"},
        {"relation": "D/O", "relation_name_latin": "Surendra Turi", "id_kind": "voter", "id_no": "XJH4235972"},
        {"village": "Salgadih", "bank_account": "554742825623"},
    ],
)  # fmt: skip
def test_the_same_person_entered_again_is_reported(change: dict[str, object]) -> None:
    second = replace(AGAIN, **change)  # type: ignore[arg-type]  # fields of the case
    pairs = Register([ANITA]).matches(second)
    assert [pair.a.key for pair in pairs] == [ANITA.key]
    assert 0.5 <= pairs[0].score <= 1
    assert "name" in pairs[0].reasons


@pytest.mark.parametrize(
    "change",
    [
        {"sex": "M"},
        {"dob": date(1994, 7, 9)},
        {"dob": date(1994, 1, 1), "dob_precision": "year"},
        {"name_latin": "Sunita Devi", "name_hi": "सुनीता देवी"},
        {"name_latin": "Sunita Devi", "name_hi": "", "mobile": "+916000000001", "household_no": "HKDM-0063"},
        {"relation_name_latin": "Mahesh Rana", "dob": date(1988, 1, 1), "dob_precision": "year"},
        {"relation_name_latin": "Mahesh Rana", "village": "Salgadih"},
        {"village": "Salgadih", "tola": "", "dob": date(1988, 1, 1), "dob_precision": "year"},
        {"id_kind": "voter", "id_no": "XKD1111111", "dob": date(1988, 1, 1), "dob_precision": "year"},
        {"dob": None},
        {"relation_name_latin": "", "dob": None, "mobile": "+916000000001"},
    ],
)  # fmt: skip
def test_somebody_who_only_resembles_is_not(change: dict[str, object]) -> None:
    other = replace(AGAIN, **change)  # type: ignore[arg-type]  # fields of the case
    assert compare(ANITA, other) is None
    assert Register([ANITA]).matches(other) == []


def test_twins_under_one_roof_are_two_persons() -> None:
    rajesh = replace(ANITA, sex="M", relation="S/O", name_latin="Rajesh Yadav", name_hi="", id_kind="ration", id_no="202000000001", bank_account="")  # fmt: skip
    ramesh = replace(rajesh, key="KDM01/0002", name_latin="Ramesh Yadav")
    assert compare(rajesh, ramesh) is None


def test_more_that_agrees_scores_higher_and_is_told() -> None:
    plain = compare(ANITA, replace(AGAIN, dob=date(1988, 1, 1), dob_precision="year"))
    sure = compare(ANITA, replace(AGAIN, id_kind="voter", id_no="XJH4235972"))
    assert plain is not None
    assert sure is not None
    assert plain.score < sure.score <= 1
    assert set(sure.reasons) == {"name", "birth", "relation", "same_village", "same_tola", "same_paper"}  # fmt: skip


def test_a_row_is_no_double_of_itself() -> None:
    register = Register([ANITA])
    assert register.matches(ANITA) == []
    assert likely_duplicates([ANITA]) == []


def test_each_pair_once_the_earlier_row_first() -> None:
    pairs = likely_duplicates([ANITA, AGAIN, replace(AGAIN, key="GRD01/0009")])
    keys = [(pair.a.key, pair.b.key) for pair in pairs]
    assert sorted(keys) == [("GRD01/0007", "GRD01/0009"), ("KDM01/0001", "GRD01/0007"), ("KDM01/0001", "GRD01/0009")]  # fmt: skip


@pytest.mark.parametrize("seed", [2611, 7])
def test_two_thousand_pairs_in_a_register_of_ten_thousand_rows(seed: int) -> None:
    drawn = generate(seed, people=6000, doubles=2000, look_alikes=2000)
    assert (len(drawn.rows), len(drawn.pairs), drawn.look_alikes) == (10_000, 2000, 2000)
    assert set(drawn.pairs.values()) == {kind.__name__ for kind in KINDS}
    reported = {frozenset((pair.a.key, pair.b.key)) for pair in likely_duplicates(drawn.rows)}
    found = reported & drawn.pairs.keys()
    recall, precision = len(found) / len(drawn.pairs), len(found) / len(reported)
    print(f"seed {seed}: recall {recall:.4f}, precision {precision:.4f}, {len(reported)} reported")
    assert recall >= 0.97
    assert precision >= 0.95
