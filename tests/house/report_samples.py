"""Pages of reports and zones with what they are drawn with in tests; villages and people are invented."""

from datetime import date
from types import SimpleNamespace as Thing

from coop.kernel.quarter import Quarter
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.reports.controllers.children import GROUPINGS, MEASURES, Line, Shown, Table
from coop.reports.rules.children import Grouping
from coop.reports.rules.zones import Assessment, Criterion, ZoneState
from tests.house.trade_samples import COOPERATIVE, NOON

_QUARTER = Quarter(date(2026, 7, 1))
_COUNTS = (Shown(120), Shown(95), Shown(80), Shown(None), Shown(None, hidden=True))
_REPORT = Thing(quarter=_QUARTER, checked_on=date(2026, 9, 20), rule="in-45", published_at=NOON)
_CHILDREN: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "cooperatives": (COOPERATIVE, COOPERATIVE),
    "report": _REPORT,
    "measures": tuple(MEASURES.values()),
    "totals": _COUNTS,
    "tables": (
        Table(
            GROUPINGS[Grouping.SEX], (Line(say("Girls"), _COUNTS), Line(say("Not known"), _COUNTS))
        ),
        Table(GROUPINGS[Grouping.VILLAGE], (Line("नमूनाटांड़", _COUNTS),)),
    ),
    "published": (_QUARTER, Quarter(date(2026, 4, 1))),
    "open": (Quarter(date(2026, 1, 1)),),
    "may_publish": True,
    "may_villages": True,
    "form": Form(),
}
_NOTHING = {
    **_CHILDREN,
    "report": None,
    "totals": (),
    "tables": (),
    "published": (),
    "cooperatives": (COOPERATIVE,),
    "form": Form(
        {"quarter": "2026-Q1"},
        (
            FieldProblem(
                "quarter", say("Nobody checked the children in this quarter; choose another.")
            ),
        ),
    ),
}
_CRITERIA = (
    Criterion("visited", "Every home was visited", "हर घर गए", True, "मसौदा", False),
    Criterion("heard", "Children were heard", "बच्चों की बात सुनी गई", True, "agency", True),
)
_WHERE = Thing(name_hi="कोडरमा", name_en="Koderma")


def _zone(state: ZoneState, **changed: object) -> Thing:
    one = Assessment(
        "नमूनाटांड़", "डोमचांच", 334, NOON.date(), date(2027, 9, 1), "अ. नमूना",
        "नमूना न्यास", "सब 40 घर देखे", {"visited": True, "heard": False},
    )  # fmt: skip
    kept: dict[str, object] = {
        "id": 3,
        "assessment": one,
        "state": state,
        "revoked_on": None,
        "reason": "",
        "recorded_as": "inspector",
        "latest": True,
        **changed,
    }
    return Thing(**kept)


_ZONES: dict[str, object] = {
    "zones": (
        (_zone(ZoneState.HOLDS), _WHERE),
        (_zone(ZoneState.EXPIRED, latest=False), _WHERE),
        (_zone(ZoneState.REVOKED, revoked_on=NOON.date(), reason="स्कूल बंद"), _WHERE),
        (_zone(ZoneState.NOT_MET), _WHERE),
    ),
    "criteria": _CRITERIA,
    "roles": {"inspector": say("Inspector of the agency")},
    "may_record": True,
    "form": Form(),
}
_NEW: dict[str, object] = {
    "criteria": _CRITERIA,
    "limits": Thing(valid_days=365, within_days=90),
    "districts": (Thing(code=334, name_hi="कोडरमा", name_en="Koderma"),),
    "form": Form({"operation_id": "x"}, (FieldProblem("met_heard", say("Say yes or no.")),)),
}
REPORT_SAMPLES = {
    "reports/children.html": ("reports/children.html", _CHILDREN, True),
    "reports/children.html nothing": ("reports/children.html", _NOTHING, True),
    "reports/zones.html": ("reports/zones.html", _ZONES, True),
    "reports/zones.html nothing": (
        "reports/zones.html",
        {**_ZONES, "zones": (), "may_record": False},
        False,
    ),
    "reports/zone_new.html": ("reports/zone_new.html", _NEW, True),
    "reports/zone_end.html": (
        "reports/zone_end.html",
        {
            "zone_id": 3,
            "form": Form(
                {}, (FieldProblem("reason", say("Say why; it stands on the public page.")),)
            ),
        },
        True,
    ),
}
