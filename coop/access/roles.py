"""The roles, each with its permissions, its place, and whether a second factor is asked for.

This file is the whole matrix: who may do what is changed here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from coop.access.permission import Permission


class Role(StrEnum):
    """A role as it stands in an assignment."""

    CLERK = "clerk"
    MANAGER = "manager"
    TREASURER = "treasurer"
    BOARD = "board"
    FACILITATOR = "facilitator"
    TEACHER = "teacher"
    CSO_PARTNER = "cso_partner"
    COMMUNITY_MONITOR = "community_monitor"
    FOCAL_POINT = "focal_point"
    PRICE_OFFICER = "price_officer"
    AUDITOR = "auditor"
    INSPECTOR = "inspector"
    MONITOR = "monitor"
    BUYER = "buyer"
    WITNESS = "witness"
    ADMINISTRATOR = "administrator"
    DEVICE = "device"
    OPERATOR = "operator"


class Place(Enum):
    """How far a role reaches: one cooperative, all of them, or no cooperative's rows at all."""

    COOPERATIVE = "cooperative"
    EVERYWHERE = "everywhere"
    NOWHERE = "nowhere"


class Holder(Enum):
    """Who carries a role: a person who signs in, a bearer token, or the machine's own operator."""

    PERSON = "person"
    TOKEN = "token"  # noqa: S105  # a kind of holder, not a secret
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a role means. ``gives``: the roles that its holder may give, within its own place."""

    permissions: frozenset[Permission]
    place: Place
    second_factor: bool = False
    holder: Holder = Holder.PERSON
    gives: frozenset[Role] = frozenset()


# Left to who has signed in with the password only, where a second factor is still to come.
BEFORE_SECOND_FACTOR = frozenset({Permission.IDENTITY_SESSION_USE})
# A role that asks for a second factor lets a person in to set one up, and nothing else.
BEFORE_ENROLMENT = BEFORE_SECOND_FACTOR | {Permission.IDENTITY_SELF_USE}

_PERSON = frozenset(
    {Permission.IDENTITY_SELF_USE, Permission.IDENTITY_SESSION_USE, Permission.PRICES_NOTICE_READ}
)
_VILLAGE = _PERSON | {Permission.SITES_SITE_READ, Permission.COOPERATIVES_COOPERATIVE_READ}
_BOOKS = _VILLAGE | {
    Permission.REPORTS_CHILDREN_READ,
    Permission.SCHEMES_REPORT_READ,
    Permission.WEIGHING_SLIP_READ,
    Permission.MEMBERS_MEMBER_READ,
    Permission.BUYERS_BUYER_READ,
    Permission.LEDGER_BOOK_READ,
    Permission.RECEIPTS_RECEIPT_LIST,
    Permission.SALES_BOOK_READ,
    # One asks to take a weighing back, another of the same cooperative decides.
    Permission.WEIGHING_REVERSAL_ASK,
    Permission.WEIGHING_REVERSAL_DECIDE,
    Permission.WEIGHING_EXCEPTION_READ,
    Permission.PAYMENTS_VOUCHER_READ,
    Permission.PAYMENTS_MONEY_REVERSE,
    Permission.MEMBERS_PASSBOOK_PRINT,
}
# Children: who visits the families, and who watches over it; nobody else, no manager, buyer or agency.
_SCHOOLING = frozenset(
    {
        Permission.REPORTS_CHILDREN_READ,
        Permission.SCHOOLING_LIST_READ,
        Permission.SCHOOLING_CHILD_CHECK,
        Permission.SCHOOLING_CHILD_CONFIRM,
    }
)
# What partners, committees and sessions do stands in counts; signs of forced labour are read by two only.
_COMMUNITY = frozenset(
    {
        Permission.COMMUNITY_WORK_READ,
        Permission.COMMUNITY_ACTIVITY_RECORD,
        Permission.COMMUNITY_SIGN_ASK,
    }
)
_CLERK = _VILLAGE | {
    Permission.DESK_ENTRY_POST,
    Permission.DESK_DUTY_OPEN,
    Permission.WEIGHING_SLIP_READ,
    Permission.WEIGHING_REVERSAL_ASK,
    Permission.MEMBERS_MEMBER_READ,
}
_MANAGER = (
    _CLERK
    | _BOOKS
    | {
        Permission.MEMBERS_BOOK_IMPORT,
        Permission.MEMBERS_MEMBER_ADMIT,
        Permission.MEMBERS_MEMBER_CHANGE,
        Permission.MEMBERS_DUPLICATE_DECIDE,
        Permission.MEMBERS_TRANSFER_DECIDE,
        Permission.IMPORTS_FILE_LOAD,
        Permission.COOPERATIVES_DEVICE_MANAGE,
        Permission.IDENTITY_USER_MANAGE,
        Permission.AUDIT_TRAIL_READ,
        Permission.SALES_LOT_MAKE,
        Permission.SALES_SALE_RECORD,
        Permission.SALES_SALE_CONFIRM,
        Permission.SALES_DISPATCH_RECORD,
        Permission.WEIGHING_ENTRY_CONFIRM,
        Permission.PAYMENTS_MONEY_RECORD,
    }
)
# What the State owes a household is asked by who goes there; the rest see counts without names.
_BENEFIT_DESK = _VILLAGE | {
    Permission.MEMBERS_MEMBER_READ,
    Permission.SCHEMES_HOUSEHOLD_SCREEN,
    Permission.SCHEMES_APPLICATION_RECORD,
    Permission.SCHEMES_REPORT_READ,
}
# The agency sees weighings, books and receipts of all cooperatives, not the members by name:
# settled for the auditor, who sees names only in a drawn sample.
_OVERSIGHT = _VILLAGE | {
    Permission.REPORTS_CHILDREN_READ,
    Permission.COMMUNITY_WORK_READ,
    Permission.WEIGHING_SLIP_READ,
    Permission.WEIGHING_SHORTFALL_READ,
    Permission.PAYMENTS_VOUCHER_READ,
    Permission.WEIGHING_EXCEPTION_READ,
    Permission.BUYERS_BUYER_READ,
    Permission.LEDGER_BOOK_READ,
    Permission.RECEIPTS_RECEIPT_LIST,
    Permission.RECEIPTS_LOG_READ,
    Permission.AUDIT_TRAIL_READ,
    Permission.SALES_BOOK_READ,
    Permission.SCHEMES_REPORT_READ,
}
# Papers of a buyer hold numbers of persons (a sole trader's PAN): the cooperative sees the standing.
_DOSSIERS = {
    Permission.BUYERS_DOSSIER_READ,
    Permission.BUYERS_DOSSIER_CHECK,
    Permission.BUYERS_BUYER_SUSPEND,
}
_ADMINISTRATOR = _VILLAGE | {
    Permission.IDENTITY_USER_MANAGE,
    Permission.COOPERATIVES_DEVICE_MANAGE,
    Permission.IMPORTS_FILE_LOAD,
    Permission.PRICES_NOTICE_PUBLISH,
    Permission.PRICES_PAST_PUBLISH,
    Permission.SITES_SITE_RECORD,
    Permission.WEIGHING_SHORTFALL_READ,
    Permission.BUYERS_BUYER_READ,
    Permission.BUYERS_DEMAND_SET,
    Permission.BUYERS_PERSON_ADD,
    Permission.AUDIT_TRAIL_READ,
    *_DOSSIERS,
}
_PEOPLE = frozenset(Role) - {Role.WITNESS, Role.DEVICE, Role.OPERATOR}

ROLES: Mapping[Role, Terms] = {
    Role.CLERK: Terms(_CLERK, Place.COOPERATIVE),
    Role.MANAGER: Terms(_MANAGER, Place.COOPERATIVE, gives=frozenset({Role.CLERK})),
    Role.TREASURER: Terms(
        _BOOKS
        | {
            Permission.AUDIT_TRAIL_READ,
            Permission.SALES_SALE_CONFIRM,
            Permission.PAYMENTS_MONEY_RECORD,
        },
        Place.COOPERATIVE,
    ),
    Role.BOARD: Terms(
        _BOOKS
        | {
            Permission.AUDIT_TRAIL_READ,
            Permission.COMMUNITY_WORK_READ,
            Permission.SALES_SALE_CONFIRM,
            Permission.MEMBERS_MEMBER_ERASE,
        },
        Place.COOPERATIVE,
    ),
    Role.FACILITATOR: Terms(
        _BENEFIT_DESK | _SCHOOLING | _COMMUNITY | {Permission.COMMUNITY_SIGN_READ},
        Place.COOPERATIVE,
    ),
    Role.TEACHER: Terms(_PERSON, Place.COOPERATIVE),
    Role.CSO_PARTNER: Terms(
        _VILLAGE | _COMMUNITY | {Permission.REPORTS_CHILDREN_READ}, Place.COOPERATIVE
    ),
    Role.COMMUNITY_MONITOR: Terms(
        _VILLAGE | {Permission.REPORTS_CHILDREN_READ, Permission.COMMUNITY_WORK_READ},
        Place.COOPERATIVE,
    ),
    Role.FOCAL_POINT: Terms(
        _BENEFIT_DESK
        | _SCHOOLING
        | _COMMUNITY
        | {Permission.COMMUNITY_SIGN_READ, Permission.COMMUNITY_SIGN_PUBLISH}
        | {Permission.COMMUNITY_PARTNER_KEEP}
        | {Permission.SCHOOLING_FACILITATOR_ASSIGN, Permission.REPORTS_CHILDREN_PUBLISH},
        Place.COOPERATIVE,
        second_factor=True,
    ),
    Role.PRICE_OFFICER: Terms(
        _VILLAGE | {Permission.PRICES_NOTICE_PUBLISH, Permission.WEIGHING_SHORTFALL_READ},
        Place.EVERYWHERE,
        second_factor=True,
    ),
    Role.AUDITOR: Terms(
        _OVERSIGHT | {Permission.BUYERS_DOSSIER_READ}, Place.EVERYWHERE, second_factor=True
    ),
    # Who walks the heaps keeps their list; who sets prices or audits does not.
    Role.INSPECTOR: Terms(
        _OVERSIGHT
        | _DOSSIERS
        | {
            Permission.MEMBERS_MEMBER_READ,
            Permission.BUYERS_CONFLICT_DECIDE,
            Permission.SALES_SALE_CONFIRM,
            Permission.MEMBERS_DUPLICATE_DECIDE,
            Permission.SITES_SITE_RECORD,
            Permission.REPORTS_ZONE_RECORD,
            # Where a cooperative has no second person, the inspector decides on reversals.
            Permission.WEIGHING_REVERSAL_DECIDE,
        },
        Place.EVERYWHERE,
        second_factor=True,
    ),
    Role.MONITOR: Terms(
        (_OVERSIGHT - {Permission.AUDIT_TRAIL_READ}) | {Permission.REPORTS_ZONE_RECORD},
        Place.EVERYWHERE,
        second_factor=True,
    ),
    Role.BUYER: Terms(
        _PERSON | {Permission.BUYERS_OWN_READ, Permission.BUYERS_RECEIPT_CLAIM}, Place.NOWHERE
    ),
    Role.WITNESS: Terms(
        frozenset({Permission.RECEIPTS_LOG_READ, Permission.RECEIPTS_LOG_COSIGN}),
        Place.EVERYWHERE,
        holder=Holder.TOKEN,
    ),
    Role.ADMINISTRATOR: Terms(_ADMINISTRATOR, Place.EVERYWHERE, second_factor=True, gives=_PEOPLE),
    Role.DEVICE: Terms(
        frozenset({Permission.DESK_ENTRY_POST, Permission.WEIGHING_SLIP_READ}),
        Place.COOPERATIVE,
        holder=Holder.TOKEN,
    ),
    # Whoever works at the server's console holds its keys already; the chain names them.
    Role.OPERATOR: Terms(
        frozenset(Permission), Place.EVERYWHERE, holder=Holder.MACHINE, gives=_PEOPLE
    ),
}
