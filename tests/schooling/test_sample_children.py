"""The sample's children against its expected answers; the figures are printed."""

from collections import defaultdict

import pytest

from coop.schooling.rules.evidence import child_traits, evidence, row_traits
from coop.schooling.rules.status import ChildFacts, StatusRule, status_on
from tests.schooling.children import (
    DAY,
    IN_45,
    JH_30,
    children,
    expected,
    id_of,
    matched,
    persons,
    register,
    schools,
    truth,
)


def _attached() -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for pair in matched().certain:
        found[pair.person_id].add(pair.row_id)
    return found


def _wanted(line: dict[str, str]) -> set[int]:
    return {int(number) for number in line["enrolment_rows"].split(";") if number}


def test_the_sample_s_children_are_found_in_the_registers() -> None:
    looked_up = {child.person_id for child in children()}
    lines = [line for line in truth() if id_of(line["person_no"]) in looked_up]
    attached = _attached()
    right = [line for line in lines if attached[id_of(line["person_no"])] == _wanted(line)]
    wrong = [line for line in lines if attached[id_of(line["person_no"])] - _wanted(line)]
    share = 100 * len(right) / len(lines)
    doubtful = len(matched().doubtful)
    print(
        f"children matched: {len(right)} of {len(lines)} ({share:.1f} %), {len(wrong)} wrong, {doubtful} doubtful"
    )
    assert share >= 97
    assert wrong == []


def test_no_row_is_a_second_child_s() -> None:
    rows = [pair.row_id for pair in matched().certain]
    assert len(rows) == len(set(rows)) > 600


def test_a_child_whose_own_row_is_missing_gets_nobody_else_s() -> None:
    """Every fourth child against every row that is not its own: none would attach by itself."""
    own = {(id_of(line["person_no"]), row) for line in truth() for row in _wanted(line)}
    rows = {one.id: row_traits(one.row, schools().get(one.row.udise)) for one in register()}
    compared, attaching = 0, []
    for child in children()[::4]:
        traits = child_traits(child)
        for row_id, row in rows.items():
            if traits.sex != row.sex or (child.person_id, row_id) in own:
                continue
            compared += 1
            found = evidence(traits, row)
            if found is not None and found.certain:
                attaching.append((child.person_id, row_id, found))
    print(f"pairs of a child and a stranger's row: {compared}, {len(attaching)} would attach")
    assert attaching == []


@pytest.mark.parametrize("rule", [IN_45, JH_30], ids=lambda rule: rule.code)
def test_statuses_are_those_expected(rule: StatusRule) -> None:
    attached, rows = _attached(), {one.id: one for one in register()}
    doubtful = {pair.person_id for pair in matched().doubtful}
    right, lines = 0, 0
    for line in truth():
        number, person = id_of(line["person_no"]), persons()[line["person_no"]]
        consent = person["school_check_consent"] == "yes"
        if consent and attached[number] != _wanted(line):
            continue  # not matched: counted by the test above
        facts = ChildFacts(
            consent,
            next((one.dob for one in children() if one.person_id == number), None),
            int(person["disability_pct"]) if person["disability_pct"] else None,
            tuple(rows[row] for row in sorted(attached[number])) if consent else (),
            doubtful=number in doubtful,
        )
        found = status_on(facts, rule, DAY)
        lines += 1
        right += found.status == expected(line, rule)
        if consent:
            told = (found.row.udise, found.row.admission_no) if found.row else ("", "")
            assert told == (line["best_udise"], line["best_admission_no"]), line
    print(f"statuses under {rule.code}: {right} of {lines} as expected")
    assert right == lines > 900
