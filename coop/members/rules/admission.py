"""A row of the member book judged: refused, kept with questions, or kept. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from coop.kernel.clock import full_years
from coop.kernel.refusal import Refusal
from coop.kernel.rows import Outcome
from coop.kernel.words import say
from coop.members.rules.consent import How
from coop.members.rules.duplicates import Candidate, Pair, Register
from coop.members.rules.particulars import Particulars

_YEAR_ONLY = frozenset({"year", "estimated"})


@dataclass(frozen=True, slots=True)
class Book:
    """What a book is judged by; ages in full years, dated parameters of the day.

    ``states``: LGD codes of the cooperatives' own States. ``on``: the day of judgement.
    """

    adult_age: int
    oldest_age: int
    states: frozenset[int]
    on: date


@dataclass(frozen=True, slots=True)
class BookRow:
    """A row of the member book, read. ``dob`` None: empty, or no such day (``dob_written``)."""

    candidate: Candidate
    dob_written: bool
    block: str
    district_lgd: int | None
    state_lgd: int | None
    ifsc: str
    shares: int
    nominees: tuple[tuple[str, str, int], ...]
    admitted_on: date | None
    ceased_on: date | None
    ceased_reason: str
    refusals: tuple[Refusal, ...] = ()
    doubts: tuple[Refusal, ...] = ()
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of the household list. ``dob`` None: a child, of whom nothing more is kept."""

    household_no: str
    dob: date | None


@dataclass(frozen=True, slots=True)
class JudgedBookRow:
    """A row's outcome with its reasons; ``provisional``: perhaps a member elsewhere already.

    ``pairs``: the likely doubles, the known row first.
    """

    row: BookRow
    outcome: Outcome
    reasons: tuple[Refusal, ...] = ()
    provisional: bool = False
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """An admission at the cooperative's own desk, read. ``refusals``: what the form could not use."""

    row: BookRow
    source: str
    consent: How | None
    new_household: bool
    refusals: tuple[Refusal, ...] = ()


def refusals_to_apply(
    application: Application, book: Book, *, household_known: bool
) -> Iterator[Refusal]:
    """Why somebody is not admitted: all that refuses a row of the book, and what a desk can ask for."""
    kept = {(one.code, one.field) for one in application.refusals}
    yield from application.refusals
    for refusal in refusals_to_admit(application.row, book):
        if (refusal.code, refusal.field) not in kept:
            yield refusal
    admitted = application.row.admitted_on
    if admitted is not None and admitted > book.on:
        message = say("The day lies ahead; write it down on that day.")
        yield Refusal("day_ahead", message, "admitted_on")
    if not application.new_household and not household_known:
        message = say("No such household here; leave it empty for a new one.")
        yield Refusal("unknown_household", message, "household_no")
    if not application.source:
        message = say("Give the number of the resolution that admits the member.")
        yield Refusal("resolution_missing", message, "source")
    if application.consent is None:
        message = say("Read the consent aloud and write down how it was given.")
        yield Refusal("consent_missing", message, "consent")


def questions_of(row: BookRow, book: Book) -> tuple[str, ...]:
    """Codes of what is left for a person to answer about an admission."""
    return tuple(refusal.code for refusal in (*_home_doubts(row), *_list_doubts(row, book, None)))


def particulars_of(row: BookRow) -> Particulars:
    """What a row of the book says of a person."""
    one = row.candidate
    return Particulars(
        name_latin=one.name_latin,
        name_hi=one.name_hi,
        relation=one.relation,
        relation_name_latin=one.relation_name_latin,
        relation_name_hi=one.relation_name_hi,
        sex=one.sex,
        dob=one.dob,
        dob_precision=one.dob_precision,
        village=one.village,
        tola=one.tola,
        block=row.block,
        district_lgd=row.district_lgd,
        state_lgd=row.state_lgd,
        mobile=one.mobile,
        id_kind=one.id_kind,
        id_no=one.id_no,
        bank_account=one.bank_account,
        ifsc=row.ifsc,
    )


