"""The places of the navigation: which a reader sees, the few of every page, and all by group."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from coop.kernel.words import Said, say


class Reader(Protocol):
    """Who reads which address: what ``coop.kernel.web.page.Reading`` says of it."""

    @property
    def path(self) -> str: ...  # noqa: D102  (the class says it)
    @property
    def actor(self) -> object | None: ...  # noqa: D102  (the class says it)
    @property
    def prefixed(self) -> bool: ...  # noqa: D102  (the class says it)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main navigation; shown to who holds ``permission``.

    ``permission`` None: everybody signed in. ``public``: who is not signed in.
    """

    path: str
    icon: str
    label: Said
    permission: str | None = None
    public: bool = False
    about: Said | None = None


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry as the reader sees it; one with a sentence (``about``) is an act of home."""

    path: str
    icon: str
    label: Said
    about: Said | None
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Places that belong together: a heading of the page of all places, and each other's neighbours."""

    label: Said
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Main:
    """The main places, in order, of who holds ``permission``; the first row that fits holds."""

    permission: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """A reader's places: the few of every page, the neighbours of the current one, all by group.

    ``more``: whether some stand on the page of all places only; ``beyond``: the current one does.
    """

    main: tuple[NavItem, ...]
    beside: tuple[NavItem, ...]
    groups: tuple[tuple[Said, tuple[NavItem, ...]], ...]
    more: bool
    beyond: bool

    @property
    def acts(self) -> tuple[NavItem, ...]:
        """The work of a first page, the main places before the others."""
        rest = (item for _, items in self.groups for item in items if item not in self.main)
        return tuple(item for item in (*self.main, *rest) if item.about)


@dataclass(frozen=True, slots=True)
class Site:
    """The public name of the office that keeps the pages, in both languages, and its places."""

    name_hi: str
    name_en: str
    places: tuple[Place, ...]
    groups: tuple[Group, ...] = ()
    mains: tuple[Main, ...] = ()


def navigation(reading: Reader, places: Iterable[Place]) -> tuple[NavItem, ...]:
    """Choose the places that the reader may go to; the longest path that fits is the current."""
    permissions: Collection[str] = getattr(reading.actor, "permissions", frozenset())
    here = "/" + "/".join(reading.path.split("/")[2:]) if reading.prefixed else reading.path
    seen = [
        place
        for place in places
        if place.public == (reading.actor is None)
        and (place.permission is None or place.permission in permissions)
    ]
    fitting = [p.path for p in seen if here == p.path or here.startswith(p.path.rstrip("/") + "/")]
    current = max((path for path in fitting if path != "/" or here == "/"), key=len, default="")
    return tuple(NavItem(p.path, p.icon, p.label, p.about, p.path == current) for p in seen)


MOST_PLACES = 5  # of a phone's width; the fifth then leads to all the others
ALL_PLACES = "/more"


def menu(reading: Reader, site: Site) -> Menu:
    """Choose a reader's few main places; whoever has five or fewer sees them all."""
    seen = navigation(reading, site.places)
    by_path = {item.path: item for item in seen}
    permissions: Collection[str] = getattr(reading.actor, "permissions", frozenset())
    first = next((m.paths for m in site.mains if m.permission in permissions), ())
    ranked = [by_path[path] for path in first if path in by_path]
    ranked += [item for item in seen if item not in ranked]
    more = len(seen) > MOST_PLACES
    main = tuple(ranked[: MOST_PLACES - 1] if more else seen)
    grouped = [
        (group.label, tuple(by_path[path] for path in group.paths if path in by_path))
        for group in site.groups
    ]
    placed = {item.path for _, items in grouped for item in items}
    others = tuple(item for item in seen if item.path not in placed and item not in main)
    groups = tuple((label, items) for label, items in (*grouped, (say("More"), others)) if items)
    beside = next((items for _, items in grouped if any(item.current for item in items)), ())
    here = any(item.current for item in seen) or reading.path == ALL_PLACES
    return Menu(
        main,
        beside if len(beside) > 1 else (),
        groups,
        more,
        more and here and not any(item.current for item in main),
    )
