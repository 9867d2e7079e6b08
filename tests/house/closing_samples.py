"""The pages of the close of a day, as tests draw them."""

from types import SimpleNamespace as Thing

from coop.kernel.refusal import Refusal
from coop.kernel.web.form import Form
from coop.kernel.words import say
from tests.house.trade_samples import COOPERATIVE, NOON

CLOSE = Thing(
    code="KDM01",
    name_hi=COOPERATIVE.name_hi,
    name_en=COOPERATIVE.name_en,
    day=NOON.date(),
    opening_paise=500000,
    expected_paise=120500,
    counted_paise=120000,
    difference_paise=-500,
    words="x",
    counted_name="Meera Namuna",
    counted_at=NOON,
    confirmed_name="Meera Namuna",
    closed_at=NOON,
    closed=True,
    newer=False,
    path="/closing/3",
)
WAITS = Thing(**{**vars(CLOSE), "closed": False, "confirmed_name": None, "closed_at": None})
PAPER = {
    "close": CLOSE,
    "rows": (Thing(value_paise=50000, kind="note", pieces=2, paise=100000),),
    "reason": say("Not known"),
    "counted_role": say("Clerk"),
    "confirmed_role": say("Manager"),
    "journal": "KDM01-26-J00012",
    "late": 2,
    "may_confirm": False,
    "hindrance": None,
    "form": Form(),
    "operation_id": "b0d2f9de-0000-4000-8000-000000000000",
}
COUNT = {
    "office": COOPERATIVE,
    "today": NOON.date(),
    "rows": (
        Thing(name="note_50000", value_paise=50000, kind="note"),
        Thing(name="coin_100", value_paise=100, kind="coin"),
    ),
    "list_verified": False,
    "box": Thing(opening_paise=500000, since=NOON.date()),
    "differs": False,
    "closed": False,
    "reasons": (("", "-"), ("not_known", say("Not known"))),
    "form": Form({"note_50000": "2"}),
    "operation_id": "b0d2f9de-0000-4000-8000-000000000000",
}
DAYS = {
    "closes": (CLOSE, WAITS),
    "office": COOPERATIVE,
    "places": (COOPERATIVE,),
    "form": Form({"coop": "KDM01"}),
    "more_path": "/closing?after=1",
    "may_count": True,
}
DIFFERS = Form({"note_50000": "2"}).with_refusals(
    [Refusal("difference_without_reason", say("Not known"), "reason")]
)
CLOSING_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "closing": ("closing/days.html", DAYS, True),
    "closing-none": (
        "closing/days.html",
        {**DAYS, "closes": (), "places": (), "more_path": None},
        True,
    ),
    "closing-count": ("closing/count.html", COUNT, True),
    "closing-count-differs": (
        "closing/count.html",
        {**COUNT, "differs": True, "form": DIFFERS},
        True,
    ),
    "closing-count-closed": ("closing/count.html", {**COUNT, "closed": True}, True),
    "closing-paper": ("closing/close.html", PAPER, True),
    "closing-waits": (
        "closing/close.html",
        {**PAPER, "close": WAITS, "rows": (), "journal": None, "reason": None, "may_confirm": True},
        True,
    ),
    "closing-own": (
        "closing/close.html",
        {
            **PAPER,
            "close": WAITS,
            "hindrance": say("You counted it yourself; another person confirms."),
        },
        True,
    ),
}
