"""The one clock. Times are aware UTC inside, India Standard Time where people read them.

Tests and the demo's seed may set it; nothing else does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

IST = ZoneInfo("Asia/Kolkata")
_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Let the clock stand at an aware instant within the block."""
    token = _set_to.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


def today() -> date:
    """Return the day in India."""
    return ist_day(now())


def ist_day(at: datetime) -> date:
    """Return the India Standard Time day of an aware instant."""
    return at.astimezone(IST).date()


def financial_year(at: datetime) -> int:
    """Return the April-March year as two pairs of digits, by the day in India.

    >>> financial_year(datetime(2027, 3, 31, 18, 29, tzinfo=UTC))
    2627
    >>> financial_year(datetime(2027, 3, 31, 18, 30, tzinfo=UTC))
    2728
    """
    day = ist_day(at)
    first = (day.year if day.month >= 4 else day.year - 1) % 100
    return 100 * first + (first + 1) % 100


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant; it must carry its offset. Raises ValueError."""
    at = datetime.fromisoformat(text.strip())
    if at.tzinfo is None:
        raise ValueError("no offset")
    return at.astimezone(UTC)


def full_years(born: date, on: date) -> int:
    """Return completed years; somebody born on 29 February completes them on 1 March.

    >>> full_years(date(2008, 2, 29), date(2026, 2, 28))
    17
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def seconds(count: int) -> timedelta:
    """Return a span of whole seconds."""
    return timedelta(seconds=count)
