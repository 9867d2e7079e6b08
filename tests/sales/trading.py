"""A cooperative with weighings to make lots of, and buyers to sell them to."""

import contextlib
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from coop.buyers.operations import record_buyer
from coop.buyers.rules import Buyer, Dossier, gstin_check_sign
from coop.cli.proofs import FAULTS, SEALS
from coop.kernel import clock
from coop.kernel.db import Reach, Transaction, transaction
from coop.kernel.refusal import Refused
from coop.ledger import queries as ledger
from coop.sales.operations.dispatch import record_challan, record_gate_out
from coop.sales.operations.keeping import Seller
from coop.sales.operations.lots import make_lot
from coop.sales.operations.sell import SaleMade, record_sale
from coop.sales.queries.lots import lot_stock
from coop.sales.queries.sales import SaleState, sale_state
from coop.sales.rules.balance import Balance
from coop.sales.rules.dispatch import Challan, Load
from coop.sales.rules.filling import LotPlan
from coop.sales.rules.offer import Offer
from coop.sales.rules.once import Once, once
from tests.trade import DISTRICT, FLOOR, GRADE, REACH, Side, entry, post

_codes = itertools.count(1)
_calls = itertools.count()
_BEGAN = clock.now() - timedelta(hours=5)
RATE = FLOOR[GRADE] + 250


def gstin(state: str, letters: str) -> str:
    """An invented GSTIN whose check sign holds; the PAN begins ZZ."""
    first = f"{state}ZZ{letters}C{letters[0]}1234A1Z"
    return first + gstin_check_sign(first)


async def buyer(state: int = 20, licence_to: date | None = None, **dossier: object) -> str:
    """A buyer that is verified unless said otherwise; return its code."""
    number = next(_codes)
    code = f"TB{number:03d}"
    letters = f"{chr(65 + number // 26)}{chr(65 + number % 26)}"[:2]
    number_of = gstin(f"{state:02d}", f"{letters[0]}")
    kept: dict[str, object] = {
        "state_lgd": state,
        "gstin": number_of,
        "pan": number_of[2:12],
        "dealer_licence_no": "JIMMS-X-1",
        "licence_from": date(2025, 1, 1),
        "licence_to": licence_to or date(2099, 1, 1),
        "suspended_from": None,
        "suspended_to": None,
        "undertaking_signed_on": date(2025, 1, 1),
        **dossier,
    }
    one = Buyer(code, f"Buyer {code} (invented)", "trader", "Domchanch", 334, "", Dossier(**kept))  # type: ignore[arg-type]
    async with transaction(REACH) as tx:
        await record_buyer(tx, one)
    return code


def seller(side: Side) -> Seller:
    """A cooperative of the tests as one that sells."""
    return Seller(side.id, side.code, 20)


async def weigh(side: Side, kilos: Sequence[int], grade: int = GRADE, **more: object) -> None:
    """Book weighings of so many payable kilograms each, a second apart, the first the oldest.

    Each call's are older than those of every call before: a lot takes the oldest, and what other tests
    left free stays out of it.
    """
    began = _BEGAN - next(_calls) * timedelta(minutes=1)
    await post(
        side,
        *(
            entry(
                side,
                gross_g=kg * 1000 + 250,
                grade_code=grade,
                moisture=Decimal(0),
                waste=Decimal(0),
                rate_paise_per_kg=FLOOR[grade],
                weighed_at=began + timedelta(seconds=place),
                **more,
            )
            for place, kg in enumerate(kilos)
        ),
    )


async def lot(side: Side, kilos: int, grade: int = GRADE, made_at: datetime | None = None) -> str:
    """Make a lot of what is free; return its number."""
    plan = LotPlan(grade, DISTRICT, made_at or clock.now(), kilos * 1000)
    async with transaction(REACH) as tx:
        return await make_lot(tx, seller(side), plan)


