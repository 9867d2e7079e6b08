"""The named cast: who signs in, and the members. ``Namuna`` means sample; nobody here is real."""

import random
from dataclasses import dataclass
from datetime import date

FIRST_WOMEN = (
    ("Sunita", "सुनीता"),
    ("Gita", "गीता"),
    ("Meera", "मीरा"),
    ("Basanti", "बसंती"),
    ("Phulmani", "फूलमनी"),
    ("Shanti", "शांति"),
    ("Rukhsana", "रुखसाना"),
    ("Karishma", "करिश्मा"),
    ("Sabita", "सबिता"),
    ("Mangri", "मंगरी"),
)
FIRST_MEN = (
    ("Mohan", "मोहन"),
    ("Bishun", "बिशुन"),
    ("Ruplal", "रूपलाल"),
    ("Prayag", "प्रयाग"),
    ("Arif", "आरिफ"),
    ("Somra", "सोमरा"),
    ("Lakhan", "लखन"),
    ("Dukhi", "दुखी"),
    ("Manoj", "मनोज"),
    ("Jagdish", "जगदीश"),
)
SURNAME = ("Namuna", "नमूना")
VILLAGES = {"KOD01": ("Namunatand", "Abhrakdih"), "GIR01": ("Misalpur", "Udaharan")}
TOLAS = ("Upar tola", "Beech tola", "Niche tola", "Sadak tola")


@dataclass(frozen=True, slots=True)
class SignIn:
    """A role of the cast: user name, display name, and the cooperative it is held in."""

    role: str
    user: str
    name: str
    cooperative: str | None


SIGN_INS = (
    SignIn("manager", "manager", "Meera Namuna", "KOD01"),
    SignIn("clerk", "clerk", "Sunita Namuna", "KOD01"),
    SignIn("treasurer", "treasurer", "Prayag Namuna", "KOD01"),
    SignIn("board", "board", "Phulmani Namuna", "KOD01"),
    SignIn("facilitator", "facilitator", "Karishma Namuna", "KOD01"),
    SignIn("teacher", "teacher", "Jagdish Namuna", "KOD01"),
    SignIn("cso_partner", "cso", "Namuna Seva (invented)", "KOD01"),
    SignIn("community_monitor", "community", "Mangri Namuna", "KOD01"),
    SignIn("focal_point", "focal", "Basanti Namuna", "KOD01"),
    SignIn("manager", "manager2", "Lakhan Namuna", "GIR01"),
    SignIn("clerk", "clerk2", "Sabita Namuna", "GIR01"),
    SignIn("price_officer", "prices", "Price officer (invented)", None),
    SignIn("auditor", "auditor", "Auditor (invented)", None),
    SignIn("inspector", "inspector", "Inspector (invented)", None),
    SignIn("monitor", "monitor", "Monitor (invented)", None),
    SignIn("buyer", "buyer", "Buyer (invented)", None),
    SignIn("standby", "standby", "Standby (invented)", None),
    SignIn("administrator", "admin", "Administrator (invented)", None),
)


@dataclass(frozen=True, slots=True)
class MemberOfCast:
    """A member of the demo, plainly invented."""

    cooperative: str
    member_no: str
    name_latin: str
    name_hi: str
    sex: str
    born: date
    village: str
    tola: str
    relation: str
    relation_latin: str
    relation_hi: str


def members(cooperative: str, count: int, chance: random.Random) -> list[MemberOfCast]:
    """Draw members of a cooperative; numbers count from 0001."""
    made = []
    for number in range(1, count + 1):
        woman = chance.random() < 0.55
        latin, hindi = chance.choice(FIRST_WOMEN if woman else FIRST_MEN)
        other_latin, other_hindi = chance.choice(FIRST_MEN)
        made.append(
            MemberOfCast(
                cooperative,
                f"{number:04d}",
                f"{latin} {SURNAME[0]}",
                f"{hindi} {SURNAME[1]}",
                "F" if woman else "M",
                date(chance.randint(1962, 2004), chance.randint(1, 12), chance.randint(1, 28)),
                chance.choice(VILLAGES[cooperative]),
                chance.choice(TOLAS),
                "W/O" if woman else "S/O",
                f"{other_latin} {SURNAME[0]}",
                f"{other_hindi} {SURNAME[1]}",
            )
        )
    return made
