"""The form of an admission, read as a row of the member book is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from coop.kernel.aadhaar import holds_aadhaar
from coop.kernel.number import latin_digits
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.members.forms.book import MEMBER_COLUMNS, book_row_from
from coop.members.forms.days import typed_birth, typed_day
from coop.members.rules.admission import Application
from coop.members.rules.consent import How

NOMINEES = 3
# Refusals of the book's cells, at the inputs of the form.
_INPUT_OF = {"nominees": "nominee_1_share", "dob_precision": "dob", "district_lgd": "block"}
# Numbers whose own form has twelve digits: one in ten passes for an Aadhaar number by chance.
_TWELVE_DIGITS = ("bank_account", "id_no")
_OWN_TWELVE = frozenset({"ration", "eshram"})


@dataclass(frozen=True, slots=True)
class Places:
    """What the form takes over from the cooperative."""

    code: str
    district_lgd: int | None


# What the page calls its fields.
_LABELS = {
    "name_hi": say("Name in Hindi"),
    "name_latin": say("Name in English letters"),
    "relation": say("Whose"),
    "relation_name_hi": say("Their name in Hindi"),
    "relation_name_latin": say("Their name in English letters"),
    "sex": say("Sex"),
    "dob": say("Date of birth"),
    "household_no": say("Household number"),
    "village": say("Village"),
    "tola": say("Tola"),
    "block": say("Block"),
    "id_no": say("Number of the paper"),
    "bank_account": say("Bank account"),
    "admitted_on": say("Day of admission"),
    "shares": say("Shares taken"),
}


def application_from(typed: Mapping[str, str], place: Places, member_no: str) -> Application:
    """Read the form; what cannot be used is refused at its input."""
    row = _book_row(typed, place, member_no)
    sure = frozenset(_TWELVE_DIGITS) if typed.get("own_number") == "yes" else frozenset[str]()
    if typed.get("id_kind", "") not in _OWN_TWELVE:
        sure -= {"id_no"}
    read = book_row_from(row, sure, _LABELS)
    refusals = [*read.refusals, *read.doubts, *_elsewhere_aadhaar(typed), *_nominee_names(typed)]
    how = typed.get("consent", "")
    return Application(
        row=read,
        source=" ".join(typed.get("source", "").split())[:60],
        consent=How(how) if how in set(How) else None,
        new_household=not read.candidate.household_no,
        refusals=tuple(_at_input(one) for one in refusals),
    )


def may_be_own_number(refusals: tuple[Refusal, ...]) -> bool:
    """Whether the page asks if twelve digits are an account's or a card's own number."""
    return any(r.code == "aadhaar_in_field" and r.field in _TWELVE_DIGITS for r in refusals)


def choices_of(typed: Mapping[str, str]) -> dict[str, bool]:
    """What was chosen of each likely double, by member number: True for the same person."""
    return {
        name.removeprefix("pair_"): value == "same"
        for name, value in typed.items()
        if name.startswith("pair_") and value in ("same", "other")
    }


def _book_row(typed: Mapping[str, str], place: Places, member_no: str) -> dict[str, str]:
    born, precision = typed_birth(typed.get("dob", ""))
    admitted = typed_day(typed.get("admitted_on", ""))
    kept = {
        name: text
        for name, text in typed.items()
        if name in MEMBER_COLUMNS and name not in ("ceased_on", "ceased_reason", "remarks")
    }
    return {
        **kept,
        "cooperative": place.code,
        "member_no": member_no,
        "dob": born,
        "dob_precision": precision,
        "district_lgd": "" if place.district_lgd is None else str(place.district_lgd),
        "admitted_on": admitted.isoformat() if admitted else "",
        "shares": latin_digits(typed.get("shares", "") or "0"),
        "nominees": nominee_cell(typed),
    }


def nominee_cell(typed: Mapping[str, str]) -> str:
    """The nominees of a form as the book writes them: name, relation and share, each with a bar between."""
    parts = []
    for place in range(1, NOMINEES + 1):
        texts = [typed.get(f"nominee_{place}_{what}", "") for what in ("name", "relation", "share")]
        name, relation, share = (text.translate({0x3A: " ", 0x7C: " "}).strip() for text in texts)
        if name or relation or share:
            parts.append(f"{name}:{relation}:{share.removesuffix('%')}")
    return "|".join(parts)


def _nominee_names(typed: Mapping[str, str]) -> list[Refusal]:
    nameless = [
        f"nominee_{place}_name"
        for place in range(1, NOMINEES + 1)
        if typed.get(f"nominee_{place}_share", "").strip()
        and not typed.get(f"nominee_{place}_name", "").strip()
    ]
    message = say("The nominee's name is missing; write it.")
    return [Refusal("nominee_nameless", message, name) for name in nameless]


def _elsewhere_aadhaar(typed: Mapping[str, str]) -> list[Refusal]:
    message = say("This cell holds an Aadhaar number. It is never kept; take it out.")
    return [
        Refusal("aadhaar_in_field", message, name)
        for name, text in typed.items()
        if name not in MEMBER_COLUMNS
        and name not in ("csrf", "operation_id")
        and holds_aadhaar(text)
    ]


def _at_input(refusal: Refusal) -> Refusal:
    return Refusal(refusal.code, refusal.message, _INPUT_OF.get(refusal.field or "", refusal.field))
