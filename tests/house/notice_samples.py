"""What the pages of prices and sites are drawn with in tests: everything invented."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Thing

from coop.cooperatives.rules import district
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.prices.queries.in_force import FloorPeriod
from coop.prices.queries.notices import Held, LineShown, ListedNotice, NoticeShown
from coop.prices.rules import (
    Component,
    Consultation,
    Grade,
    Notice,
    NoticeLine,
    PricedLine,
    Step,
    notice_path,
    step_chart,
)
from tests.house.livelihood_samples import BESIDE

NOON = datetime(2026, 11, 24, 8, 35, tzinfo=UTC)
KODERMA, GIRIDIH = district(334), district(329)
GRADE = Grade(3, "Mixed colour", "मिश्रित रंग", "25253010", "kg")
HEARD = Consultation(
    date(2026, 11, 10), "डोमचाँच", 12, 22, 3, 11, 15, 5, "बोरी ढोना महँगा है।", "ढुलाई का हिस्सा बढ़ा।"
)
PARTS = (Component("picker", "चुनाई", 1000), Component("picker", "ढुलाई", 175))
LINE = NoticeLine("DHB/2026/07", NOON, NOON, None, 334, 3, 1175, 1425, 50, "DHB/2026/03")
BEFORE = NoticeLine("DHB/2026/03", NOON, NOON, None, 334, 3, 1075, 1300, 50)
SHOWN = NoticeShown(
    number="DHB/2026/07",
    state="in_force",
    published_at=NOON,
    effective_from=NOON,
    effective_to=NOON + timedelta(days=90),
    for_past=True,
    authority="JSMDC",
    authority_hi="नोडल एजेंसी",
    reference="पत्र 12",
    link="",
    supersedes="DHB/2026/03",
    superseded_by=("DHB/2026/08",),
    published_as="price_officer",
    consulted="held",
    no_consultation_reason="",
    no_components_reason="खरीदार का हिस्सा तय नहीं",
    consultation=HEARD,
    lines=(
        LineShown(
            1, 334, 3, GRADE.name_hi, GRADE.name_en, 1175, 1425, 50, PARTS, (Held(NOON, None),)
        ),
        LineShown(2, 329, 3, GRADE.name_hi, GRADE.name_en, 1100, 1350, 50, (), ()),
    ),
)
NOTICE = {
    "notice": SHOWN,
    "issuer": Thing(name_hi="नोडल एजेंसी", name_en="JSMDC"),
    "districts": {334: KODERMA, 329: GIRIDIH},
    "published_by": say("Price officer of the agency"),
    "notice_path": notice_path,
    "revision_path": "/notices/new?revises=DHB%2F2026%2F07",
    "shortfall_path": "/shortfalls/DHB/2026/07",
}
BARE = NoticeShown(
    **{
        **{name: getattr(SHOWN, name) for name in SHOWN.__dataclass_fields__},
        "consulted": "not_recorded",
        "consultation": None,
        "no_components_reason": "",
        "for_past": False,
        "state": "ended",
        "lines": SHOWN.lines[1:],
        "supersedes": "",
        "superseded_by": (),
    }
)
LISTED = tuple(
    ListedNotice(number, f"DHB/2026/0{number}", NOON, NOON, None, [334, 329], 8, number == 1, state)
    for number, state in enumerate(("in_force", "coming", "ended", "superseded"), 1)
)
LIST: dict[str, object] = {
    "notices": list(LISTED),
    "districts": {334: KODERMA, 329: GIRIDIH},
    "district_of": district,
    "form": Form({"district": "334", "state": ""}),
    "next_path": "/notices?before=1",
    "notice_path": notice_path,
    "may_publish": True,
    "filtered": False,
}
COLUMNS = tuple(Thing(district=one, grades=(GRADE,)) for one in (KODERMA, GIRIDIH))
NEW = {
    "columns": COLUMNS,
    "may_publish_for_past": True,
    "notes": BESIDE,
    "form": Form({"consulted": "no"}),
}
NEW_REFUSED = {
    **NEW,
    "form": Form(
        {"picker-334-3": "9", "parts-334-3": "चुनाई 8"},
        (
            FieldProblem("picker-334-3", say("This is too large")),
            FieldProblem("parts-334-3", say("The sum is wrong")),
            FieldProblem("lines", say("Too many tries")),
        ),
    ),
}
CHECKED = Notice(
    "DHB/2026/07", "JSMDC", "नोडल एजेंसी", "पत्र 12", "", HEARD, "", "", (PricedLine(LINE, PARTS),)
)
CHANGE = Thing(
    district=KODERMA, grade=GRADE, begins=NOON, ends=None, before=BEFORE, after=LINE, more_paise=100
)
CHECK = {
    "notice": CHECKED,
    "effective_from": NOON,
    "effective_to": None,
    "for_past": True,
    "differences": (
        CHANGE,
        Thing(**{**vars(CHANGE), "before": None, "more_paise": None}),
        Thing(**{**vars(CHANGE), "more_paise": -50}),
        Thing(**{**vars(CHANGE), "after": None, "ends": NOON, "more_paise": None}),
    ),
    "kept": (("number", "DHB/2026/07"),),
    "notes": (),
    "seen": 7,
    "form": Form({}, (FieldProblem(None, say("Too many tries")),)),
}
PERIODS = (
    FloorPeriod(3, NOON, None, 1175, 1425, 50, "DHB/2026/07"),
    FloorPeriod(3, NOON - timedelta(days=50), NOON, 1075, 1300, 50, "DHB/2026/03"),
)
HISTORY = {
    "district": KODERMA,
    "districts": (KODERMA, GIRIDIH),
    "grade": GRADE,
    "grades": (GRADE,),
    "periods": PERIODS,
    "notice_path": notice_path,
    "chart": step_chart(
        [Step(p.since, p.until, p.picker_floor_paise) for p in reversed(PERIODS)], NOON
    ),
}
SHORTFALL = {
    "notice": SHOWN,
    "notice_path": "/prices/DHB/2026/07",
    "rows": [Thing(code="KDM01", name_hi="समिति", name_en="Cooperative", weighings=3, paise=450)],
    "weighings": 3,
    "paise": 450,
}
NOTICE_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "notice": ("prices/notice.html", NOTICE, False),
    "notice-bare": (
        "prices/notice.html",
        {**NOTICE, "notice": BARE, "revision_path": None, "shortfall_path": None},
        False,
    ),
    "history": ("prices/history.html", HISTORY, False),
    "history-none": ("prices/history.html", {**HISTORY, "periods": (), "chart": None}, False),
    "notices": ("prices/notices.html", LIST, True),
    "notices-none": ("prices/notices.html", {**LIST, "notices": [], "may_publish": False}, True),
    "notices-first": ("prices/notices.html", {**LIST, "notices": []}, True),
    "notices-unfound": ("prices/notices.html", {**LIST, "notices": [], "filtered": True}, True),
    "notice-new": ("prices/notice_new.html", NEW, True),
    "notice-new-refused": ("prices/notice_new.html", NEW_REFUSED, True),
    "notice-new-none": ("prices/notice_new.html", {**NEW, "columns": ()}, True),
    "notice-check": ("prices/notice_check.html", CHECK, True),
    "notice-check-same": ("prices/notice_check.html", {**CHECK, "differences": ()}, True),
    "shortfall": ("prices/shortfall.html", SHORTFALL, True),
    "shortfall-none": ("prices/shortfall.html", {**SHORTFALL, "rows": []}, True),
}
