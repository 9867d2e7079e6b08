"""What was paid against the floor, week by week, as places in a picture. Pure, whole numbers only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 360, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 12, 14, 34
_PAISE_PER_RUPEE = 100


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday: the highest floor that held, lowest and mean rate paid, paise a kilogram."""

    monday: date
    floor_paise: int
    lowest_paise: int
    mean_paise: int
    weighings: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A week's place: where the floor stands and where the mean that was paid."""

    x: int
    floor_y: int
    paid_y: int
    week: Week


@dataclass(frozen=True, slots=True)
class PriceChart:
    """What is drawn: the floor as one path (SVG), a dot a week, three levels with their paise."""

    floor_path: str
    dots: tuple[Dot, ...]
    levels: tuple[tuple[int, int], ...]
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def price_chart(weeks: Sequence[Week]) -> PriceChart | None:
    """Draw weeks in order of time; None where there is none. Heights begin at nought."""
    if not weeks:
        return None
    highest = max(max(week.floor_paise, week.mean_paise) for week in weeks)
    step = _PAISE_PER_RUPEE * 2
    top = max((highest * 11 // 10 + step - 1) // step * step, step)
    high, wide = HEIGHT - _TOP - _BOTTOM, WIDTH - _LEFT - _RIGHT

    def y(paise: int) -> int:
        return _TOP + high * (top - paise) // top

    share = wide // len(weeks)
    path: list[str] = []
    dots: list[Dot] = []
    for number, week in enumerate(weeks):
        x, level = _LEFT + share * number, y(week.floor_paise)
        path.append(f"{'V' if path else f'M{x} '}{level}H{x + share}")
        dots.append(Dot(x + share // 2, level, y(week.mean_paise), week))
    levels = tuple((y(paise), paise) for paise in (0, top // 2, top))
    return PriceChart("".join(path), tuple(dots), levels)
