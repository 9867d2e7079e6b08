"""`coop receipt list` and `coop receipt verify`."""

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from coop.kernel.refusal import Unusable
from coop.settings import settings


@click.group()
def receipt() -> None:
    """List and verify receipts."""


@receipt.command("list")
@click.option("--kind", type=click.IntRange(1, 3))
def list_receipts(kind: int | None) -> None:
    """Receipt texts as printed in their codes, one a line, in the order of posting."""
    asyncio.run(_list(kind))


async def _list(kind: int | None) -> None:
    from coop.cli.checking import console
    from coop.kernel.db import transaction
    from coop.receipts.queries import signed_receipts
    from coop.receipts.rules.receipt import receipt_text
    from coop.running import connected

    async with connected(settings()), transaction(console()) as tx:
        signed = await signed_receipts(tx, kind)
    for one in signed:
        sys.stdout.write(receipt_text(settings().host_text, one) + "\n")


@receipt.command("verify")
@click.option(
    "--keys",
    "keys_file",
    required=True,
    type=click.Path(path_type=Path),
    help="Body of /.well-known/mr1-keys.",
)
@click.option(
    "--root",
    "roots",
    multiple=True,
    required=True,
    metavar="HEX",
    help="A pinned root's public key.",
)
@click.option("--min-seq", type=click.IntRange(min=0), default=0)
@click.option("--status", "status_files", multiple=True, type=click.Path(path_type=Path))
@click.option("--now", type=click.IntRange(min=0), metavar="UNIX", help="Default: the clock.")
@click.option("--strict", is_flag=True, help="The receipt must stand in the public log too.")
@click.option("--checkpoint", type=click.Path(path_type=Path), help="Body of /log/checkpoint.")
@click.option("--proofs", type=click.Path(path_type=Path), help="Folder of <cti>.tlog-proof.")
def verify(
    keys_file: Path,
    roots: tuple[str, ...],
    min_seq: int,
    status_files: tuple[Path, ...],
    now: int | None,
    strict: bool,
    checkpoint: Path | None,
    proofs: Path | None,
) -> None:
    """Read receipt texts from standard input, one a line, and print one verdict a line."""
    from coop.receipts.rules.log_proof import strict_log
    from coop.receipts.rules.status_list import read_status_lists
    from coop.receipts.rules.trust_list import read_trust_list
    from coop.receipts.rules.verdict import verdict_of

    pinned = [root_of_text(text) for text in roots]
    keys = _content(keys_file)
    statuses = [_content(path) for path in status_files]
    at = int(time.time()) if now is None else now
    trust = read_trust_list(keys, pinned, now=at, min_seq=min_seq)
    lists = read_status_lists(statuses, trust)
    given = _strict_files(strict, checkpoint, proofs)
    log = strict_log(given[0], trust.log_keys, _proofs_in(given[1])) if given else None
    lines = sys.stdin.buffer.read().split(b"\n")
    if lines and lines[-1] == b"":
        lines.pop()
    out = [verdict_of(line.removesuffix(b"\r"), trust, lists, now=at, log=log) for line in lines]
    sys.stdout.write("".join(f"{verdict}\n" for verdict in out))


def _strict_files(
    strict: bool, checkpoint: Path | None, proofs: Path | None
) -> tuple[bytes, Path] | None:
    """The checkpoint's bytes and the folder of proofs; all three options are given or none."""
    if not strict and checkpoint is None and proofs is None:
        return None
    if not strict or checkpoint is None or proofs is None:
        raise Unusable("--strict, --checkpoint and --proofs are given together or not at all")
    if not proofs.is_dir():
        raise Unusable(f"--proofs {proofs}: no such folder")
    return _content(checkpoint), proofs


def _proofs_in(folder: Path) -> Callable[[bytes], bytes | None]:
    """Where a receipt's proof lies; one that is missing proves nothing, an unreadable one stops us."""

    def proof_of(cti: bytes) -> bytes | None:
        path = folder / f"{cti.hex()}.tlog-proof"
        return _content(path) if path.exists() else None

    return proof_of


def root_of_text(text: str) -> bytes:
    """A root's public key from its 64 hex digits. Raises Unusable."""
    try:
        root = bytes.fromhex(text)
    except ValueError as error:
        raise Unusable(f"--root {text}: 64 hex digits") from error
    if len(root) != 32 or len(text) != 64:
        raise Unusable(f"--root {text}: 64 hex digits")
    return root


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
