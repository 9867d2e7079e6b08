"""What the members' pages share: the member of an address, typed texts, answers, and what others hand in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

from litestar import Request, Response

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel.db import Reach, Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.members.queries.member import MemberFacts, member

T = TypeVar("T")
AnyRequest = Request[Any, Any, Any]
# Weighings stand above members: routes.py hands their question in.
Weighings = Callable[[Transaction, int, int, date | None, int], Awaitable[Sequence[object]]]


@dataclass(slots=True)
class _Handed:
    weighings: Weighings | None = None


_handed = _Handed()


def hand_in(weighings: Weighings) -> None:
    """Take the question for a member's weighings: cooperative, member, after which day, how many."""
    _handed.weighings = weighings


async def weighings_of(
    tx: Transaction, one: MemberFacts, after: date | None = None, most: int = 5
) -> Sequence[object]:
    """A member's last weighings, or those after a day; nothing where nobody handed the question in."""
    if _handed.weighings is None:
        return ()
    return await _handed.weighings(tx, one.cooperative_id, one.id, after, most)


async def member_there(tx: Transaction, code: str, number: str) -> MemberFacts:
    """The member of an address. Raises NotThere outside the reach."""
    found = await member(tx, code, number)
    if found is None:
        raise NotThere(f"{code}/{number}")
    return found


async def own_cooperatives(
    tx: Transaction, actor: Actor, permission: Permission
) -> list[CooperativeRow]:
    """The cooperatives in which something is allowed to the actor."""
    within = actor.cooperatives_for(permission)
    return [one for one in await cooperatives(tx) if within is None or one.id in within]


async def texts(request: AnyRequest) -> dict[str, str]:
    """The texts of a posted form, and where it was sent: the same form sent elsewhere is another."""
    sent_to = {"sent_to": str(request.scope["path"])}
    form = (await request.form()).items()
    return {name: value for name, value in form if isinstance(value, str)} | sent_to


def operation_of(typed: Mapping[str, str]) -> UUID:
    """The id drawn with the form; one that was spoilt on the way becomes a new one."""
    try:
        return UUID(typed.get("operation_id", ""))
    except ValueError:
        return uuid4()


def drawn_again(typed: Mapping[str, str], **defaults: str) -> Form:
    """What was typed, over what the form begins with, with the id it was drawn with."""
    kept = form_of(typed)
    return Form({**defaults, "operation_id": str(uuid4()), **kept.values}, kept.problems)


@dataclass(frozen=True, slots=True)
class Refusals:
    """An act that was refused: nothing of it was written, and the form is drawn again."""

    reasons: tuple[Refusal, ...]


async def attempt(reach: Reach, act: Callable[[Transaction], Awaitable[T]]) -> T | Refusals:
    """Run an act in a transaction of its own; a refusal undoes it and is handed back."""
    try:
        async with transaction(reach) as tx:
            return await act(tx)
    except Refused as refused:
        return Refusals(refused.refusals)


def seen(location: str) -> Response[Any]:
    """Go on to a page."""
    return Response(None, status_code=303, headers={"location": location})
