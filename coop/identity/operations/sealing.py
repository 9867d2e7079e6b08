"""The key beside the database: it seals second factors and blinds what was typed at the door."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from coop.kernel.refusal import Unusable
from coop.settings import settings

KEY_FILE = "identity.key"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_SECRET_BYTES = 20


def seal(secret: str, user_id: int) -> bytes:
    """Return a person's secret sealed; it opens for that person only."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(_key("seal")).encrypt(nonce, secret.encode(), _about(user_id))


def unseal(sealed: bytes, user_id: int) -> str:
    """Open a sealed secret. Raises Unusable where the key is not the one it was sealed with."""
    nonce, content = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return ChaCha20Poly1305(_key("seal")).decrypt(nonce, content, _about(user_id)).decode()
    except (InvalidTag, ValueError) as error:
        raise Unusable(
            f"second factors cannot be opened: restore keys/{KEY_FILE} from the backup"
        ) from error


def blind(text: str) -> bytes:
    """Return 32 bytes that stand for a typed login, and tell nothing without the key."""
    return hmac.new(_key("blind"), text.encode("utf-8", "replace"), hashlib.sha256).digest()


def chance_of(place: str) -> Callable[[str], int]:
    """Return what stands for chance in published counts: a number for a text, always the same one,
    that nobody works out without the key.
    """
    key = hmac.new(_key("chance"), place.encode("utf-8"), hashlib.sha256).digest()

    def of(text: str) -> int:
        return int.from_bytes(hmac.new(key, text.encode("utf-8"), hashlib.sha256).digest()[:8])

    return of


def offered_secret(session_key: bytes) -> str:
    """Return the secret offered to a session, in base 32; the same until the session ends.

    It is worked out, not kept, so that looking at the page writes nothing.
    """
    drawn = hmac.new(_key("offer"), session_key, hashlib.sha256).digest()
    return base64.b32encode(drawn[:_SECRET_BYTES]).decode("ascii")


def _about(user_id: int) -> bytes:
    return f"second_factor of user {user_id}".encode()


def _key(use: str) -> bytes:
    """One key a use, so that none says anything of another."""
    return hmac.new(_master(settings().keys / KEY_FILE), use.encode(), hashlib.sha256).digest()


@cache
def _master(path: Path) -> bytes:
    """Read the key; draw it at the first need. Two that draw at once agree on one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        drawn = path.with_name(f".{KEY_FILE}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(drawn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(drawn, path)
        except FileExistsError:
            pass
        finally:
            drawn.unlink()
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise Unusable(f"{path} is damaged: restore it from the backup")
    return key
