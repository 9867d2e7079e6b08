"""Notes on a sale: it is taken back whole, or its weight is put right by credit or debit.

Asked for by one and decided by another. The sale's own rate and tax rate hold, whatever holds now.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coop.kernel.money import amount_paise
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.sales.rules.tax import Tax, tax_on


class NoteKind(StrEnum):
    """Taken back whole; the buyer found less; the buyer found more."""

    REVERSAL = "reversal"
    CREDIT = "credit"
    DEBIT = "debit"


@dataclass(frozen=True, slots=True)
class Sold:
    """A sale as it stands in the books; paise but for the grams and the rates."""

    grams: int
    rate_paise: int
    amount_paise: int
    tax: Tax
    premium_paise: int
    premium_rate_paise: int


@dataclass(frozen=True, slots=True)
class NoteSums:
    """What a note changes, all positive; who credits turns the signs."""

    grams: int
    amount_paise: int
    tax: Tax
    premium_paise: int


def note_sums(sold: Sold, kind: NoteKind, grams: int) -> NoteSums:
    """Work out a note: a reversal is the sale itself, to the paisa; a difference is at its rates."""
    if kind is NoteKind.REVERSAL:
        return NoteSums(sold.grams, sold.amount_paise, sold.tax, sold.premium_paise)
    amount = amount_paise(grams, sold.rate_paise)
    tax = tax_on(amount, sold.tax.rate, sold.tax.supply)
    return NoteSums(grams, amount, tax, amount_paise(grams, sold.premium_rate_paise))


def difference_note(our_grams: int, buyer_grams: int) -> tuple[NoteKind, int]:
    """Which note a difference at the buyer's weighbridge takes, and of how many grams.

    >>> difference_note(1_000_000, 970_000)
    (<NoteKind.CREDIT: 'credit'>, 30000)
    """
    less = our_grams - buyer_grams
    return (NoteKind.CREDIT, less) if less > 0 else (NoteKind.DEBIT, -less)


@dataclass(frozen=True, slots=True)
class AskFacts:
    """What became of the sale so far."""

    reversed: bool
    pending: bool
    noted: bool


def refusals_to_ask(kind: NoteKind, reason: str, facts: AskFacts) -> tuple[Refusal, ...]:
    """Return why a note cannot be asked for, nothing if it can."""
    return tuple(_asking(kind, reason, facts))


def _asking(kind: NoteKind, reason: str, facts: AskFacts) -> Iterator[Refusal]:
    if facts.reversed:
        yield Refusal("sale_reversed", say("This sale was taken back already."))
    elif facts.pending:
        message = say("A note on this sale waits for a second person already.")
        yield Refusal("note_pending", message)
    elif facts.noted and kind is NoteKind.REVERSAL:
        message = say("A note stands on this sale; it cannot be taken back whole any more.")
        yield Refusal("note_stands", message)
    if not reason:
        yield Refusal("missing", say("Say why, in a few words."), "reason")


def refusals_to_decide(asked_by: str, decided_by: str, *, decided: bool) -> tuple[Refusal, ...]:
    """Return why somebody may not decide: it was decided, or they asked for it themselves."""
    if decided:
        return (Refusal("already_decided", say("Somebody has decided this already.")),)
    if asked_by == decided_by:
        message = say("You asked for it yourself; a second person must decide.")
        return (Refusal("second_person", message),)
    return ()
