"""Counts of people as they are published: none of them leads back to one person. Pure.

Every count is rounded to a multiple of 5 by chance, and a small one reads "few". What is shown leaves
a span of possible counts; `narrowed` says where a table, taken together with its total, would leave less.
Chance comes in as numbers 0 to 4 and 0 to 3, drawn by who publishes and kept nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

STEP = 5
FEW_UP_TO = 9  # what may stand behind "few": with none and with nine people alike
# What a total may take off the span of a part: with more, two reports in a row would tell who came.
_MAY_NARROW = 2


@dataclass(frozen=True, slots=True)
class Draw:
    """Chance for one count: ``up`` 0 to 4, ``down`` 0 to 3."""

    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Span:
    """The counts that may stand behind what is shown, both ends included."""

    least: int
    most: int


def rounded(count: int, draw: Draw) -> int | None:
    """What is shown of a count of people; None: few.

    Up to the next multiple of 5 with a chance that keeps the mean, else down. 5 to 9 read "few" now and
    then, so that one child more never shows for certain.

    >>> rounded(4, Draw(0, 0)), rounded(12, Draw(1, 0)), rounded(12, Draw(2, 0)), rounded(6, Draw(3, 0))
    (None, 15, 10, None)
    """
    if count < STEP:
        return None
    whole, rest = divmod(count, STEP)
    if draw.up < rest:
        return (whole + 1) * STEP
    if whole == 1 and draw.down == 0:
        return None
    return whole * STEP


def span_of(shown: int | None) -> Span:
    """The counts that may stand behind what is shown.

    >>> span_of(None), span_of(5), span_of(20)
    (Span(least=0, most=9), Span(least=5, most=9), Span(least=16, most=24))
    """
    if shown is None:
        return Span(0, FEW_UP_TO)
    least = STEP if shown == STEP else shown - STEP + 1
    return Span(least, shown + STEP - 1)


def narrowed(total: int | None, parts: Sequence[int | None]) -> Iterator[int]:
    """The places of the parts of which the total, less all others, would tell more than they say."""
    whole, spans = span_of(total), [span_of(part) for part in parts]
    least, most = sum(one.least for one in spans), sum(one.most for one in spans)
    for place, one in enumerate(spans):
        low = max(one.least, whole.least - (most - one.most))
        high = min(one.most, whole.most - (least - one.least))
        if high - low < one.most - one.least - _MAY_NARROW:
            yield place


def is_safe(total: int | None, groups: Mapping[str, Sequence[int | None]]) -> bool:
    """Whether a total may stand beside what is shown of each grouping of the same people."""
    return not any(next(narrowed(total, parts), None) is not None for parts in groups.values())
