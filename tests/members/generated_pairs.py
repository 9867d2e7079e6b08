"""A seeded register with second entries of the same people, and with look-alikes who are others.

Nobody here is real. Noise is of the kinds that paper books show: spelling, script, a dropped
honorific, the father in the husband's place, a widow's name, 1 January, a slip of the finger.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coop.members.rules.duplicates import Candidate
from tests.members.generated_names import (
    HINDI_SLIPS,
    LATIN_SLIPS,
    MEN,
    MEN_M,
    PLACES,
    SURNAMES,
    TOLAS,
    WOMEN,
    WOMEN_M,
    Named,
)


@dataclass(frozen=True, slots=True)
class Generated:
    """Rows in order of entry, the true pairs with their kind, and how many look-alikes there are."""

    rows: tuple[Candidate, ...]
    pairs: dict[frozenset[str], str]
    look_alikes: int


class _Maker:
    """Draws people, second entries and look-alikes from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0

    def one_in(self, share: float) -> bool:
        return self.chance.random() < share

    def both(self, latin: str, hindi: str) -> Named:
        """A cell pair as writers fill it: one script, the other, or both."""
        drawn = self.chance.random()
        return (latin, "") if drawn < 0.35 else ("", hindi) if drawn < 0.5 else (latin, hindi)

    def place(self, named: Named) -> str:
        return named[0] if self.one_in(0.6) else named[1]

    def key(self) -> str:
        self.count += 1
        return f"R{self.count:06d}"

    def digits(self, many: int) -> str:
        return "".join(self.chance.choice("0123456789") for _ in range(many))

    def born(self) -> tuple[date, str]:
        day = date(1955, 1, 1) + timedelta(days=self.chance.randrange(53 * 365))
        drawn = self.chance.random()
        if drawn < 0.4:
            return day.replace(month=1, day=1), "year" if drawn < 0.3 else "estimated"
        return (day.replace(day=1), "month") if drawn < 0.47 else (day, "day")

    def paper(self) -> tuple[str, str]:
        kind = self.chance.choice(
            ("voter", "voter", "ration", "job_card", "eshram", "aadhaar_seen", "")
        )
        number = {
            "voter": f"X{self.chance.choice('ABC')}D{self.digits(7)}", "ration": f"202{self.digits(9)}",
            "job_card": f"JH-03-0{self.digits(2)}-{self.digits(3)}-{self.digits(3)}/{self.digits(3)}",
            "eshram": f"1{self.digits(11)}", "aadhaar_seen": f"XXXX-XXXX-{self.digits(4)}", "": "",
        }  # fmt: skip
        return kind, number[kind]

    def person(self) -> Candidate:
        woman, muslim = self.one_in(0.55), self.one_in(0.2)
        given = self.chance.choice(
            (WOMEN_M if muslim else WOMEN) if woman else MEN_M if muslim else MEN
        )
        surname = ("Ansari", "अंसारी") if muslim else self.chance.choice(SURNAMES)
        last = (("Khatun", "खातून") if muslim else ("Devi", "देवी")) if woman else surname
        other = self.chance.choice(MEN_M if muslim else MEN)
        name = self.both(f"{given[0]} {last[0]}", f"{given[1]} {last[1]}")
        title = ("Md ", "मो० ") if muslim else ("", "")
        relative = self.both(
            f"{title[0]}{other[0]} {surname[0]}", f"{title[1]}{other[1]} {surname[1]}"
        )
        dob, precision = self.born()
        kind, number = self.paper()
        married = woman and self.one_in(0.85)
        home = self.chance.randrange(len(PLACES))
        return Candidate(
            key=self.key(), cooperative="KDM01" if home % 2 else "GRD01", member_no=f"{self.count:04d}",
            name_latin=name[0], name_hi=name[1], relation="W/O" if married else "D/O" if woman else "S/O",
            relation_name_latin=relative[0], relation_name_hi=relative[1], sex="F" if woman else "M",
            dob=dob, dob_precision=precision, village=self.place(PLACES[home]), tola=self.place(self.chance.choice(TOLAS)),
            mobile=f"+916{self.digits(9)}" if self.one_in(0.7) else "", id_kind=kind, id_no=number,
            bank_account=self.digits(self.chance.randint(9, 16)) if self.one_in(0.6) else "",
            household_no=f"H-{self.digits(5)}" if self.one_in(0.8) else "",
        )  # fmt: skip

    def slip(self, text: str, slips: tuple[Named, ...]) -> str:
        fits = [(a, b) for a, b in slips if a in text[1:]]
        if not fits:
            return text
        a, b = self.chance.choice(fits)
        return text[0] + text[1:].replace(a, b, 1)

    def misspelt(self, latin: str, hindi: str) -> Named:
        latin = self.slip(latin, LATIN_SLIPS) if latin else ""
        if latin and self.one_in(0.3):
            latin = self.slip(latin, LATIN_SLIPS)
        if latin and self.one_in(0.12):  # two keys in the wrong order
            spot = self.chance.randrange(1, max(2, len(latin.split()[0]) - 1))
            latin = latin[:spot] + latin[spot + 1 : spot + 2] + latin[spot] + latin[spot + 2 :]
        return latin, self.slip(hindi, HINDI_SLIPS) if hindi else ""

    def again(self, one: Candidate) -> Candidate:
        """The same person entered once more: places in either script, some numbers not asked for."""
        place = next(p for p in PLACES if one.village in p)
        tola = next(t for t in TOLAS if one.tola in t)
        elsewhere = self.one_in(0.5)
        keep_paper = self.one_in(0.6)
        return replace(
            one, key=self.key(), member_no=f"{self.count:04d}",
            cooperative=("GRD01" if one.cooperative == "KDM01" else "KDM01") if elsewhere else one.cooperative,
            village=self.place(place), tola=self.place(tola) if self.one_in(0.8) else "",
            mobile=one.mobile if self.one_in(0.6) else "",
            id_kind=one.id_kind if keep_paper else "", id_no=one.id_no if keep_paper else "",
            bank_account=one.bank_account if self.one_in(0.5) else "",
            household_no="" if elsewhere else one.household_no if self.one_in(0.7) else "",
        )  # fmt: skip


