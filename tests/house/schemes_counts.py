"""What the counts of the benefit desk and its list of households to check again are drawn with."""

from datetime import date

from coop.schemes.controllers.again import AgainShown, WhyShown
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.rules.facts import Text
from coop.schemes.rules.indicator import Told, ToldAges, ToldYear
from coop.schemes.rules.life import WORDS as LIFE_WORDS
from coop.schemes.rules.life import Life

ON = date(2026, 11, 24)
WORDS = catalogue().words
_COUNTS = (Told(Text("Namuna", "नमूना"), 9), Told(Text("", ""), None))
REPORT: dict[str, object] = {
    "years": (
        ToldYear(date(2026, 4, 1), 25, 6, 1_250_000, 50_000, 200_000),
        ToldYear(date(2025, 4, 1), None, None, None, None, None),
        ToldYear(date(2024, 4, 1), 0, 0, 0, None, None),
    ),
    "ages": (ToldAges(WORDS["state"]["applied"], (9, 0, None, None)),),
    "least": 5,
    **dict.fromkeys(("barriers", "papers", "villages", "money"), _COUNTS),
}
AGAIN = AgainShown(
    "HKDM-0142", "खैराटांड़", ON,
    (
        WhyShown(LIFE_WORDS[Life.BIRTHDAY], ON, "बसंती नमूना", 60, (), 0),
        WhyShown(LIFE_WORDS[Life.RULES], ON, "", 0, (catalogue().schemes["SARVAJAN"].name,) * 2, 3),
    ),
)  # fmt: skip
