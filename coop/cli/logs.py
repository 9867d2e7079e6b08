"""`coop log`: prove the public log, witness it. `coop token`: witnesses' bearer tokens."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coop.kernel.refusal import NotThere, Unusable
from coop.settings import settings

if TYPE_CHECKING:
    from coop.receipts.rules.trust_list import LogKey


@click.group()
def log() -> None:
    """Prove the public log; witness it."""


@log.command("verify")
def verify() -> None:
    """Work the tree out from the receipts and compare every leaf, tile, checkpoint and cosignature."""
    raise SystemExit(asyncio.run(_verify()))


async def _verify() -> int:
    from coop.cli.checking import console
    from coop.kernel import clock
    from coop.kernel.db import transaction
    from coop.log.queries.verifying import verify_log
    from coop.receipts.rules.note import base64_text
    from coop.running import connected

    async with connected(settings(), as_owner=True), transaction(console()) as tx:
        found = await verify_log(tx, settings().log_origin, clock.now())
    for fault in found.faults:
        click.echo(fault)
    held = "holds" if not found.faults else "does not hold"
    click.echo(
        f"log {held}: {found.size} receipts, root {base64_text(found.root)},"
        f" {found.checkpoints} checkpoints"
    )
    return 1 if found.faults else 0


@log.command("cosignature")
@click.argument("file", type=click.Path(path_type=Path))
def cosignature(file: Path) -> None:
    """Keep a witness's line under a checkpoint: FILE is the whole note that the witness signed."""
    from coop.cli.keys import read_file

    size, witnesses = asyncio.run(_cosignature(read_file(file)))
    click.echo(f"checkpoint of {size}: {', '.join(witnesses)}")


async def _cosignature(data: bytes) -> tuple[int, tuple[str, ...]]:
    from coop.cli.checking import console
    from coop.kernel.db import transaction
    from coop.log.operations.cosignatures import keep_cosignatures
    from coop.running import connected

    async with connected(settings()), transaction(console()) as tx:
        kept = await keep_cosignatures(tx, data)
    return kept.size, kept.witnesses


@log.command("witness-key")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
def witness_key(name: str, file: Path) -> None:
    """Make a witness's key in FILE; print its public half, which the agency adds to the key list.

    NAME is the witness's own, such as ngo.example/w1. Needs no database and no home.
    """
    from coop.cli.witnessing import make_key

    click.echo(make_key(name, file))


@log.command("witness")
@click.argument("source", metavar="URL|FOLDER")
@click.option("--key", "key_file", required=True, type=click.Path(path_type=Path))
@click.option("--state", required=True, type=click.Path(path_type=Path))
@click.option("--log-key", "vkeys", multiple=True, metavar="KEY", help="The log's public key.")
@click.option("--keys", "keys_file", type=click.Path(path_type=Path), help="Or the list of keys,")
@click.option("--root", "roots", multiple=True, metavar="HEX", help="with a pinned root's key.")
@click.option("--token", envvar="COOP_WITNESS_TOKEN", help="Send the line to the log's URL.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Default: standard output.")
def witness(
    source: str,
    key_file: Path,
    state: Path,
    vkeys: tuple[str, ...],
    keys_file: Path | None,
    roots: tuple[str, ...],
    token: str | None,
    out: Path | None,
) -> None:
    """Check that the log only grew since STATE, then sign its checkpoint.

    A fork is refused with exit 1; what proves it is kept in a folder beside STATE.
    Needs no database and no home.
    """
    from coop.cli import witnessing

    keys = _log_keys(vkeys, keys_file, roots)
    signed = witnessing.witness(source, key_file, state, keys)
    if out is None:
        sys.stdout.buffer.write(signed)
    else:
        out.write_bytes(signed)
    if token:
        witnessing.send(source, signed, token)


def _log_keys(
    vkeys: tuple[str, ...], keys_file: Path | None, roots: tuple[str, ...]
) -> "tuple[LogKey, ...]":
    """The log's keys, told by hand or by a list of keys that a pinned root signed."""
    from coop.cli.keys import read_file
    from coop.cli.receipts import root_of_text
    from coop.kernel import clock
    from coop.receipts.rules.note import read_vkey
    from coop.receipts.rules.trust_list import LOG, read_trust_list

    found = [key for text in vkeys if (key := read_vkey(text)) and key.type == LOG]
    if len(found) < len(vkeys):
        raise Unusable("--log-key: it looks like name+1a2b3c4d+BASE64; see the page /log")
    if keys_file is not None:
        pinned = [root_of_text(text) for text in roots]
        now = int(clock.now().timestamp())
        trust = read_trust_list(read_file(keys_file), pinned, now=now)
        if trust.refused:
            raise Unusable(f"{keys_file}: the list of keys is refused: {trust.refused}")
        found += trust.log_keys
    if not any(key.type == LOG for key in found):
        raise Unusable("name the log's key: --log-key KEY, or --keys FILE with --root HEX")
    return tuple(found)


@click.group()
def token() -> None:
    """Give and revoke witnesses' tokens."""


@token.command("add")
@click.option("--role", required=True, type=click.Choice(["witness"]))
@click.option("--name", default="witness", show_default=True, help="Whose token it is.")
def add(role: str, name: str) -> None:
    """Draw a token that reads whole receipts of the log; it is printed once."""
    if not name.strip() or len(name) > 80:
        raise Unusable("--name: 1 to 80 signs")
    click.echo(asyncio.run(_add(name.strip(), role)))


async def _add(name: str, role: str) -> str:
    from coop.cli.checking import console
    from coop.kernel.db import transaction
    from coop.log.operations.tokens import add_token
    from coop.running import connected

    async with connected(settings()), transaction(console()) as tx:
        made = await add_token(tx, name)
    click.echo(f"token {made.id} of {role} {name}; keep it, it is shown once:", err=True)
    return made.token


@token.command("revoke")
@click.argument("name", metavar="NAME|ID")
def revoke(name: str) -> None:
    """End a witness's tokens by its name, or one token by its number."""
    count = asyncio.run(_revoke(name))
    click.echo(f"revoked: {count} of {name}")


async def _revoke(name: str) -> int:
    from coop.cli.checking import console
    from coop.kernel.db import transaction
    from coop.log.operations.tokens import revoke_token
    from coop.running import connected

    async with connected(settings()), transaction(console()) as tx:
        try:
            return await revoke_token(tx, name)
        except NotThere as error:
            raise Unusable(f"{name}: no such token") from error
