"""A floor through time as steps, in whole units of a picture. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_SECOND = timedelta(seconds=1)
WIDTH, HEIGHT = 360, 220  # of a phone; a wide screen draws it larger
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 8, 14, 34
_PAISE_PER_RUPEE = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A floor of so many paise a kilogram, from an instant up to another (None: no end yet)."""

    since: datetime
    until: datetime | None
    paise: int


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the picture at so many paise."""

    y: int
    paise: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A place on the lower edge."""

    x: int
    at: datetime


@dataclass(frozen=True, slots=True)
class StepChart:
    """What is drawn: one path of steps (SVG), levels, moments, and where now is."""

    path: str
    levels: tuple[Level, ...]
    moments: tuple[Moment, ...]
    now_x: int
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def step_chart(steps: Sequence[Step], now: datetime) -> StepChart | None:
    """Draw steps in order of time; None where there is none. Where nothing held is a gap.

    Heights begin at nought, so that a rise looks as large as it is.
    """
    if not steps:
        return None
    first = min(steps[0].since, now)
    last = max(now, steps[-1].since, steps[-1].until or now)
    span = max(last - first, timedelta(days=1))
    last += span // 12
    top = _rounded_up(max(step.paise for step in steps))

    def x(at: datetime) -> int:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * ((at - first) // _SECOND) // (
            (last - first) // _SECOND
        )

    def y(paise: int) -> int:
        return _TOP + (HEIGHT - _TOP - _BOTTOM) * (top - paise) // top

    path: list[str] = []
    drawn_to: datetime | None = None
    for step in steps:
        joined = (
            f"V{y(step.paise)}" if drawn_to == step.since else f"M{x(step.since)} {y(step.paise)}"
        )
        path.append(f"{joined}H{x(step.until or last)}")
        drawn_to = step.until
    return StepChart(
        "".join(path),
        tuple(Level(y(top * part // 4), top * part // 4) for part in range(5)),
        tuple(Moment(x(at), at) for at in (steps[0].since, last - span // 12)),
        x(now),
    )


def _rounded_up(paise: int) -> int:
    """The next full four rupees, so that the quarters are whole rupees."""
    whole = 4 * _PAISE_PER_RUPEE
    return max(1, -(-paise // whole)) * whole
