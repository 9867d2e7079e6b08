"""Which price notice is in force, where, for what and when. Pure.

Of the notices for a district and grade that are published and in force at an instant, one named
in another's ``supersedes`` drops out once that other is in force, for good; among the rest the
latest ``effective_from`` holds. A notice published late holds from its publication on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

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
    authority_hi: str = ""


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
