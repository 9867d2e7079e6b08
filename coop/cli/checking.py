"""`coop ledger verify` and `coop members duplicates`."""

import asyncio

import click

from coop.cli.proofs import FAULTS, SEALS
from coop.kernel.db import Reach, transaction
from coop.receipts.queries.proof import receipt_faults
from coop.running import connected
from coop.settings import settings


def console() -> Reach:
    """Commands act with the agency's reach, named by the operating system's user."""
    import getpass

    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "unknown"
    return Reach(f"console:{name}"[:80], None)


@click.group()
def ledger() -> None:
    """Prove the books."""


@ledger.command("verify")
def verify() -> None:
    """Every journal sums to zero, totals equal their rows, numbers have no gap, the chain holds."""
    raise SystemExit(asyncio.run(_verify()))


async def _verify() -> int:
    from coop.ledger import queries

    async with connected(settings(), as_owner=True), transaction(console()) as tx:
        await tx.execute("ANALYZE")
        faults = await queries.first_faults(tx, FAULTS)
        seals = await queries.first_broken_seals(tx, SEALS)
        chain = await queries.first_chain_fault(tx)
        receipts = await queries.receipts_of_audit_fault(tx)
        orphan = await queries.first_orphan(tx)
        spoilt = await receipt_faults(tx)
        counts = await queries.counts(tx)
    found = [*faults, *seals, *spoilt, *filter(None, (chain, receipts, orphan))]
    for fault in found:
        click.echo(fault)
    if found:
        return 1
    click.echo(
        f"books balance: {counts.journals} journals, {counts.receipts} receipts, "
        f"{counts.audit_entries} audit entries"
    )
    return 0


@click.group()
def members() -> None:
    """Questions about members."""


@members.command("duplicates")
@click.option("--cooperative", metavar="CODE", help="Only pairs with a member of this cooperative.")
@click.option("--keep", is_flag=True, help="Put them before the manager or the agency to decide.")
def duplicates(cooperative: str | None, keep: bool) -> None:
    """Likely same persons, in both scripts, as CSV; without those decided to be two."""
    raise SystemExit(asyncio.run(_duplicates(cooperative, keep)))


@members.command("keys")
def keys() -> None:
    """Work out anew by what members are found, from their particulars."""
    raise SystemExit(asyncio.run(_keys()))


async def _keys() -> int:
    from coop.members.operations.keys import refresh_keys

    async with connected(settings()), transaction(console()) as tx:
        ids = [row["id"] for row in await tx.fetch("SELECT id FROM member ORDER BY id")]
        for first in range(0, len(ids), 1000):
            await refresh_keys(tx, ids[first : first + 1000])
    click.echo(f"{len(ids)} members")
    return 0


async def _duplicates(cooperative: str | None, keep: bool) -> int:
    import csv
    import sys

    from coop.audit.operations import record_read
    from coop.members.operations.doubles import keep_likely
    from coop.members.queries import likely_pairs

    async with connected(settings()):
        async with transaction(console()) as tx:
            pairs = await likely_pairs(tx, cooperative)
            if keep:
                await keep_likely(tx, pairs)
            await record_read(
                tx, "duplicates", cooperative_id=None, about=cooperative or "all", rows=len(pairs)
            )
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(["member_a", "member_b", "score", "reasons"])
        for pair in pairs:
            out.writerow([pair.member_a, pair.member_b, pair.score, pair.reasons])
    return 0
