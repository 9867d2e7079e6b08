"""Hash and compare passwords: argon2id, in threads, two at a time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from coop.identity.rules.passwords import LONGEST, password_text
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say

# RFC 9106's second recommendation: 3 passes, 64 MiB, 4 lanes; about a tenth of a second.
_HASHER = PasswordHasher()
# Two slots: 128 MiB at most, and a core is left for those who are signed in already.
_SLOTS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
_MOST_WAITING = 100
_waiting = 0

# Compared with where there is no account, so that a stranger's login takes as long. Nobody's.
NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$aqw1kZbwydKqIw3MBt+9/g"
    "$6jHLHYWWhm1TZ4Z7O4/EwqNnf1xXvn9OUwYhqQ7rncs"
)
BUSY = Refusal("busy", say("Too many people sign in just now. Try again in a minute."))


async def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, salted. Raises Refused where too many wait."""
    return await _in_a_slot(password_text(password), None) or ""


async def password_matches(password_hash: str, password: str) -> bool:
    """Tell whether a password is the hashed one. Raises Refused where too many wait."""
    # What is too long to be a password is not hashed, but takes the time of one.
    typed = password_text(password[: LONGEST + 1])
    return await _in_a_slot(typed, password_hash) is not None


async def _in_a_slot(typed: str, password_hash: str | None) -> str | None:
    """Hash, or compare with a hash; None where it does not match."""
    global _waiting
    if _waiting >= _MOST_WAITING:
        raise Refused([BUSY])
    _waiting += 1
    try:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_SLOTS, _work, typed, password_hash)
    finally:
        _waiting -= 1


def _work(typed: str, password_hash: str | None) -> str | None:
    content = typed.encode("utf-8", "replace")
    if password_hash is None:
        return _HASHER.hash(content)
    try:
        _HASHER.verify(password_hash, content)
    except (VerificationError, InvalidHashError):
        return None
    return password_hash
