"""What was typed about money: how much, from or to whom, how, when; and why a voucher is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coop.kernel.aadhaar import holds_aadhaar
from coop.kernel.cells import Cells
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.payments.rules import BANK, CASH, REASONS, UPI, Kind

_LABELS = {
    "amount": say("Amount"),
    "mode": say("How"),
    "on_day": say("Day of the money"),
    "member_no": say("Member number"),
    "buyer_code": say("Buyer"),
    "against": say("For which paper"),
    "reference": say("Reference of bank or UPI"),
    "words": say("In your words"),
    "direction": say("Which way"),
    "reason": say("Reason"),
}
_MOST_PAISE = 10**12
_MODES = {
    Kind.RECEIVED: (CASH, BANK),
    Kind.PAID: (CASH, UPI, BANK),
}
MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class ReadMoney:
    """Money as typed; paise. ``party``: a member number or a buyer's code."""

    operation_id: UUID
    kind: Kind
    mode: str
    paise: int
    on_day: date
    party: str
    against: str
    reference: str
    words: str


@dataclass(frozen=True, slots=True)
class ReadReversal:
    """Why a voucher is taken back."""

    operation_id: UUID
    reason: str
    words: str


def read_money(
    fields: Mapping[str, str], kind: Kind | None
) -> tuple[ReadMoney | None, tuple[Refusal, ...]]:
    """Read a form of money; ``kind`` None: the form says whether to or from the bank."""
    cells = Cells(fields, _LABELS)
    given = _operation_id(cells)
    if kind is None:
        word = cells.choice("direction", (Kind.TO_BANK.value, Kind.FROM_BANK.value))
        kind = Kind(word) if word else Kind.TO_BANK
    mode = cells.choice("mode", _MODES[kind]) if kind in _MODES else CASH
    paise = cells.scaled("amount", 2, 1, _MOST_PAISE)
    on_day = cells.day("on_day")
    party = _party(cells, kind)
    against = (
        cells.pattern("against", "[0-9A-Z/-]{1,20}", "KDM01-26-B00012", needed=False)
        if kind is Kind.RECEIVED
        else ""
    )
    reference = _reference(cells, needed=mode in (UPI, BANK))
    words = cells.text("words", MOST_WORDS)
    if cells.problems or given is None:
        return None, tuple(cells.problems)
    return ReadMoney(given, kind, mode, paise, on_day, party, against, reference, words), ()


def _party(cells: Cells, kind: Kind) -> str:
    if kind is Kind.PAID:
        number = cells.pattern("member_no", "[0-9A-Z/-]{1,12}", "0235", problem="unknown_member")
        return number.zfill(4) if number.isdigit() else number
    if kind is Kind.RECEIVED:
        return cells.pattern("buyer_code", "[0-9A-Z-]{1,12}", "B0007", problem="unknown_buyer")
    return ""


def _reference(cells: Cells, *, needed: bool) -> str:
    """Twelve digits of a bank may look like an Aadhaar number: then the page asks."""
    reference = cells.pattern("reference", "[0-9A-Z/.-]{4,40}", "UTR 4021 9987 1234", needed=needed)
    if reference and holds_aadhaar(reference) and not cells.raw("reference_meant"):
        message = say("Is this an Aadhaar number? Tick only if it is the bank's.")
        cells.refuse("reference_meant", "is_it_aadhaar", message)
    return reference


def read_reversal(
    fields: Mapping[str, str],
) -> tuple[ReadReversal | None, tuple[Refusal, ...]]:
    """Read why a voucher is taken back."""
    cells = Cells(fields, _LABELS)
    given = _operation_id(cells)
    reason = cells.choice("reason", tuple(REASONS))
    words = cells.text("words", MOST_WORDS, needed=reason == "other")
    if cells.problems or given is None:
        return None, tuple(cells.problems)
    return ReadReversal(given, reason, words), ()


def _operation_id(cells: Cells) -> UUID | None:
    try:
        return UUID(cells.raw("operation_id"))
    except ValueError:
        message = say("This page is too old; open it again.")
        cells.problems.append(Refusal("id_invalid", message))
        return None