def _other_script(text: str, place: int) -> str:
    """The same name in the other script, word by word from the lists."""
    known = {n[place]: n[1 - place] for n in (*WOMEN, *WOMEN_M, *MEN, *MEN_M, *SURNAMES)}
    words = (("Devi", "देवी"), ("Khatun", "खातून"), ("Md", "मो०"), ("Ansari", "अंसारी"))
    known |= {word[place]: word[1 - place] for word in words}
    return " ".join(known[word] for word in text.split())


def entered_twice(_: _Maker, one: Candidate) -> Candidate:
    return one


def spelling(make: _Maker, one: Candidate) -> Candidate:
    name = make.misspelt(one.name_latin, one.name_hi)
    relative = make.misspelt(one.relation_name_latin, one.relation_name_hi)
    return replace(one, name_latin=name[0], name_hi=name[1], relation_name_latin=relative[0], relation_name_hi=relative[1])  # fmt: skip


def script(make: _Maker, one: Candidate) -> Candidate:
    latin, hindi, late = one.name_latin, one.name_hi, make.one_in(0.2)
    relative, relative_hi = one.relation_name_latin, one.relation_name_hi
    other = relative_hi or _other_script(relative, 0), relative or _other_script(relative_hi, 1)
    if latin:
        return replace(one, name_latin="", name_hi=hindi or _other_script(latin, 0), relation_name_latin="",
                       relation_name_hi=("स्व० " if late else "") + other[0])  # fmt: skip
    return replace(one, name_latin=_other_script(hindi, 1), name_hi="", relation_name_hi="",
                   relation_name_latin=("Late " if late else "") + other[1])  # fmt: skip


def _last_word(one: Candidate, latin: str, hindi: str) -> Candidate:
    names = (one.name_latin.rsplit(" ", 1)[0], one.name_hi.rsplit(" ", 1)[0])
    return replace(one, name_latin=f"{names[0]} {latin}".strip() if names[0] else "",
                   name_hi=f"{names[1]} {hindi}".strip() if names[1] else "")  # fmt: skip


def honorific_dropped(_: _Maker, one: Candidate) -> Candidate:
    return _last_word(one, "", "")


def widow_name(make: _Maker, one: Candidate) -> Candidate:
    if one.sex != "F" or one.relation != "W/O":
        return spelling(make, one)
    late = (
        one.relation_name_latin and f"Late {one.relation_name_latin}",
        one.relation_name_hi and f"स्व० {one.relation_name_hi}",
    )
    latin = make.chance.choice(("Mosamat", "Mosomat", "Musammat"))
    return replace(_last_word(one, latin, "मोसमात"), relation_name_latin=late[0], relation_name_hi=late[1])  # fmt: skip


def father_for_husband(make: _Maker, one: Candidate) -> Candidate:
    """Entered at her parents' place under her father's name, perhaps with her old phone or paper."""
    if one.relation != "W/O" or not one.mobile or one.dob_precision != "day":
        return script(make, one)
    father, home = make.chance.choice(MEN), make.chance.choice(PLACES)
    relative = make.both(f"{father[0]} Mahto", f"{father[1]} महतो")
    return replace(one, relation="D/O", relation_name_latin=relative[0], relation_name_hi=relative[1],
                   village=make.place(home), household_no="")  # fmt: skip