@dataclass(slots=True)
class Judge:
    """Judges a book from the top; what it keeps counts for the rows that follow.

    ``listed``: who the household list calls a member, by cooperative and member number.
    ``taken``: hashes of kept rows by cooperative and member number.
    """

    book: Book
    known: Register
    listed: Mapping[tuple[str, str], Listed]
    taken: dict[tuple[str, str], bytes] = field(default_factory=dict)
    in_this_book: set[tuple[str, str]] = field(default_factory=set)

    def judge(self, row: BookRow) -> JudgedBookRow:
        """Return a row's outcome and remember it if it is kept."""
        number = (row.candidate.cooperative, row.candidate.member_no)
        if number in self.taken and self.taken[number] == row.content:
            again = Outcome.REPLAY if number in self.in_this_book else Outcome.UNCHANGED
            return JudgedBookRow(row, again)
        why = tuple(refusals_to_admit(row, self.book))
        if not why and number in self.taken:
            message = say("Number %(no)s is given to another person; give a new one.", no=number[1])
            why = (Refusal("member_no_taken", message, "member_no"),)
        if why:
            return JudgedBookRow(row, Outcome.REFUSED, why)
        pairs = self.known.matches(row.candidate)
        doubts = (
            *row.doubts,
            *_home_doubts(row),
            *_list_doubts(row, self.book, self.listed.get(number)),
            *_pair_doubts(row, pairs),
        )
        self.known.add(row.candidate)
        self.taken[number] = row.content
        self.in_this_book.add(number)
        elsewhere = any(pair.a.cooperative != row.candidate.cooperative for pair in pairs)
        outcome = Outcome.WARNED if doubts else Outcome.ACCEPTED
        return JudgedBookRow(row, outcome, doubts, elsewhere, tuple(pairs))


def refusals_to_admit(row: BookRow, book: Book) -> Iterator[Refusal]:
    """Why a row cannot be kept (member book of the 1996 Act s.23 and the bye-laws; age: domain rules)."""
    yield from row.refusals
    one = row.candidate
    if not one.name_latin and not one.name_hi:
        yield Refusal(
            "name_missing", say("The name is missing; write it in Hindi or English."), "name_latin"
        )
    if row.state_lgd is not None and row.state_lgd not in book.states:
        message = say(
            "The member lives in another State; the cooperative takes members of its own."
        )
        yield Refusal("other_state", message, "state_lgd")
    if row.admitted_on is None:
        yield Refusal(
            "admission_missing",
            say("The day of admission is missing or no such day."),
            "admitted_on",
        )
    yield from _birth_refusals(row, book)


def _birth_refusals(row: BookRow, book: Book) -> Iterator[Refusal]:
    born = row.candidate.dob
    if born is None and not row.dob_written:
        yield Refusal(
            "dob_missing", say("The date of birth is missing; the year alone is enough."), "dob"
        )
    elif born is None or born > book.on or _over(book.oldest_age, born, book.on):
        yield Refusal("dob_invalid", say("There is no such date of birth; correct it."), "dob")
    elif row.admitted_on is not None and full_years(born, row.admitted_on) < book.adult_age:
        message = say("The person was under %(age)s on the day of admission.", age=book.adult_age)
        yield Refusal("underage", message, "dob")


def _home_doubts(row: BookRow) -> Iterator[Refusal]:
    if row.state_lgd is None:
        message = say("The State is not given; ask where the member lives.")
        yield Refusal("state_missing", message, "state_lgd")


def _list_doubts(row: BookRow, book: Book, listed: Listed | None) -> Iterator[Refusal]:
    born, admitted = row.candidate.dob, row.admitted_on
    if born is None or admitted is None:
        return
    if row.candidate.dob_precision in _YEAR_ONLY:
        youngest = full_years(_youngest_day(born), admitted)
        if youngest < book.adult_age:
            message = say(
                "Only the year is known: perhaps under %(age)s. Ask for a paper.",
                age=book.adult_age,
            )
            yield Refusal("age_uncertain", message, "dob")
    if listed is None:
        return
    if listed.dob is None or full_years(listed.dob, admitted) < book.adult_age:
        message = say("The household list makes this person a child; ask for a paper.")
        yield Refusal("dob_differs_from_household_list", message, "dob")
    if row.candidate.household_no and row.candidate.household_no != listed.household_no:
        message = say(
            "The household list has this person in household %(no)s.", no=listed.household_no
        )
        yield Refusal("household_differs", message, "household_no")


def _over(years: int, born: date, on: date) -> bool:
    """Whether more than so many years have passed; on the day itself they have just passed."""
    return full_years(born, on - timedelta(days=1)) >= years


def _youngest_day(year_only: date) -> date:
    """The youngest day that a year alone allows: its last."""
    return year_only.replace(month=12, day=31)


def _pair_doubts(row: BookRow, pairs: Sequence[Pair]) -> Iterator[Refusal]:
    own = [pair for pair in pairs if pair.a.cooperative == row.candidate.cooperative]
    if own:
        message = say(
            "Perhaps the same person as number %(no)s; look at both.", no=own[0].a.member_no
        )
        yield Refusal("possible_duplicate_same_coop", message, "member_no")
    if len(own) < len(pairs):
        # Number and name stay with the other cooperative; the agency's officer sees both.
        message = say("Perhaps a member of another cooperative already; the agency decides.")
        yield Refusal("possible_duplicate_other_coop", message, "member_no")
