"""What was typed or ticked at the benefit desk, as answers, events and agreements."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coop.kernel.aadhaar import holds_aadhaar
from coop.kernel.money import parse_rupees
from coop.kernel.number import latin_digits, parse_decimal, parse_whole, without_spaces
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.schemes.rules.answers import Wrong, read_answer
from coop.schemes.rules.applications import Event, State
from coop.schemes.rules.facts import Fact, Kind
from coop.schemes.rules.gathering import to_store

UNKNOWN, NONE = "unknown", "none"
_DAY = re.compile(r"(?:(?P<d>[0-9]{1,2})[-/.])?(?P<m>[0-9]{1,2})[-/.](?P<y>[0-9]{4})", re.ASCII)
_AGE = re.compile(r"[0-9]{1,2}", re.ASCII)
_WRONG: Mapping[str, Said] = {
    "out_of_range": say("This number cannot be right. Look again."),
    "bad_date": say("Type a day as 24-11-1980, or the year alone."),
    "after_on": say("This day is still to come. Look again."),
}
_CHOOSE = say("Choose one of the list.")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as JSON, None for "do not know"; or why it cannot be taken."""

    value: str | None = None
    refusal: Refusal | None = None


def operation_id(typed: Mapping[str, str]) -> UUID | None:
    """The id that was drawn with the form, None where it is none."""
    try:
        return UUID(typed.get("operation_id", ""))
    except ValueError:
        return None


def read_told(
    fact: Fact, typed: Mapping[str, str], ticked: Sequence[str], codes: frozenset[str], on: date
) -> Answered:
    """Read an answer. ``ticked``: the words that were ticked, for a fact with several."""
    text = typed.get("answer", "").strip()
    if "skip" in typed or text == UNKNOWN:
        return Answered(None)
    try:
        value = _value(fact, text, ticked, on)
    except ValueError:
        return Answered(refusal=Refusal("unreadable", _unreadable(fact), "answer"))
    answer = read_answer(value, fact, codes, on)
    if isinstance(answer, Wrong):
        message = _WRONG.get(answer.error, _CHOOSE)
        return Answered(refusal=Refusal(answer.error, message, "answer"))
    return Answered(to_store(value))


def _unreadable(fact: Fact) -> Said:
    match fact.kind:
        case Kind.INT | Kind.NUM:
            return say("Type a number, or press: do not know.")
        case Kind.DATE:
            return _WRONG["bad_date"]
        case Kind.SET | Kind.SCHEMES:
            return say("Tick what fits, or tick: none of these.")
        case _:
            return _CHOOSE


def _value(fact: Fact, text: str, ticked: Sequence[str], on: date) -> object:
    match fact.kind:
        case Kind.BOOL:
            return {"yes": True, "no": False}[text] if text in ("yes", "no") else _no(text)
        case Kind.INT:
            return parse_whole(text)
        case Kind.NUM:
            number = parse_decimal(text.replace(",", ""))
            return int(number) if number == number.to_integral() else number
        case Kind.DATE:
            return day_text(text, on if fact.name == "p.dob" else None)
        case Kind.SET | Kind.SCHEMES:
            words = sorted({word for word in ticked if word != NONE})
            return words if bool(words) != (NONE in ticked) else _no(text)
        case Kind.ENUM:
            return text or _no(text)


def _no(text: str) -> object:
    raise ValueError(text)


def day_text(text: str, age_on: date | None) -> str:
    """A day as the facts write it: from 24-11-1980, 11-1980, 1980, or as it stands already.

    With ``age_on`` one or two digits are an age on that day, which leaves two years of birth.

    >>> day_text("२४-११-1980", None), day_text("45", date(2026, 11, 24))
    ('1980-11-24', '1980/1981')
    """
    plain = latin_digits(without_spaces(text))
    if age_on is not None and _AGE.fullmatch(plain):
        return f"{age_on.year - int(plain) - 1}/{age_on.year - int(plain)}"
    found = _DAY.fullmatch(plain)
    if found is None:
        return plain
    day = f"-{int(found['d']):02d}" if found["d"] else ""
    return f"{found['y']}-{int(found['m']):02d}{day}"


def read_day(text: str) -> date | None:
    """A whole day, typed or chosen; None where it is none."""
    try:
        return date.fromisoformat(day_text(text, None))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class EventTyped:
    """An event, or what is wrong with what was typed."""

    event: Event | None
    refusals: tuple[Refusal, ...]


def read_event(typed: Mapping[str, str], papers: Sequence[str]) -> EventTyped:
    """Read the form of an application's next step. Amounts are rupees, kept in paise."""
    refusals: list[Refusal] = []
    state = next((one for one in State if one.value == typed.get("state")), None)
    on = read_day(typed.get("on", ""))
    if state is None:
        refusals.append(Refusal("missing", _CHOOSE, "state"))
    if on is None:
        refusals.append(Refusal("missing", say("Type the day, as 24-11-2026."), "on"))
    due_text, amount = typed.get("due", "").strip(), typed.get("amount", "").strip()
    due = read_day(due_text)
    if due_text and due is None:
        refusals.append(Refusal("bad_date", say("Type the day, as 24-11-2026."), "due"))
    paise = _paise(amount)
    if amount and paise is None:
        refusals.append(Refusal("unreadable", say("Type the amount in rupees, as 1000."), "amount"))
    texts = {}
    for name, longest in (("note", 400), ("number", 60), ("office", 120)):
        texts[name] = " ".join(typed.get(name, "").split())
        refusals += _of_text(texts[name], name, longest)
    if state is None or on is None or refusals:
        return EventTyped(None, tuple(refusals))
    barrier = typed.get("barrier", "")
    return EventTyped(
        Event(
            state,
            on,
            note=texts["note"],
            number=texts["number"],
            office=texts["office"],
            word=typed.get("word", "").strip(),
            by=typed.get("by", "").strip(),
            paise=paise,
            papers=tuple(sorted(set(papers))),
            due=due,
            barriers=(barrier,) if barrier else (),
        ),
        (),
    )


def _paise(text: str) -> int | None:
    try:
        paise = parse_rupees(text.replace(",", ""))
    except ValueError:
        return None
    return paise if 0 <= paise < 10**12 else None


def _of_text(text: str, name: str, longest: int) -> list[Refusal]:
    if len(text) > longest:
        return [Refusal("too_long", say("Too long. Write it shorter."), name)]
    if holds_aadhaar(text):
        message = say("This looks like an Aadhaar number. Leave it out; it is never kept.")
        return [Refusal("aadhaar", message, name)]
    return []
