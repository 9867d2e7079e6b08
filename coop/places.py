"""Which places stand together, and which few each kind of reader finds on every page.

A place that no group names stands under "More"; a reader whom no line of MAINS fits sees the first
places of the list. Order matters in both.
"""

from dataclasses import replace

from coop.access.permission import Permission
from coop.kernel.web.places import Group, Main, Place
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
# Of the places of ``coop.routes``, what one does there.
_ABOUT = {
    "/voice/hearings": say("Who was heard before a decision"),
    "/focal-points": say("Who reads what is told about a child"),
    "/corrections": say("Weighings to take back, entries that came late"),
    "/devices": say("Phones at the scale, open for the day"),
    "/trail": say("From the scale to the buyer, step by step"),
    "/duplicates": say("Look at two and say: one person or two?"),
    "/transfers": say("Members who go to another cooperative"),
    "/erasures": say("Particulars that a person wants gone"),
    "/sales": say("What was sold, to whom, and has it left?"),
    "/exceptions": say("Weighings undone and taken back"),
    "/reads": say("Who looked at whose particulars"),
    "/imports": say("Load households, members, weighings from a file"),
}
# Places that stand on the page of all places, and that no other page leads to.
_FURTHER = (
    Place(
        "/schemes/report",
        "book",
        say("Schemes, counted"),
        Permission.SCHEMES_REPORT_READ,
        about=say("What was applied for and what came, counts only"),
    ),
    Place(
        "/concern",
        "shield",
        say("Tell the focal point"),
        Permission.SAFEGUARDING_CONCERN_RAISE,
        about=say("About a child who works, is in danger or needs help."),
    ),
    Place(
        "/zones",
        "pin",
        say("Zones free of child labour"),
        about=say("Villages that somebody from outside assessed, and when."),
    ),
    Place(
        "/common-fund",
        "house",
        say("Common funds"),
        about=say("What the premium of each kilo did for the members."),
    ),
    Place(
        "/said",
        "talk",
        say("You said, we did"),
        about=say("What people told us, and who was heard before a decision."),
    ),
    Place(
        "/log",
        "receipt",
        say("Public log"),
        about=say("Every receipt in one row; none can be taken out."),
    ),
)


def told(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Say of each place what one does there, and add the further ones."""
    said = (replace(place, about=place.about or _ABOUT.get(place.path)) for place in places)
    return (*said, *_FURTHER)
