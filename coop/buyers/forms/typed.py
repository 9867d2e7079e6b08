"""What the agency and a buyer type into the pages of buyers, as values; each problem at its field."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from coop.buyers.rules import Buyer, BuyerKind, DemandRow, ItemKind, Outcome, State
from coop.buyers.rules.acts import Check, GivenItem, Method
from coop.buyers.rules.listed import Dossier
from coop.kernel.aadhaar import holds_aadhaar
from coop.kernel.cells import readable
from coop.kernel.number import latin_digits, parse_whole, without_spaces
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say

E = TypeVar("E", State, ItemKind, Outcome, Method, BuyerKind)
_FIRST, _LAST = date(1950, 1, 1), date(2150, 1, 1)
_IN_CAPITALS = frozenset({ItemKind.GSTIN, ItemKind.PAN, ItemKind.IEC})
PARTS = ("owner", "partner", "director", "signatory", "related")
_MOST_LGD = 999_999


class Typed:
    """Reads a posted form; ``problems`` names each input that cannot be used, and why."""

    def __init__(self, form: Mapping[str, object]) -> None:
        self.values = {name: text for name, text in form.items() if isinstance(text, str)}
        self.problems: list[Refusal] = []

    def refuse(self, name: str | None, code: str, message: Said) -> None:
        """Note that an input cannot be used."""
        self.problems.append(Refusal(code, message, name))

    def sent(self, page: str) -> tuple[UUID, bytes]:
        """The id drawn with the form, and SHA-256 of the page and all that was typed into it."""
        try:
            number = UUID(self.values.get("operation_id", ""))
        except ValueError:
            number = UUID(int=0)
            self.refuse(None, "bad_form", say("Open the form again and send it anew."))
        kept = {n: t for n, t in self.values.items() if n not in ("csrf", "operation_id")}
        content = json.dumps([page, kept], sort_keys=True, ensure_ascii=False)
        return number, hashlib.sha256(content.encode("utf-8", "replace")).digest()

    def text(self, name: str, longest: int, missing: Said | None = None) -> str:
        """Words of at most ``longest`` signs, never with an Aadhaar number in them."""
        text = readable(self.values.get(name, ""))
        if text is None:
            self.refuse(name, "characters", say("This holds signs that cannot be kept."))
            return ""
        if not text and missing is not None:
            self.refuse(name, "missing", missing)
        elif len(text) > longest:
            self.refuse(
                name, "too_long", say("At most %(most)s signs; make it shorter.", most=longest)
            )
        elif holds_aadhaar(text):
            self.refuse(name, "aadhaar_in_field", say("This holds an Aadhaar number; take it out."))
        return text

    def day(self, name: str) -> date | None:
        """A day written 31-10-2026, or as a browser sends it; None for nothing."""
        text = latin_digits(without_spaces(self.values.get(name, ""))).replace("/", "-")
        if not text:
            return None
        parts = text.split("-")
        try:
            if len(parts) == 3 and len(parts[0]) <= 2:
                parts.reverse()
            found = date(*map(int, parts)) if len(parts) == 3 else None
        except (ValueError, OverflowError):
            found = None
        if found is None or not _FIRST <= found <= _LAST:
            self.refuse(name, "date_invalid", say("This is not a day; write it like 31-10-2026."))
            return None
        return found

    def needed_day(self, name: str) -> date:
        """A day that must be there."""
        before = len(self.problems)
        found = self.day(name)
        if found is None and len(self.problems) == before:
            self.refuse(name, "missing", say("The day is empty; write it like 31-10-2026."))
        return found or _FIRST

    def choice(self, name: str, words: type[E], first: E) -> E:
        """One of an enumeration's words; ``first`` stands in where the choice is missing."""
        said = self.values.get(name, "")
        if said in tuple(words):
            return words(said)
        self.refuse(name, "unknown_word", say("Choose one of the answers."))
        return first

    def whole_or_none(self, name: str, most: int) -> int | None:
        """A whole number from 1, or None for nothing."""
        text = self.values.get(name, "").strip()
        if not text:
            return None
        try:
            number = parse_whole(text)
        except ValueError:
            number = 0
        if not 1 <= number <= most:
            self.refuse(name, "not_a_number", say("Write a whole number, 1 or more."))
            return None
        return number


def item_given(typed: Typed) -> tuple[GivenItem, Check | None]:
    """Read a paper; with an outcome also what came of looking at it."""
    kind = typed.choice("kind", ItemKind, ItemKind.GSTIN)
    number = typed.text("number", 40)
    if kind in _IN_CAPITALS:
        number = latin_digits(without_spaces(number)).upper()
    item = GivenItem(
        kind, number, typed.day("issued_on"), typed.day("expires_on"), typed.text("document", 80)
    )
    return item, check_given(typed) if typed.values.get("outcome", "later") != "later" else None


def check_given(typed: Typed) -> Check:
    """Read what came of looking at a paper."""
    outcome = typed.choice("outcome", Outcome, Outcome.ACCEPTED)
    method = typed.choice("method", Method, Method.ORIGINAL)
    if outcome is Outcome.TAKEN_OVER or method is Method.LIST:
        typed.refuse("outcome", "unknown_word", say("Choose one of the answers."))
    return Check(outcome, method, typed.text("note", 200))


def facts_given(typed: Typed, code: str | None = None) -> Buyer:
    """Read a buyer's name and place, and its code where it is new."""
    if code is None:
        code = latin_digits(without_spaces(typed.values.get("buyer_code", ""))).upper()
        signs = code.replace("-", "")
        if not (signs.isascii() and signs.isalnum() and len(code) <= 12 and code[0] != "-"):
            message = say("A code has up to 12 letters and digits, like B17.")
            typed.refuse("buyer_code", "code_invalid", message)
    state = typed.whole_or_none("state_lgd", 99)
    return Buyer(
        buyer_code=code,
        name=typed.text("name", 160, say("The name is empty; copy it from the GSTIN.")),
        kind=typed.choice("kind", BuyerKind, BuyerKind.TRADER),
        town=typed.text("town", 80),
        district_lgd=typed.whole_or_none("district_lgd", _MOST_LGD),
        suspension_reason="",
        dossier=Dossier(state, "", "", "", None, None, None, None, None),
    )


def demand_given(typed: Typed) -> tuple[DemandRow, str]:
    """Read whether a paper is asked for, from when, for how long, and by which order."""
    buyer_kind = typed.values.get("buyer_kind", "")
    if buyer_kind not in ("", *BuyerKind):
        typed.refuse("buyer_kind", "unknown_word", say("Choose one of the answers."))
    demand = DemandRow(
        typed.choice("kind", ItemKind, ItemKind.GSTIN),
        buyer_kind,
        typed.values.get("mandatory") == "yes",
        typed.whole_or_none("holds_days", 36_500),
        typed.needed_day("holds_from"),
    )
    return demand, typed.text("source", 300)
