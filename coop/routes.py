"""Every address of the application, in one list, and the places of its navigation."""

from dataclasses import replace

from litestar.middleware import DefineMiddleware

from coop import front
from coop.access.permission import Permission
from coop.buyers import controllers as buyers
from coop.closing import controllers as closing
from coop.community import controllers as community
from coop.cooperatives import controllers as cooperatives
from coop.identity import controllers as identity
from coop.identity.queries import actor_of_token
from coop.importing import controllers as importing
from coop.kernel.web.csrf import CsrfMiddleware
from coop.kernel.web.page import PUBLIC_PLACES
from coop.kernel.web.places import Place, Site
from coop.kernel.web.session import SessionMiddleware
from coop.kernel.words import say
from coop.ledger import controllers as ledger
from coop.livelihoods import controllers as livelihoods
from coop.log import api as log_api
from coop.log import controllers as log
from coop.log.queries.checkpoints import stands
from coop.members import controllers as members
from coop.participation import controllers as participation
from coop.payments import controllers as payments
from coop.places import GROUPS, MAINS, told
from coop.prices import controllers as prices
from coop.prices.controllers.heard import heard_before_notices
from coop.receipts import controllers as receipts
from coop.reports import controllers as reports
from coop.safeguarding import controllers as safeguarding
from coop.safeguarding.operations.telling import concern_of_feedback, concern_of_signs
from coop.safeguarding.queries.readers import box_readers
from coop.sales import controllers as sales
from coop.schemes import controllers as schemes
from coop.schooling import controllers as schooling
from coop.schooling.queries.coverage import last_coverage
from coop.settings import settings
from coop.sites import controllers as sites
from coop.weighing import api as weighing_api
from coop.weighing import controllers as weighing
from coop.weighing.queries.people import weighings_of

receipts.ask_log(stands)

ROUTES = (
    *front.HANDLERS,
    *identity.CONTROLLERS,
    *cooperatives.CONTROLLERS,
    *members.CONTROLLERS,
    *participation.CONTROLLERS,
    *sites.CONTROLLERS,
    *prices.HANDLERS,
    *receipts.HANDLERS,
    *schooling.CONTROLLERS,
    *buyers.HANDLERS,
    *log.HANDLERS,
    *log_api.HANDLERS,
    *weighing.CONTROLLERS,
    *sales.CONTROLLERS,
    *payments.CONTROLLERS,
    *closing.CONTROLLERS,
    *ledger.CONTROLLERS,
    *schemes.CONTROLLERS,
    *safeguarding.CONTROLLERS,
    *livelihoods.HANDLERS,
    *reports.HANDLERS,
    *community.HANDLERS,
    *importing.CONTROLLERS,
    weighing_api.desk_entries,
    weighing_api.desk_undo,
)

members.hand_in(weighings_of)
community.hand_in(concern_of_signs)
participation.hand_in(readers=box_readers, raise_concern=concern_of_feedback)
prices.hand_in(livelihoods.floor_note)
participation.hand_in_notices(heard_before_notices)
buyers.hand_in_coverage(last_coverage)

