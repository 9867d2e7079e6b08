"""What a count of the cash box comes to, what speaks against it, and what its difference posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coop.kernel.money import format_paise
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.ledger.rules import Account, Line

REASONS: Mapping[str, Said] = {
    "paise": say("Paise that no coin pays"),
    "change": say("Wrong change given"),
    "not_recorded": say("Money that was not recorded"),
    "miscounted": say("Miscounted before"),
    "not_known": say("Not known"),
    "other": say("Another reason"),
}


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many notes or coins (``kind``) of one value; paise."""

    value_paise: int
    kind: str
    pieces: int


@dataclass(frozen=True, slots=True)
class CountFacts:
    """What stands before a count. ``expected_paise``: the ledger's cash; ``closed``: the day is."""

    expected_paise: int
    closed: bool


def counted_paise(lines: Sequence[Pieces]) -> int:
    """What notes and coins come to, in paise.

    >>> counted_paise([Pieces(50_000, "note", 2), Pieces(100, "coin", 3)])
    100300
    """
    return sum(line.value_paise * line.pieces for line in lines)


def refusals_to_count(
    lines: Sequence[Pieces], reason: str, words: str, facts: CountFacts
) -> tuple[Refusal, ...]:
    """Return why a count is not kept: the day is closed, money is missing in the books, no reason."""
    if facts.closed:
        message = say("Today is closed already; the next close is tomorrow.")
        return (Refusal("already_closed", message),)
    if facts.expected_paise < 0:
        message = say("The books hold less than no cash. Record cash from the bank first.")
        return (Refusal("box_below_zero", message),)
    differs = counted_paise(lines) != facts.expected_paise
    if differs and not reason:
        message = say(
            "The books say %(expected)s rupees; count again or choose a reason.",
            expected=format_paise(facts.expected_paise),
        )
        return (Refusal("difference_without_reason", message, "reason"),)
    if differs and reason == "other" and not words:
        return (Refusal("missing", say("Say the reason in your words."), "words"),)
    return ()


def refusals_to_close(
    counted_by: int, confirmer: int, day: date, today: date, *, closed: bool, newer: bool
) -> tuple[Refusal, ...]:
    """Return why a count is not confirmed by this person."""
    if closed:
        return (Refusal("already_closed", say("This day is closed already.")),)
    if newer:
        message = say("The box was counted again since; confirm the last count.")
        return (Refusal("counted_again", message),)
    if counted_by == confirmer:
        message = say("You counted it yourself; another person confirms.")
        return (Refusal("same_person", message),)
    if day > today:
        return (Refusal("future_day", say("That day is still to come; correct it.")),)
    return ()


def difference_lines(difference_paise: int) -> tuple[Line, ...]:
    """The journal of a difference: nothing where there is none; short is an expense.

    >>> [(int(l.account), l.paise) for l in difference_lines(-500)]
    [(5310, 500), (1010, -500)]
    >>> [(int(l.account), l.paise) for l in difference_lines(500)]
    [(1010, 500), (5310, -500)]
    """
    if difference_paise == 0:
        return ()
    lines = (
        Line(Account.CASH_DIFFERENCE, -difference_paise),
        Line(Account.CASH, difference_paise),
    )
    return lines if difference_paise < 0 else lines[::-1]
