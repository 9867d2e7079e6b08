"""Indicators of a monitoring and remediation system, as counts that name nobody. Pure.

The core criteria of the cocoa sector's systems ask for children identified, children supported,
monitoring visits and at least two follow-ups within 24 months (as told; not compared with the text).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coop.kernel.clock import ist_day
from coop.kernel.words import Said, say
from coop.safeguarding.rules.book import Kind
from coop.safeguarding.rules.readers import CaseFacts
from coop.safeguarding.rules.state import answered, of_kind

_STEP = 5  # counts are told in steps, so that two days' figures do not tell one child's story


@dataclass(frozen=True, slots=True)
class Told:
    """A count as it may be told: ``value`` None below the smallest; else rounded down to a step."""

    words: Said
    value: int | None


def told(count: int, smallest: int) -> int | None:
    """A count as it may be told; zero is as small as any.

    >>> told(4, 5), told(5, 5), told(13, 5)
    (None, 5, 10)
    """
    if count < max(smallest, 1):
        return None
    return max(count - count % _STEP, smallest)


def indicators(
    cases: Sequence[CaseFacts], since: date, until: date, smallest: int
) -> tuple[Told, ...]:
    """The counts of a period, both days within; a case counts by what stands in it."""
    opened = [case for case in cases if _within(_opened(case), since, until)]
    counts = (
        (say("Children of whom a concern was told"), len(opened)),
        (say("Children found at work"), sum(map(_works, opened))),
        (say("Children supported by a step that was done"), sum(map(_supported, opened))),
        (say("Follow-up visits"), _visits(cases, since, until)),
        (say("Children with at least two follow-ups"), sum(_followed(case) for case in opened)),
        (say("Children who stopped working"), sum(_works(c) and c.standing.closed for c in opened)),
    )
    return tuple(Told(words, told(count, smallest)) for words, count in counts)


def _opened(case: CaseFacts) -> date:
    return ist_day(min(one.raised_at for one in case.concerns))


def _within(day: date, since: date, until: date) -> bool:
    return since <= day <= until


def _works(case: CaseFacts) -> bool:
    reasons = {line.second for line in of_kind(case.lines, Kind.RISK)}
    return bool(reasons & {"hazardous", "works", "bonded"})


def _supported(case: CaseFacts) -> bool:
    return any(line.choice == "done" for line in answered(case.lines, Kind.STEP_END).values())


def _followed(case: CaseFacts) -> bool:
    return len(of_kind(case.lines, Kind.VISIT)) > 1


def _visits(cases: Iterable[CaseFacts], since: date, until: date) -> int:
    return sum(
        _within(line.on, since, until) for case in cases for line in of_kind(case.lines, Kind.VISIT)
    )
