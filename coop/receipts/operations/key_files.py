"""Private keys in files: one key a file, 64 hex digits, for its owner's eyes only (0600).

They stand under ``COOP_HOME/keys``, outside the database. In production the root's file is carried away.
"""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.kernel.refusal import Unusable
from coop.receipts.rules.cose import good_point, key_id


def public_bytes(private: Ed25519PrivateKey) -> bytes:
    """The 32 bytes x of a private key."""
    return private.public_key().public_bytes_raw()


def write_private(path: Path, private: Ed25519PrivateKey) -> None:
    """Write a new key; a file that is there already is never overwritten. Raises Unusable."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    with os.fdopen(handle, "w") as out:
        out.write(private.private_bytes_raw().hex() + "\n")


def read_private(path: Path) -> Ed25519PrivateKey:
    """Read a key. Raises Unusable with what to do."""
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii").strip()))
    except FileNotFoundError as error:
        raise Unusable(f"{path} is missing; restore the folder of keys from its backup") from error
    except (OSError, ValueError) as error:
        raise Unusable(f"{path} is not a key file; restore it from its backup") from error


def root_key(keys: Path) -> Ed25519PrivateKey | None:
    """The agency's root, if its file is on this machine."""
    path = keys / "root.key"
    return read_private(path) if path.exists() else None


def root_public_keys(keys: Path) -> list[str]:
    """The pinned roots in hex, as ``coop key root`` prints them."""
    return sorted(path.read_text("ascii").strip() for path in keys.glob("root*.pub"))


def make_root(keys: Path) -> None:
    """Make the root at the first start; the public half stays beside it when it is carried away."""
    if (keys / "root.pub").exists():
        return
    private = Ed25519PrivateKey.generate()
    write_private(keys / "root.key", private)
    (keys / "root.pub").write_text(public_bytes(private).hex() + "\n", "ascii")


def pin_root(keys: Path, text: str) -> None:
    """Pin a second root by its public key in hex; what it signs is then accepted too.

    Raises Unusable for text that is no key, and for a third root.
    """
    try:
        x = bytes.fromhex(text)
    except ValueError as error:
        raise Unusable(f"{text}: a public key has 64 hex digits") from error
    if not good_point(x):
        raise Unusable(f"{text}: this is no Ed25519 public key")
    pinned = root_public_keys(keys)
    if x.hex() in pinned:
        return
    if len(pinned) > 1:
        raise Unusable("two roots are pinned already; take one root*.pub out of the folder of keys")
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    (keys / f"root-{key_id(x).hex()}.pub").write_text(x.hex() + "\n", "ascii")
