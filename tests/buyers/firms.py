"""Invented buyers of the tests: their numbers, and the agency's forms as they are sent."""

import hashlib
import itertools
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from coop.buyers import operations
from coop.buyers.operations import Sent
from coop.buyers.rules import Buyer, Dossier, gstin_check_sign
from coop.kernel import clock
from coop.kernel.db import Transaction

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
