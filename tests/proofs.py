"""Whether an edit is found, asked in the order in which the answer comes soonest."""

from collections.abc import Mapping, Sequence
from typing import Any

from coop.audit.rules import Seal
from coop.cli.proofs import FAULTS, SEALS
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction
from coop.ledger import queries
from coop.log.queries.verifying import verify_log
from coop.receipts.queries.proof import receipt_faults
from coop.settings import settings


async def is_found(
    tx: Any, own: Mapping[str, str] | None = None, seals: Sequence[Seal] = ()
) -> bool:
    """Ask what the domain proves of itself, and only where that is silent all that the command asks."""
    for seal in seals:
        if await queries.first_broken_seals(tx, [seal]):
            return True
    async for _ in queries.each_fault(tx, {**(own or {}), **queries.LEDGER_FAULTS, **FAULTS}):
        return True
    rest = [seal for seal in SEALS if seal not in seals]
    return bool(await queries.first_broken_seals(tx, rest))


async def is_found_by_commands(
    owner: Any, own: Mapping[str, str] | None = None, seals: Sequence[Seal] = ()
) -> bool:
    """By either command; what the domain proves of itself first, the rest where that is silent."""
    tx = Transaction(owner, SYSTEM)
    async for _ in queries.each_fault(tx, own or {}):
        return True
    for question in (
        queries.first_orphan,
        queries.first_chain_fault,
        queries.receipts_of_audit_fault,
    ):
        if await question(tx):
            return True
    if await is_found(tx, seals=seals) or await receipt_faults(tx):
        return True
    return bool((await verify_log(tx, settings().log_origin, clock.now())).faults)
