"""Households of a cooperative in groups, so that none of them is pointed at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coop.kernel.rounding import Cell, Chance, coarse_money, told_counts
from coop.kernel.words import Said, say

# Share of a living income that dhibra brings, in hundredths, each up to but without the next.
BANDS: tuple[tuple[int, Said], ...] = (
    (0, say("under a tenth")),
    (10, say("a tenth to a quarter")),
    (25, say("a quarter to a half")),
    (50, say("half to the whole")),
    (100, say("the whole or more")),
)
_LEAST_STEP = 10_000  # paise
_OF_LARGEST = 20  # an average is told in steps of this part of the largest


@dataclass(frozen=True, slots=True)
class Band:
    """How many households lie in a band; None: kept back."""

    words: Said
    households: int | None


@dataclass(frozen=True, slots=True)
class VillageIncome:
    """Households of a village and their average from dhibra a month, paise; None: kept back."""

    village: str
    households: int | None
    paise: int | None


def bands(
    month_paise: Iterable[int], need_paise: int, least: int, chance: Chance
) -> tuple[Band, ...]:
    """Households by the share of a need that dhibra brings them a month, told in steps of 5."""
    counts = dict.fromkeys((str(low) for low, _ in BANDS), 0)
    for paise in month_paise:
        share = paise * 100 // need_paise
        counts[str(max(low for low, _ in BANDS if low <= share))] += 1
    told = told_counts({key: Cell(n, n) for key, n in counts.items()}, least, "band", chance)
    return tuple(Band(words, told[str(low)]) for low, words in BANDS)


def _average(paise: Sequence[int]) -> int:
    """So round that two days' averages, each times its households, do not tell who came between them."""
    return coarse_money(sum(paise) // len(paise), max(paise) // _OF_LARGEST)


def villages(
    sums: Mapping[str, Sequence[int]], least: int, chance: Chance
) -> tuple[VillageIncome, ...]:
    """``sums``: paise a month of each household, by village. By name; the unknown village last."""
    cells = {name: Cell(len(x), len(x)) for name, x in sums.items()}
    told = told_counts(cells, least, "village", chance)
    return tuple(
        VillageIncome(
            name,
            told[name],
            None if told[name] is None else _average(sums[name]),
        )
        for name in sorted(sums, key=lambda name: (name == "", name))
    )


def by_village(pairs: Iterable[tuple[str, int]]) -> Mapping[str, Sequence[int]]:
    """Group pairs of village and paise."""
    found: dict[str, list[int]] = defaultdict(list)
    for village, paise in pairs:
        found[village].append(paise)
    return found


def median_of(told: Sequence[int], least: int) -> int | None:
    """The middle of what households told, paise, coarsely; None where fewer than ``least`` did.

    The exact middle is one household's own word. It is told in steps of a twentieth of the largest, one
    hundred rupees at least, so that neither that household nor who came since yesterday is read off.
    """
    if len(told) < least:
        return None
    ordered = sorted(told)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2
    return coarse_money(middle, max(ordered[-1] // _OF_LARGEST, _LEAST_STEP))
