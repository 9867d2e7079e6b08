"""One row of a table file: its cells read as words, numbers, days; what is wrong is collected.

Every reader returns a value of its type also where the cell is wrong, and notes the problem;
the row counts only when ``problems`` stays empty.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Generic, TypeVar

from coop.kernel.aadhaar import holds_aadhaar
from coop.kernel.clock import parse_instant
from coop.kernel.number import latin_digits, parse_decimal, parse_whole, scaled
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say

T = TypeVar("T")
MOST_INTEGER = 2**31 - 1
MOST_BIGINT = 2**63 - 1
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_END = datetime(3000, 1, 1, tzinfo=UTC)
_NO_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What a row says. Without a value the row is refused; with one, problems are warnings."""

    value: T | None
    problems: tuple[Refusal, ...] = ()


def readable(text: str) -> str | None:
    """Return the text with single spaces and composed letters; None where it cannot be kept.

    Half characters and control characters cannot be kept (PostgreSQL's text, JSON).
    """
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\t\r\n" for sign in text):
        return None
    return unicodedata.normalize("NFC", " ".join(text.split()))


class Cells:
    """Reads one row; ``problems`` names each column that cannot be used, and why.

    ``labels``: what a page calls its fields; without one a message names the column of the file.
    """

    def __init__(self, row: Mapping[str, str], labels: Mapping[str, Said] | None = None) -> None:
        self._row = row
        self._labels = labels or {}
        self.problems: list[Refusal] = []

    def _called(self, column: str) -> Said | str:
        return self._labels.get(column, column)

    def refuse(self, column: str, code: str, message: Said) -> None:
        """Note that the column cannot be used."""
        self.problems.append(Refusal(code, message, column))

    def raw(self, column: str) -> str:
        """Return the cell without spaces around it; empty where there is none."""
        return self._row.get(column, "").strip()

    def text(self, column: str, longest: int, *, needed: bool = False) -> str:
        """Return words of at most ``longest`` characters; never with an Aadhaar number in them."""
        text = readable(self.raw(column))
        if text is None:
            message = say(
                "%(column)s holds signs that cannot be kept; type it again.",
                column=self._called(column),
            )
            self.refuse(column, "characters", message)
            return ""
        if needed and not text:
            self.refuse(
                column,
                "missing",
                say("%(column)s is empty; fill it in.", column=self._called(column)),
            )
        elif len(text) > longest:
            message = say(
                "%(column)s is over %(most)s signs.", column=self._called(column), most=longest
            )
            self.refuse(column, "too_long", message)
        elif holds_aadhaar(text):
            message = say(
                "%(column)s holds an Aadhaar number; take it out.", column=self._called(column)
            )
            self.refuse(column, "aadhaar_in_field", message)
        return text

    def pattern(
        self,
        column: str,
        form: str,
        example: str,
        *,
        needed: bool = True,
        problem: str = "code_invalid",
    ) -> str:
        """Return a code in capitals, without spaces, that has the whole ``form`` (a regex)."""
        code = latin_digits("".join(self.raw(column).split())).upper()
        if not code and not needed:
            return ""
        if not re.fullmatch(form, code, re.ASCII):
            message = self._empty(column) or say(
                "%(column)s is not of the form %(example)s; correct it.",
                column=self._called(column),
                example=example,
            )
            self.refuse(column, problem, message)
            return ""
        return code

    def whole(self, column: str, least: int = 0, most: int = MOST_INTEGER) -> int:
        """Return a whole number from ``least`` to ``most``."""
        try:
            number = parse_whole(self.raw(column))
        except ValueError:
            self._no_number(column)
            return least
        return number if self._within(column, number, least, most) else least

    def whole_or_none(self, column: str, least: int = 0, most: int = MOST_INTEGER) -> int | None:
        """Return a whole number, or None for an empty cell."""
        return self.whole(column, least, most) if self.raw(column) else None

    def scaled(self, column: str, places: int, least: int, most: int) -> int:
        """Return a decimal number x 10^places: rupees as paise (2), kilograms as grams (3)."""
        try:
            number = parse_decimal(self.raw(column))
        except ValueError:
            self._no_number(column)
            return least
        try:
            whole = scaled(number, places)
        except ValueError:
            message = say(
                "%(column)s may have %(places)s decimals at most.",
                column=self._called(column),
                places=places,
            )
            self.refuse(column, "not_a_number", message)
            return least
        return whole if self._within(column, whole, least, most, places) else least

    def scaled_or_none(self, column: str, places: int, least: int, most: int) -> int | None:
        """Return a decimal number x 10^places, or None for an empty cell."""
        return self.scaled(column, places, least, most) if self.raw(column) else None

    def choice(self, column: str, words: tuple[str, ...], *, needed: bool = True) -> str:
        """Return one of ``words``, whatever its capitals."""
        said = self.raw(column).casefold()
        for word in words:
            if said == word.casefold():
                return word
        if said or needed:
            message = say(
                "%(column)s must be one of: %(words)s.",
                column=self._called(column),
                words=", ".join(words),
            )
            if column in self._labels:  # a page shows them
                message = say("%(column)s: choose one of those shown.", column=self._called(column))
            self.refuse(column, "unknown_word", message)
        return ""

    def yes(self, column: str) -> bool:
        """Return whether the cell says yes; anything but yes and no is a problem."""
        return self.choice(column, ("yes", "no")) == "yes"

    def day(self, column: str) -> date:
        """Return a day written yyyy-mm-dd."""
        try:
            return date.fromisoformat(latin_digits(self.raw(column))[:40])
        except ValueError:
            message = self._empty(column) or say(
                "%(column)s is not a day; write it as 2026-10-31.", column=self._called(column)
            )
            self.refuse(column, "date_invalid", message)
            return _NO_DAY

    def day_or_none(self, column: str) -> date | None:
        """Return a day, or None for an empty cell."""
        return self.day(column) if self.raw(column) else None

    def instant(self, column: str) -> datetime:
        """Return an ISO 8601 instant with its offset, in UTC, of the years 2000 to 2999."""
        try:
            at = parse_instant(self.raw(column))
        except (ValueError, OverflowError):
            at = _EPOCH - timedelta(days=1)
        if at >= _END:
            message = say("%(column)s lies in the future; correct it.", column=self._called(column))
            self.refuse(column, "future_time", message)
            return _EPOCH
        if at < _EPOCH:
            message = say(
                "%(column)s is not a time; write it as 2026-10-31T09:00:00+05:30.",
                column=self._called(column),
            )
            self.refuse(column, "time_invalid", message)
            return _EPOCH
        return at

    def instant_or_none(self, column: str) -> datetime | None:
        """Return an instant, or None for an empty cell."""
        return self.instant(column) if self.raw(column) else None

    def finish(self, value: T) -> Parsed[T]:
        """Return the value, or without it the problems that were noted."""
        return Parsed(None, tuple(self.problems)) if self.problems else Parsed(value)

    def _empty(self, column: str) -> Said | None:
        """What is said of a page's field that nobody filled in."""
        if self.raw(column) or column not in self._labels:
            return None
        return say("%(column)s is empty; fill it in.", column=self._called(column))

    def _no_number(self, column: str) -> None:
        message = self._empty(column) or say(
            "%(column)s is not a number; use digits and a point, no comma.",
            column=self._called(column),
        )
        self.refuse(column, "not_a_number", message)

    def _within(self, column: str, number: int, least: int, most: int, places: int = 0) -> bool:
        if least <= number <= most:
            return True
        ends = [f"{Decimal(end).scaleb(-places):f}" for end in (least, most)]
        message = say(
            "%(column)s must lie between %(least)s and %(most)s.",
            column=self._called(column),
            least=ends[0],
            most=ends[1],
        )
        self.refuse(column, "negative" if number < 0 <= least else "out_of_range", message)
        return False
