"""What the pages share: whose cooperative, how far somebody works, forms read and sent once."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid4

from litestar import Request, Response

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.access.roles import Role
from coop.community.operations.keeping import Sending
from coop.community.operations.villages import Places
from coop.community.queries.work import hamlets_of, partner_of, place_of
from coop.community.rules.coverage import Place
from coop.community.rules.signs import SignConcern
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel import clock
from coop.kernel.cells import Parsed
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.schooling.queries.work import assigned_villages

AnyRequest = Request[Any, Any, Any]
RaiseConcern = Callable[[SignConcern], Awaitable[str]]
T = TypeVar("T")
READ = Permission.COMMUNITY_WORK_READ
RECORD = Permission.COMMUNITY_ACTIVITY_RECORD
KEEP = Permission.COMMUNITY_PARTNER_KEEP
CHECK = Permission.COMMUNITY_CHECK_RECORD
ASK = Permission.COMMUNITY_SIGN_ASK
SIGNS = Permission.COMMUNITY_SIGN_READ
PUBLISH = Permission.COMMUNITY_SIGN_PUBLISH


@dataclass(slots=True)
class _Handed:
    raise_concern: RaiseConcern | None = None


_handed = _Handed()


def hand_in(raise_concern: RaiseConcern) -> None:
    """Take the verb of "tell the focal point": it opens its own transaction and returns a path to go on to."""
    _handed.raise_concern = raise_concern


def concern_verb() -> RaiseConcern | None:
    """The verb, or None while nobody handed one in: then only 1098, 112 and 181 are shown."""
    return _handed.raise_concern


@dataclass(frozen=True, slots=True)
class Scope:
    """How far somebody works in a cooperative. ``partner_id``: for whom; ``places`` None: everywhere."""

    role: Role
    partner_id: int | None
    places: Places

    @property
    def only_partner(self) -> bool:
        """Whether only a partner's own rows are shown."""
        return self.role is Role.CSO_PARTNER


async def scope_of(tx: Transaction, actor: Actor, permission: Permission, owner: int) -> Scope:
    """How far an actor works. A partner without a tie or a live agreement works nowhere."""
    role = actor.role_for(permission, owner)
    if role is not Role.CSO_PARTNER:
        return Scope(role, None, None)
    partner = await partner_of(tx, owner, actor.user_id, clock.today())
    if partner is None:
        return Scope(role, None, ())
    given = await hamlets_of(tx, owner, partner, clock.today())
    return Scope(role, partner, [place_of(one.village, one.tola) for one in given])


async def sign_places(tx: Transaction, actor: Actor, owner: int) -> Places:
    """Where somebody asks about signs: a facilitator in the villages given, the focal point everywhere."""
    scope = await scope_of(tx, actor, ASK, owner)
    if actor.may(PUBLISH, owner) or scope.only_partner:
        return scope.places
    # Schooling gives a facilitator's villages by their keys.
    return [Place(key) for key in await assigned_villages(tx, actor.user_id or 0)]


async def own_cooperative(
    tx: Transaction, actor: Actor, permission: Permission, code: str
) -> tuple[CooperativeRow, tuple[CooperativeRow, ...]]:
    """The cooperative of a code (empty: the first) and all of the reader's. Raises NotThere."""
    within = actor.cooperatives_for(permission)
    own = tuple(one for one in await cooperatives(tx) if within is None or one.id in within)
    found = next((one for one in own if code in ("", one.code)), None)
    if found is None:
        raise NotThere(code)
    return found, own


async def texts(request: AnyRequest) -> dict[str, str]:
    """A posted form's texts."""
    return {k: v for k, v in (await request.form()).items() if isinstance(v, str)}


def read(parsed: Parsed[T]) -> T:
    """The value that was typed. Raises Refused with what is wrong at the fields."""
    if parsed.value is None or parsed.problems:
        raise Refused(parsed.problems)
    return parsed.value


def sending_of(typed: Mapping[str, str], role: Role, partner_id: int | None = None) -> Sending:
    """The form's number and what makes two sendings the same. Raises Refused."""
    try:
        number = UUID(typed.get("operation_id", ""))
    except ValueError as error:
        message = say("This form is not complete; open the page again.")
        raise Refused([Refusal("operation_missing", message)]) from error
    body = {k: v for k, v in typed.items() if k not in ("csrf", "operation_id")}
    return Sending(number, body, role.value, partner_id)


def new_operation() -> str:
    """A number for a form about to be drawn; each form of a page has its own."""
    return str(uuid4())


def to(path: str) -> Response[Any]:
    """Go on to a page."""
    return Response(None, status_code=303, headers={"location": path})
