"""What a weighing's row says, as one text: its digest stands in the chain entry of its posting."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_FIRST_DAY = date(1970, 1, 1).toordinal()

Value = int | str | bytes | datetime | date | None


def row_sha256(*values: Value) -> str:
    """SHA-256 in hex over values between bars; nothing for None, times and days from 1970.

    ``coop.weighing.queries.proof`` writes the same text in SQL.

    >>> row_sha256(7, None, date(1970, 1, 2)) == sha256(b"7||1").hexdigest()
    True
    """
    return sha256("|".join([_text(value) for value in values]).encode("utf-8")).hexdigest()


def _text(value: Value) -> str:
    if type(value) is int:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return str((value - _EPOCH) // _MICROSECOND)
    return str(value.toordinal() - _FIRST_DAY) if isinstance(value, date) else str(value)
