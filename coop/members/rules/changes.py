"""Later changes of a person's particulars: what may change why, and how a change is told. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.members.rules.particulars import Particulars


class Why(StrEnum):
    """The register's reasons; the last ones are written by other acts."""

    MARRIAGE = "marriage"
    MOVE = "move"
    MOBILE = "mobile"
    BANK = "bank"
    CORRECTION = "correction"
    RECORDED = "recorded"
    ADMISSION = "admission"
    TRANSFER = "transfer"


CHOSEN: Mapping[Why, Said] = {
    Why.MARRIAGE: say("Marriage"),
    Why.MOVE: say("Move to another house or village"),
    Why.MOBILE: say("New mobile number"),
    Why.BANK: say("New bank account"),
    Why.CORRECTION: say("Something was written wrongly"),
}
REASONS: Mapping[Why, Said] = {
    **CHOSEN,
    Why.RECORDED: say("Taken over from a list"),
    Why.ADMISSION: say("Admission"),
    Why.TRANSFER: say("Came from another cooperative"),
}
FIELD_NAMES: Mapping[str, Said] = {
    "name_latin": say("Name in English letters"),
    "name_hi": say("Name in Hindi"),
    "relation": say("Father or husband"),
    "relation_name_latin": say("Their name in English letters"),
    "relation_name_hi": say("Their name in Hindi"),
    "sex": say("Sex"),
    "dob": say("Date of birth"),
    "dob_precision": say("How exact the date is"),
    "village": say("Village"),
    "tola": say("Tola"),
    "block": say("Block"),
    "district_lgd": say("District"),
    "state_lgd": say("State"),
    "mobile": say("Mobile number"),
    "id_kind": say("Kind of paper"),
    "id_no": say("Number of the paper"),
    "bank_account": say("Bank account"),
    "ifsc": say("IFSC of the bank"),
}
# Numbers of which only the end is shown: enough to know one's own again, too little to misuse.
_SHOWN_BY_END = frozenset({"mobile", "id_no", "bank_account"})
_BANK = frozenset({"bank_account", "ifsc"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that changed, as it may be shown; numbers by their last four signs."""

    field: str
    before: str
    after: str

    @property
    def name(self) -> Said:
        """The field as people call it."""
        return FIELD_NAMES[self.field]


def by_end(number: str) -> str:
    """The last four signs of a number.

    >>> by_end("60000012345"), by_end("")
    ('…2345', '')
    """
    return f"…{number[-4:]}" if number else ""


def changes(before: Particulars, after: Particulars) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the book."""
    return tuple(
        FieldChange(field, _shown(field, old), _shown(field, new))
        for field in FIELD_NAMES
        if (old := getattr(before, field)) != (new := getattr(after, field))
    )


def _shown(field: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return by_end(str(value)) if field in _SHOWN_BY_END else str(value)


def bank_changed(found: tuple[FieldChange, ...]) -> bool:
    """Whether money would go elsewhere from now on: flagged in the trail, since it is how thieves work."""
    return any(one.field in _BANK for one in found)


def refusals_to_change(
    before: Particulars, after: Particulars, why: Why, on: date, today: date, *, moves: bool
) -> Iterator[Refusal]:
    """Why a change cannot be written down. ``moves``: another household is part of it."""
    found = {one.field for one in changes(before, after)}
    if not found and not moves:
        yield Refusal("nothing_changed", say("Nothing was changed; correct the field."), "why")
    if on > today:
        yield Refusal("day_ahead", say("The day lies ahead; write it down on that day."), "on_day")
    if found & {"dob", "sex"} and why is not Why.CORRECTION:
        message = say("A birth date or sex is only corrected; choose that reason.")
        yield Refusal("only_corrected", message, "why")
    if found & _BANK and why not in (Why.BANK, Why.CORRECTION):
        message = say("The bank account changes too; choose that reason.")
        yield Refusal("bank_by_its_reason", message, "why")
