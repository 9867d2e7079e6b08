"""`coop safeguarding`: erase the words of cases closed long ago; no case is shown here."""

import asyncio

import click

from coop.cli.checking import console
from coop.running import connected
from coop.settings import settings


@click.group()
def safeguarding() -> None:
    """Cases of child protection. They are read on their readers' pages and nowhere else."""


@safeguarding.command("erase")
def erase() -> None:
    """Erase the words of cases closed longer ago than they are kept; codes and days stay."""
    click.echo(f"cases whose words were erased: {asyncio.run(_erase())}")


async def _erase() -> int:
    from coop.safeguarding.operations.naming import erase_old_words
    from coop.safeguarding.queries.role import safe_transaction

    async with connected(settings()), safe_transaction(console()) as tx:
        return await erase_old_words(tx)
