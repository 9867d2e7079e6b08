"""The six digits of a phone: time steps of 30 seconds, each good once (RFC 6238, ASVS 6.5.1)."""

import hmac
from datetime import datetime

from pyotp import TOTP

from coop.kernel.number import latin_digits, without_spaces

STEP_SECONDS = 30
CODE_DIGITS = 6
# A phone's clock may be one step early or late.
_NEAR = (0, -1, 1)


def step_at(at: datetime) -> int:
    """Return the number of the time step of an aware instant."""
    return int(at.timestamp()) // STEP_SECONDS


def plain_code(typed: str) -> str:
    """Return a code without the blanks that people type in it; Devanagari digits count.

    >>> plain_code(" १२३ 456 ")
    '123456'
    """
    return latin_digits(without_spaces(typed))


def matching_step(secret: str, typed: str, at: datetime, last_step: int | None) -> int | None:
    """Return the step that a code belongs to; None where it is wrong, too old or used before.

    ``secret`` in base 32; ``last_step``: the latest step used, None before the first.
    """
    code = plain_code(typed)
    if len(code) != CODE_DIGITS or not code.isascii():
        return None
    codes = TOTP(secret, digits=CODE_DIGITS, interval=STEP_SECONDS)
    for offset in _NEAR:
        step = step_at(at) + offset
        right = hmac.compare_digest(codes.generate_otp(step), code)
        if right and (last_step is None or step > last_step):
            return step
    return None
