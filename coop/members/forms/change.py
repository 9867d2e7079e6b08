"""The forms of later changes: particulars, nominees, consent, season, leaving."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from coop.kernel.aadhaar import holds_aadhaar
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.members.forms.admission import Places, application_from
from coop.members.forms.days import typed_day
from coop.members.rules.admission import Application, BookRow
from coop.members.rules.changes import CHOSEN, Why
from coop.members.rules.consent import How, Purpose
from coop.members.rules.membership import CHOSEN_ENDINGS
from coop.members.rules.particulars import Particulars

STAY, OTHER, NEW = "stay", "other", "new"
_TEXTS = (
    "name_latin", "name_hi", "relation", "relation_name_latin", "relation_name_hi", "sex", "village", "tola", "block",
    "mobile", "id_kind", "id_no", "bank_account", "ifsc",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A change of particulars as typed. ``household``: stay, other (``household_no``) or new."""

    row: BookRow
    why: Why | None
    on: date | None
    household: str
    household_no: str
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a change form is read against: the member's number, admission, and what was known."""

    place: Places
    member_no: str
    admitted_on: date
    known: Particulars


def values_of(known: Particulars) -> dict[str, str]:
    """What is known, as the form's inputs hold it."""
    born = ""
    if known.dob is not None:
        exact = known.dob_precision in ("day", "month")
        born = f"{known.dob:%d-%m-%Y}" if exact else f"{known.dob:%Y}"
    return {
        **{name: str(getattr(known, name)) for name in _TEXTS},
        "dob": born,
        "state_lgd": "" if known.state_lgd is None else str(known.state_lgd),
    }


def change_from(typed: Mapping[str, str], standing: Standing) -> Change:
    """Read a change of particulars as a whole row of the book."""
    row = {**typed, "admitted_on": standing.admitted_on.isoformat(), "shares": "0"}
    row.pop("household_no", None)
    read: Application = application_from(row, standing.place, standing.member_no)
    why, on = typed.get("why", ""), typed_day(typed.get("on_day", ""))
    return Change(
        row=_as_exact_as_before(read.row, typed.get("dob", ""), standing.known),
        why=Why(why) if why in set(CHOSEN) else None,
        on=on,
        household=typed.get("household", STAY),
        household_no="".join(typed.get("household_no", "").split()).upper(),
        refusals=(*read.refusals, *_day_missing(on, "on_day"), *_choice_missing(why, set(CHOSEN), "why")),
    )  # fmt: skip


def _as_exact_as_before(row: BookRow, typed: str, known: Particulars) -> BookRow:
    """A birth that was not touched stays as exact as it was: only the year is shown of an estimate."""
    if typed.strip() != values_of(known)["dob"]:
        return row
    born = replace(row.candidate, dob=known.dob, dob_precision=known.dob_precision)
    return replace(row, candidate=born, dob_written=known.dob is not None)


def nominees_from(
    typed: Mapping[str, str], standing: Standing
) -> tuple[tuple[tuple[str, str, int], ...], tuple[Refusal, ...]]:
    """Nominees as typed: name, relation, share in tenths of a per cent; and why they are not usable."""
    kept = {name: text for name, text in typed.items() if name.startswith("nominee_")}
    read = application_from(kept, standing.place, standing.member_no)
    named = [one for one in read.refusals if (one.field or "").startswith("nominee_")]
    return read.row.nominees, tuple(named)


@dataclass(frozen=True, slots=True)
class ConsentTyped:
    """Consent as typed; ``given`` None where neither was chosen."""

    purpose: Purpose | None
    how: How | None
    given: bool | None
    on: date | None
    refusals: tuple[Refusal, ...]


def consent_from(typed: Mapping[str, str]) -> ConsentTyped:
    """Read the form of a consent."""
    purpose, how, given = (typed.get(name, "") for name in ("purpose", "how", "given"))
    on = typed_day(typed.get("on_day", ""))
    refusals = (
        *_choice_missing(purpose, set(Purpose), "purpose"),
        *_choice_missing(given, {"yes", "no"}, "given"),
        *_choice_missing(how, set(How), "how"),
        *_day_missing(on, "on_day"),
    )
    return ConsentTyped(
        Purpose(purpose) if purpose in set(Purpose) else None,
        How(how) if how in set(How) else None,
        {"yes": True, "no": False}.get(given),
        on,
        refusals,
    )


@dataclass(frozen=True, slots=True)
class DayTyped:
    """A choice and a day as typed."""

    choice: str
    on: date | None
    source: str
    refusals: tuple[Refusal, ...]


def ending_from(typed: Mapping[str, str]) -> DayTyped:
    """Read the form of a leaving or a death."""
    reason, on = typed.get("reason", ""), typed_day(typed.get("on_day", ""))
    source, spoilt = resolution_from(typed)
    refusals = (
        *_choice_missing(reason, {one.value for one in CHOSEN_ENDINGS}, "reason"),
        *_day_missing(on, "on_day"),
        *spoilt,
    )
    return DayTyped(reason, on, source, refusals)


def resolution_from(typed: Mapping[str, str]) -> tuple[str, tuple[Refusal, ...]]:
    """The number of a resolution as typed, and why it cannot be kept."""
    source = " ".join(typed.get("source", "").split())[:60]
    if not holds_aadhaar(source):
        return source, ()
    message = say("This cell holds an Aadhaar number. It is never kept; take it out.")
    return "", (Refusal("aadhaar_in_field", message, "source"),)


def season_from(typed: Mapping[str, str]) -> DayTyped:
    """Read the form of a season away or a return."""
    kind, on = typed.get("kind", ""), typed_day(typed.get("from_day", ""))
    refusals = (*_choice_missing(kind, {"away", "back"}, "kind"), *_day_missing(on, "from_day"))
    return DayTyped(kind, on, "", refusals)


def _day_missing(on: date | None, field: str) -> tuple[Refusal, ...]:
    if on is not None:
        return ()
    return (Refusal("date_invalid", say("This is no day; write it as 31-10-2026."), field),)


def _choice_missing(value: str, allowed: set[str] | set[Why] | set[Purpose] | set[How], field: str) -> tuple[Refusal, ...]:  # fmt: skip
    if value in allowed:
        return ()
    return (Refusal("choice_missing", say("Choose one of these."), field),)
