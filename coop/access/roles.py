"""The roles, each with its permissions, its place, and whether a second factor is asked for.

With ``work`` this is the whole matrix: who may do what is changed in these two files and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from coop.access.permission import Permission
from coop.access.work import (
    ADMINISTRATOR,
    BENEFIT_DESK,
    BOOKS,
    CLERK,
    COMMUNITY,
    DOSSIERS,
    HEARING,
    MANAGER,
    OVERSIGHT,
    PERSON,
    SCHOOLING,
    VILLAGE,
    VOICE,
)


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
    STANDBY = "standby"
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

_PEOPLE = frozenset(Role) - {Role.WITNESS, Role.DEVICE, Role.OPERATOR}

ROLES: Mapping[Role, Terms] = {
    Role.CLERK: Terms(CLERK, Place.COOPERATIVE),
    Role.MANAGER: Terms(MANAGER, Place.COOPERATIVE, gives=frozenset({Role.CLERK})),
    Role.TREASURER: Terms(
        BOOKS
        | {
            Permission.AUDIT_TRAIL_READ,
            Permission.SALES_SALE_CONFIRM,
            Permission.PAYMENTS_MONEY_RECORD,
            Permission.LIVELIHOODS_FUND_SPEND,
            Permission.CLOSING_BOX_COUNT,
            Permission.CLOSING_DAY_CONFIRM,
        },
        Place.COOPERATIVE,
    ),
    Role.BOARD: Terms(
        BOOKS
        | {
            Permission.AUDIT_TRAIL_READ,
            Permission.COMMUNITY_WORK_READ,
            Permission.SALES_SALE_CONFIRM,
            Permission.MEMBERS_MEMBER_ERASE,
            Permission.LIVELIHOODS_FUND_PLAN,
            *HEARING,
        },
        Place.COOPERATIVE,
    ),
    Role.FACILITATOR: Terms(
        BENEFIT_DESK | SCHOOLING | COMMUNITY | {Permission.COMMUNITY_SIGN_READ},
        Place.COOPERATIVE,
    ),
    Role.TEACHER: Terms(PERSON, Place.COOPERATIVE),
    Role.CSO_PARTNER: Terms(
        VILLAGE | COMMUNITY | {Permission.REPORTS_CHILDREN_READ}, Place.COOPERATIVE
    ),
    Role.COMMUNITY_MONITOR: Terms(
        VILLAGE
        | {
            Permission.REPORTS_CHILDREN_READ,
            Permission.COMMUNITY_WORK_READ,
            Permission.COMMUNITY_CHECK_RECORD,
        },
        Place.COOPERATIVE,
    ),
    Role.FOCAL_POINT: Terms(
        BENEFIT_DESK
        | SCHOOLING
        | VOICE
        | COMMUNITY
        | {
            Permission.COMMUNITY_SIGN_READ,
            Permission.COMMUNITY_SIGN_PUBLISH,
            Permission.COMMUNITY_PARTNER_KEEP,
            Permission.COMMUNITY_CHECK_RECORD,
            Permission.SCHOOLING_FACILITATOR_ASSIGN,
            Permission.SAFEGUARDING_CASE_WORK,
            Permission.REPORTS_CHILDREN_PUBLISH,
        },
        Place.COOPERATIVE,
        second_factor=True,
    ),
    # Reads the box from outside the cooperative; a case only where no focal point may, or a day was
    # missed: a rule of safeguarding decides.
    Role.STANDBY: Terms(
        PERSON | VOICE | {Permission.SAFEGUARDING_CASE_WORK},
        Place.EVERYWHERE,
        second_factor=True,
    ),
    Role.PRICE_OFFICER: Terms(
        VILLAGE
        | {
            Permission.PRICES_NOTICE_PUBLISH,
            Permission.WEIGHING_SHORTFALL_READ,
            Permission.LIVELIHOODS_REPORT_READ,
            Permission.LIVELIHOODS_BENCHMARK_RECORD,
            *HEARING,
        },
        Place.EVERYWHERE,
        second_factor=True,
    ),
    Role.AUDITOR: Terms(
        OVERSIGHT | {Permission.BUYERS_DOSSIER_READ, Permission.REPORTS_SAMPLE_DRAW},
        Place.EVERYWHERE,
        second_factor=True,
    ),
    # Who walks the heaps keeps their list; who sets prices or audits does not.
    Role.INSPECTOR: Terms(
        OVERSIGHT
        | DOSSIERS
        | {
            Permission.MEMBERS_MEMBER_READ,
            Permission.BUYERS_CONFLICT_DECIDE,
            Permission.REPORTS_SAMPLE_DRAW,
            Permission.SALES_SALE_CONFIRM,
            Permission.MEMBERS_DUPLICATE_DECIDE,
            Permission.SITES_SITE_RECORD,
            Permission.REPORTS_ZONE_RECORD,
            # Where a cooperative has no second person, the inspector decides on reversals.
            Permission.WEIGHING_REVERSAL_DECIDE,
            *HEARING,
        },
        Place.EVERYWHERE,
        second_factor=True,
    ),
    Role.MONITOR: Terms(
        (OVERSIGHT - {Permission.AUDIT_TRAIL_READ}) | {Permission.REPORTS_ZONE_RECORD},
        Place.EVERYWHERE,
        second_factor=True,
    ),
    Role.BUYER: Terms(
        PERSON | {Permission.BUYERS_OWN_READ, Permission.BUYERS_RECEIPT_CLAIM}, Place.NOWHERE
    ),
    Role.WITNESS: Terms(
        frozenset({Permission.RECEIPTS_LOG_READ, Permission.RECEIPTS_LOG_COSIGN}),
        Place.EVERYWHERE,
        holder=Holder.TOKEN,
    ),
    Role.ADMINISTRATOR: Terms(ADMINISTRATOR, Place.EVERYWHERE, second_factor=True, gives=_PEOPLE),
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
