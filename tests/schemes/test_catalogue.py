"""The files of the catalogue: what they hold, and that a wrong one stops the start by its name."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from coop.schemes.queries.catalogue import FOLDER, catalogue_in
from coop.schemes.rules.reading.catalogue import wrong_examples
from coop.schemes.rules.scheme import Catalogue, Fault, Faulty, Standing
from tests.house.tree import ROOT
from tests.schemes.deciding import days_to_look_at, ground, household_where

STATE_OR_NATION = 57


def test_every_scheme_is_there_with_its_number(catalogue: Catalogue) -> None:
    """The 57 of the first day; whoever adds one takes the next number."""
    numbers = sorted(one.number for one in catalogue.schemes.values())
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= STATE_OR_NATION


def test_worked_examples_come_out(catalogue: Catalogue) -> None:
    wrong = {
        code: list(wrong_examples(scheme))
        for code, scheme in catalogue.schemes.items()
        if list(wrong_examples(scheme))
    }
    assert not wrong
    for scheme in catalogue.schemes.values():
        results = {example.result for example in scheme.examples}
        assert {"eligible", "not_eligible"} <= results, scheme.code


def test_every_text_stands_in_both_languages(catalogue: Catalogue) -> None:
    texts = [
        text for scheme in catalogue.schemes.values() for text in (scheme.name, scheme.authority)
    ]
    texts += [
        row.text
        for scheme in catalogue.schemes.values()
        for row in [*scheme.benefits, *scheme.advice]
    ]
    texts += [fact.ask for fact in catalogue.book.facts.values()]
    texts += [label for fact in catalogue.book.facts.values() for _, label in fact.options]
    texts += [text for words in catalogue.words.values() for text in words.values()]
    for scheme in catalogue.schemes.values():
        for criterion in scheme.criteria:
            assert criterion.why is not None, f"{scheme.code} {criterion.id}: say why"
            texts.append(criterion.why)
    for text in texts:
        assert text.name_en
        assert text.name_en.isascii() or "½" in text.name_en
        assert text.name_hi


def test_what_is_not_verified_says_what_is_unchecked(catalogue: Catalogue) -> None:
    """No scheme rests on general knowledge and calls itself verified."""
    for scheme in catalogue.schemes.values():
        seen = any(source.verified for source in scheme.sources)
        assert (scheme.standing is Standing.NO) <= (scheme.unchecked is not None), scheme.code
        assert scheme.verified <= seen, scheme.code
        assert not scheme.order_seen
        unchecked = any(not row.checked for row in [*scheme.criteria, *scheme.benefits])
        assert unchecked <= (scheme.unchecked is not None), scheme.code


def test_private_schemes_and_groups(catalogue: Catalogue) -> None:
    private = {code for code, one in catalogue.schemes.items() if one.private}
    assert private >= {"ADIM_HIV", "NIKSHAY", "SILICOSIS", "VATSALYA", "PHULO_JHANO"}
    single = {code for code, one in catalogue.schemes.items() if one.one_per_household}
    assert single >= {"PMUY", "PMKISAN"}
    pensions = {code for code, one in catalogue.schemes.items() if one.group == "pension"}
    assert pensions >= {
        "SARVAJAN",
        "NIRASHRIT",
        "NISHAKT",
        "ADIM_HIV",
        "IGNOAPS",
        "IGNWPS",
        "IGNDPS",
    }


def test_the_same_household_on_two_sides_of_a_change(catalogue: Catalogue) -> None:
    """A rule that begins on a day begins on that day; the day before, the old one holds."""
    from coop.schemes.rules.judging import judge_plainly
    from coop.schemes.rules.scheme import in_force

    maiya = catalogue.schemes["MAIYA"]
    eighteen = ground(maiya, catalogue, date(2024, 9, 6))
    facts = household_where(eighteen)
    assert facts is not None
    known = {**facts.household, **facts.persons[0].answers}
    assert judge_plainly(maiya, known, date(2024, 9, 6)).result == "eligible"
    assert judge_plainly(maiya, known, date(2024, 9, 5)).failing == ("age",)
    paid = [
        in_force(maiya.benefits, day)[0].rupees for day in (date(2024, 11, 30), date(2024, 12, 1))
    ]
    assert paid == [1000, 2500]


Edit = Callable[[Path], None]


def _in(name: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


SSY = "catalogue/SSY.toml"


@pytest.mark.parametrize(
    ("edit", "file", "what"),
    [
        (_in(SSY, '"p.age"', '"p.wealth"'), "SSY.toml", "unknown fact p.wealth"),
        (_in(SSY, '"<"', '"=<"'), "SSY.toml", "unknown operator"),
        (_in(SSY, '"<"', '"has"'), "SSY.toml", "does not suit"),
        (_in(SSY, '["p.sex", "=", "F"]', '["p.sex", "=", "W"]'), "SSY.toml", "unknown word W"),
        (_in(SSY, '["p.age", "<", 10]', '["p.age", "<", "10"]'), "SSY.toml", "a number that suits"),
        (_in(SSY, '["p.age", "<", 10]', '["p.dob", "<", 10]'), "SSY.toml", "is a date"),
        (_in(SSY, '["p.age", "<", 10]', '["not"]'), "SSY.toml", "not a test"),
        (_in(SSY, 'code = "SSY"', 'code = "ssy"'), "SSY.toml", "2 to 20 capitals"),
        (_in("catalogue/SARVAJAN.toml", 'per = "month"', 'per = "mnth"'), "SARVAJAN.toml", '"month" meant'),
        (_in(SSY, 'from_checked = true', 'from_checked = true\nagain = ["2026-12-01"]'), "SSY.toml", "list of days"),
        (_in(SSY, '[[criterion]]', '[[criterion'), "SSY.toml", "this is not TOML"),
        (_in("facts/pictures.toml", 'pot = [', 'pott = ['), "pictures.toml", "no such picture"),
        (_in(SSY, '"post_office"', '"moon"'), "SSY.toml", "unknown word moon"),
        (_in(SSY, "number = 30", "number = 29"), "catalogue", "stands twice"),
        (_in(SSY, "number = 30", "numbr = 30"), "SSY.toml", "unknown key numbr"),
        (_in(SSY, 'hi = "सुकन्या समृद्धि खाता"', 'hi = "Sukanya"'), "SSY.toml", "Devanagari"),
        (_in(SSY, 'result = "eligible"', 'result = "needs_facts"'), "SSY.toml", "example 1"),
        (_in(SSY, 'id = "two_girls"', 'id = "age"'), "SSY.toml", "rows overlap"),
        (_in(SSY, "[[benefit]]", "to = 2020-01-01\n[[benefit]]\nfrom = 2021-01-01"), "SSY.toml", "after the scheme's end"),
        (_in(SSY, "from_checked = true", "from_checked = 1"), "SSY.toml", "kind bool"),
        (_in("catalogue/NFBS.toml", '"h.bpl"', '"p.epf"'), "NFBS.toml", "about a person"),
        (_in("catalogue/SARVAJAN.toml", '"NISHAKT"', '"NISAKT"'), "SARVAJAN.toml", "unknown word NISAKT"),
        (_in("facts/person.toml", '"p.sex", type = "enum"', '"p.sex", type = "bool"'), "person.toml", "lists words"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_file_and_row(
    tmp_path: Path, edit: Edit, file: str, what: str
) -> None:
    shutil.copytree(FOLDER, tmp_path / "schemes")
    edit(tmp_path / "schemes")
    with pytest.raises(Faulty) as caught:
        catalogue_in(tmp_path / "schemes")
    named = [one for one in caught.value.faults if one.file == file and what in str(one)]
    assert named, str(caught.value)
    # The line is said wherever the fault stands in one file and not between two.
    assert all(one.line or file == "catalogue" for one in named), str(caught.value)


def test_adding_a_scheme_takes_one_file(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "schemes")
    new = tmp_path / "schemes" / "catalogue" / "NAMUNA.toml"
    text = (FOLDER / "catalogue" / "SSY.toml").read_text("utf-8")
    new.write_text(
        text.replace('"SSY"', '"NAMUNA"').replace(
            "number = 30", f"number = {len(catalogue_in(FOLDER).schemes) + 1}"
        ),
        "utf-8",
    )
    assert len(catalogue_in(tmp_path / "schemes").schemes) == len(catalogue_in(FOLDER).schemes) + 1
    new.write_text("code = ", "utf-8")
    with pytest.raises(Faulty, match=r"NAMUNA\.toml"):
        catalogue_in(tmp_path / "schemes")


def test_the_file_that_the_words_for_a_stranger_show_is_taken(tmp_path: Path) -> None:
    """``docs/howto/add-a-scheme.md``: what stands there, under the name that stands there, and nothing else."""
    shutil.copytree(FOLDER, tmp_path / "schemes")
    words = (ROOT / "docs" / "howto" / "add-a-scheme.md").read_text("utf-8")
    shown = words.split("```toml\n")[1].split("```")[0]
    free = len(catalogue_in(FOLDER).schemes) + 1
    shown = re.sub(r"^number = [0-9]+", f"number = {free}", shown, flags=re.MULTILINE)
    (tmp_path / "schemes" / "catalogue" / "NAMUNA_PENSION.toml").write_text(shown, "utf-8")
    assert catalogue_in(tmp_path / "schemes").schemes["NAMUNA_PENSION"].number == free


def test_every_criterion_decides_alone(catalogue: Catalogue) -> None:
    """For each criterion of each scheme, in each stretch of time, a household that fails it only."""
    from coop.schemes.rules.judging import judge_plainly

    never, tried = [], 0
    for scheme in catalogue.schemes.values():
        for on in days_to_look_at(scheme):
            made = ground(scheme, catalogue, on)
            for failing in (None, *(one.id for one in made.criteria)):
                facts = household_where(made, failing)
                if facts is None:
                    never.append((scheme.code, failing, on))
                    continue
                known = dict(facts.household)
                for person in facts.persons:
                    known.update(person.answers)
                came = judge_plainly(scheme, known, on)
                tried += 1
                assert came.failing == ((failing,) if failing else ()), (scheme.code, failing, on)
                assert came.missing == ()
    assert not never
    assert tried > 350


def test_a_wrong_file_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    from coop.cli import serving
    from coop.schemes.queries import catalogue as files

    assert serving._catalogue_faults() == []

    def faulty() -> Catalogue:
        raise Faulty([Fault("SSY.toml", "criterion 2 (age)", "unknown fact p.wealth", 26)])

    monkeypatch.setattr(files, "catalogue", faulty)
    assert serving._catalogue_faults() == [
        "SSY.toml, line 26: criterion 2 (age): unknown fact p.wealth"
    ]