def dob_01_01(make: _Maker, one: Candidate) -> Candidate:
    assert one.dob is not None
    year = one.dob.year + make.chance.choice((0, 0, 1, -1))
    return replace(one, dob=date(year, 1, 1), dob_precision="year")


def dob_slip(make: _Maker, one: Candidate) -> Candidate:
    assert one.dob is not None
    if one.dob_precision != "day":
        return spelling(make, one)
    if one.dob.day <= 12 and make.one_in(0.5):
        return replace(one, dob=date(one.dob.year, one.dob.day, one.dob.month))
    return replace(one, dob=one.dob + timedelta(days=make.chance.choice((-10, 10, 1, -1))))


KINDS: tuple[Callable[[_Maker, Candidate], Candidate], ...] = (
    entered_twice, spelling, spelling, script, script, honorific_dropped, widow_name, father_for_husband, dob_01_01, dob_slip,
)  # fmt: skip


def _another_day(make: _Maker, one: Candidate, year: int) -> date:
    if one.dob_precision in ("year", "estimated"):
        return date(year, 1, 1)
    return date(
        year,
        make.chance.randint(1, 12),
        1 if one.dob_precision == "month" else make.chance.randint(1, 28),
    )


def _aged(make: _Maker, one: Candidate) -> Candidate:
    """Somebody of the same name and another age, with a phone, paper and account of their own."""
    assert one.dob is not None
    fresh = make.person()
    steps = (-25, -22, -7, -5, -4, 4, 5, 8, 20, 24)
    year = make.chance.choice(
        [one.dob.year + step for step in steps if 1940 <= one.dob.year + step <= 2007]
    )
    return replace(one, key=fresh.key, member_no=fresh.member_no, mobile=fresh.mobile, id_kind=fresh.id_kind, id_no=fresh.id_no,
                   bank_account=fresh.bank_account, household_no=fresh.household_no, tola=fresh.tola,
                   dob=_another_day(make, one, year))  # fmt: skip


def _sibling(make: _Maker, one: Candidate, *, twin: bool) -> Candidate:
    """Another given name under the same roof: one phone, one ration card; twins share the day too."""
    assert one.dob is not None
    pool = next(
        p
        for p in (WOMEN, WOMEN_M, MEN, MEN_M)
        if any(n[0] in one.name_latin.split() or n[1] in one.name_hi.split() for n in p)
    )
    own = next(n for n in pool if n[0] in one.name_latin.split() or n[1] in one.name_hi.split())
    like = [n for n in pool if n != own and n[0][-3:] == own[0][-3:]] or [
        n for n in pool if n != own
    ]
    name = make.chance.choice(like)
    born = one.dob if twin else one.dob + timedelta(days=make.chance.randint(500, 1500))
    fresh = make.person()
    return replace(one, key=fresh.key, member_no=fresh.member_no, dob=born, bank_account="",
                   name_latin=one.name_latin.replace(own[0], name[0]), name_hi=one.name_hi.replace(own[1], name[1]),
                   id_kind=one.id_kind if one.id_kind == "ration" else "", id_no=one.id_no if one.id_kind == "ration" else "")  # fmt: skip


def _namesake(make: _Maker, one: Candidate, *, same_village: bool) -> Candidate:
    """The same name; another father or husband, another birth; perhaps the same village."""
    fresh = make.person()
    while fresh.sex != one.sex:
        fresh = make.person()
    return replace(fresh, name_latin=one.name_latin, name_hi=one.name_hi, village=one.village if same_village else fresh.village)  # fmt: skip


def generate(seed: int, people: int, doubles: int, look_alikes: int) -> Generated:
    """Draw a register; everything comes from ``seed``."""
    make = _Maker(seed)
    first = [make.person() for _ in range(people)]
    rows, pairs = list(first), {}
    for place, one in enumerate(make.chance.sample(first, doubles)):
        kind = KINDS[place % len(KINDS)]
        second = make.again(kind(make, one))
        rows.append(second)
        pairs[frozenset((one.key, second.key))] = kind.__name__
    for place, one in enumerate(make.chance.sample(first, look_alikes)):
        rows.append(
            (
                lambda o: _aged(make, o), lambda o: _sibling(make, o, twin=False), lambda o: _sibling(make, o, twin=True),
                lambda o: _namesake(make, o, same_village=True), lambda o: _namesake(make, o, same_village=False),
            )[place % 5](one)
        )  # fmt: skip
    make.chance.shuffle(rows)
    return Generated(tuple(rows), pairs, look_alikes)
