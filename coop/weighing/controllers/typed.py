"""What the pages of weighing share: a posted form's texts, and who acts in which role."""

from typing import Any

from litestar import Request

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.access.roles import ROLES, Place
from coop.kernel.refusal import NotThere
from coop.weighing.operations.reversal import Person

AnyRequest = Request[Any, Any, Any]


async def texts_of(request: AnyRequest) -> dict[str, str]:
    """The texts of a posted form, by the inputs' names."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def person_of(actor: Actor, permission: Permission, cooperative_id: int) -> Person:
    """Who asks or decides, in the role that allows it. Raises NotThere."""
    if actor.user_id is None:
        raise NotThere
    role = actor.role_for(permission, cooperative_id)
    return Person(actor.user_id, role.value, ROLES[role].place is Place.EVERYWHERE)
