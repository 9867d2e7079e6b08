"""What people type on the pages of lots and sales: kilograms, rupees, days and times of India."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from coop.kernel.aadhaar import holds_aadhaar
from coop.kernel.clock import IST
from coop.kernel.money import parse_rupees
from coop.kernel.number import latin_digits
from coop.kernel.refusal import Refusal
from coop.kernel.weight import parse_kg
from coop.kernel.words import Said, say
from coop.sales.forms.lists import MOST_GRAMS, MOST_RATE
from coop.sales.rules.dispatch import Challan, Load
from coop.sales.rules.filling import LotPlan
from coop.sales.rules.offer import Offer
from coop.sales.rules.once import Once, once

_EPOCH = datetime(2000, 1, 1, tzinfo=IST)
_END = datetime(2100, 1, 1, tzinfo=IST)
_NO_NUMBER = say("Type a number with digits and a point, no comma.")


class Typed:
    """Reads a form's texts; every reader returns a value, and ``problems`` names what is wrong."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self.problems: list[Refusal] = []

    def raw(self, name: str) -> str:
        """The text as typed, single spaces between its words."""
        return " ".join(self._texts.get(name, "").split())

    def refuse(self, name: str, code: str, message: Said) -> None:
        """Note what is wrong with an input."""
        self.problems.append(Refusal(code, message, name))

    def kg(self, name: str) -> int:
        """Kilograms as grams."""
        try:
            return max(-MOST_GRAMS, min(parse_kg(self.raw(name)), MOST_GRAMS))
        except ValueError:
            self.refuse(name, "not_a_number", _NO_NUMBER)
            return 0

    def rupees(self, name: str) -> int:
        """Rupees as paise."""
        try:
            return max(-MOST_RATE, min(parse_rupees(self.raw(name)), MOST_RATE))
        except ValueError:
            self.refuse(name, "not_a_number", _NO_NUMBER)
            return 0

    def whole(self, name: str) -> int:
        """A code that is a whole number; 0, which no code is, where it is none."""
        text = latin_digits(self.raw(name))
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def text(self, name: str, longest: int) -> str:
        """Words of at most so many signs; never with an Aadhaar number in them."""
        text = self.raw(name)
        if len(text) > longest or not text.isprintable():
            self.refuse(name, "too_long", say("This is too long; say it shorter."))
        elif holds_aadhaar(text):
            self.refuse(name, "aadhaar_in_field", say("This holds an Aadhaar number; take it out."))
        return text

    def instant(self, name: str) -> datetime:
        """A day and time of India as a browser writes them."""
        try:
            at = datetime.fromisoformat(latin_digits(self.raw(name)))
        except ValueError:
            at = _END
        at = at if at.tzinfo else at.replace(tzinfo=IST)
        if not _EPOCH < at < _END:
            message = say("Type day and time, such as 2026-11-24 14:05.")
            self.refuse(name, "time_invalid", message)
            return _EPOCH
        return at

    def day(self, name: str) -> date:
        """A day as a browser writes it."""
        try:
            return date.fromisoformat(latin_digits(self.raw(name)))
        except ValueError:
            self.refuse(name, "date_invalid", say("Type the day, such as 2026-11-24."))
            return _EPOCH.date()


def drawn_once(texts: Mapping[str, str], act: str, about: str) -> Once | None:
    """The form's own id with all that was typed: sent twice, it is done once."""
    text = texts.get("operation_id", "")
    try:
        operation_id = UUID(text)
    except ValueError:
        return None
    kept = [f"{key}={texts[key]}" for key in sorted(texts) if key not in ("csrf", "operation_id")]
    return once(operation_id, act, [about, *kept])


def lot_plan(typed: Typed) -> LotPlan:
    """The form of a new lot."""
    return LotPlan(
        typed.whole("grade_code"),
        typed.whole("district_lgd"),
        typed.instant("made_at"),
        typed.kg("stock_kg"),
    )


def offer(typed: Typed, lot: str) -> Offer:
    """The form of a sale."""
    return Offer(
        lot,
        typed.text("buyer_code", 12).upper(),
        typed.kg("quantity_kg"),
        typed.rupees("rate_rupees_per_kg"),
        typed.instant("sold_at"),
        delivery_state=typed.text("delivery_state", 2),
    )


def challan(typed: Typed) -> Challan:
    """The form of a challan."""
    number, vehicle = typed.text("challan_no", 40), typed.text("challan_vehicle", 20)
    for name, text in (("challan_no", number), ("challan_vehicle", vehicle)):
        if not text:
            typed.refuse(name, "missing", say("This is empty; fill it in."))
    return Challan(
        number,
        vehicle,
        typed.kg("challan_kg"),
        typed.instant("valid_from"),
        typed.instant("valid_to"),
        typed.text("delivery_state", 2),
        typed.text("eway_no", 20),
    )


def load(typed: Typed) -> Load:
    """The form of the gate."""
    return Load(typed.text("vehicle_no", 20), typed.kg("loaded_kg"), typed.instant("left_at"))


@dataclass(frozen=True, slots=True)
class ReadingTyped:
    """What the buyer's weighbridge showed, as typed."""

    slip_no: str
    grams: int
    at: datetime


def reading(typed: Typed) -> ReadingTyped:
    """The form of the buyer's weighbridge."""
    return ReadingTyped(typed.text("slip_no", 40), typed.kg("buyer_kg"), typed.instant("read_at"))
