"""What the health of a cooperative's books says, from counts that were taken. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coop.kernel.words import Said, say

# Receipts reach the public log within seconds; a whole hour means that something stands still.
_LOG_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Counts:
    """A cooperative's counts within reach; money in paise. ``days``: how far back the last ones go."""

    out_of_balance_paise: int
    missing_journals: int
    missing_receipts: int
    waiting_for_log: int
    oldest_waiting: datetime | None
    below_floor: int
    far_above_floor: int
    taken_back: int
    undone: int
    asked: int
    late_entries: int
    cash_paise: int
    last_sign_in: datetime | None
    days: int


@dataclass(frozen=True, slots=True)
class Sign:
    """One question about the books: shape, what was asked, the answer, where to look."""

    state: str
    asked: Said
    answer: Said
    path: str = ""


def signs(counts: Counts, now: datetime) -> tuple[Sign, ...]:
    """Every question with its answer, in a fixed order: books, numbers, log, prices, people, cash."""
    return (
        _balance(counts),
        _missing(counts),
        _log(counts, now),
        _prices(counts),
        _far(counts),
        _corrections(counts),
        _asked(counts),
        _cash(counts),
    )


def worst(found: tuple[Sign, ...]) -> str:
    """The shape of a cooperative in a list: the gravest of its signs."""
    states = {one.state for one in found}
    return next((state for state in ("bad", "wait") if state in states), "ok")


def _balance(counts: Counts) -> Sign:
    asked = say("Do the books balance?")
    if counts.out_of_balance_paise:
        return Sign("bad", asked, say("No. Debit and credit differ."), "/ledger")
    return Sign("ok", asked, say("Yes, debit and credit are equal"), "/ledger")


def _missing(counts: Counts) -> Sign:
    asked = say("Is a number missing?")
    missing = counts.missing_journals + counts.missing_receipts
    if missing:
        return Sign("bad", asked, say("%(count)s numbers are missing", count=missing))
    return Sign("ok", asked, say("None: 0 missing"))


def _log(counts: Counts, now: datetime) -> Sign:
    asked = say("Are all receipts in the public log?")
    if not counts.waiting_for_log:
        return Sign("ok", asked, say("Yes, all of them"), "/log")
    answer = say("%(count)s wait for their place", count=counts.waiting_for_log)
    old = counts.oldest_waiting is not None and now - counts.oldest_waiting > _LOG_WITHIN
    return Sign("bad" if old else "wait", asked, answer, "/log")


def _prices(counts: Counts) -> Sign:
    asked = say("Was anything bought below the floor price?")
    if counts.below_floor:
        return Sign("bad", asked, say("%(count)s weighings below it", count=counts.below_floor))
    return Sign("ok", asked, say("Nothing"))


def _far(counts: Counts) -> Sign:
    asked = say("Prices more than twice the floor, %(days)s days", days=counts.days)
    if counts.far_above_floor:
        return Sign("wait", asked, say("%(count)s to look at", count=counts.far_above_floor))
    return Sign("ok", asked, say("None"))


def _corrections(counts: Counts) -> Sign:
    asked = say("Weighings taken back, %(days)s days", days=counts.days)
    answer = say(
        "%(back)s corrected, %(undone)s undone at once",
        back=counts.taken_back,
        undone=counts.undone,
    )
    state = "wait" if counts.taken_back else "ok"
    return Sign(state, asked, answer, "/exceptions")


def _asked(counts: Counts) -> Sign:
    asked = say("Does a decision wait?")
    open_ones = counts.asked + counts.late_entries
    if open_ones:
        return Sign("wait", asked, say("%(count)s wait", count=open_ones), "/corrections")
    return Sign("ok", asked, say("None"), "/corrections")


def _cash(counts: Counts) -> Sign:
    asked = say("Is the cash box right by the books?")
    if counts.cash_paise < 0:
        return Sign("bad", asked, say("No: more was paid than came in"), "/ledger/accounts/1010")
    return Sign("ok", asked, say("Yes, by the books; count it to be sure"), "/ledger/accounts/1010")
