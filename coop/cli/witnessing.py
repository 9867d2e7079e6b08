"""A witness's side: fetch a log from an address or a folder, judge it, remember, sign, send.

What was signed last stands in the state file, which is written before anything signed goes out: a
witness that is stopped at any moment never signs two trees.
"""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.kernel import clock
from coop.kernel.refusal import Unusable
from coop.log.rules.witness import Fetch, ForkError, NotSignedError, UnreadableError, look
from coop.receipts.operations.key_files import public_bytes, read_private, write_private
from coop.receipts.rules.note import Head, cosign, read_checkpoint, read_vkey, vkey
from coop.receipts.rules.trust_list import WITNESS, LogKey

_SECONDS, _MOST_BYTES = 30, 1_000_000


def make_key(name: str, file: Path) -> str:
    """Write a witness's private key and, beside it, its public half; return that. Raises Unusable."""
    private = Ed25519PrivateKey.generate()
    told = vkey(LogKey(name, WITNESS, public_bytes(private)))
    if read_vkey(told) is None:
        raise Unusable(f"{name}: a name has no spaces and no plus; such as ngo.example/w1")
    write_private(file, private)
    _public(file).write_text(told + "\n", "utf-8")
    return told


def _public(file: Path) -> Path:
    return file.with_name(file.name + ".pub")


def witness(source: str, key_file: Path, state: Path, keys: Sequence[LogKey]) -> bytes:
    """Judge and sign; return the checkpoint with our line added.

    Raises Unusable where the log cannot be read, SystemExit(1) where it is not to be signed.
    """
    private = read_private(key_file)
    try:
        mine = read_vkey(_public(key_file).read_text("utf-8").strip())
    except OSError as error:
        raise Unusable(f"{_public(key_file)}: {error.strerror}") from error
    if mine is None or mine.x != public_bytes(private):
        raise Unusable(f"{_public(key_file)} does not belong to {key_file}")
    before = _remembered(state)
    if before is None:
        click.echo("first look at this log: there is nothing to compare with yet", err=True)
    try:
        seen = look(_fetcher(source), keys, before.head if before else None)
    except NotSignedError as wrong:
        _shout(wrong, state, before.data if before else None)
        raise SystemExit(1) from wrong
    except UnreadableError as wrong:
        raise Unusable(str(wrong)) from wrong
    line = cosign(seen.checkpoint.note.text, mine, private, int(clock.now().timestamp()))
    signed = seen.data + line.text.encode()
    _remember(state, signed)
    return signed


class _Remembered:
    """What was signed last: the whole note, and what it says."""

    def __init__(self, data: bytes, head: Head) -> None:
        self.data, self.head = data, head


def _remembered(state: Path) -> _Remembered | None:
    if not state.exists():
        return None
    try:
        data = str(json.loads(state.read_text("utf-8"))["signed"]).encode()
        read = read_checkpoint(data, [])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{state} is not a witness's state; restore it from a backup") from error
    if read is None:
        raise Unusable(f"{state} is not a witness's state; restore it from a backup")
    return _Remembered(data, read.head)


def _remember(state: Path, signed: bytes) -> None:
    """Whole or not at all, and on the disk before the line goes out."""
    fresh = state.with_name(state.name + ".new")
    with fresh.open("w", encoding="utf-8") as out:
        json.dump({"signed": signed.decode(), "at": clock.now().isoformat()}, out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(state)


def _shout(wrong: NotSignedError, state: Path, before: bytes | None) -> None:
    """Keep what was seen, and say it where nobody overlooks it."""
    folder = state.with_name(f"{state.name}.evidence-{int(clock.now().timestamp())}")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in wrong.evidence.items():
        (folder / name.replace("/", "_")).write_bytes(data)
    if before is not None:
        (folder / "signed-before").write_bytes(before)
    (folder / "why").write_text(f"{wrong}\n", "utf-8")
    word = "FORK" if isinstance(wrong, ForkError) else "NOT SIGNED"
    click.echo(f"{word}: {wrong}. Nothing was signed. Evidence: {folder}", err=True)


def _fetcher(source: str) -> Fetch:
    if urlsplit(source).scheme in ("http", "https"):
        return lambda name: _fetch(f"{source.rstrip('/')}/log/{name}")
    folder = Path(source)
    if not folder.is_dir():
        raise Unusable(f"{source}: neither an address (https://…) nor a folder")

    def read(name: str) -> bytes | None:
        try:
            return (folder / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unusable(f"{folder / name}: {error.strerror}") from error

    return read


def _fetch(address: str, data: bytes | None = None, token: str = "") -> bytes | None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(address, data, headers)  # noqa: S310  (http and https only)
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  (the same)
            return bytes(answer.read(_MOST_BYTES))
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        said = error.read(2000).decode("utf-8", "replace")
        raise Unusable(f"{address}: {error.code} {said}") from error
    except OSError as error:
        raise Unusable(f"{address}: {error}") from error


def send(source: str, signed: bytes, token: str) -> None:
    """Give the signed checkpoint to the log, which serves the line from then on. Raises Unusable."""
    if urlsplit(source).scheme not in ("http", "https"):
        raise Unusable("--token: only an address takes it; hand the file over for a folder")
    answer = _fetch(f"{source.rstrip('/')}/log/cosignatures", signed, token)
    if answer is None:
        raise Unusable(f"{source} does not take cosignatures")
