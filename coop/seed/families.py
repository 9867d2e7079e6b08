"""Invented families of the demo at the benefit desk: asked, helped, one with her pension already seen."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.members.operations import ListedEntry, Particulars, record_households, record_persons
from coop.members.queries import household_ids
from coop.members.rules.household import HouseholdRow
from coop.schemes.operations.applications import move_application, open_application
from coop.schemes.operations.desk import (
    Consent,
    keep_screening,
    note_paper,
    record_answer,
    record_consent,
)
from coop.schemes.queries.applications import application
from coop.schemes.queries.households import Desk
from coop.schemes.queries.screened import Screened, screened
from coop.schemes.rules.applications import Event, State


@dataclass(frozen=True, slots=True)
class Family:
    """A household of the demo; of a child there is a number and nothing else."""

    number: str
    cooperative: str
    village: str
    ration: str
    caste: str
    house: str
    grown: tuple[tuple[str, str, str, str], ...]  # name in both scripts, sex, date of birth
    children: int


FAMILIES = (
    Family(
        "HKOD-0142", "KOD01", "Khairatand", "PHH", "ST", "kutcha",
        (("Basanti Namuna", "बसंती नमूना", "F", "1963-03-02"), ("Sunita Namuna", "सुनीता नमूना", "F", "1992-05-01")), 2,
    ),
    Family(
        "HKOD-0143", "KOD01", "Khairatand", "GREEN", "OBC", "semi",
        (("Ramesh Namuna", "रमेश नमूना", "M", "1984-07-15"), ("Kiran Namuna", "किरण नमूना", "F", "1988-01-20")), 1,
    ),
    Family("HKOD-0144", "KOD01", "Dhab", "NONE", "SC", "kutcha", (("Phulmani Namuna", "फूलमणि नमूना", "F", "1975-11-30"),), 3),
    Family(
        "HGIR-0101", "GIR01", "Tisri", "AAY", "ST", "kutcha",
        (("Sukhdeo Namuna", "सुखदेव नमूना", "M", "1958-02-11"), ("Malti Namuna", "मालती नमूना", "F", "1961-09-09")), 0,
    ),
)  # fmt: skip
# What Basanti's family told: fact, whose (place among the grown; none: the family's), answer.
_TOLD: tuple[tuple[str, int | None, str], ...] = (
    ("h.rural", None, "true"), ("h.any_income_tax", None, "false"), ("h.any_govt_job", None, "false"),
    ("h.mp_mla", None, "false"), ("h.prior_house", None, "false"), ("h.lpg", None, "true"), ("h.bpl", None, "false"),
    ("p.govt_job", 0, "false"), ("p.marital", 0, '"widow"'), ("p.govt_pension", 0, "false"), ("p.receives", 0, "[]"),
    ("p.bank_ac", 0, "true"), ("p.willing_manual", 1, "true"), ("p.bank_ac", 1, "true"), ("p.marital", 1, '"married"'),
    ("p.govt_job", 1, "false"), ("p.spouse_govt_job", 1, "false"), ("p.on_ration_card", 1, "true"), ("p.epf", 1, "false"),
)  # fmt: skip
_DAYS = 40  # between the first step and the first rupee


async def ask(tx: Transaction, owners: dict[str, int], last: date) -> None:
    """Write the families, and what the desk did for the first of them until ``last``."""
    for family in FAMILIES:
        await _list(tx, owners[family.cooperative], family)
    known = await _screened(tx, last)
    desk, drawn = known.desk("household"), _Ids()
    agreed = Consent(True, "thumb", "khortha", last)
    await record_consent(tx, desk, agreed, drawn.next())
    for fact, whose, value in _TOLD:
        at = desk if whose is None else known.desk(known.people[whose].person_no)
        await record_answer(tx, at, fact, value, last, drawn.next())
    basanti, sunita = (known.desk(one.person_no) for one in known.people[:2])
    await note_paper(tx, basanti, "ration_card", True, last, drawn.next())
    await note_paper(tx, desk, "income_cert", False, last, drawn.next())
    await note_paper(tx, sunita, "voter_id", False, last, drawn.next())
    pension = [
        Event(State.CONSENTED, last - timedelta(days=_DAYS - 1), word="thumb", by="hindi"),
        Event(
            State.APPLIED, last - timedelta(days=_DAYS - 5), number="DMC/2026/118",
            office="Block office, Domchanch", by="camp",
        ),
        Event(State.SANCTIONED, last - timedelta(days=9), paise=100_000),
        Event(State.RECEIVING, last - timedelta(days=2), paise=100_000, by="passbook"),
    ]  # fmt: skip
    await _carry(tx, basanti, "SARVAJAN", pension, last, drawn)
    work = [
        Event(State.CONSENTED, last - timedelta(days=35), word="voice", by="hindi"),
        Event(State.APPLIED, last - timedelta(days=33), office="Panchayat", by="office", barriers=("NO_ACK",)),
    ]  # fmt: skip
    await _carry(tx, sunita, "RURAL_WORK", work, last, drawn)
    again = await _screened(tx, last)
    await keep_screening(tx, desk, again.outcomes, last, drawn.next())
    # Checked long ago: since then rules changed, and the desk is told to check again.
    before = last - timedelta(days=200)
    other = await screened(tx, FAMILIES[1].number, before)
    if other is not None:
        await keep_screening(tx, other.desk("household"), other.outcomes, before, drawn.next())


class _Ids:
    """Ids of forms, the same at every filling."""

    def __init__(self) -> None:
        self._last = 0x5C4E << 64

    def next(self) -> UUID:
        """The next one."""
        self._last += 1
        return UUID(int=self._last, version=4)


async def _screened(tx: Transaction, on: date) -> Screened:
    known = await screened(tx, FAMILIES[0].number, on)
    if known is None:
        raise LookupError(FAMILIES[0].number)
    return known


async def _list(tx: Transaction, cooperative_id: int, family: Family) -> None:
    first = f"P{family.number[1]}{family.number[-4:]}"
    row = HouseholdRow(
        family.number, family.cooperative, f"{first}1", family.grown[0][0], family.village, "Upar Tola", "",
        None, 20, "", family.ration, family.caste, False, False, family.house, 50, "no",
    )  # fmt: skip
    await record_households(tx, cooperative_id, [row])
    household_id = (await household_ids(tx))[family.number]
    known = [
        Particulars(name_latin=latin, name_hi=hindi, sex=sex, dob=date.fromisoformat(born))
        for latin, hindi, sex, born in family.grown
    ]
    people = [*known, *[None] * family.children]
    await record_persons(
        tx,
        cooperative_id,
        [ListedEntry(f"{first}{n}", household_id, "", one) for n, one in enumerate(people, 1)],
    )


async def _carry(
    tx: Transaction, at: Desk, scheme: str, events: list[Event], last: date, drawn: _Ids
) -> None:
    found_on = last - timedelta(days=_DAYS)
    number = await open_application(tx, at, scheme, found_on, drawn.next())
    known = await application(tx, number)
    for event in events:
        if known is not None and event.on <= clock.today():
            await move_application(tx, known, event, drawn.next(), doubtful=False)
