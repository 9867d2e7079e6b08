"""Random tokens and what is kept of them: the SHA-256, never the token."""

import hashlib
import secrets


def new_token() -> str:
    """Draw a token: 43 characters, 256 bits."""
    return secrets.token_urlsafe(32)


def token_key(token: str) -> bytes:
    """Return what the store keeps of a token: its SHA-256, 32 bytes."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
