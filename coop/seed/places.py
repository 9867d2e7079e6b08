"""The demo's places, grades and prices. Everything is invented; ``(invented)`` stands in the names."""

from datetime import datetime, timedelta

from coop.cooperatives.rules import Centre, Cooperative
from coop.prices.rules import Grade, NoticeLine, NoticeRow
from coop.sites.rules import Site

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
    Centre("KOD01-C1", "KOD01", "Namunatand centre", "Namunatand", "Domchanch", KODERMA, ()),
    Centre("KOD01-C2", "KOD01", "Abhrakdih centre", "Abhrakdih", "Satgawan", KODERMA, ()),
    Centre("GIR01-C1", "GIR01", "Misalpur centre", "Misalpur", "Tisri", GIRIDIH, ()),
)
SITES = (
    Site(
        "S-KOD-01",
        "Namuna dump 1",
        "Namunatand",
        "Domchanch",
        KODERMA,
        JHARKHAND,
        None,
        None,
        "GM",
        True,
        "old overburden (invented)",
    ),
    Site(
        "S-KOD-02",
        "Namuna dump 2",
        "Abhrakdih",
        "Satgawan",
        KODERMA,
        JHARKHAND,
        None,
        None,
        "raiyati",
        True,
        "(invented)",
    ),
    Site(
        "S-KOD-03",
        "Namuna forest edge",
        "Namunatand",
        "Domchanch",
        KODERMA,
        JHARKHAND,
        None,
        None,
        "protected_forest",
        False,
        "not cleared (invented)",
    ),
    Site(
        "S-GIR-01",
        "Misal dump 1",
        "Misalpur",
        "Tisri",
        GIRIDIH,
        JHARKHAND,
        None,
        None,
        "GM",
        True,
        "(invented)",
    ),
    Site(
        "S-GIR-02",
        "Misal dump 2",
        "Misalpur",
        "Tisri",
        GIRIDIH,
        JHARKHAND,
        None,
        None,
        "raiyati",
        True,
        "(invented)",
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
_BUYER_MARGIN, _PREMIUM = 250, 50


def notices(first_day: datetime) -> tuple[NoticeRow, ...]:
    """Two notices for both districts; the second begins at 13:00 in the middle of a day."""
    begins = first_day.replace(hour=0, minute=0, second=0, microsecond=0)
    change = begins + timedelta(days=SECOND_AFTER_DAYS, hours=13)
    rows: list[NoticeRow] = []
    for number, start, end, floors in (
        ("NAMUNA/01", begins, None, _FIRST),
        ("NAMUNA/02", change, None, _SECOND),
    ):
        for district in (KODERMA, GIRIDIH):
            for grade, floor in zip(GRADES, floors, strict=True):
                line = NoticeLine(
                    number,
                    start - timedelta(hours=12),
                    start,
                    end,
                    district,
                    grade.code,
                    floor,
                    floor + _BUYER_MARGIN,
                    _PREMIUM,
                )
                rows.append(NoticeRow(line, "Nodal agency (invented)", "invented prices"))
    return tuple(rows)
