"""What the pages of oversight, lists from files and all places are drawn with in tests: everything invented."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing
from uuid import UUID

from coop.cooperatives.rules import district
from coop.importing.kinds import KINDS
from coop.importing.shown import RowShown
from coop.kernel.rows import Summary
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.reports.rules.health import Counts, signs
from coop.reports.rules.price_chart import Week, price_chart

NOON = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
PLACE = Thing(code="KDM01", name_hi="खैराटांड़ समिति", name_en="Khairatand cooperative", id=1)
GOOD = Counts(0, 0, 0, 0, None, 0, 0, 0, 3, 0, 0, 1_25_000, NOON, 30)
BAD = Counts(5, 1, 2, 4, datetime(2026, 11, 1, tzinfo=UTC), 1, 2, 3, 0, 1, 1, -5, None, 30)
WEEKS = tuple(
    Week(date(2026, 11, 2 + 7 * n), 1075 + 25 * n, 1075 + 25 * n, 1190 + 20 * n, 30 + n)
    for n in range(3)
)
GRADE = Thing(code=3, name_hi="हरा कट", name_en="Green cut")
CHAIN = Thing(checked=2000, of=6412, holds=True)
COUNTS = Summary(120, 100, 5, 1, 4, 10, 0)
DONE = Thing(
    upload_id=UUID(int=7),
    code="KDM01",
    counts=Summary(120, 100, 5, 1, 4, 10, 105),
    booked_at=NOON,
    sha256="0" * 64,
    keep_good=True,
)
ROWS = (
    RowShown(2, "H-2", "bad", say("refused"), (("x", say("Held receipt")), ("", say("Later")))),
    RowShown(9, "", "wait", say("good, with a remark"), (("y", say("Later")),)),
)
CHOOSE: dict[str, object] = {
    "kinds": KINDS,
    "columns": {one.name: ("a", "b") for one in KINDS},
    "places": (PLACE, PLACE),
    "last": ((DONE, say("Households")),),
    "form": Form(),
    "most_mb": 8,
    "most_rows": 5000,
}
PREVIEW: dict[str, object] = {
    "kind": KINDS[0],
    "place": PLACE,
    "upload": UUID(int=1),
    "key": "ab",
    "counts": COUNTS,
    "rows": ROWS,
    "more": 3,
    "problems": (("x", say("Later"), 7),),
    "form": Form({"keep": "all"}),
    "minutes": 30,
}
ASKED = Thing(
    place=PLACE, places=(PLACE,), days=(date(2026, 11, 1), date(2026, 11, 24)), seed="4711"
)
DRAWN = Thing(
    number="KDM01-26-S00012",
    weighed_at=NOON,
    grade_code=3,
    payable_grams=18150,
    amount_paise=19511,
    paid_mode="cash",
    void=True,
)
MEMBER = Thing(name_hi="मीरा नमूना", name_latin="Meera Namuna", member_no="0007", village="खैराटांड़")
STEPS = (
    Thing(at=NOON, state="ok", words=say("Weighed"), note="18.150", path="/slips/KDM01-26-S00012"),
    Thing(at=NOON, state="bad", words=say("Taken back"), note="", path=""),
)
HELD = Thing(
    district_lgd=334,
    grade_code=3,
    name_hi="हरा कट",
    name_en="Green cut",
    notice_no="DHB/2026/03",
    picker_floor_paise=1075,
    until=NOON,
    next_notice_no="DHB/2026/04",
    next_paise=1100,
    next_from=NOON,
)
BARE = Thing(code="S-334-01", name_hi="लालखदान 1", name_en="Lalkhadan 1", grades=(1, 2), of=8)
PROBLEM = Form({"number": "x"}, (FieldProblem("number", say("Held receipt")),))
OVERSIGHT_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "all-places": ("home/more.html", {}, True),
    "imports": ("imports/choose.html", CHOOSE, True),
    "imports-wrong": (
        "imports/choose.html",
        {
            **CHOOSE,
            "form": Form(
                {"kind": "persons"},
                (FieldProblem("file", say("Later")), FieldProblem("kind", say("Later"))),
            ),
        },
        True,
    ),
    "imports-none": (
        "imports/choose.html",
        {**CHOOSE, "kinds": (), "last": (), "places": ()},
        True,
    ),
    "imports-preview": ("imports/preview.html", PREVIEW, True),
    "imports-preview-good": (
        "imports/preview.html",
        {**PREVIEW, "counts": Summary(9, 9, 0, 0, 0, 0, 0), "rows": (), "more": 0, "problems": ()},
        True,
    ),
    "imports-preview-nothing": (
        "imports/preview.html",
        {**PREVIEW, "counts": Summary(9, 0, 0, 0, 9, 0, 0), "rows": (), "more": 0, "problems": ()},
        True,
    ),
    "imports-preview-bad": (
        "imports/preview.html",
        {**PREVIEW, "place": None, "counts": Summary(9, 0, 0, 0, 0, 9, 0)},
        True,
    ),
    "imports-done": ("imports/done.html", {"booked": DONE, "kind": say("Households")}, True),
    "health-list": (
        "reports/offices.html",
        {
            "rows": tuple(
                (
                    Thing(code="KDM01", name_hi="खैराटांड़", name_en="Khairatand", counts=counts),
                    state,
                    [one for one in signs(counts, NOON) if one.state != "ok"],
                )
                for counts, state in ((BAD, "bad"), (GOOD, "ok"))
            ),
            "exceptions": 1,
        },
        True,
    ),
    "health-list-empty": ("reports/offices.html", {"rows": (), "exceptions": 0}, True),
    "health": (
        "reports/health.html",
        {
            "office_read": PLACE,
            "signs": signs(BAD, NOON),
            "chain": CHAIN,
            "chart": price_chart(WEEKS),
            "grades": (GRADE,),
            "grade": GRADE,
            "sign_ins": ((say("Manager"), NOON), (say("Clerk"), None)),
        },
        True,
    ),
    "health-empty": (
        "reports/health.html",
        {
            "office_read": PLACE,
            "signs": signs(GOOD, NOON),
            "chain": Thing(checked=0, of=0, holds=False),
            "chart": None,
            "grades": (),
            "grade": None,
            "sign_ins": (),
        },
        True,
    ),
    "sample": (
        "reports/sample.html",
        {
            "asked": ASKED,
            "form": Form({"coop": "KDM01", "seed": "4711"}),
            "rows": ((DRAWN, MEMBER), (DRAWN, None)),
            "size": 30,
            "another": "a1b2",
        },
        True,
    ),
    "sample-ask": (
        "reports/sample.html",
        {"asked": ASKED, "form": Form(), "rows": None, "size": 30, "another": "a1b2"},
        True,
    ),
    "sample-empty": (
        "reports/sample.html",
        {
            "asked": ASKED,
            "form": Form({}, (FieldProblem("seed", say("Later")),)),
            "rows": (),
            "size": 30,
            "another": "a1b2",
        },
        True,
    ),
    "trail": (
        "reports/trail.html",
        {
            "form": Form({"number": "KDM01-26-S00012"}),
            "number": "KDM01-26-S00012",
            "found": PLACE,
            "steps": STEPS,
            "ends": say("Its lot is not sold yet."),
        },
        True,
    ),
    "trail-ask": (
        "reports/trail.html",
        {"form": PROBLEM, "number": "", "found": None, "steps": (), "ends": None},
        True,
    ),
    "reads": (
        "reports/reads.html",
        {
            "rows": (
                (
                    Thing(at=NOON, actor="user:7", code="KDM01", about="KDM01/0007", rows=1),
                    (say("Auditor of the agency"),),
                    say("Slip"),
                    (None, "KDM01/0007"),
                ),
                (
                    Thing(at=NOON, actor="user:7", code="KDM01", about="queue", rows=2),
                    (say("Auditor of the agency"),),
                    say("Likely same persons"),
                    (say("those that wait"), ""),
                ),
            ),
            "places": (PLACE, PLACE),
            "form": Form({"coop": ""}),
            "more_path": "/reads?before=7",
        },
        True,
    ),
    "reads-empty": (
        "reports/reads.html",
        {"rows": (), "places": (), "form": Form(), "more_path": None},
        True,
    ),
    "price-overview": (
        "reports/prices.html",
        {
            "districts": ((district(334), [HELD]),),
            "ending": ((HELD, district(334)),),
            "bare": (BARE, Thing(**{**vars(BARE), "of": 2})),
            "days": 30,
        },
        True,
    ),
    "price-overview-empty": (
        "reports/prices.html",
        {"districts": (), "ending": (), "bare": (), "days": 30},
        True,
    ),
}
