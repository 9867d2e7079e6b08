"""Invented buyers of the tests: their numbers, and the agency's forms as they are sent."""

import hashlib
import itertools
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import httpx

from coop.access.roles import Role
from coop.audit.operations import lock_head
from coop.buyers import operations
from coop.buyers.operations import Sent
from coop.buyers.rules import Buyer, Dossier, gstin_check_sign
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.token import new_token, token_key
from coop.receipts.operations.issue import Issued, issue
from coop.receipts.rules.cbor import decode
from coop.receipts.rules.cose import take_apart
from coop.receipts.rules.receipt import Line, Receipt, read_claims, receipt_text
from coop.settings import settings
from tests.sales.trading import lot, offer, sell, weigh
from tests.trade import REACH, Side, Trade, person

_numbers = itertools.count(1)


def sent(content: object = "form") -> Sent:
    """A form drawn and sent once."""
    return Sent(uuid4(), hashlib.sha256(repr(content).encode()).digest())


def again(first: Sent, content: object = None) -> Sent:
    """The same form sent again, with another content where one is given."""
    if content is None:
        return first
    return replace(first, content=hashlib.sha256(repr(content).encode()).digest())


def firm(code: str | None = None) -> Buyer:
    """A buyer whose papers are all in order, with a PAN and a code of its own."""
    number = next(_numbers)
    pan = f"ZZTFA{number:04d}K"
    fourteen = f"20{pan}1Z"
    today = clock.today()
    dossier = Dossier(
        state_lgd=20,
        gstin=fourteen + gstin_check_sign(fourteen),
        pan=pan,
        dealer_licence_no=f"JIMMS-T-{number}",
        licence_from=date(2020, 1, 1),
        licence_to=today + timedelta(days=400),
        suspended_from=None,
        suspended_to=None,
        undertaking_signed_on=date(2025, 10, 25),
    )
    name = f"Namuna Firm {number} (invented)"
    return Buyer(code or f"T{number:03d}", name, "trader", "Domchanch", 334, "", dossier)


async def listed(tx: Transaction, **changed: object) -> Buyer:
    """Record a buyer as an import does; ``changed`` are fields of its dossier."""
    made = firm()
    made = replace(made, dossier=replace(made.dossier, **changed))  # type: ignore[arg-type]  # a test's
    await operations.record_buyer(tx, made)
    return made


async def user_id_of(login: str) -> int:
    """The row of an account."""
    async with transaction(REACH) as tx:
        return int(await tx.fetchval("SELECT id FROM user_account WHERE login = $1", login))


async def let_in(client: httpx.AsyncClient, login: str) -> None:
    """Open a session whose second factor was given."""
    token, user_id = new_token(), await user_id_of(login)
    async with transaction(REACH) as tx:
        await tx.execute(
            "INSERT INTO session (token_sha256, user_id, opened_at, last_seen_at, second_factor_passed)"
            " VALUES ($1, $2, $3, $3, true)",
            token_key(token),
            user_id,
            clock.now(),
        )
    client.cookies.set("s", token)


async def let_in_as(
    client: httpx.AsyncClient, role: Role, trade: Trade, language: str = "en"
) -> None:
    """Make somebody in a role and open a session for them."""
    await let_in(client, await person(role, trade.here, language))


async def kept_firm(**changed: object) -> Buyer:
    """A buyer of a list, committed."""
    async with transaction(REACH) as tx:
        return await listed(tx, **changed)


async def sold_to(made: Buyer, side: Side) -> str:
    """Sell a buyer ten kilograms, committed; return the receipt's text."""
    await weigh(side, [10])
    number = await lot(side, 10)
    await sell(side, offer(number, made.buyer_code, 10))
    async with transaction(REACH) as tx:
        signed = await tx.fetchval(
            "SELECT signed FROM receipt WHERE cooperative_id = $1 AND kind = 2 ORDER BY id DESC LIMIT 1",
            side.id,
        )
    return receipt_text(settings().host_text, signed)


async def receipt_for(tx: Transaction, side: Side, party: str) -> tuple[Receipt, Issued]:
    """Issue a bare receipt to a party, to be undone with its transaction."""
    await lock_head(tx, side.id)
    issued = await issue(
        tx, side.id, side.code, 2, [Line(1, 1_000_000, 1500)], party=party, lot=(1, bytes(32))
    )
    found = judge_bytes(issued.signed)
    return found, issued


def judge_bytes(signed: bytes) -> Receipt:
    """The receipt that signed bytes hold."""
    read = read_claims(decode(take_apart(signed).payload))
    assert read is not None
    return read[0]


async def let_in_buyer(
    client: httpx.AsyncClient, made: Buyer, trade: Trade, language: str = "en"
) -> int:
    """Make somebody who acts for a buyer and open a session for them; return their row."""
    login = await person(Role.BUYER, trade.here, language)
    user_id = await user_id_of(login)
    async with transaction(REACH) as tx:
        await operations.tie_person(tx, made.buyer_code, user_id, None)
    await let_in(client, login)
    return user_id
