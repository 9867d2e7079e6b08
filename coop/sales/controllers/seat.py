"""Where somebody sits: whose lots and sales they may act on, and what their form said."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from litestar import Request, Response

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.cooperatives.queries import CooperativeRow, cooperative_named, cooperatives
from coop.kernel import clock
from coop.kernel.clock import IST
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.sales.operations.keeping import Seller
from coop.sales.rules.numbers import read_number

AnyRequest = Request[Any, Any, Any]
T = TypeVar("T")
# A cooperative is recorded once and never changed: what its code means may be kept.
_known: dict[str, CooperativeRow] = {}


async def texts(request: AnyRequest) -> dict[str, str]:
    """The texts of a posted form."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def now_typed() -> str:
    """The present minute as a browser's input writes it, India's time."""
    return clock.now().astimezone(IST).strftime("%Y-%m-%dT%H:%M")


async def seller_of(
    tx: Transaction, actor: Actor, permission: Permission, number: str, letters: str
) -> Seller:
    """The cooperative whose number this is, where the actor may act. Raises NotThere."""
    read = read_number(number)
    if read is None or read.letter not in letters:
        raise NotThere(number)
    found = _known.get(read.code) or await cooperative_named(tx, read.code)
    if found is not None:
        _known[read.code] = found
    if found is None or not actor.may(permission, found.id):
        raise NotThere(number)
    return Seller(found.id, found.code, found.state_lgd)


async def own_cooperative(
    tx: Transaction, actor: Actor, permission: Permission, asked: str = ""
) -> CooperativeRow | None:
    """The one cooperative of somebody's place, or the one asked for by code; None: all of them."""
    within = actor.cooperatives_for(permission)
    fitting = [c for c in await cooperatives(tx) if within is None or c.id in within]
    chosen = next((c for c in fitting if c.code == asked), None)
    if within is None:
        return chosen
    return chosen or next(iter(fitting), None)


async def tried(act: Callable[[], Awaitable[T]]) -> tuple[T | None, tuple[Refusal, ...]]:
    """Do an act in a transaction of its own; what refuses it is given back to be drawn."""
    try:
        return await act(), ()
    except Refused as refused:
        return None, refused.refusals


def see_other(path: str) -> Response[Any]:
    """Go on to another page; sent again, the browser asks for that page only."""
    return Response(None, status_code=303, headers={"location": path})


def cursor(query: Mapping[str, str], name: str) -> int | None:
    """A page's cursor from the address; anything but a number is the first page."""
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
