"""A weighing as it was entered, and whether two entries say the same."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from coop.kernel.refusal import Refusal

PAID_MODES = ("cash", "upi", "bank", "later")


@dataclass(frozen=True, slots=True)
class WeighingEntry:
    """What a clerk or a device entered. Weights are grams, the rate is paise a kilogram.

    ``moisture`` and ``waste`` are per cent with two decimals at most, ``weighed_at`` is aware
    UTC. ``place_in_row``: cooperative, centre and device were written in the row itself and did
    not come from the device's token. ``time_in_row``: the time was, and not the server's clock.
    """

    id: UUID
    cooperative: str
    centre: str | None
    device: str | None
    device_seq: int | None
    member_no: str
    site_code: str
    grade_code: int
    gross_g: int
    tare_g: int
    moisture: Decimal
    waste: Decimal
    rate_paise_per_kg: int
    weighed_at: datetime
    paid_mode: str
    paper_no: str | None
    place_in_row: bool
    time_in_row: bool = True


@dataclass(frozen=True, slots=True)
class DaySettings:
    """What stays as set for the day at a clerk's desk; tare in grams, shares in per cent."""

    site_code: str
    tare_grams: int
    moisture: Decimal
    waste: Decimal
    paid_mode: str


@dataclass(frozen=True, slots=True)
class UnreadEntry:
    """An entry that could not be read: its id, if it had one, and why."""

    id: UUID | None
    refusals: tuple[Refusal, ...]


def hundredths(percent: Decimal) -> int:
    """Return a share in hundredths of a per cent: 2.5 and 2.50 are both 250."""
    return int(percent * 100)


def content_bytes(entry: WeighingEntry) -> bytes:
    """Return the canonical bytes of what the row said, read as values.

    Equal values written otherwise are equal: 2.5 and 2.50, Devanagari digits, UTC and +05:30.
    A signature is no part of it; neither is what the row did not say itself.
    """
    said: dict[str, str | int | None] = {
        "id": str(entry.id),
        "device_seq": entry.device_seq,
        "member_no": entry.member_no,
        "site_code": entry.site_code,
        "grade_code": entry.grade_code,
        "gross_g": entry.gross_g,
        "tare_g": entry.tare_g,
        "moisture": hundredths(entry.moisture),
        "waste": hundredths(entry.waste),
        "rate_paise_per_kg": entry.rate_paise_per_kg,
        "paid_mode": entry.paid_mode,
        "paper_no": entry.paper_no,
    }
    if entry.time_in_row:
        said["weighed_at"] = entry.weighed_at.astimezone(UTC).isoformat(timespec="microseconds")
    if entry.place_in_row:
        said |= {"cooperative": entry.cooperative, "centre": entry.centre, "device": entry.device}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def content_sha256(entry: WeighingEntry) -> bytes:
    """Return the 32 bytes that are kept beside an entry's id."""
    return hashlib.sha256(content_bytes(entry)).digest()


def says_the_same(entry: WeighingEntry, kept_sha256: bytes) -> bool:
    """Return whether the entry says what was kept under its id.

    A device's entry may come again in its export file, where the row also names the place.
    """
    return any(
        content_sha256(replace(entry, place_in_row=place)) == kept_sha256 for place in (True, False)
    )
