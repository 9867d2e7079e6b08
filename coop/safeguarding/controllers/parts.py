"""What the pages of cases share: whose eyes, forms sent once, where to go on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from litestar import Request, Response

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.safeguarding.queries.cases import Case, Sight, case_named, sight_of

AnyRequest = Request[Any, Any, Any]
TELL = Permission.SAFEGUARDING_CONCERN_RAISE
WORK = Permission.SAFEGUARDING_CASE_WORK
NAME = Permission.SAFEGUARDING_READER_NAME
# Whoever may not read finds no such address: not even that there is a case is told.
HIDDEN = {"permission": WORK, "hidden": True}
_LONGEST = 1000


async def case_for(
    tx: Transaction, actor: Actor, case_no: str, question: str
) -> tuple[Case, Sight]:
    """The case of a number, where this account may read it today; the reading is written down.

    Raises NotThere.
    """
    sight = await sight_of(tx, actor.user_id or 0)
    case = await case_named(tx, case_no, sight.days)
    if case is None or not sight.sees(case):
        raise NotThere(case_no)
    # By row number: whoever oversees reads does not learn which cooperative has a case.
    await record_read(tx, question, cooperative_id=None, about=str(case.id), rows=1)
    return case, sight


async def texts(request: AnyRequest) -> tuple[dict[str, str], dict[str, list[str]]]:
    """A posted form's texts, shortened; and all values of what may be ticked several times."""
    form = await request.form()
    one = {name: value[:_LONGEST] for name, value in form.multi_items() if isinstance(value, str)}
    many: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            many.setdefault(name, []).append(value[:_LONGEST])
    return one, many


def operation_of(typed: Mapping[str, str]) -> UUID:
    """The number that was drawn with the form. Raises Refused."""
    try:
        return UUID(typed.get("operation_id", ""))
    except ValueError as error:
        message = say("This form is not complete; open the page again.")
        raise Refused([Refusal("operation_missing", message)]) from error


def new_operation() -> str:
    """A number for a form about to be drawn."""
    return str(uuid4())


def to(path: str) -> Response[Any]:
    """Go on to a page."""
    return Response(None, status_code=303, headers={"location": path})
