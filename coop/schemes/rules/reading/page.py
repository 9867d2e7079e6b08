"""One table of a file, read key by key; what is missing, strange or left over is a fault."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from coop.schemes.rules.facts import Text
from coop.schemes.rules.scheme import Days, Fault

T = TypeVar("T")
NO_TEXT = Text("", "")
_MOST_LISTED = 40
_WRITTEN = {
    "bool": ": write true or false",
    "str": ": write it between quotes",
    "int": ": write a whole number",
    "date": ": write a day like 2026-12-01, without quotes",
}


def near(word: str, known: Iterable[str]) -> str:
    """A hint for a word that is not known: what it may have been meant for, else what there is.

    >>> near("numbr", ("number", "name")), near("moon", ("day", "month"))
    (': is "number" meant?', '; one of day, month')
    """
    words = sorted(known)
    meant = get_close_matches(word, words, 1, 0.7)
    if meant:
        return f': is "{meant[0]}" meant?'
    return f"; one of {', '.join(words)}" if 0 < len(words) <= _MOST_LISTED else ""


class Faults:
    """Gathers the faults of all files."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, file: str, row: str, what: str) -> None:
        """Keep one."""
        self.found.append(Fault(file, row, what))


class Page:
    """A table: ``take`` its keys one by one, then ``done`` names those that nobody took."""

    def __init__(self, given: object, file: str, row: str, faults: Faults) -> None:
        self.file, self.row, self.faults = file, row, faults
        self._left: dict[str, object] = {}
        self._taken: set[str] = set()
        if isinstance(given, Mapping):
            self._left = dict(given)
        else:
            self.fault("a table is expected")

    def fault(self, what: str) -> None:
        """Say what is wrong with this row."""
        self.faults.add(self.file, self.row, what)

    def done(self) -> None:
        """Every key must have been taken: a mistyped one would be lost in silence."""
        for key in self._left:
            self.fault(f"unknown key {key}{near(key, self._taken)}")

    def raw(self, key: str) -> object:
        """Whatever stands there, None where nothing does."""
        self._taken.add(key)
        return self._left.pop(key, None)

    def take(self, key: str, kind: type[T], default: T | None = None) -> T | None:
        """A value of one kind, or the default where nothing stands there."""
        value = self.raw(key)
        if value is None:
            return default
        # true is a whole number to Python, not to us; an instant is no day
        if type(value) is not kind:
            self.fault(f"{key} is not of the kind {kind.__name__}{_WRITTEN.get(kind.__name__, '')}")
            return default
        return value

    def needed(self, key: str, kind: type[T], default: T) -> T:
        """A value that must be there."""
        if key not in self._left:
            self.fault(f"{key} is missing")
        return self.take(key, kind) or default

    def word(self, key: str, allowed: Mapping[str, T], default: T) -> T:
        """A needed word of a list, as what it stands for."""
        text = self.needed(key, str, "")
        if text and text not in allowed:
            self.fault(f"{key} = {text} is not one of {', '.join(allowed)}")
        return allowed.get(text, default)

    def text(self, key: str) -> Text:
        """A needed sentence in both languages."""
        found = self.maybe_text(key)
        if found is None:
            self.fault(f"{key} is missing")
        return found or NO_TEXT

    def maybe_text(self, key: str) -> Text | None:
        """A sentence in both languages, if it stands there."""
        given = self.raw(key)
        if given is None:
            return None
        page = Page(given, self.file, f"{self.row} {key}".strip(), self.faults)
        text = Text(page.needed("en", str, ""), page.needed("hi", str, ""))
        page.done()
        if text.name_hi and not any("\u0900" <= sign <= "\u097f" for sign in text.name_hi):
            page.fault("hi is not in Devanagari")
        return text

    def days(self) -> Days:
        """``from`` and ``to``, both included."""
        days = Days(self.take("from", date), self.take("to", date))
        if days.first and days.last and days.first > days.last:
            self.fault("to comes before from")
        return days

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where nothing stands there."""
        given = self._list(key)
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            self.fault(f"{key} is not a list of texts")
            return ()
        return tuple(given)

    def _list(self, key: str) -> object:
        given = self.raw(key)
        return [] if given is None else given

    def dates(self, key: str) -> tuple[date, ...]:
        """A list of days, empty where nothing stands there."""
        given = self._list(key)
        if not isinstance(given, list) or not all(type(one) is date for one in given):
            self.fault(f"{key} is not a list of days like [2026-12-01]")
            return ()
        return tuple(given)

    def rows(self, key: str) -> Iterator["Page"]:
        """Tables in a list, each named by its place, from 1."""
        given = self._list(key)
        if not isinstance(given, list):
            self.fault(f"{key} is not a list")
            return
        for number, one in enumerate(given, 1):
            name = one.get("id") if isinstance(one, Mapping) else None
            label = f"{key} {number}" + (f" ({name})" if isinstance(name, str) else "")
            yield Page(one, self.file, label, self.faults)
