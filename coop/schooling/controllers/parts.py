"""What the children's pages share: who may see whom, forms sent once, days of visits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from litestar import Request, Response

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.cooperatives.queries import CooperativeRow, bylaws, cooperatives, value_on
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.members.rules.names import place_key
from coop.schooling.queries.children import ChildLine, child_named
from coop.schooling.queries.work import assigned_villages
from coop.schooling.rules.follow_up import NEXT_ACTS

AnyRequest = Request[Any, Any, Any]
READ = Permission.SCHOOLING_LIST_READ
CHECK = Permission.SCHOOLING_CHILD_CHECK
CONFIRM = Permission.SCHOOLING_CHILD_CONFIRM
ASSIGN = Permission.SCHOOLING_FACILITATOR_ASSIGN
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose names somebody sees: the focal point all, a facilitator those of assigned villages."""

    everyone: bool
    villages: frozenset[str]

    def sees(self, child: ChildLine) -> bool:
        """Whether this child's page is theirs to open."""
        return self.everyone or (child.village != "" and place_key(child.village) in self.villages)


async def sight_of(tx: Transaction, actor: Actor, cooperative_id: int) -> Sight:
    """How far an actor sees in a cooperative."""
    everyone = actor.may(ASSIGN, cooperative_id)
    mine = frozenset() if everyone else await assigned_villages(tx, actor.user_id or 0)
    return Sight(everyone, mine)


async def own_cooperative(tx: Transaction, actor: Actor, code: str = "") -> CooperativeRow:
    """The cooperative that was named, else the first of one's own. Raises NotThere."""
    within = actor.cooperatives_for(READ)
    own = [one for one in await cooperatives(tx) if within is None or one.id in within]
    found = [one for one in own if code in ("", one.code)]
    if not found:
        raise NotThere(code)
    return found[0]


async def child_for(tx: Transaction, actor: Actor, person_no: str) -> ChildLine:
    """The child of a number, where the actor may see its page. Raises NotThere."""
    child = await child_named(tx, person_no)
    if child is None or not (await sight_of(tx, actor, child.cooperative_id)).sees(child):
        raise NotThere(person_no)
    return child


async def visit_days(tx: Transaction, cooperative_id: int, on: date) -> dict[str, int]:
    """Within how many days of a check somebody visits; dated parameters."""
    rows = await bylaws(tx)
    spans = {next_act.span for next_act in NEXT_ACTS.values()}
    return {span: int(value_on(rows, span, cooperative_id, on)) for span in spans}


async def adult_age(tx: Transaction, on: date) -> int:
    """From how many full years somebody is an adult."""
    return int(value_on(await bylaws(tx), "adult_age", None, on))


async def texts(request: AnyRequest) -> dict[str, str]:
    """A posted form's texts, each shortened to what any of ours can be."""
    form = await request.form()
    return {name: value[:LONGEST] for name, value in form.items() if isinstance(value, str)}


def operation_of(typed: Mapping[str, str]) -> UUID:
    """The number that was drawn with the form. Raises Refused."""
    try:
        return UUID(typed.get("operation_id", ""))
    except ValueError as error:
        message = say("This form is not complete; open the page again.")
        raise Refused([Refusal("operation_missing", message)]) from error


def body_of(typed: Mapping[str, str]) -> dict[str, str]:
    """What makes two sendings the same."""
    return {name: text for name, text in typed.items() if name not in ("csrf", "operation_id")}


def new_operation() -> str:
    """A number for a form about to be drawn."""
    return str(uuid4())


def to(path: str) -> Response[Any]:
    """Go on to a page."""
    return Response(None, status_code=303, headers={"location": path})
