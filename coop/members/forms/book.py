"""Rows of the member book as values."""

import hashlib
import json
from collections.abc import Callable, Mapping

from coop.cooperatives.forms import COOPERATIVE_CODE
from coop.kernel.cells import Cells, readable
from coop.kernel.number import parse_decimal, parse_whole, scaled
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.members.forms.lists import HOUSEHOLD_NO, MEMBER_NO, PRECISIONS, padded, read_day
from coop.members.rules.admission import BookRow
from coop.members.rules.duplicates import Candidate
from coop.members.rules.identity import clean_account, clean_ifsc, clean_mobile, may_be_aadhaar

MEMBER_COLUMNS = (
    "cooperative",
    "member_no",
    "household_no",
    "name_latin",
    "name_hi",
    "relation",
    "relation_name_latin",
    "relation_name_hi",
    "sex",
    "dob",
    "dob_precision",
    "village",
    "tola",
    "block",
    "district_lgd",
    "state_lgd",
    "mobile",
    "id_kind",
    "id_no",
    "bank_account",
    "ifsc",
    "shares",
    "nominees",
    "admitted_on",
    "ceased_on",
    "ceased_reason",
    "remarks",
)


def book_row_from(
    row: Mapping[str, str],
    sure: frozenset[str] = frozenset(),
    labels: Mapping[str, Said] | None = None,
) -> BookRow:
    """Read a row of the member book. What cannot be kept at all refuses, a spoilt number is left out.

    Every row is read to the end, so that all that is to be put right is told at once. ``sure``: columns
    of which a person said that their twelve digits are a number of their own, no Aadhaar number.
    ``labels``: what a page calls its fields.
    """
    holding = [column for column in _holding_aadhaar(row) if column not in sure]
    cells = Cells({**row, **dict.fromkeys(holding, "")}, labels)
    doubts: list[Refusal] = []
    texts = {
        column: cells.text(column, most)
        for column, most in (
            ("name_latin", 120),
            ("name_hi", 120),
            ("relation_name_latin", 120),
            ("relation_name_hi", 120),
            ("village", 80),
            ("tola", 80),
            ("block", 80),
            ("remarks", 500),
            ("ceased_reason", 20),
        )
    }
    candidate = Candidate(
        key="",
        cooperative=cells.pattern("cooperative", COOPERATIVE_CODE, "KDM01"),
        member_no=padded(cells.pattern("member_no", MEMBER_NO, "0235")),
        name_latin=texts["name_latin"],
        name_hi=texts["name_hi"],
        relation=cells.choice("relation", ("S/O", "D/O", "W/O", "C/O"), needed=False),
        relation_name_latin=texts["relation_name_latin"],
        relation_name_hi=texts["relation_name_hi"],
        sex=cells.choice("sex", ("M", "F"), needed=False),
        dob=read_day(row.get("dob", "")),
        dob_precision=cells.choice("dob_precision", PRECISIONS, needed=False) or "day",
        village=texts["village"],
        tola=texts["tola"],
        mobile=_cleaned(cells, doubts, clean_mobile, _NO_MOBILE),
        id_kind=cells.text("id_kind", 16),
        id_no=cells.pattern("id_no", "[0-9A-Z/X-]{1,30}", "XKD0008846", needed=False),
        bank_account=_cleaned(cells, doubts, clean_account, _NO_ACCOUNT),
        household_no=cells.pattern("household_no", HOUSEHOLD_NO, "HKDM-0001", needed=False),
    )
    refused = [*_aadhaar_refusals(holding), *cells.problems]
    return BookRow(
        candidate=candidate,
        dob_written=bool(row.get("dob", "").strip()),
        block=texts["block"],
        district_lgd=_whole(row.get("district_lgd", "")),
        state_lgd=_whole(row.get("state_lgd", "")),
        ifsc=_cleaned(cells, doubts, clean_ifsc, _NO_IFSC),
        shares=_whole(row.get("shares", "")) or 0,
        nominees=_nominees(cells, doubts),
        admitted_on=read_day(row.get("admitted_on", "")),
        ceased_on=read_day(row.get("ceased_on", "")),
        ceased_reason=texts["ceased_reason"],
        refusals=tuple(refused),
        doubts=tuple(doubts),
        content=_content(row),
    )


def _content(row: Mapping[str, str]) -> bytes:
    """What makes a row of the book the same row again: its cells, but for spaces."""
    cells = [readable(row.get(column, "")) or "" for column in MEMBER_COLUMNS]
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode("utf-8")).digest()


def _holding_aadhaar(row: Mapping[str, str]) -> list[str]:
    kind = row.get("id_kind", "").strip()
    return [
        column for column in MEMBER_COLUMNS if may_be_aadhaar(column, row.get(column, ""), kind)
    ]


def _aadhaar_refusals(holding: list[str]) -> list[Refusal]:
    message = say("This cell holds an Aadhaar number. It is never kept; take it out.")
    return [Refusal("aadhaar_in_field", message, column) for column in holding]


def _whole(text: str) -> int | None:
    try:
        number = parse_whole(text)
    except ValueError:
        return None
    return number if 0 <= number <= 1_000_000 else None


_NO_MOBILE = Refusal(
    "mobile_invalid",
    say("This is no mobile number; it was left out. Ask for it again."),
    "mobile",
)
_NO_ACCOUNT = Refusal(
    "account_invalid",
    say("This is no account number; it was left out. Look at the passbook."),
    "bank_account",
)
_NO_IFSC = Refusal(
    "ifsc_invalid", say("This is no IFSC; it was left out. Look at the passbook."), "ifsc"
)


def _cleaned(
    cells: Cells, doubts: list[Refusal], clean: Callable[[str], str | None], spoilt: Refusal
) -> str:
    """A number in the form it is kept in; a spoilt one is left out and doubted, the person kept."""
    text = cells.raw(spoilt.field or "")
    found = clean(text) if text else ""
    if found is None:
        doubts.append(spoilt)
    return found or ""


def _nominees(cells: Cells, doubts: list[Refusal]) -> tuple[tuple[str, str, int], ...]:
    """Names, relations and shares in tenths of a per cent; the sum is to be 100 per cent."""
    found = []
    for part in filter(None, (text.strip() for text in cells.raw("nominees").split("|"))):
        name, _, rest = part.partition(":")
        relation, _, share = rest.partition(":")
        try:
            tenths = scaled(parse_decimal(share), 1)
        except ValueError:
            tenths = 0
        found.append(
            (
                (readable(name) or "")[:120],
                (readable(relation) or "")[:30],
                max(0, min(tenths, 1000)),
            )
        )
    if found and sum(tenths for _, _, tenths in found) != 1000:
        message = say("The nominees' shares are not 100 per cent together; ask the member.")
        doubts.append(Refusal("nominee_sum_not_100", message, "nominees"))
    return tuple(found)
