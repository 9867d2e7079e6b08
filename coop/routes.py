"""Every address of the application, in one list, and the places of its navigation."""

from litestar.middleware import DefineMiddleware

from coop import front
from coop.access.permission import Permission
from coop.buyers import controllers as buyers
from coop.community import controllers as community
from coop.cooperatives import controllers as cooperatives
from coop.identity import controllers as identity
from coop.identity.queries import actor_of_token
from coop.kernel.web.csrf import CsrfMiddleware
from coop.kernel.web.page import PUBLIC_PLACES, Place, Site
from coop.kernel.web.session import SessionMiddleware
from coop.kernel.words import say
from coop.ledger import controllers as ledger
from coop.log import api as log_api
from coop.log import controllers as log
from coop.log.queries.checkpoints import stands
from coop.members import controllers as members
from coop.payments import controllers as payments
from coop.prices import controllers as prices
from coop.receipts import controllers as receipts
from coop.reports import controllers as reports
from coop.sales import controllers as sales
from coop.schemes import controllers as schemes
from coop.schooling import controllers as schooling
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
    *ledger.CONTROLLERS,
    *schemes.CONTROLLERS,
    *reports.HANDLERS,
    *community.HANDLERS,
    weighing_api.desk_entries,
    weighing_api.desk_undo,
)

members.hand_in(weighings_of)

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
        Place("/members", "member", say("Members"), Permission.MEMBERS_MEMBER_READ),
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
        Place("/notices", "price", say("Price notices"), Permission.PRICES_NOTICE_PUBLISH),
        Place("/sites", "pin", say("Sites"), Permission.SITES_SITE_READ),
        Place(
            "/schemes",
            "scheme",
            say("Schemes"),
            Permission.SCHEMES_HOUSEHOLD_SCREEN,
            about=say("What a household can claim, and what became of it"),
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
        Place("/buyers", "truck", say("Buyers"), Permission.BUYERS_BUYER_READ),
        Place(
            "/firm",
            "book",
            say("My firm"),
            Permission.BUYERS_OWN_READ,
            about=say("Your papers, receipts and claims"),
        ),
        Place("/ledger", "book", say("Books"), Permission.LEDGER_BOOK_READ),
        Place("/vouchers", "receipt", say("Money"), Permission.PAYMENTS_VOUCHER_READ),
        Place("/corrections", "warn", say("Corrections"), Permission.WEIGHING_EXCEPTION_READ),
        Place("/devices", "scale", say("Devices"), Permission.DESK_DUTY_OPEN),
        Place("/account", "member", say("My account"), Permission.IDENTITY_SELF_USE),
    ),
)


def middleware() -> list[DefineMiddleware]:
    """Who asks, then whether the request comes from our own page."""
    secure, public_url = settings().secure, settings().public_url
    return [
        DefineMiddleware(SessionMiddleware, resolver=actor_of_token, secure=secure),
        DefineMiddleware(log_api.WitnessTokens),
        DefineMiddleware(CsrfMiddleware, public_url=public_url, secure=secure),
    ]
