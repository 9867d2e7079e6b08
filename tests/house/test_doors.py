"""Who may come in: each door states a permission, and the list of doors changes only on purpose."""

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder
from tests.house.routes import doors
from tests.house.tree import ROOT

LIST = ROOT / "tests" / "house" / "routes.txt"


def test_the_doors_are_those_of_the_list() -> None:
    """A new door is seen by whoever reads the change."""
    from coop.app import litestar_app

    now, listed = set(doors(litestar_app())), set(LIST.read_text("utf-8").splitlines())
    assert now == listed, (
        f"new: {sorted(now - listed)}; gone: {sorted(listed - now)}. If that is meant: "
        ".venv/bin/python -m tests.house.routes > tests/house/routes.txt"
    )


def test_every_door_states_a_permission_or_is_public() -> None:
    """``opt={"permission": Permission.X}`` or ``opt={"public": True}``."""
    from coop.app import litestar_app

    known = {*Permission, "public"}
    lines = [line.split() for line in doors(litestar_app())]
    assert len(lines) > 5
    open_doors = [line for line in lines if len(line) != 3 or line[2] not in known]
    assert not open_doors, f"state a permission on: {open_doors}"


def test_every_permission_is_held_by_some_role() -> None:
    """What no person or token may do is missing in ``coop/access/roles.py``, or too much.

    The console's operator, who has all of them, does not count.
    """
    held = {
        permission
        for terms in ROLES.values()
        if terms.holder is not Holder.MACHINE
        for permission in terms.permissions
    }
    unheld = set(Permission) - held
    assert not unheld, f"give them to a role in coop/access/roles.py: {sorted(unheld)}"


def test_permissions_are_named_domain_resource_action() -> None:
    """`sales:sale:record`, so that a list of them reads by domain."""
    assert not [p for p in Permission if len(p.value.split(":")) != 3]
