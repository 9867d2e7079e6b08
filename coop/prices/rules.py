"""Which price notice is in force, where, for what and when. Pure.

Of the notices for a district and grade that are published and in force at an instant, one named
in another's ``supersedes`` drops out once that other is in force, for good; among the rest the
latest ``effective_from`` holds. A notice published late holds from its publication on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from coop.kernel.refusal import Refusal
from coop.kernel.words import say

_NEVER_ENDS = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of the agency's list; ``hsn`` is its tariff line, eight digits."""

    code: int
    name_en: str
    name_hi: str
    hsn: str
    unit: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One district and grade of a price notice. Prices are paise a kilogram.

    In force from the instant ``effective_from`` up to but not including ``effective_to``
    (None: until replaced). ``supersedes`` is the number of the notice it revises.
    """

    notice_no: str
    published_at: datetime
    effective_from: datetime
    effective_to: datetime | None
    district_lgd: int
    grade_code: int
    picker_floor_paise_per_kg: int
    buyer_floor_paise_per_kg: int
    premium_paise_per_kg: int
    supersedes: str | None = None

    @property
    def begins(self) -> datetime:
        """The first instant it can hold: never before it was made known."""
        return max(self.effective_from, self.published_at)

    @property
    def ends(self) -> datetime:
        """The first instant it can hold no more."""
        return self.effective_to or _NEVER_ENDS


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A line of a notice as written: what the rule needs, who issued it, and its remark."""

    line: NoticeLine
    authority: str
    reference: str


@dataclass(frozen=True, slots=True)
class Period:
    """From ``begins`` up to but not including ``ends`` (None: no end yet) this line holds."""

    begins: datetime
    ends: datetime | None
    line: NoticeLine


def price_in_force(
    lines: Iterable[NoticeLine], district: int, grade: int, at: datetime
) -> NoticeLine | None:
    """Return the line that holds in a district (LGD) for a grade at an instant, or None."""
    own = [line for line in lines if (line.district_lgd, line.grade_code) == (district, grade)]
    return _holding(own, at)


def periods_in_force(lines_of_one_district_and_grade: Iterable[NoticeLine]) -> tuple[Period, ...]:
    """Return when which line holds: in order, never two at once, gaps where none holds.

    Raises ValueError for lines of more than one district or grade.
    """
    lines = tuple(lines_of_one_district_and_grade)
    if len({(line.district_lgd, line.grade_code) for line in lines}) > 1:
        raise ValueError("lines of one district and grade only")
    borders = sorted({end for line in lines for end in (line.begins, line.ends)})
    periods: list[Period] = []
    for begins, ends in pairwise(borders):
        line = _holding(lines, begins)
        if line is None:
            continue
        shown_end = None if ends == _NEVER_ENDS else ends
        if periods and periods[-1].line == line and periods[-1].ends == begins:
            begins = periods.pop().begins
        periods.append(Period(begins, shown_end, line))
    return tuple(periods)


def _holding(lines: Sequence[NoticeLine], at: datetime) -> NoticeLine | None:
    # A successor that began drops its predecessor for good, also after the successor's own end.
    dropped = {line.supersedes for line in lines if line.begins <= at and line.begins < line.ends}
    left = [
        line for line in lines if line.begins <= at < line.ends and line.notice_no not in dropped
    ]
    # Two of the same effective_from: the later publication is the later word.
    return max(
        left,
        key=lambda line: (line.effective_from, line.published_at, line.notice_no),
        default=None,
    )


def is_for_a_past_time(line: NoticeLine) -> bool:
    """Return whether a line was published after it was to begin; such a line is marked."""
    return line.effective_from < line.published_at


def refusals_to_publish(
    line: NoticeLine, *, grade_known: bool, may_publish_for_past: bool
) -> tuple[Refusal, ...]:
    """Return why a line cannot be published. That notices overlap is no reason.

    ``may_publish_for_past`` is the administrator's alone.
    """
    return (*_time_refusals(line, may_publish_for_past), *_price_refusals(line, grade_known))


def _time_refusals(line: NoticeLine, may_publish_for_past: bool) -> Iterator[Refusal]:
    if line.ends <= line.effective_from:
        message = say("The notice ends before it begins; correct one of the two times.")
        yield Refusal("ends_before_it_begins", message, "effective_to")
    elif line.ends <= line.published_at:
        message = say("The notice ended before it was published; it could never hold.")
        yield Refusal("never_in_force", message, "published_at")
    if is_for_a_past_time(line) and not may_publish_for_past:
        message = say("Prices cannot begin before publication; ask the administrator.")
        yield Refusal("effective_before_published", message, "effective_from")
    if line.supersedes == line.notice_no:
        message = say("A notice cannot supersede itself; give a revision its own number.")
        yield Refusal("supersedes_itself", message, "reference")


def _price_refusals(line: NoticeLine, grade_known: bool) -> Iterator[Refusal]:
    prices = {
        "picker_floor_rupees_per_kg": line.picker_floor_paise_per_kg,
        "buyer_floor_rupees_per_kg": line.buyer_floor_paise_per_kg,
        "premium_rupees_per_kg": line.premium_paise_per_kg,
    }
    for column, paise in prices.items():
        if paise < 0:
            yield Refusal("negative", say("A price cannot be negative; correct it."), column)
    if line.picker_floor_paise_per_kg == 0:
        message = say("The picker's floor must be above zero.")
        yield Refusal("floor_zero", message, "picker_floor_rupees_per_kg")
    if line.buyer_floor_paise_per_kg < line.picker_floor_paise_per_kg:
        message = say("The buyer's floor is below the picker's; raise it or correct both.")
        yield Refusal("buyer_floor_below_picker_floor", message, "buyer_floor_rupees_per_kg")
    if not grade_known:
        message = say("This grade is not in the list; load the grades first.")
        yield Refusal("unknown_grade", message, "grade_code")
