"""The demo's last evenings: cash brought from the bank, the box counted, the day closed by a second person."""

from datetime import datetime, timedelta
from uuid import uuid4

from coop.closing.operations import Count, Person, close_day, count_box
from coop.closing.queries import box, denominations
from coop.closing.rules import Pieces
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.payments.operations.record import Money, record_money
from coop.payments.operations.record import Person as Payer
from coop.payments.rules import CASH, Kind

_EVENINGS = 3
_PEOPLE = {"KOD01": ("clerk", "treasurer"), "GIR01": ("clerk2", "manager2")}
_FLOAT_PAISE = 2_500_000  # what lies in the box in the evening, for the next days' sellers


async def close(owners: dict[str, int], left: int, morning: datetime) -> None:
    """Close a day of each cooperative where ``left``, the days still to come, is small; not today."""
    if not 0 < left <= _EVENINGS:
        return
    with clock.frozen(morning + timedelta(hours=14)):
        for code, (counter, confirmer) in _PEOPLE.items():
            async with transaction(SYSTEM) as tx:
                clerk, second = await _user(tx, counter), await _user(tx, confirmer)
                role = confirmer.rstrip("2")
                await _from_bank(tx, owners[code], code, Payer(second, role))
                made = await _count(tx, owners[code], Person(clerk, "clerk"))
                await close_day(tx, made, Person(second, role), uuid4())


async def _user(tx: Transaction, login: str) -> int:
    return int(await tx.fetchval("SELECT id FROM user_account WHERE login_key = $1", login))


async def _from_bank(tx: Transaction, owner: int, code: str, person: Payer) -> None:
    missing = _FLOAT_PAISE - (await box(tx, owner)).expected_paise
    thousands = -(-missing // 100_000)
    if thousands > 0:
        what = Money(uuid4(), Kind.FROM_BANK, CASH, thousands * 100_000, clock.today())
        await record_money(tx, owner, code, person, what)


async def _count(tx: Transaction, owner: int, person: Person) -> int:
    """Every whole rupee is there; the paise that no coin pays are the difference."""
    left, lines = (await box(tx, owner)).expected_paise, []
    for one in await denominations(tx, clock.today()):
        pieces, left = divmod(left, one.value_paise)
        if pieces:
            lines.append(Pieces(one.value_paise, one.kind, pieces))
    return await count_box(tx, owner, person, Count(uuid4(), lines, "paise"))
