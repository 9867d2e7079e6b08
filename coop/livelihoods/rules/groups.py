"""Households of a cooperative in groups, so that none of them is pointed at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coop.kernel.words import Said, say
from coop.schemes.rules.coarse import Chance, coarse, coarse_money
from coop.schemes.rules.suppressed import Cell, told_cells

# Share of a living income that dhibra brings, in hundredths, each up to but without the next.
BANDS: tuple[tuple[int, Said], ...] = (
    (0, say("under a tenth")),
    (10, say("a tenth to a quarter")),
    (25, say("a quarter to a half")),
    (50, say("half to the whole")),
    (100, say("the whole or more")),
)
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
    told = told_cells({key: Cell(n, n) for key, n in counts.items()}, least).counts
    return tuple(
        Band(words, _coarse(told[str(low)], f"band/{low}", chance)) for low, words in BANDS
    )


def _coarse(count: int | None, place: str, chance: Chance) -> int | None:
    return None if count is None else coarse(count, place, chance)


def _average(paise: Sequence[int]) -> int:
    """So round that two days' averages, each times its households, do not tell who came between them."""
    return coarse_money(sum(paise) // len(paise), max(paise) // _OF_LARGEST)


def villages(
    sums: Mapping[str, Sequence[int]], least: int, chance: Chance
) -> tuple[VillageIncome, ...]:
    """``sums``: paise a month of each household, by village. By name; the unknown village last."""
    told = told_cells({name: Cell(len(x), len(x)) for name, x in sums.items()}, least).counts
    return tuple(
        VillageIncome(
            name,
            _coarse(told[name], f"village/{name}", chance),
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
    """About the middle of what households told, paise; None where fewer than ``least`` did.

    Told in steps, as averages are: the exact middle would be one household's own income.
    """
    if len(told) < least:
        return None
    ordered = sorted(told)
    middle = len(ordered) // 2
    exact = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2
    return coarse_money(exact, ordered[-1] // _OF_LARGEST)
