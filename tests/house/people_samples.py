"""The members' pages as they are drawn in tests; everybody is invented."""

from types import SimpleNamespace as Thing

from coop.kernel.web.form import Form
from coop.kernel.words import say
from coop.members.rules.changes import FieldChange
from tests.house.trade_samples import NOON

Samples = dict[str, tuple[str, dict[str, object], bool]]
ALL = Thing(admit=True, change=True, erase=True, decide=True, slips=True, passbook=True)
NONE = Thing(admit=False, change=False, erase=False, decide=False, slips=False, passbook=False)
LINE = Thing(
    number="KDM01/1207",
    path="/members/KDM01/1207",
    name_hi="सुनीता नमूना",
    name_latin="Sunita Namuna",
    relative=Thing(kind="W/O", name_hi="मोहन नमूना", name_latin="Mohan Namuna"),
    village="खैराटांड़",
    tola="ऊपर टोला",
    state="active",
)
KNOWN = Thing(
    relation="W/O",
    relation_name_hi="मोहन नमूना",
    relation_name_latin="Mohan Namuna",
    sex="F",
    dob=NOON.date(),
    dob_precision="year",
    village="खैराटांड़",
    tola="ऊपर टोला",
    block="",
    id_kind="voter",
)
MEMBER = Thing(
    **{key: getattr(LINE, key) for key in ("number", "path", "name_hi", "name_latin", "state")},
    admitted_on=NOON.date(),
    ceased_on=None,
    source="12/2026",
    household_no="HKDM-0142",
    person_no="KDM01-1207",
    shares=2,
    due_paise=4429,
    erased=False,
    transfer_open=False,
    known=KNOWN,
)
WEIGHING = Thing(
    number="KDM01-26-S01187",
    path="/slips/KDM01-26-S01187",
    weighed_at=NOON,
    grade_code=3,
    payable_grams=18150,
    amount_paise=21326,
)
HAPPENED = Thing(
    at=NOON,
    who=say("Manager"),
    what=say("Marriage"),
    about=None,
    day=NOON.date(),
    fields=(FieldChange("village", "", "खैराटांड़"), FieldChange("mobile", "…2345", "…6789")),
)
CONSENTED = Thing(
    at=NOON,
    who=say("Manager"),
    what=say("Consent given"),
    about=say("Calls and messages"),
    day=None,
    fields=(),
)
MEMBER_PAGE: dict[str, object] = {
    "member": MEMBER,
    "ending": None,
    "numbers": Thing(mobile="…2345", paper="…0142", account="…4471"),
    "nominees": (
        Thing(name="मोहन नमूना", relation="पति", share_tenths=665),
        Thing(name="", relation="", share_tenths=335),
    ),
    "consents": (
        Thing(words=say("Member book and weighings"), given=True, on_day=NOON.date()),
        Thing(words=say("Calls and messages"), given=False, on_day=NOON.date()),
        Thing(words=say("Payment by bank or UPI"), given=None, on_day=None),
    ),
    "weighings": (WEIGHING,),
    "late": (),
    "history": (HAPPENED, CONSENTED),
    "may": ALL,
}
LEFT = Thing(**{**vars(MEMBER), "state": "ceased", "ceased_on": NOON.date(), "household_no": ""})
GONE = Thing(**{**vars(LEFT), "name_hi": "", "name_latin": "", "erased": True})
HOUSEHOLD = Thing(
    facts=Thing(
        household_no="HKDM-0142",
        code="KDM01",
        village="खैराटांड़",
        tola="",
        block="डोमचांच",
        migrant="seasonal",
    ),
    members=(LINE,),
    adults=(Thing(person_no="P00007", name_hi="मोहन नमूना", name_latin="", erased=False),),
    children=("P00008", "P00009"),
)
LIST: dict[str, object] = {
    "members": (LINE,),
    "form": Form({"q": "sunita"}),
    "total": 1,
    "next_path": "/members",
    "may": ALL,
}
_EMPTY_LIST = {**LIST, "members": (), "form": Form(), "total": 0, "next_path": None}

PEOPLE: Samples = {
    "members": ("members/list.html", LIST, True),
    "members-none": ("members/list.html", _EMPTY_LIST, True),
    "members-none-clerk": ("members/list.html", {**_EMPTY_LIST, "may": NONE}, True),
    "members-nobody": ("members/list.html", {**LIST, "members": (), "total": None}, True),
    "member": ("members/member.html", MEMBER_PAGE, True),
    "member-left": (
        "members/member.html",
        {**MEMBER_PAGE, "member": LEFT, "ending": say("Died"), "late": (WEIGHING,)},
        True,
    ),
    "member-erased": (
        "members/member.html",
        {**MEMBER_PAGE, "member": GONE, "nominees": (), "weighings": (), "history": ()},
        True,
    ),
    "member-seen": ("members/member.html", {**MEMBER_PAGE, "may": NONE}, True),
    "household": ("members/household.html", {"household": HOUSEHOLD, "may": ALL}, True),
    "household-empty": (
        "members/household.html",
        {
            "household": Thing(**{**vars(HOUSEHOLD), "members": (), "adults": (), "children": ()}),
            "may": NONE,
        },
        True,
    ),
}
