"""The demo's money: buyers pay by bank, cash is fetched for the sellers, some papers are made and taken back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import uuid4

from coop.closing.queries import box
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.ledger.rules import Account
from coop.members.queries.member import member_of_id
from coop.payments.operations.passbook import print_passbook
from coop.payments.operations.record import Money, Person, record_money
from coop.payments.operations.take_back import take_back_voucher
from coop.payments.queries.vouchers import payers
from coop.payments.rules import BANK, CASH, UPI, Kind, voucher_number
from coop.sales.queries.preview import verified_buyers
from coop.weighing.operations.reversal import Person as Weigher
from coop.weighing.operations.reversal import Wish, ask_reversal, decide_reversal
from coop.weighing.rules.numbers import slip_number
from coop.weighing.rules.reversal import CONFIRMED

EVERY = 6
_A_SELLER_PAISE = 25_000  # what a weighing of the demo costs in cash, rounded up
_ROUND_PAISE = 100_000
_RESERVE_PAISE = 3_000_000  # stays in the bank for payouts by UPI and the evenings' float
_AHEAD = 2  # so many buyers pay ahead
_PEOPLE = {"KOD01": ("clerk", "manager", "treasurer"), "GIR01": ("clerk2", "manager2", "manager2")}
_PAID_OUT, _PRINTED = 4, 3


async def fetch(owners: Mapping[str, int], day: int, morning: datetime, a_day: int) -> None:
    """Every few mornings, bring into the box what the next days' sellers are paid in cash."""
    if day % EVERY:
        return
    with clock.frozen(morning + timedelta(minutes=30)):
        for code, owner in owners.items():
            async with transaction(SYSTEM) as tx:
                person = await _person(tx, _PEOPLE[code][2])
                wanted = _up(a_day * EVERY * _A_SELLER_PAISE)
                cash = _up(wanted - (await box(tx, owner)).expected_paise)
                if cash <= 0:
                    continue
                missing = cash + _RESERVE_PAISE - await _in_bank(tx, owner)
                await _from_buyers(tx, owner, code, person, missing)
                what = Money(uuid4(), Kind.FROM_BANK, CASH, cash, clock.today())
                await record_money(tx, owner, code, person, what)


def _up(paise: int) -> int:
    return -(-paise // _ROUND_PAISE) * _ROUND_PAISE


async def _in_bank(tx: Transaction, owner: int) -> int:
    return int(
        await tx.fetchval(
            "SELECT coalesce(sum(amount_paise), 0) FROM kept_total WHERE cooperative_id = $1 AND account_code = $2",
            owner,
            int(Account.BANK),
        )
    )


async def _from_buyers(
    tx: Transaction, owner: int, code: str, person: Person, missing: int
) -> None:
    """Half of what is owed; what then is missing two verified buyers give ahead."""
    for one in await payers(tx, owner):
        part = min(missing, one.due_paise // 200 * 100)
        if part > 0:
            await _received(tx, owner, code, person, one.code, part, "")
            missing -= part
    able = (await verified_buyers(tx, clock.today()))[:_AHEAD] if missing > 0 else []
    for firm in able:
        part = _up(-(-missing // len(able)))
        await _received(tx, owner, code, person, firm.code, part, "अगली खेप के लिए अग्रिम")


async def _received(
    tx: Transaction, owner: int, code: str, person: Person, buyer: str, paise: int, words: str
) -> None:
    what = Money(
        uuid4(),
        Kind.RECEIVED,
        BANK,
        paise,
        clock.today(),
        buyer,
        reference=f"NAMUNA-{clock.today():%d%m}",
        words=words,
    )
    await record_money(tx, owner, code, person, what)


async def _login(tx: Transaction, login: str) -> int:
    return int(await tx.fetchval("SELECT id FROM user_account WHERE login_key = $1", login))


async def _person(tx: Transaction, login: str) -> Person:
    return Person(await _login(tx, login), login.rstrip("2"))


async def papers(owners: Mapping[str, int], last: datetime) -> None:
    """Members are paid what was due, one voucher is taken back, passbooks printed, weighings taken back."""
    with clock.frozen(last - timedelta(minutes=1)):
        for code, owner in owners.items():
            async with transaction(SYSTEM) as tx:
                await _pay_out(tx, owner, code)
            async with transaction(SYSTEM) as tx:
                await _take_back(tx, owner, code)


async def _pay_out(tx: Transaction, owner: int, code: str) -> None:
    clerk, manager, treasurer = _PEOPLE[code]
    due = await tx.fetch(
        """SELECT t.member_id, m.member_no, -t.amount_paise AS paise FROM kept_total t JOIN member m ON m.id = t.member_id
           WHERE t.cooperative_id = $1 AND t.account_code = $2 AND t.amount_paise < 0 AND t.grade_code = 0
           ORDER BY t.amount_paise, t.member_id LIMIT $3""",
        owner,
        int(Account.DUE_TO_MEMBERS),
        _PAID_OUT,
    )
    made, today = "", clock.today()
    for row in due:
        what = Money(
            uuid4(), Kind.PAID, UPI, row["paise"], today, row["member_no"], reference="NAMUNA"
        )
        made = await record_money(tx, owner, code, await _person(tx, treasurer), what)
    number = voucher_number(made)
    other = manager if manager != treasurer else clerk
    if number is not None:
        await take_back_voucher(tx, number, await _person(tx, other), uuid4(), "not_done", "")
    for row in due[:_PRINTED]:
        one = await member_of_id(tx, row["member_id"])
        if one is not None:
            await print_passbook(tx, one, await _person(tx, clerk), uuid4())


async def _take_back(tx: Transaction, owner: int, code: str) -> None:
    """The newest weighings paid in cash: one is taken back, of one it is asked."""
    clerk, manager, _ = _PEOPLE[code]
    found = await tx.fetch(
        """SELECT w.fy, w.no FROM weighing w WHERE w.cooperative_id = $1 AND w.paid_mode = 'cash'
           AND w.weighed_day > $2 ORDER BY w.no DESC LIMIT 2""",
        owner,
        _before(clock.today()),
    )
    for place, row in enumerate(found):
        number = slip_number(f"{code}-{row['fy'] // 100:02d}-S{row['no']:05d}")
        if number is None:
            continue
        wish = Wish(uuid4(), ("wrong_grade", "wrong_weight")[place], "", cash_back=True)
        await ask_reversal(tx, number, Weigher(await _login(tx, clerk), "clerk"), wish)
        if place == 0:
            second = Weigher(await _login(tx, manager), "manager")
            await decide_reversal(tx, number, second, uuid4(), CONFIRMED, "")


def _before(today: date) -> date:
    return today - timedelta(days=4)
