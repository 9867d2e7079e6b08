"""Slips and what takes them back, as their pages are drawn in tests: everything invented."""

from types import SimpleNamespace as Thing

from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from tests.house.trade_samples import COOPERATIVE, GRADES, NOON, QR, SLIP

SLIP_PAGE: dict[str, object] = {
    "slip": SLIP,
    "standing": None,
    "replaces": "",
    "reversal_path": None,
    "qr_svg": QR,
    "back_path": "/desk",
    "printing": False,
}
STANDING = Thing(
    since=NOON,
    reason=say("Wrong weight"),
    asked=say("Clerk"),
    decided=say("Manager"),
    reversal="KDM01-26-R00004",
    replaced_by="KDM01-26-S01188",
)
REVERSAL_SLIP = Thing(
    **{name: value for name, value in vars(SLIP).items() if name != "state"},
    weighing="KDM01-26-S01186",
    reversed_at=NOON,
    cash_back_paise=0,
    replaced_by="KDM01-26-S01188",
)
RIGHT = Thing(
    member_no="1207", grade_code=3, gross_g=1840, tare_g=250, moisture="2.0", waste="5.0",
    rate_paise_per_kg=1175, paid_mode="later",
)  # fmt: skip
ASKED = Thing(
    reason=say("Wrong weight"),
    words="काँटा अटका",
    asked=say("Clerk"),
    asked_at=NOON,
    cash_back=False,
    mine=False,
    right=RIGHT,
)
REVERSAL: dict[str, object] = {
    "weighing": SLIP,
    "number": SLIP.number,
    "request": None,
    "hindrance": None,
    "may_ask": True,
    "may_decide": False,
    "decision_hindrance": None,
    "reasons": (("wrong_weight", say("Wrong weight")), ("other", say("Another reason"))),
    "grades": GRADES,
    "in_cash": True,
    "replacing": True,
    "operation_id": "b0d2f9de-0000-4000-8000-000000000001",
    "form": Form(
        {"reason": "other", "cash": "member", "then": "replace", "member_no": "1207"},
        (FieldProblem("words", say("This was refused")),),
    ),
}
OPEN_REQUEST = Thing(
    number=SLIP.number, name_hi=COOPERATIVE.name_hi, name_en=COOPERATIVE.name_en, grade_code=3,
    payable_grams=18150, amount_paise=21326, asked_at=NOON,
)  # fmt: skip
LATE = Thing(
    entry_id="b0d2f9de-0000-4000-8000-000000000002",
    name_hi=COOPERATIVE.name_hi,
    name_en=COOPERATIVE.name_en,
    device="KDM01-C1-D1",
    came_at=NOON,
    entry=Thing(**{**vars(RIGHT), "site_code": "S-334-01", "weighed_at": NOON}),
)
EXCEPTIONS: dict[str, object] = {
    "undone": (
        Thing(day=NOON.date(), cooperative=COOPERATIVE, user_id=7, device="", name="", times=3),
        Thing(day=NOON.date(), cooperative=COOPERATIVE, user_id=None, device="KDM01-C1-D1", name="", times=1),
    ),
    "corrections": (
        Thing(
            reversal="KDM01-26-R00004", weighing="KDM01-26-S01186", cooperative=COOPERATIVE, at=NOON,
            reason=say("Wrong weight"), asked=say("Clerk"), decided=say("Manager"), amount_paise=21326,
            new_amount_paise=2133, replaced_by="KDM01-26-S01188",
        ),
        Thing(
            reversal="KDM01-26-R00003", weighing="KDM01-26-S01185", cooperative=COOPERATIVE, at=NOON,
            reason=say("Undone by the poster"), asked=say("Who weighed it"), decided=None, amount_paise=21326,
            new_amount_paise=None, replaced_by="",
        ),
    ),
    "places": (COOPERATIVE,),
    "form": Form({"since": "2026-10-01", "until": "2026-11-24", "coop": ""}),
    "period": Thing(since=NOON.date(), until=NOON.date()),
}  # fmt: skip

# name of the sample: template, context, signed in
CORRECTION_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "slip": (
        "weighing/slip.html",
        {**SLIP_PAGE, "reversal_path": "/slips/KDM01-26-S01187/reversal", "replaces": "S01186"},
        True,
    ),
    **{
        f"slip-{state}": (
            "weighing/slip.html",
            {
                **SLIP_PAGE,
                "slip": Thing(**{**vars(SLIP), "state": state, "month_paise": None}),
                "standing": STANDING,
                "qr_svg": None,
                "back_path": "/home",
                "printing": True,
            },
            True,
        )
        for state in ("void", "held", "replaced")
    },
    "reversal-slip": (
        "weighing/reversal_slip.html",
        {
            "slip": REVERSAL_SLIP,
            "reason": say("Wrong weight"),
            "asked": say("Clerk"),
            "decided": say("Manager"),
            "reprints": 1,
            "qr_svg": QR,
            "back_path": "/desk",
            "printing": False,
        },
        True,
    ),
    "reversal": ("weighing/reversal.html", REVERSAL, True),
    "reversal-asked": (
        "weighing/reversal.html",
        {**REVERSAL, "request": ASKED, "may_ask": False, "may_decide": True, "form": Form()},
        True,
    ),
    "reversal-waits": (
        "weighing/reversal.html",
        {**REVERSAL, "request": ASKED, "may_ask": False, "form": Form()},
        True,
    ),
    "reversal-sold": (
        "weighing/reversal.html",
        {**REVERSAL, "hindrance": say("This weighing was taken back already."), "form": Form()},
        True,
    ),
    "corrections": (
        "weighing/corrections.html",
        {
            "requests": tuple(
                (OPEN_REQUEST, say("Wrong weight"), say("Clerk"), mine) for mine in (True, False)
            ),
            "many": True,
            "may_decide": True,
            "may_confirm": True,
            "entries": (LATE, LATE),
            "form": Form({}, (FieldProblem(None, say("This was refused")),)),
        },
        True,
    ),
    "corrections-none": (
        "weighing/corrections.html",
        {
            "requests": (),
            "entries": (),
            "many": False,
            "may_decide": True,
            "may_confirm": False,
            "form": Form(),
        },
        True,
    ),
    "exceptions": ("weighing/exceptions.html", EXCEPTIONS, True),
    "exceptions-none": (
        "weighing/exceptions.html",
        {**EXCEPTIONS, "undone": (), "corrections": (), "places": ()},
        True,
    ),
}
