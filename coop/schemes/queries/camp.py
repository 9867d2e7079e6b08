"""The camp list of a village: which paper how many persons have to get, and who.

Its page, its table and its PDF draw the same. No scheme's name, no caste, no income, no health.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.reports import CampRow
from coop.schemes.rules.facts import Text


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper with how many need it and how many schemes of all ask for it, and who needs it."""

    name: Text
    opens: int
    rows: tuple[CampRow, ...]


@dataclass(frozen=True, slots=True)
class CampList:
    """The list of a village on a day."""

    village: str
    on: date
    papers: tuple[PaperShown, ...]


def camp_papers(rows: Sequence[CampRow]) -> tuple[PaperShown, ...]:
    """Papers, the one that most persons need first: a camp brings that many forms."""
    words = catalogue().words["document"]
    counts = Counter(row.paper for row in rows)
    return tuple(
        PaperShown(words[paper], _opens(paper), tuple(row for row in rows if row.paper == paper))
        for paper, _ in counts.most_common()
        if paper in words
    )


def _opens(paper: str) -> int:
    """How many schemes ask for a paper; private ones are not counted."""
    return sum(
        paper in scheme.documents for scheme in catalogue().schemes.values() if not scheme.private
    )
