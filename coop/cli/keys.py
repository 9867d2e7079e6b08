"""`coop key`: the roots, the signing keys, the log's and witnesses' keys, and the list of all of them.

The root may be kept on a machine without a database: `export-list` here, `sign-list` there,
`import-list` here.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coop.kernel.refusal import Unusable
from coop.settings import settings

if TYPE_CHECKING:
    from coop.kernel.db import Transaction
    from coop.receipts.rules.trust_list import TrustList

_STATES = ("in use", "retired", "compromised")
_LOG_STATES = ("in use", "retired", "withdrawn")


@click.group()
def key() -> None:
    """The agency's root and the signing keys."""


@key.command("root")
@click.option("--add", metavar="HEX", help="Pin a second root's public key.")
def root(add: str | None) -> None:
    """The pinned agency root public keys in hex, one a line."""
    from coop.receipts.operations.key_files import make_root, pin_root, root_public_keys

    make_root(settings().keys)
    if add is not None:
        pin_root(settings().keys, add)
    for line in root_public_keys(settings().keys):
        click.echo(line)


@key.command("new-root")
@click.argument("file", type=click.Path(path_type=Path))
def new_root(file: Path) -> None:
    """Make a root's private key in FILE and print its public half; needs no database and no home."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from coop.receipts.operations.key_files import public_bytes, write_private

    private = Ed25519PrivateKey.generate()
    write_private(file, private)
    click.echo(public_bytes(private).hex())


@key.command("list")
def list_keys() -> None:
    """Every key with its id, what it is for, from when to when, and its state."""
    asyncio.run(_list())


async def _list() -> None:
    from coop.cli.checking import console
    from coop.kernel.db import transaction
    from coop.receipts import queries
    from coop.running import connected

    async with connected(settings()), transaction(console()) as tx:
        for held in await queries.receipt_keys(tx):
            one = held.entry
            since = f" since {_time(one.compromised_from)}" if one.compromised_from else ""
            window = f"{_time(one.not_before)} to {_time(one.not_after)}"
            click.echo(f"{one.kid.hex()} {one.coop} {window} {_STATES[one.state]}{since}")
        for log_key in await queries.log_keys(tx):
            kind = "log" if log_key.key.type == 1 else "witness"
            state = _LOG_STATES[log_key.state]
            click.echo(f"{log_key.key.id.hex()} {kind} {log_key.key.name} {state}")


def _time(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


@key.command("witness")
@click.argument("vkey", metavar="KEY")
def witness(vkey: str) -> None:
    """Add a witness's public key (name+id+key in one word, from coop log witness-key) to the list."""
    from coop.receipts.rules.note import read_vkey

    found = read_vkey(vkey)
    if found is None or found.type != 4:
        raise Unusable(f"{vkey}: not a witness's key; it looks like name+1a2b3c4d+BASE64")

    async def add(tx: "Transaction") -> None:
        from coop.receipts.operations.log_keys import add_witness

        await add_witness(tx, found)

    asyncio.run(_changed(add))
    click.echo(f"witness {found.name}, key {found.id.hex()}")


@key.command("rotate")
@click.argument("what", metavar="CODE|*|log")
def rotate(what: str) -> None:
    """Make the next key of a cooperative, of status lists (*) or of the log.

    Yearly, thirty days before the old one ends; a start of the server does it by itself where the
    root's key is kept.
    """
    click.echo(asyncio.run(_rotate(what)))


async def _rotate(what: str) -> str:
    made: list[str] = []

    async def make(tx: "Transaction") -> None:
        from coop.cooperatives.queries import cooperative_named
        from coop.receipts.operations.keys import rotate_key
        from coop.receipts.operations.log_keys import make_log_key

        if what == "log":
            made.append((await make_log_key(tx, settings().keys, settings().log_origin)).id.hex())
            return
        place = None if what == "*" else await cooperative_named(tx, what)
        if what != "*" and place is None:
            raise Unusable(f"{what}: no such cooperative; or write * or log")
        made.append((await rotate_key(tx, settings().keys, place.id if place else None)).hex())

    await _changed(make)
    return made[0]


@key.command("retire")
@click.argument("kid", metavar="KID")
def retire(kid: str) -> None:
    """End a key's signing; what it signed stays valid. KID: 16 hex digits, of the log's keys 8."""
    asyncio.run(_end(kid, None))
    click.echo(f"retired: {kid}")


