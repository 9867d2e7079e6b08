"""The demo's members and weighings, admitted and posted through the domains' own verbs."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from coop.cooperatives.queries import centres
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.members.operations import Admission, Particulars, admit_members, keep_pairs
from coop.members.queries import candidates
from coop.members.rules.duplicates import likely_duplicates
from coop.prices.queries import floors_at
from coop.seed import cast, places
from coop.weighing.operations.post import Desk, post_entries
from coop.weighing.rules import WeighingEntry

_WEIGHTS = (8, 14, 30, 18, 12, 10, 4, 4)  # how often each grade comes, of a hundred
_AT_ONCE = 1000


async def admit(
    tx: Transaction, owners: Mapping[str, int], count: int, chance: random.Random
) -> None:
    """Admit the cast's members to their cooperatives."""
    people = {code: cast.members(code, count, chance) for code in owners}
    for code, owner in owners.items():
        await admit_members(tx, owner, [_admission(one) for one in people[code]])
    await _come_twice(tx, owners, people, count)


async def _come_twice(
    tx: Transaction,
    owners: Mapping[str, int],
    people: Mapping[str, list[cast.MemberOfCast]],
    count: int,
) -> None:
    """One of the first cooperative stands in its book twice, another in both: the queues hold something."""
    first, second = owners
    number = f"{count + 1:04d}"
    again = replace(people[first][2], member_no=number, name_latin="", tola="")
    over = replace(people[first][4], member_no=number, cooperative=second, name_hi="")
    await admit_members(tx, owners[first], [_admission(again)])
    await admit_members(tx, owners[second], [replace(_admission(over), provisional=True)])
    await keep_pairs(tx, likely_duplicates(await candidates(tx)))


def _admission(one: cast.MemberOfCast) -> Admission:
    known = Particulars(
        name_latin=one.name_latin,
        name_hi=one.name_hi,
        relation=one.relation,
        relation_name_latin=one.relation_latin,
        relation_name_hi=one.relation_hi,
        sex=one.sex,
        dob=one.born,
        village=one.village,
        tola=one.tola,
        state_lgd=places.JHARKHAND,
    )
    return Admission(one.member_no, known, clock.today(), source="NAMUNA/1")


async def one_day(
    owners: Mapping[str, int],
    morning: datetime,
    a_day: int,
    members: int,
    chance: random.Random,
    until: datetime,
) -> None:
    """Post a day's weighings of every cooperative, none later than ``until``."""
    for code, owner in owners.items():
        times = sorted(morning + timedelta(minutes=chance.uniform(90, 720)) for _ in range(a_day))
        times = [at for at in times if at < until - timedelta(minutes=2)]
        for start in range(0, len(times), _AT_ONCE):
            part = times[start : start + _AT_ONCE]
            with clock.frozen(part[-1] + timedelta(seconds=40)):
                async with transaction(SYSTEM) as tx:
                    desk = Desk(
                        owner,
                        code,
                        None,
                        {c.code: c.id for c in await centres(tx) if c.cooperative_id == owner},
                        {},
                        imported=True,
                    )
                    district = next(c.district_lgd for c in places.COOPERATIVES if c.code == code)
                    await post_entries(
                        tx,
                        desk,
                        [
                            _entry(
                                code, at, await _floor(tx, district, at, chance), members, chance
                            )
                            for at in part
                        ],
                    )


async def _floor(
    tx: Transaction, district: int, at: datetime, chance: random.Random
) -> tuple[int, int]:
    """A grade and the floor it is paid, sometimes a little more."""
    grade = chance.choices(range(1, 9), weights=_WEIGHTS)[0]
    floors = {one.grade_code: one.picker_floor_paise for one in await floors_at(tx, district, at)}
    return grade, floors[grade] + chance.choice((0, 0, 0, 25, 50))


def _entry(
    code: str, at: datetime, priced: tuple[int, int], members: int, chance: random.Random
) -> WeighingEntry:
    grade, rate = priced
    centre = chance.choice([c.code for c in places.CENTRES if c.cooperative == code])
    return WeighingEntry(
        id=UUID(int=chance.getrandbits(128), version=4),
        cooperative=code,
        centre=centre,
        device=None,
        device_seq=None,
        member_no=f"{chance.randint(1, members):04d}",
        site_code=chance.choice(places.OPEN_SITES[code]),
        grade_code=grade,
        gross_g=chance.randint(60, 480) * 100,
        tare_g=250,
        moisture=Decimal(chance.randint(0, 60)) / 10,
        waste=Decimal(chance.randint(0, 120)) / 10,
        rate_paise_per_kg=rate,
        weighed_at=at.astimezone(clock.IST).replace(microsecond=0),
        paid_mode=chance.choices(("cash", "upi", "bank", "later"), weights=(70, 15, 10, 5))[0],
        paper_no=None,
        place_in_row=True,
    )
