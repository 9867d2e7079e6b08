"""The list of buyers with their standing on a day, the most urgent first."""

from dataclasses import dataclass
from datetime import date

from coop.buyers.queries.known import Known, known_buyers
from coop.buyers.rules import Standing, StandingOn, State
from coop.buyers.rules.table import days_left, urgency
from coop.cooperatives.queries import bylaws, value_on
from coop.kernel.db import Transaction

PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A buyer with its standing and the days that remain of it, None where no end is known."""

    known: Known
    standing: StandingOn
    state: State
    left: int | None
    due: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list, how many fit, and whether more follow."""

    rows: tuple[Listed, ...]
    total: int
    more: bool


async def warn_days(tx: Transaction, on: date) -> int:
    """How many days before its end a paper is warned of."""
    return int(value_on(await bylaws(tx), "buyer_warning", None, on))


async def registry(tx: Transaction, on: date) -> list[Listed]:
    """Every buyer, the most urgent first. Read whole: a State has some hundreds of buyers."""
    warn = await warn_days(tx, on)
    found = []
    for known in await known_buyers(tx):
        standing, state = known.standing(on), known.papers.state_on(on)
        left = days_left(standing, on)
        found.append(Listed(known, standing, state, left, left is not None and left <= warn))
    return sorted(
        found, key=lambda one: (urgency(one.standing, one.state, on, warn), one.known.code)
    )


async def listing(tx: Transaction, on: date, words: str, show: str, page: int) -> Listing:
    """A page (from 1) of the buyers whose code, name or town holds ``words``.

    ``show``: a standing, ``due`` (ends within the days of warning), ``waiting`` (a decision is
    asked for), or nothing for all.
    """
    sought = words.casefold()
    fitting = [
        one
        for one in await registry(tx, on)
        if _shown(one, show)
        and any(
            sought in text.casefold() for text in (one.known.code, one.known.name, one.known.town)
        )
    ]
    start = PAGE * (page - 1)
    rows = tuple(fitting[start : start + PAGE])
    return Listing(rows, len(fitting), len(fitting) > start + PAGE)


def _shown(one: Listed, show: str) -> bool:
    if show == "due":
        return one.due
    if show == "waiting":
        return one.state is State.SUBMITTED
    return show not in tuple(Standing) or one.standing.standing == show
