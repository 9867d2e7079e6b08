"""Which places stand together, and which few each kind of reader finds on every page.

A place that no group names stands under "More"; a reader whom no line of MAINS fits sees the first
places of the list. Order matters in both.
"""

from coop.access.permission import Permission
from coop.kernel.web.places import Group, Main
from coop.kernel.words import say

GROUPS = (
    Group(say("Work of the day"), ("/desk", "/corrections", "/devices")),
    Group(say("People"), ("/members", "/duplicates", "/transfers", "/erasures")),
    Group(say("Income and schemes"), ("/schemes", "/schemes/report", "/livelihoods")),
    Group(
        say("Children and villages"),
        ("/concern", "/children", "/cases", "/community", "/reports/children", "/focal-points"),
    ),
    Group(say("Voices"), ("/voice", "/voice/hearings")),
    Group(say("Goods and buyers"), ("/lots", "/sales", "/buyers", "/firm", "/verify")),
    Group(say("Prices and sites"), ("/prices", "/notices", "/price-overview", "/sites")),
    Group(say("Money and books"), ("/ledger", "/vouchers", "/closing")),
    Group(
        say("Oversight"),
        (
            "/health-of-books",
            "/exceptions",
            "/trail",
            "/sample",
            "/reads",
        ),
    ),
    Group(say("What everybody reads"), ("/zones", "/common-fund", "/said", "/log")),
    Group(say("Office"), ("/imports", "/account")),
)
# From the most particular to the most common: the first permission that the reader holds decides.
MAINS = (
    Main(Permission.MEMBERS_BOOK_IMPORT, ("/home", "/desk", "/members", "/ledger")),
    Main(Permission.PAYMENTS_MONEY_RECORD, ("/home", "/vouchers", "/ledger", "/lots")),
    Main(Permission.DESK_ENTRY_POST, ("/home", "/desk", "/members", "/prices")),
    Main(Permission.PRICES_PAST_PUBLISH, ("/home", "/notices", "/sites", "/buyers")),
    Main(Permission.PRICES_NOTICE_PUBLISH, ("/home", "/notices", "/price-overview", "/sites")),
    Main(Permission.BUYERS_CONFLICT_DECIDE, ("/home", "/sites", "/buyers", "/health-of-books")),
    Main(Permission.REPORTS_SAMPLE_DRAW, ("/home", "/health-of-books", "/sample", "/ledger")),
    Main(Permission.BUYERS_OWN_READ, ("/home", "/firm", "/verify", "/prices")),
    Main(Permission.SAFEGUARDING_CASE_WORK, ("/home", "/cases", "/children", "/schemes")),
    Main(Permission.SCHOOLING_LIST_READ, ("/home", "/children", "/schemes", "/members")),
    Main(Permission.MEMBERS_MEMBER_ERASE, ("/home", "/members", "/ledger", "/corrections")),
    Main(Permission.REPORTS_HEALTH_READ, ("/home", "/health-of-books", "/ledger", "/sites")),
    Main(Permission.COMMUNITY_WORK_READ, ("/home", "/community", "/reports/children", "/concern")),
    Main(Permission.SAFEGUARDING_CONCERN_RAISE, ("/home", "/concern", "/verify", "/zones")),
)