SITE = Site(
    "ढिबरा समितियाँ",
    "Dhibra cooperatives",
    (
        *PUBLIC_PLACES,
        Place("/home", "home", say("Home")),
        Place(
            "/desk",
            "scale",
            say("Weighing"),
            Permission.DESK_ENTRY_POST,
            about=say("Weigh, give the slip, pay the same day"),
        ),
        Place(
            "/members",
            "member",
            say("Members"),
            Permission.MEMBERS_MEMBER_READ,
            about=say("Find by number or name, card, passbook"),
        ),
        Place(
            "/lots",
            "truck",
            say("Lots and sales"),
            Permission.SALES_BOOK_READ,
            about=say("Make a lot, sell it, let it out of the gate"),
        ),
        Place(
            "/prices",
            "price",
            say("Prices"),
            Permission.PRICES_NOTICE_READ,
            about=say("The floor prices of today"),
        ),
        Place(
            "/notices",
            "price",
            say("Price notices"),
            Permission.PRICES_NOTICE_PUBLISH,
            about=say("Write, check and publish a notice"),
        ),
        Place(
            "/price-overview",
            "warn",
            say("At a glance"),
            Permission.PRICES_NOTICE_PUBLISH,
            about=say("In force, next, and places without a price"),
        ),
        Place(
            "/sites",
            "pin",
            say("Sites"),
            Permission.SITES_SITE_READ,
            about=say("Where collection is allowed, and until when"),
        ),
        Place(
            "/schemes",
            "scheme",
            say("Schemes"),
            Permission.SCHEMES_HOUSEHOLD_SCREEN,
            about=say("What a household can claim, and what became of it"),
        ),
        Place(
            "/livelihoods",
            "house",
            say("Livelihoods"),
            Permission.LIVELIHOODS_REPORT_READ,
            about=say("What dhibra brings a family, and what is missing"),
        ),
        Place("/verify", "qr", say("Verify"), about=say("Is a receipt genuine and current?")),
        Place(
            "/children",
            "school",
            say("Children"),
            Permission.SCHOOLING_LIST_READ,
            about=say("Whose school place must be looked after"),
        ),
        Place(
            "/voice",
            "talk",
            say("Feedback box"),
            Permission.PARTICIPATION_MESSAGE_READ,
            about=say("What came into the box, and what you answer"),
        ),
        Place(
            "/voice/hearings",
            "talk",
            say("Hearings"),
            Permission.PARTICIPATION_HEARING_RECORD,
        ),
        Place(
            "/cases",
            "shield",
            say("Cases"),
            Permission.SAFEGUARDING_CASE_WORK,
            about=say("Children in need, the most urgent first"),
        ),
        Place("/focal-points", "shield", say("Focal points"), Permission.SAFEGUARDING_READER_NAME),
        Place(
            "/reports/children",
            "book",
            say("Reports"),
            Permission.REPORTS_CHILDREN_READ,
            about=say("Children in school by village, counts only"),
        ),
        Place(
            "/community",
            "pin",
            say("Villages"),
            Permission.COMMUNITY_WORK_READ,
            about=say("Where partners, committees and sessions reach, and where nobody does"),
        ),
        Place(
            "/buyers",
            "truck",
            say("Buyers"),
            Permission.BUYERS_BUYER_READ,
            about=say("Their papers and whether they may buy"),
        ),
        Place(
            "/firm",
            "book",
            say("My firm"),
            Permission.BUYERS_OWN_READ,
            about=say("Your papers, receipts and claims"),
        ),
        Place(
            "/ledger",
            "book",
            say("Books"),
            Permission.LEDGER_BOOK_READ,
            about=say("Balance, day book, dues and stock"),
        ),
        Place(
            "/vouchers",
            "receipt",
            say("Money"),
            Permission.PAYMENTS_VOUCHER_READ,
            about=say("Pay members, take money from buyers"),
        ),
        Place(
            "/closing",
            "check",
            say("Close the day"),
            Permission.CLOSING_DAY_READ,
            about=say("Count the cash box; another confirms"),
        ),
        Place("/corrections", "warn", say("Corrections"), Permission.WEIGHING_EXCEPTION_READ),
        Place("/devices", "scale", say("Devices"), Permission.DESK_DUTY_OPEN),
        Place(
            "/health-of-books",
            "check",
            say("Health of the books"),
            Permission.REPORTS_HEALTH_READ,
            about=say("Do books, log and prices hold? Exceptions first."),
        ),
        Place("/trail", "receipt", say("Way of a receipt"), Permission.REPORTS_HEALTH_READ),
        Place(
            "/duplicates",
            "member",
            say("Likely same persons"),
            Permission.MEMBERS_DUPLICATE_DECIDE,
        ),
        Place("/transfers", "member", say("Transfers"), Permission.MEMBERS_TRANSFER_DECIDE),
        Place("/erasures", "member", say("Wishes to be erased"), Permission.MEMBERS_MEMBER_ERASE),
        Place("/sales", "receipt", say("Sales"), Permission.SALES_BOOK_READ),
        Place("/exceptions", "warn", say("Exceptions"), Permission.WEIGHING_EXCEPTION_READ),
        Place(
            "/sample",
            "receipt",
            say("Sample"),
            Permission.REPORTS_SAMPLE_DRAW,
            about=say("Thirty receipts that nobody chose"),
        ),
        Place("/reads", "member", say("Who read what"), Permission.AUDIT_TRAIL_READ),
        Place("/imports", "file", say("Lists from files"), Permission.IMPORTS_FILE_LOAD),
        Place("/account", "member", say("My account"), Permission.IDENTITY_SELF_USE),
    ),
    GROUPS,
    MAINS,
)
SITE = replace(SITE, places=told(SITE.places))


def middleware() -> list[DefineMiddleware]:
    """Who asks, then whether the request comes from our own page."""
    secure, public_url = settings().secure, settings().public_url
    return [
        DefineMiddleware(SessionMiddleware, resolver=actor_of_token, secure=secure),
        DefineMiddleware(log_api.WitnessTokens),
        DefineMiddleware(CsrfMiddleware, public_url=public_url, secure=secure),
    ]