def offer(lot_no: str, buyer_code: str, kilos: int, **changed: object) -> Offer:
    """A good offer."""
    kept: dict[str, object] = {
        "lot": lot_no,
        "buyer_code": buyer_code,
        "grams": kilos * 1000,
        "rate_paise": RATE,
        "sold_at": clock.now(),
        **changed,
    }
    return Offer(**kept)  # type: ignore[arg-type]  # a test may give what it likes


async def sell(side: Side, one: Offer, key: Once | None = None, actor: str = "") -> SaleMade:
    """Record a sale; committed."""
    async with transaction(Reach(actor or REACH.actor, None)) as tx:
        return await record_sale(tx, seller(side), one, key)


def drawn(act: str, *parts: str | int) -> Once:
    """An id as a form draws it."""
    made = once(uuid4(), act, parts)
    assert made is not None
    return made


@dataclass(frozen=True)
class Person:
    """Somebody who acts, by the label that rows carry."""

    label: str

    @asynccontextmanager
    async def acting(self) -> AsyncIterator[Transaction]:
        """A transaction of theirs."""
        async with transaction(Reach(self.label, None)) as tx:
            yield tx


ASKS, DECIDES = Person("user:9001"), Person("user:9002")


async def faults(connection: object) -> list[str]:
    """All that `coop ledger verify` finds, on a connection of the owner."""
    tx = Transaction(connection, REACH)
    async with connection.transaction():  # type: ignore[attr-defined]  # asyncpg's
        found = await ledger.first_faults(tx, FAULTS)
    return [
        *found,
        *await ledger.first_broken_seals(tx, SEALS),
        *filter(
            None, (await ledger.first_chain_fault(tx), await ledger.receipts_of_audit_fault(tx))
        ),
    ]


class _Undo(Exception):
    """Ends a transaction without a trace."""


@asynccontextmanager
async def undone() -> AsyncIterator[Transaction]:
    """A transaction of which nothing stays."""
    with contextlib.suppress(_Undo):
        async with transaction(REACH) as tx:
            yield tx
            raise _Undo


async def balance(side: Side, number: str) -> Balance:
    """What a lot holds."""
    async with transaction(REACH) as tx:
        held = await lot_stock(tx, side.id, number)
    assert held is not None
    return held.balance


async def state(side: Side, number: str) -> SaleState:
    """A sale as it stands."""
    async with transaction(REACH) as tx:
        found = await sale_state(tx, side.id, number)
    assert found is not None
    return found


async def lines(side: Side, document: str, about: str) -> dict[int, int]:
    """Account to paise of a document's journal."""
    async with transaction(REACH) as tx:
        rows = await tx.fetch(
            """SELECT e.account_code, e.amount_paise FROM journal j JOIN ledger_entry e
               ON (e.cooperative_id, e.fy, e.journal_no) = (j.cooperative_id, j.fy, j.no)
               WHERE j.cooperative_id = $1 AND j.document = $2 AND j.about = $3""",
            side.id,
            document,
            about,
        )
    return {row["account_code"]: row["amount_paise"] for row in rows}


async def stock_account(side: Side, grade: int = GRADE) -> tuple[int, int]:
    """Grams and paise of the stock's account."""
    async with transaction(REACH) as tx:
        row = await tx.fetchrow(
            "SELECT stock_grams, amount_paise FROM kept_total WHERE cooperative_id = $1 AND account_code = 1310 AND grade_code = $2",
            side.id,
            grade,
        )
    return (row["stock_grams"], row["amount_paise"]) if row else (0, 0)


async def codes(doing: Any) -> list[str]:
    """The codes that an act is refused with."""
    with pytest.raises(Refused) as refused:
        await doing
    return [one.code for one in refused.value.refusals]


async def dispatched(side: Side, number: str, kilos: int) -> None:
    """Record a challan and let the goods out."""
    at = clock.now()
    who = seller(side)
    challan = Challan("J-7781", "JH 12 A 3456", kilos * 1000, at, at + timedelta(hours=8), "20")
    async with transaction(REACH) as tx:
        await record_challan(tx, who, number, challan)
        await record_gate_out(tx, who, number, Load("JH-12-A-3456", kilos * 1000, clock.now()))
