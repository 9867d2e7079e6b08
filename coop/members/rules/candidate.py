"""A row to compare with others, and what is compared of it. Pure."""

from dataclasses import dataclass
from datetime import date

from coop.members.rules.names import given_keys, place_key, surname


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row to compare. ``key`` names it to the caller; texts are empty where nothing was given."""

    key: str
    cooperative: str
    member_no: str
    name_latin: str
    name_hi: str
    relation: str
    relation_name_latin: str
    relation_name_hi: str
    sex: str
    dob: date | None
    dob_precision: str
    village: str
    tola: str
    mobile: str
    id_kind: str
    id_no: str
    bank_account: str
    household_no: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that are likely one person; reasons are short codes."""

    a: Candidate
    b: Candidate
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traits:
    """A row with its folded keys, made once; ``relative`` is the father or husband, ``house`` their surname."""

    row: Candidate
    given: tuple[str, ...]
    surname: str
    relative: tuple[str, ...]
    house: str
    place: str
    hamlet: str


def traits_of(row: Candidate) -> Traits:
    """Fold a row's names and places, both scripts."""
    relative = (row.relation_name_latin, row.relation_name_hi)
    return Traits(
        row,
        _keys(row.name_latin, row.name_hi),
        surname(row.name_latin) or surname(row.name_hi),
        _keys(*relative),
        surname(relative[0]) or surname(relative[1]),
        place_key(row.village) if row.village else "",
        place_key(row.tola) if row.tola else "",
    )


def _keys(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for text in texts if text for key in given_keys(text)))
