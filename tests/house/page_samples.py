"""Every page with what it is drawn with in tests, also empty and with errors."""

from types import SimpleNamespace as Thing

from coop.kernel.refusal import Refusal
from coop.kernel.web.errors import problem_for
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.reports.rules.beginning import first_steps
from tests.house.book_samples import BOOK_SAMPLES
from tests.house.buyer_samples import BUYER_SAMPLES
from tests.house.clip_samples import CLIP_SAMPLES
from tests.house.closing_samples import CLOSING_SAMPLES
from tests.house.community_samples import COMMUNITY_SAMPLES
from tests.house.correction_samples import CORRECTION_SAMPLES
from tests.house.livelihood_samples import LIVELIHOODS
from tests.house.money_samples import MONEY_SAMPLES
from tests.house.notice_samples import NOTICE_SAMPLES
from tests.house.oversight_samples import OVERSIGHT_SAMPLES
from tests.house.passbook_samples import PASSBOOK_SAMPLES
from tests.house.people_acts_samples import ACTS
from tests.house.people_samples import PEOPLE
from tests.house.report_samples import REPORT_SAMPLES
from tests.house.safeguarding_samples import SAFEGUARDING
from tests.house.sales_pages import SALES_SAMPLES
from tests.house.schemes_pages import SCHEMES_SAMPLES
from tests.house.schooling_samples import SCHOOLING
from tests.house.site_samples import SITE_SAMPLES
from tests.house.trade_samples import (
    BOARD,
    CENTRE,
    COOPERATIVE,
    DAY_FORM,
    DESK,
    DESK_REFUSED,
    GRADES,
    NOON,
    PAPER,
    QR,
    VERDICTS,
    VERIFY,
    VOID,
)
from tests.house.verifier_samples import VERIFIER_SAMPLES
from tests.house.voice_samples import VOICE_SAMPLES

ACCOUNT = Thing(
    name="Meera Namuna",
    user="meera",
    roles=(say("Member"),),
    place=COOPERATIVE,
    signed_in_at=NOON,
    second_factor=False,
)
CENTRE_CHOICE = Thing(code="KDM01-C1", name_hi="खैराटांड़ केंद्र", name_en="Khairatand centre")
TODAY = Thing(
    weighed_grams=1284350, payable_paise=1518075, paid_paise=1394625, receipts=87, members=81
)
WAITING_ACTS = (
    Thing(
        state="bad", path="/x", words=say("Void receipt"), note=say("This was refused"), when="2"
    ),
    Thing(state="ask", path="/y", words=say("Held receipt"), note="S00412", when=say("Later")),
)
DEVICES: dict[str, object] = {
    "devices": (
        Thing(
            code="KDM01-C1-D1",
            name_hi="खैराटांड़ केंद्र",
            name_en="Khairatand centre",
            taken=True,
            mine=True,
            revoked=False,
        ),
        Thing(
            code="KDM01-C1-D2",
            name_hi="खैराटांड़ केंद्र",
            name_en="Khairatand centre",
            taken=True,
            mine=False,
            revoked=False,
        ),
        Thing(
            code="KDM01-C1-D3",
            name_hi="खैराटांड़ केंद्र",
            name_en="Khairatand centre",
            taken=False,
            mine=False,
            revoked=True,
        ),
    ),
    "centres": (CENTRE_CHOICE,),
    "may_open": True,
    "may_manage": True,
    "may_weigh": True,
    "form": Form({"centre": "KDM01-C1"}),
    "enrolled": Thing(code="KDM01-C1-D4", token="0123-4567"),
}
NOTHING_YET = Thing(weighed_grams=0, payable_paise=0, paid_paise=0, receipts=0, members=0)
REFUSALS = (Refusal("more_than_stock", say("The sum is wrong"), None),)

LOG: dict[str, object] = {
    "log": Thing(size=6012, root="0a1b2c3d4e5f=", signed_at=NOON),
    "witnesses": (
        Thing(name="JMMC/1", size=6000, seen_at=NOON, recent=True),
        Thing(name="JMMC/2", size=1, seen_at=NOON, recent=False),
        Thing(name="JSMDC/1", size=None, seen_at=None, recent=False),
    ),
    "keys": ("JSMDC/R+12345678+90",),
    "origin": "JSMDC/R",
    "address": "JSMDC",
}

