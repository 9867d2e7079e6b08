"""Rules alone: names left out, counts that tell of nobody, dues, the order of urgency."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coop.safeguarding.forms.acts import line_from
from coop.safeguarding.rules.acts import Asked, refusals_to_write
from coop.safeguarding.rules.book import Concern, Kind, Line, NewLine
from coop.safeguarding.rules.names import without_names
from coop.safeguarding.rules.readers import CaseFacts
from coop.safeguarding.rules.state import DAYS, standing

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
SPANS = dict.fromkeys(DAYS, 7) | {"case_first_look": 2, "case_first_visit": 90, "case_next_visit": 90, "case_fewest_visits": 2, "case_escalates": 3}  # fmt: skip


def concern(about: str = "work", *, danger: bool = False, days_ago: int = 0) -> Concern:
    at = NOW - timedelta(days=days_ago)
    return Concern(1, "person", about, danger, False, "", "user:1", at)


def line(number: int, kind: Kind, choice: str = "", days_ago: int = 0, **rest: object) -> Line:
    at = NOW - timedelta(days=days_ago) + timedelta(seconds=number)
    values: dict[str, object] = {"second": "", "third": "", "shared": (), "about_id": None, "due_on": None, "words": ""}  # fmt: skip
    return Line(number, kind, at.date(), choice, **{**values, **rest}, recorded_by="user:1", recorded_at=at)  # type: ignore[arg-type]  # fmt: skip


def facts(concerns: list[Concern], lines: list[Line]) -> CaseFacts:
    return CaseFacts(1, tuple(concerns), tuple(lines), standing(concerns, lines, SPANS), frozenset())  # fmt: skip


def refused(case: CaseFacts, new: NewLine, by: str = "user:2") -> set[str]:
    return {one.code for one in refusals_to_write(Asked(new, case, (), SPANS, TODAY, by))}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Rani Kumari fell", "… … fell"),
        ("रानी ढेर पर थी", "… ढेर पर थी"),
        ("महारानी और रानीगंज", "महारानी और रानीगंज"),
        ("RANI, rani: Rani.", "…, …: …."),
        ("Ranigunj mine", "Ranigunj mine"),
    ],
)
def test_a_name_is_left_out_and_its_look_alikes_stay(words: str, left: str) -> None:
    assert without_names(words, ["Rani Kumari", "रानी कुमारी"]) == left


def test_what_is_due_follows_the_book() -> None:
    first = concern(days_ago=5)
    case = facts([first], [])
    assert case.standing.next is not None
    assert case.standing.next.on == TODAY - timedelta(days=3)
    assert case.standing.late(TODAY)
    assert facts([concern(danger=True)], []).standing.next.on == TODAY  # type: ignore[union-attr]
    judged = line(2, Kind.RISK, "danger", second="hazardous")
    assert [due.act for due in facts([first], [judged]).standing.dues] == ["referral", "step"]
    sent = line(3, Kind.REFERRAL, "h1098", second="danger", shared=("place",))
    step = line(4, Kind.STEP, "health", due_on=TODAY + timedelta(days=3))
    assert [due.act for due in facts([first], [judged, sent, step]).standing.dues] == [
        "answer",
        "step_end",
        "visit",
    ]


def test_a_concern_told_after_the_look_waits_for_another() -> None:
    lines = [line(2, Kind.RISK, "low", 9, second="no_school")]
    again = facts([concern(days_ago=10), concern(days_ago=1)], lines)
    assert "risk" in [due.act for due in again.standing.dues]


def test_danger_comes_first_then_missed_days() -> None:
    danger, late, calm = (
        facts([concern(danger=True)], []),
        facts([concern(days_ago=30)], []),
        facts([concern()], []),
    )
    ordered = sorted((calm, late, danger), key=lambda one: one.standing.urgency(TODAY))
    assert ordered == [danger, late, calm]


def test_closing_needs_visits_steps_and_words() -> None:
    judged = line(2, Kind.RISK, "high", second="works")
    step = line(3, Kind.STEP, "health", due_on=TODAY)
    closing = NewLine(Kind.CLOSING, TODAY, "visits")
    assert refused(facts([concern()], []), closing) == {"risk_missing"}
    assert refused(facts([concern()], [judged, step]), closing) == {
        "visits_missing",
        "steps_open",
        "evidence_missing",
    }
    visits = [line(4, Kind.VISIT, "clear", second="home"), line(5, Kind.VISIT, "not_clear", second="home")]  # fmt: skip
    words = NewLine(Kind.CLOSING, TODAY, "visits", words="seen")
    ended = line(6, Kind.STEP_END, "done", about_id=3)
    assert refused(facts([concern()], [judged, step, *visits, ended]), words) == {
        "visits_not_clear"
    }
    clear = [*visits, line(7, Kind.VISIT, "clear", second="home"), line(8, Kind.VISIT, "clear", second="home")]  # fmt: skip
    assert refused(facts([concern()], [judged, step, *clear, ended]), words) == set()
    harmless = NewLine(Kind.CLOSING, TODAY, "no_ground", words="seen")
    assert refused(facts([concern()], [judged]), harmless) >= {"evidence_against"}
    none = line(2, Kind.RISK, "none", second="unclear")
    assert refused(facts([concern()], [none]), harmless) == set()


def test_a_line_names_its_choices_and_no_day_to_come() -> None:
    case = facts([concern()], [])
    assert refused(case, NewLine(Kind.RISK, TODAY, "enormous", "works")) == {"choice_missing"}
    assert refused(case, NewLine(Kind.RISK, TODAY + timedelta(1), "low", "works")) == {
        "day_to_come"
    }
    assert refused(case, NewLine(Kind.REOPENING, TODAY, "asked")) == {"case_open"}
    assert refused(case, NewLine(Kind.STEP_END, TODAY, "done", about_id=99)) == {"about_missing"}


def test_words_hold_no_aadhaar_and_a_step_a_day_to_come() -> None:
    new, problems = line_from(
        Kind.STEP,
        {"choice": "health", "due_on": "05-12-2026", "words": "2341 2341 2346"},
        (),
        TODAY,
    )
    assert new.due_on == date(2026, 12, 5)
    assert [one.code for one in problems] == ["aadhaar_in_field"]
    _, problems = line_from(Kind.STEP, {"due_on": "soon"}, (), TODAY)
    assert [one.field for one in problems] == ["due_on"]
