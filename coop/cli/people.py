"""`coop device` and `coop user`: tokens and passwords are printed once."""

import asyncio
import secrets

import click

from coop.cli.checking import console
from coop.kernel.db import transaction
from coop.kernel.refusal import NotThere, Unusable
from coop.running import connected
from coop.settings import settings


@click.group()
def device() -> None:
    """Enrol and revoke desk devices."""


@device.command("add")
@click.option("--cooperative", required=True, metavar="CODE")
@click.option("--centre", required=True, metavar="CENTRE")
def add(cooperative: str, centre: str) -> None:
    """Enrol a device to a centre; prints its token, which is not shown again."""
    click.echo(asyncio.run(_add(cooperative, centre)))


async def _add(cooperative: str, centre: str) -> str:
    from coop.cooperatives.operations import add_device
    from coop.cooperatives.queries import centres, cooperative_named

    async with connected(settings()), transaction(console()) as tx:
        owner = await cooperative_named(tx, cooperative)
        if owner is None:
            raise Unusable(f"--cooperative {cooperative}: no such cooperative")
        place = next(
            (c for c in await centres(tx) if c.code == centre and c.cooperative_id == owner.id),
            None,
        )
        if place is None:
            raise Unusable(f"--centre {centre}: no such centre of {cooperative}")
        enrolled = await add_device(tx, owner.id, place.id, place.code)
    click.echo(
        f"device {enrolled.code}, id {enrolled.device_id}; keep the token, it is shown once:",
        err=True,
    )
    return enrolled.token


@device.command("revoke")
@click.argument("name", metavar="ID")
def revoke(name: str) -> None:
    """End a device's right to post, by its code or id."""
    asyncio.run(_revoke(name))
    click.echo(f"revoked: {name}")


async def _revoke(name: str) -> None:
    from coop.cooperatives.operations import revoke_device

    async with connected(settings()), transaction(console()) as tx:
        try:
            await revoke_device(tx, name)
        except NotThere as error:
            raise Unusable(f"{name}: no such device") from error


@click.group()
def user() -> None:
    """Add people who sign in."""


@user.command("add")
@click.option("--name", required=True, help="The name they sign in with.")
@click.option("--role", required=True)
@click.option("--cooperative", metavar="CODE")
@click.option("--buyer", metavar="CODE", help="The buyer whom a person in role buyer acts for.")
@click.option("--full-name", default="", help="Shown in the header; default: the name.")
@click.option("--language", type=click.Choice(["hi", "en"]), default="hi", show_default=True)
def add_user(
    name: str, role: str, cooperative: str | None, buyer: str | None, full_name: str, language: str
) -> None:
    """Add a person with a role; prints the first password, which is not shown again."""
    click.echo(asyncio.run(_add_user(name, role, cooperative, buyer, full_name or name, language)))


async def _add_user(
    name: str, role: str, cooperative: str | None, buyer: str | None, full_name: str, language: str
) -> str:
    from coop.access.actor import console_actor
    from coop.access.roles import Role
    from coop.buyers.operations import tie_person
    from coop.cooperatives.queries import cooperative_named
    from coop.identity.operations import NewUser
    from coop.identity.operations import add_user as give_account

    try:
        wanted = Role(role)
    except ValueError as error:
        raise Unusable(f"--role {role}: one of {', '.join(Role)}") from error
    if (wanted is Role.BUYER) != (buyer is not None):
        raise Unusable("--role buyer and --buyer CODE belong together: a buyer acts for one firm")
    password = secrets.token_urlsafe(12)
    async with connected(settings()), transaction(console()) as tx:
        place = None
        if cooperative is not None:
            place = await cooperative_named(tx, cooperative)
            if place is None:
                raise Unusable(f"--cooperative {cooperative}: no such cooperative")
        by = console_actor(tx.reach.actor.removeprefix("console:"))
        person = NewUser(name, full_name, wanted, place.id if place else None, password, language)
        user_id = await give_account(tx, by, person)
        if buyer is not None:
            try:
                await tie_person(tx, buyer, user_id, None)
            except NotThere as error:
                raise Unusable(f"--buyer {buyer}: no such buyer") from error
    return password