# name of the sample: template, context, signed in
SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    **SCHOOLING,
    **SAFEGUARDING,
    **VERIFIER_SAMPLES,
    **REPORT_SAMPLES,
    **COMMUNITY_SAMPLES,
    "index": ("home/index.html", {}, False),
    "home": (
        "home/home.html",
        {
            "today": TODAY,
            "prices": GRADES,
            "notice_no": "DHB/2026/03",
            "place": CENTRE,
            "todo": WAITING_ACTS,
            "beginning": (),
            "box": Thing(cash_paise=-5, owed_paise=123456789),
            "shows_day": True,
            "shows_prices": True,
        },
        True,
    ),
    "home-empty": (
        "home/home.html",
        {
            "today": NOTHING_YET,
            "prices": (),
            "notice_no": None,
            "place": None,
            "todo": (),
            "beginning": first_steps(1, 8, 0, 0, None),
            "box": None,
            "shows_day": True,
            "shows_prices": True,
        },
        True,
    ),
    "home-no-trade": (
        "home/home.html",
        {
            "today": NOTHING_YET,
            "prices": (),
            "notice_no": None,
            "place": None,
            "todo": (),
            "beginning": (),
            "box": None,
            "shows_day": False,
            "shows_prices": False,
        },
        True,
    ),
    **OVERSIGHT_SAMPLES,
    "sign-in": ("identity/sign_in.html", {"form": Form(), "next": ""}, False),
    "sign-in-error": (
        "identity/sign_in.html",
        {"form": Form({"user": "m"}, (FieldProblem("user", say("Too many tries")),)), "next": "/a"},
        False,
    ),
    "second-factor": (
        "identity/second_factor.html",
        {"form": Form(), "setup": None},
        False,
    ),
    "second-factor-setup": (
        "identity/second_factor.html",
        {"form": Form(), "setup": Thing(secret="ABCD EFGH", qr_svg=QR)},
        False,
    ),
    "account": (
        "identity/account.html",
        {"account": ACCOUNT, "form": Form({"language": "hi"}), "saved": True},
        True,
    ),
    "devices": ("cooperatives/devices.html", DEVICES, True),
    "devices-none": (
        "cooperatives/devices.html",
        {**DEVICES, "devices": (), "may_manage": False, "enrolled": None, "form": Form()},
        True,
    ),
    "desk": ("weighing/desk.html", DESK, True),
    "desk-refused": ("weighing/desk.html", DESK_REFUSED, True),
    "desk-empty": (
        "weighing/desk.html",
        {**DESK, "grades": (), "notice": None, "seller": None, "slips": (), "form": Form(DAY_FORM)},
        True,
    ),
    "paper": ("weighing/paper.html", PAPER, True),
    "paper-booked": ("weighing/paper.html", {**PAPER, "booked": "KDM01-26-S00012"}, True),
    **BOOK_SAMPLES,
    **CLOSING_SAMPLES,
    **CORRECTION_SAMPLES,
    **MONEY_SAMPLES,
    **PASSBOOK_SAMPLES,
    "verify": (
        "receipts/verify.html",
        {
            "form": Form(),
            "verdict": None,
            "status_at": None,
            "since": None,
            "checks": (),
            "goods": None,
            "history": (),
            "first_claim": None,
        },
        False,
    ),
    "verify-void": ("receipts/verify.html", VOID, False),
    **{
        f"verify-{name}": ("receipts/verify.html", {**VERIFY, "verdict": name}, False)
        for name in VERDICTS.split()
    },
    "board": ("prices/board.html", BOARD, False),
    "board-empty": (
        "prices/board.html",
        {**BOARD, "prices": (), "notices": (), "coming": ()},
        False,
    ),
    **NOTICE_SAMPLES,
    **SITE_SAMPLES,
    **BUYER_SAMPLES,
    "log": ("log/log.html", LOG, False),
    "log-empty": ("log/log.html", {**LOG, "log": None, "witnesses": (), "keys": ()}, False),
    **PEOPLE,
    **ACTS,
    "error": ("error.html", {"problem": problem_for(404)}, False),
    "error-refused": ("error.html", {"problem": problem_for(422, REFUSALS)}, True),
    "error-broken": ("error.html", {"problem": problem_for(500, reference="a1b2c3d4")}, True),
    **SALES_SAMPLES,
    **SCHEMES_SAMPLES,
    **CLIP_SAMPLES,
    **LIVELIHOODS,
    **VOICE_SAMPLES,
}
