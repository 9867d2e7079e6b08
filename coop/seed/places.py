"""The demo's places, grades and prices. Everything is invented; ``(invented)`` stands in the names."""

from datetime import datetime, timedelta

from coop.cooperatives.rules import Centre, Cooperative
from coop.prices.rules import (
    BUYER,
    PICKER,
    Component,
    Consultation,
    Grade,
    Notice,
    NoticeLine,
    PricedLine,
)
from coop.sites.rules import Site, SitePermit

KODERMA, GIRIDIH, JHARKHAND = 334, 329, 20

COOPERATIVES = (
    Cooperative(
        "KOD01",
        "Namuna Koderma dhibra cooperative (invented)",
        "नमूना कोडरमा ढिबरा समिति (काल्पनिक)",
        "Domchanch",
        KODERMA,
        JHARKHAND,
    ),
    Cooperative(
        "GIR01",
        "Namuna Giridih dhibra cooperative (invented)",
        "नमूना गिरिडीह ढिबरा समिति (काल्पनिक)",
        "Tisri",
        GIRIDIH,
        JHARKHAND,
    ),
)
CENTRES = (
    Centre(
        "KOD01-C1",
        "KOD01",
        "Namunatand centre",
        "Namunatand",
        "Domchanch",
        KODERMA,
        (),
        "नमूनाटांड़ केंद्र",
    ),
    Centre(
        "KOD01-C2",
        "KOD01",
        "Abhrakdih centre",
        "Abhrakdih",
        "Satgawan",
        KODERMA,
        (),
        "अभ्रकडीह केंद्र",
    ),
    Centre(
        "GIR01-C1",
        "GIR01",
        "Misalpur centre",
        "Misalpur",
        "Tisri",
        GIRIDIH,
        (),
        "मिसालपुर केंद्र",
    ),
)
SITES = (
    Site(
        "S-KOD-01",
        "Namuna dump 1",
        "Namunatand",
        "Domchanch",
        KODERMA,
        JHARKHAND,
        24450,
        85650,
        "GM",
        True,
        "old overburden (invented)",
        "नमूना ढेर 1",
        10_000,
        None,
        (),
    ),
    Site(
        "S-KOD-02",
        "Namuna dump 2",
        "Abhrakdih",
        "Satgawan",
        KODERMA,
        JHARKHAND,
        24600,
        85750,
        "raiyati",
        True,
        "(काल्पनिक)",
        "नमूना ढेर 2",
        10_000,
        None,
        ("dust",),
    ),
    Site(
        "S-KOD-03",
        "Namuna forest edge",
        "Namunatand",
        "Domchanch",
        KODERMA,
        JHARKHAND,
        24500,
        85550,
        "protected_forest",
        False,
        "not cleared (invented)",
        "नमूना जंगल किनारा",
        10_000,
        None,
        ("slope",),
    ),
    Site(
        "S-GIR-01",
        "Misal dump 1",
        "Misalpur",
        "Tisri",
        GIRIDIH,
        JHARKHAND,
        24550,
        86050,
        "GM",
        True,
        "(काल्पनिक)",
        "मिसाल ढेर 1",
        10_000,
        None,
        (),
    ),
    Site(
        "S-GIR-02",
        "Misal dump 2",
        "Misalpur",
        "Tisri",
        GIRIDIH,
        JHARKHAND,
        24600,
        85950,
        "raiyati",
        True,
        "(काल्पनिक)",
        "मिसाल ढेर 2",
        10_000,
        None,
        ("water",),
    ),
)
OPEN_SITES = {"KOD01": ("S-KOD-01", "S-KOD-02"), "GIR01": ("S-GIR-01", "S-GIR-02")}

# An example of a list that the agency would publish; there is no official one.
GRADES = (
    Grade(1, "Ruby, large", "रूबी बड़ा", "25253010", "kg"),
    Grade(2, "Ruby, small", "रूबी छोटा", "25253010", "kg"),
    Grade(3, "Mixed", "मिश्रित", "25253010", "kg"),
    Grade(4, "Stained", "दागी", "25253010", "kg"),
    Grade(5, "Fines", "चूरा", "25253010", "kg"),
    Grade(6, "Unsorted", "बिना छंटा", "25253010", "kg"),
    Grade(7, "Flakes", "फ्लेक्स", "25252010", "kg"),
    Grade(8, "Dust", "धूल", "25252090", "kg"),
)
# Invented picker floors in paise a kilogram, by grade, of the first and the second notice.
_FIRST = (1525, 1200, 1025, 850, 600, 400, 1650, 350)
_SECOND = (1700, 1350, 1175, 975, 700, 425, 1800, 400)
SECOND_AFTER_DAYS = 33
_BUYER_MARGIN, _PREMIUM, _CARRIAGE = 250, 50, 125


def permission(first_day: datetime) -> SitePermit:
    """A paper for the first heap that covers the demo's days and ends."""
    day = first_day.date()
    return SitePermit(
        "S-KOD-01",
        "NAMUNA/PERMIT/12 (invented)",
        "अंचल कार्यालय (काल्पनिक)",
        day - timedelta(days=30),
        day + timedelta(days=400),
    )


def notices(first_day: datetime) -> tuple[Notice, ...]:
    """Two notices for both districts; the second begins at 13:00 in the middle of a day."""
    begins = first_day.replace(hour=0, minute=0, second=0, microsecond=0)
    change = begins + timedelta(days=SECOND_AFTER_DAYS, hours=13)
    heard = Consultation(
        (begins - timedelta(days=9)).date(),
        "नमूनाटांड़",
        14,
        23,
        4,
        12,
        15,
        6,
        "बोरी ढोना महँगा हो गया है। (काल्पनिक)",
        "ढुलाई का हिस्सा बढ़ाया गया। (काल्पनिक)",
    )
    return (
        _notice("NAMUNA/01", begins, _FIRST, None, "यह पहली सूचना है। (काल्पनिक)"),
        _notice("NAMUNA/02", change, _SECOND, heard, ""),
    )


def _notice(
    number: str,
    begins: datetime,
    floors: tuple[int, ...],
    heard: Consultation | None,
    no_consultation: str,
) -> Notice:
    lines = tuple(
        PricedLine(
            NoticeLine(
                number,
                begins - timedelta(hours=12),
                begins,
                None,
                district,
                grade.code,
                floor,
                floor + _BUYER_MARGIN,
                _PREMIUM,
            ),
            (
                Component(PICKER, "चुनाई", floor - _CARRIAGE),
                Component(PICKER, "केंद्र तक ढुलाई", _CARRIAGE),
                Component(BUYER, "सदस्य का भाव", floor),
                Component(BUYER, "छँटाई और समिति का खर्च", _BUYER_MARGIN),
            ),
        )
        for district in (KODERMA, GIRIDIH)
        for grade, floor in zip(GRADES, floors, strict=True)
    )
    return Notice(
        number,
        "Nodal agency (invented)",
        "नोडल एजेंसी (काल्पनिक)",
        "काल्पनिक भाव (invented prices)",
        "",
        heard,
        no_consultation,
        "",
        lines,
    )
