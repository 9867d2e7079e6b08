"""What a notice would change against what holds, instant by instant. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from coop.prices.rules.periods import NoticeLine, Period, periods_in_force

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Change:
    """From ``begins`` up to, not including, ``ends`` (None: no end) another line holds than did.

    ``before`` None: nothing held. ``after`` None: nothing will hold, so nothing can be bought.
    """

    begins: datetime
    ends: datetime | None
    before: NoticeLine | None
    after: NoticeLine | None


def changes(standing: Sequence[NoticeLine], new: Sequence[NoticeLine]) -> tuple[Change, ...]:
    """Return where ``new`` lines of one district and grade change what holds, in order."""
    old, now = periods_in_force(standing), periods_in_force((*standing, *new))
    borders = sorted({at for p in (*old, *now) for at in (p.begins, p.ends or _LAST)})
    found: list[Change] = []
    for begins, ends in pairwise(borders):
        before, after = _holding(old, begins), _holding(now, begins)
        if before == after:
            continue
        end = None if ends == _LAST else ends
        last = found[-1] if found else None
        if last and last.ends == begins and (last.before, last.after) == (before, after):
            begins = found.pop().begins
        found.append(Change(begins, end, before, after))
    return tuple(found)


def _holding(periods: Sequence[Period], at: datetime) -> NoticeLine | None:
    for period in periods:
        if period.begins <= at and (period.ends is None or at < period.ends):
            return period.line
    return None
