"""What the pages of sites are drawn with in tests: everything invented."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing

from coop.cooperatives.rules import district, known_districts, known_states
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.sites.queries import Policy, SiteVersion
from coop.sites.rules import Hazard, Site, SitePermit, Spot, site_map

NOON = datetime(2026, 11, 24, 8, 35, tzinfo=UTC)
HAZARDS = (Hazard("slope", "ढहने वाली ढलान", "Unstable slope", False), Hazard("water", "गहरा पानी", "Deep water", False))  # fmt: skip
SITE = Site(
    "S-334-01", "Lalkhadan 1", "खैराटांड़", "डोमचाँच", 334, 20, 24495, 85702, "GM", True, "खुला ढेर",
    "लालखदान 1", 100, date(2026, 11, 20), ("slope",),
)  # fmt: skip
VERSION = SiteVersion(SITE, 2, date(2027, 3, 31), "inspector", NOON)
STATES = ("open", "ending", "ended", "closed", "unknown")
LANDS = ("raiyati", "GM", "protected_forest", "sanctuary", "unknown")
SITES = tuple(
    Thing(
        number=number,
        code=f"S-334-0{number}",
        name_hi=f"ढेर {number}",
        name_en=f"Heap {number}",
        village="खैराटांड़",
        district=district(334),
        land_status=land,
        state=state,
        permission="पत्र 12" if number == 1 else "",
        cleared_until=date(2027, 3, 31) if number == 1 else None,
        visited_on=date(2026, 11, 20) if number == 1 else None,
    )
    for number, (state, land) in enumerate(zip(STATES, LANDS, strict=True), 1)
)
LIST: dict[str, object] = {
    "sites": SITES,
    "map": site_map(
        Spot(one.number, one.code, one.state, 24_400 + 30 * one.number, 85_700) for one in SITES
    ),
    "districts": (district(334), district(329)),
    "chosen": "334",
    "next_path": "/sites?after=S-334-05",
    "may_record": True,
}
ONE: dict[str, object] = {
    "site": SITE,
    "latest": VERSION,
    "now_state": "open",
    "hazards": HAZARDS[:1],
    "district": district(334),
    "position": ("24.495", "85.702"),
    "visited_on": date(2026, 11, 20),
    "permits": (
        Thing(
            permit=SitePermit("S-334-01", "पत्र 12", "ज़िला कार्यालय", NOON.date(), None), holds=True
        ),
        Thing(
            permit=SitePermit("S-334-01", "पत्र 12", "ज़िला कार्यालय", NOON.date(), NOON.date()),
            holds=False,
        ),
    ),
    "policy": Policy("लघु खनिज नियमावली", "Minor mineral rules", NOON.date(), "12-03", False),
    "history": tuple(
        Thing(version=VERSION, state=state, recorded_by=say("Inspector of the agency"), hazards=own)
        for state, own in (("open", HAZARDS), ("closed", ()))
    ),
    "form": Form({"operation_id": "1"}, (FieldProblem("reference", say("This is too large")),)),
    "may_record": True,
    "rests": Thing(hearing=None, no_hearing_reason="वन विभाग की सूची"),
}
BARE = {
    **ONE,
    "site": Site("S-1", "Heap", "गाँव", "", 334, 20, None, None, "unknown", False, "", "ढेर"),
    "latest": SiteVersion(SITE, 1, None, "", NOON),
    "hazards": (),
    "position": ("", ""),
    "visited_on": None,
    "permits": (),
    "policy": None,
    "history": (),
    "form": Form(),
    "may_record": False,
    "rests": None,
}
FORM = {
    "code": None,
    "districts": known_districts(),
    "states": known_states(),
    "hazards": HAZARDS,
    "hearings": (),
    "form": Form({"hazard-slope": "yes", "precision": "100", "land_status": "GM"}),
}
SITE_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "sites": ("sites/list.html", LIST, True),
    "sites-none": ("sites/list.html", {**LIST, "sites": (), "chosen": "", "map": None}, True),
    "sites-none-here": ("sites/list.html", {**LIST, "sites": (), "map": None}, True),
    "sites-none-reader": (
        "sites/list.html",
        {**LIST, "sites": (), "chosen": "", "map": None, "may_record": False},
        True,
    ),
    "site": ("sites/site.html", ONE, True),
    "site-bare": ("sites/site.html", BARE, True),
    "site-new": ("sites/form.html", FORM, True),
    "site-change": (
        "sites/form.html",
        {**FORM, "code": "S-334-01", "form": Form({}, (FieldProblem("lat", say("Void")),))},
        True,
    ),
}
