"""Who may come in: each door states a permission, and the list of doors changes only on purpose."""

import re

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder
from coop.paths import PACKAGE, TEMPLATES
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


# Pages that no link leads to, and why; /hi and /en before a path are the same page in a language.
_LED_TO_OTHERWISE = re.compile(
    r"/(desk/(members/|standing)|health$|sounds/|log/tile/|mr1/|schema|static/|sw\.js|\.well-known/)"  # programs ask
    r"|/(sign-in/code|concern/received|shortfalls/.*)$|/$"  # sent there by an act; the front page itself
    r"|/R/"  # printed on a paper
)


def _linked() -> set[str]:
    """Addresses that the menu, a template or a controller leads to; what is filled in is a NUL."""
    from coop.routes import SITE

    found = {place.path for place in SITE.places}
    for path in TEMPLATES.rglob("*.html"):
        source = re.sub(
            r"\{\{ back\(.*?\}\}", "", path.read_text("utf-8")
        )  # the way back is no way in
        found |= set(re.findall(r"\"(/[^\"]*)\"", source))
        found |= set(re.findall(r"'(/[^']*)'", source))
        found |= set(re.findall(r"href=\"([^\"]+)\"", re.sub(r"\{\{.*?\}\}", "\0", source)))
    for path in PACKAGE.rglob("*.py"):
        for line in path.read_text("utf-8").splitlines():
            if not re.search(r"@(get|post)\(|^\s+path = ", line):
                found |= set(re.findall(r"\"(/[^\" ]*)\"", re.sub(r"\{[^}]*\}", "\0", line)))
    addresses = {re.sub(r"\{\{.*?\}\}", "\0", one).split("?")[0].split("#")[0] for one in found}
    addresses |= {one.removeprefix("/\0") for one in addresses}  # a language
    addresses = {one + "\0" if one.endswith("/") else one for one in addresses}  # a number follows
    return {one for one in addresses if len(one.replace("\0", "")) > 3}


def test_every_page_is_led_to() -> None:
    """A page that no menu and no other page names is a page that nobody finds."""
    ways = [re.compile(re.escape(one).replace("\0", ".+")) for one in _linked()]
    lonely = set()
    for line in LIST.read_text("utf-8").splitlines():
        method, path, _ = line.split(" ", 2)
        plain = re.sub(r"\{\w+:\w+\}", "x", re.sub(r"^/(hi|en)(?=/|$)", "", path)) or "/"
        if method == "GET" and not _LED_TO_OTHERWISE.match(plain):
            lonely |= set() if any(way.fullmatch(plain) for way in ways) else {path}
    assert lonely == set(), "link it from where the work needs it, or from coop/routes.py"


def test_every_link_leads_somewhere() -> None:
    """An address that a template spells out is a page of the list; what is filled in fits a part of it."""
    pages = [
        re.compile(re.sub(r"\{\w+:(\w+)\}", lambda k: ".+" if k[1] == "path" else "[^/]+", path))
        for method, path, _ in (line.split(" ", 2) for line in LIST.read_text("utf-8").splitlines())
        if method == "GET"
    ]
    astray = set()
    for template in TEMPLATES.rglob("*.html"):
        source = template.read_text("utf-8").replace("/{{ lang }}/", "/hi/")
        source = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "x", source)
        for address in re.findall(r"\bhref=\"(/[^\"?#]*)", source):
            if not any(page.fullmatch(address) for page in pages):
                astray.add((template.name, address))
    assert astray == set()
