"""The kinds of lists that a page takes, and who may load which."""

from dataclasses import dataclass

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.kernel.words import Said, say

LOAD = Permission.IMPORTS_FILE_LOAD


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list: what it is called, what it also asks for, whether it is the agency's.

    ``before``: what must stand already, for the person who chooses.
    """

    name: str
    words: Said
    permission: Permission
    of_agency: bool
    before: Said

    @property
    def choice(self) -> tuple[str, Said]:
        """As a choice of a form: the value and its words."""
        return self.name, self.words


# School registers hold children's names: they are loaded at the console only.
KINDS = (
    Kind(
        "households", say("Households"), Permission.MEMBERS_BOOK_IMPORT, False, say("First of all")
    ),
    Kind("persons", say("Persons"), Permission.MEMBERS_BOOK_IMPORT, False, say("After households")),
    Kind(
        "members", say("Member book"), Permission.MEMBERS_BOOK_IMPORT, False, say("After persons")
    ),
    Kind(
        "weighings",
        say("Weighings"),
        Permission.WEIGHING_ENTRY_CONFIRM,
        False,
        say("After members"),
    ),
    Kind("lots", say("Lots"), Permission.SALES_LOT_MAKE, False, say("After weighings")),
    Kind("sales", say("Sales"), Permission.SALES_SALE_RECORD, False, say("After lots")),
    Kind(
        "cooperatives",
        say("Cooperatives"),
        Permission.PRICES_PAST_PUBLISH,
        True,
        say("First of all"),
    ),
    Kind(
        "centres", say("Centres"), Permission.PRICES_PAST_PUBLISH, True, say("After cooperatives")
    ),
    Kind("sites", say("Sites"), Permission.SITES_SITE_RECORD, True, say("First of all")),
    Kind("grades", say("Grades"), Permission.PRICES_PAST_PUBLISH, True, say("First of all")),
    Kind(
        "price-notices",
        say("Price notices"),
        Permission.PRICES_PAST_PUBLISH,
        True,
        say("After grades"),
    ),
    Kind("buyers", say("Buyers"), Permission.BUYERS_DOSSIER_CHECK, True, say("First of all")),
    Kind("schools", say("Schools"), LOAD, True, say("First of all")),
)


def kinds_for(actor: Actor) -> tuple[Kind, ...]:
    """The kinds that somebody may load, in the order in which they build on each other."""
    everywhere = actor.cooperatives_for(LOAD) is None
    return tuple(
        one
        for one in KINDS
        if actor.may(one.permission) and (one.of_agency == everywhere or not one.of_agency)
    )