@key.command("revoke")
@click.argument("kid", metavar="KID")
@click.option("--from", "since", required=True, metavar="TIME", help="2026-11-24T09:00+05:30")
def revoke(kid: str, since: str) -> None:
    """Say that a key is in a stranger's hands since TIME.

    Its receipts are refused whatever their date; in strict checks those stay valid that a witness
    saw in the log before TIME. A key of the log or a witness leaves the list, whatever the time.
    """
    from coop.kernel.clock import parse_instant

    try:
        at = parse_instant(since)
    except ValueError as error:
        raise Unusable(f"--from {since}: write 2026-11-24T09:00+05:30") from error
    asyncio.run(_end(kid, at))
    click.echo(f"revoked: {kid}")


async def _end(text: str, compromised_from: datetime | None) -> None:
    try:
        kid = bytes.fromhex(text)
    except ValueError as error:
        raise Unusable(f"{text}: a key's id is written in hex; see: coop key list") from error

    async def end(tx: "Transaction") -> None:
        from coop.receipts.operations.keys import end_key
        from coop.receipts.operations.log_keys import end_log_key

        if len(kid) == 4:
            found: object = await end_log_key(tx, kid, 1 if compromised_from is None else 2)
        else:
            found = await end_key(tx, kid, compromised_from)
        if found is None:
            raise Unusable(f"{text}: no such key; see: coop key list")

    await _changed(end)


async def _changed(act: "Callable[[Transaction], Awaitable[None]]") -> None:
    """Do it, make what is missing since, and publish the list where the root's key is here."""
    from coop.cli.checking import console
    from coop.kernel.db import transaction
    from coop.receipts.operations.keys import make_missing_keys
    from coop.running import connected

    async with connected(settings()), transaction(console()) as tx:
        await act(tx)
        await make_missing_keys(tx, settings().keys, settings().trust_domain)


@key.command("export-list")
@click.argument("file", type=click.Path(path_type=Path))
def export_list(file: Path) -> None:
    """Write to FILE what the root is to sign: every key with its state, and the list's number."""
    payload = asyncio.run(_export())
    _write(file, payload)
    _say(payload)


async def _export() -> bytes:
    from coop.cli.checking import console
    from coop.kernel import clock
    from coop.kernel.db import transaction
    from coop.receipts.operations.trust import unsigned_list
    from coop.running import connected

    async with connected(settings()), transaction(console()) as tx:
        return await unsigned_list(tx, settings().trust_domain, clock.now())


@key.command("sign-list")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--root", "root_file", required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path))
def sign_list(file: Path, root_file: Path, out: Path) -> None:
    """Show an exported list and sign it with a root's private key; no database, no home, no network."""
    from coop.receipts.operations.key_files import read_private
    from coop.receipts.rules.trust_list import sign_payload

    payload = read_file(file)
    _say(payload)
    _write(out, sign_payload(payload, read_private(root_file)))
    click.echo(f"signed: {out}")


@key.command("import-list")
@click.argument("file", type=click.Path(path_type=Path))
def import_list(file: Path) -> None:
    """Verify a list that a pinned root signed, and publish it."""
    found, left_out = asyncio.run(_import(read_file(file)))
    if left_out:
        click.echo(f"{left_out} keys made since are not in it: export the list again", err=True)
    click.echo(f"published: list {found.seq}, until {_time(found.expires)}")


async def _import(signed: bytes) -> "tuple[TrustList, int]":
    from coop.cli.checking import console
    from coop.kernel.db import transaction
    from coop.receipts.operations import trust
    from coop.running import connected

    async with connected(settings()), transaction(console()) as tx:
        return await trust.import_list(tx, settings().keys, settings().trust_domain, signed)


def _say(payload: bytes) -> None:
    """What stands in a list, on standard error: who signs it should read it first."""
    from coop.receipts.operations.trust import listed_rows

    found = listed_rows(payload)
    lines = [f"list {found.seq} of {found.iss}, {_time(found.issued)} to {_time(found.expires)}"]
    for one in sorted(found.keys.values(), key=lambda entry: (entry.coop, entry.not_before)):
        since = f" since {_time(one.compromised_from)}" if one.compromised_from else ""
        window = f"{_time(one.not_before)} to {_time(one.not_after)}"
        lines.append(f"  {one.kid.hex()} {one.coop} {window} {_STATES[one.state]}{since}")
    for log_key in found.log_keys:
        kind = "log" if log_key.type == 1 else "witness"
        lines.append(f"  {log_key.id.hex()} {kind} {log_key.name}")
    for line in lines:
        click.echo(line, err=True)


def read_file(path: Path) -> bytes:
    """A file's content. Raises Unusable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
