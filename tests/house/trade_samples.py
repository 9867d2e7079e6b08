"""What the pages of the trade are drawn with in tests: everything invented."""

from datetime import UTC, datetime
from types import SimpleNamespace as Thing

from markupsafe import Markup

from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say

NOON = datetime(2026, 11, 24, 8, 35, tzinfo=UTC)
QR = Markup('<svg viewBox="-4 -4 29 29"><path d="M0 0h7v7h-7z"/></svg>')
SITE = Thing(code="S-334-01", name_hi="लालखदान 1", name_en="Lalkhadan 1")
CENTRE = Thing(name_hi="खैराटांड़ केंद्र", name_en="Khairatand centre")
COOPERATIVE = Thing(
    code="KDM01",
    name_hi="कोडरमा ढिबरा संग्राहक बहुउद्देशीय सहकारी समिति",
    name_en="Koderma dhibra pickers multipurpose cooperative society",
)
NOTICE = Thing(
    number="DHB/2026/03",
    authority="JSMDC",
    effective_from=NOON,
    effective_to=None,
    published_at=NOON,
)
SELLER = Thing(number="1207", name_hi="सुनीता नमूना", name_latin="Sunita Namuna", weighings_today=0)
GRADES = tuple(
    Thing(code=code, grade_code=code, name_hi=hindi, name_en=english, paise=paise)
    for code, hindi, english, paise in (
        (1, "साफ रूबी, 1 इंच से बड़ा", "Clear ruby, over 1 inch", 1700),
        (2, "साफ रूबी, आधा से 1 इंच", "Clear ruby, half to 1 inch", 1350),
        (3, "मिश्रित रंग", "Mixed colour", 1175),
        (4, "दागी", "Stained", 975),
        (5, "चूरा", "Fines", 700),
        (6, "बिना छंटा, कंकड़ मिला", "Unsorted, with stones", 425),
        (7, "अभ्रक फ्लेक्स", "Mica flakes", 1800),
        (8, "अभ्रक धूल", "Mica dust", None),
    )
)
DAY = Thing(
    site_code=SITE.code,
    site=SITE,
    tare_grams=250,
    moisture_pct="2.0",
    waste_pct="5.0",
    paid_mode="cash",
)
DAY_FORM = {
    "site_code": SITE.code,
    "tare_kg": "0.250",
    "moisture_pct": "2.0",
    "waste_pct": "5.0",
    "paid_mode": "cash",
}
SLIPS = tuple(
    Thing(
        number=number,
        path=f"/desk/slips/{number}",
        member_no="0418",
        grade_code=3,
        payable_grams=18150,
        amount_paise=21326,
        state=state,
        undo_path="/weighings/1/reversal" if state == "posted" else None,
        undo_seconds=102,
    )
    for number, state in (
        ("S01187", "posted"),
        ("S01186", "held"),
        ("S01185", "void"),
        ("D07-0014", "provisional"),
    )
)
DESK = {
    "centre": CENTRE,
    "device": "D07",
    "day": DAY,
    "sites": (SITE,),
    "grades": GRADES,
    "notice": NOTICE,
    "seller": SELLER,
    "form": Form({**DAY_FORM, "member_no": "1207", "grade_code": "3", "gross_kg": "18.400"}),
    "free_moisture_pct": "2",
    "free_waste_pct": "5",
    "operation_id": "b0d2f9de-0000-4000-8000-000000000000",
    "slips": SLIPS,
    "clerk": 7,
    "code": "KDM01",
    "number_words": "zero one|crore|rupee",
}
DESK_REFUSED = {
    **DESK,
    "form": DESK["form"].with_problems(  # type: ignore[attr-defined]  # a Form, by its key
        (
            FieldProblem("member_no", say("Please sign in")),
            FieldProblem("gross_kg", say("This is too large")),
            FieldProblem("tare_kg", say("This was refused")),
            FieldProblem(None, say("Too many tries")),
        )
    ),
}
PAPER = {
    "office": COOPERATIVE,
    "sites": (SITE,),
    "grades": GRADES,
    "form": Form({**DAY_FORM, "on_day": "2026-10-03", "at_time": "07:40"}),
    "operation_id": "b0d2f9de-0000-4000-8000-000000000000",
    "booked": "",
}
SLIP = Thing(
    number="KDM01-26-S01187",
    cooperative=COOPERATIVE,
    centre=CENTRE,
    weighed_at=NOON,
    member_no="1207",
    site=SITE,
    grade_code=3,
    grade=GRADES[2],
    gross_grams=18400,
    tare_grams=250,
    deduction_grams=0,
    payable_grams=18150,
    rate_paise=1175,
    floor_paise=1175,
    amount_paise=21326,
    paid_mode="cash",
    state="posted",
    reprints=1,
    month_paise=284550,
    balance_paise=4429,
    permission="NAMUNA/2026/12",
    policy=Thing(name_hi="लघु खनिज नियमावली", name_en="Minor mineral rules", verified=False),
)
GOODS = Thing(
    number="KDM01-26-B00031",
    kind=2,
    cooperative=COOPERATIVE,
    issued_at=NOON,
    lines=(
        Thing(
            grade_code=3,
            name_hi="मिश्रित रंग",
            name_en="Mixed colour",
            grams=1279000,
            paise_per_kg=1500,
        ),
    ),
    total_paise=1918500,
    buyer="20ZZMFV4598A1Z2",
    cti="00010203040506070809",
)
CHECKS = tuple(
    Thing(key=key, state=state)
    for key, state in (
        ("text", "ok"),
        ("seal", "ok"),
        ("sum", "ok"),
        ("status", "bad"),
        ("log", "off"),
    )
)
VERIFY = {
    "form": Form(),
    "verdict": "GENUINE_CURRENT",
    "status_at": NOON,
    "since": None,
    "checks": CHECKS,
    "goods": GOODS,
    "history": (),
    "first_claim": NOON,
}
VOID = {
    **VERIFY,
    "verdict": "VOID",
    "since": NOON,
    "history": (Thing(at=NOON, state="bad", words=say("Void"), note="KDM01-26-R00004"),),
}
VERDICTS = (
    "GENUINE_CURRENT GENUINE_STATUS_UNKNOWN HELD REPLACED VOID UNKNOWN_KEY KEY_NOT_VALID_THEN"
    " BAD_SIGNATURE MALFORMED INCONSISTENT NOT_LOGGED KEY_LIST_OUT_OF_DATE"
)
DISTRICTS = (
    Thing(code="334", name_hi="कोडरमा", name_en="Koderma"),
    Thing(code="328", name_hi="गिरिडीह", name_en="Giridih"),
)
BOARD = {
    "at": NOON,
    "address": "HTTPS://KDM01/R",
    "district": DISTRICTS[0],
    "districts": DISTRICTS,
    "prices": tuple(
        Thing(
            grade_code=one.code,
            name_hi=one.name_hi,
            name_en=one.name_en,
            picker_paise=one.paise,
            buyer_paise=one.paise and one.paise + 350,
            premium_paise=one.paise and 50,
            notice_no=one.paise and NOTICE.number,
            history_path=f"/prices/history?district=334&grade={one.code}",
        )
        for one in GRADES
    ),
    "notices": tuple(
        Thing(
            **vars(NOTICE),
            path="/prices/DHB/2026/03",
            issuer=Thing(name_hi="नोडल एजेंसी", name_en="JSMDC"),
            for_past=past,
            reference="पत्र 12" if past else "",
            consulted=consulted,
            no_consultation_reason="पहली सूचना",
            held_on=NOON.date(),
            people=34,
            changed="ढुलाई बढ़ी",
        )
        for past, consulted in ((True, "held"), (False, "none"), (False, "not_recorded"))
    ),
    "coming": (
        Thing(
            at=NOON,
            number="DHB/2026/07",
            path="/prices/DHB/2026/07",
            prices=(
                Thing(
                    grade_code=3,
                    name_hi="मिश्रित रंग",
                    name_en="Mixed colour",
                    paise=1275,
                    before_paise=1175,
                ),
            ),
        ),
        Thing(
            at=NOON,
            number=None,
            path=None,
            prices=(
                Thing(
                    grade_code=4,
                    name_hi="दागी",
                    name_en="Stained",
                    paise=None,
                    before_paise=975,
                ),
            ),
        ),
    ),
}
