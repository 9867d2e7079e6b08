"""What `coop ledger verify` says of members, also after an insider's edits."""

import asyncpg

from coop.kernel.db import Transaction
from coop.ledger import queries as ledger
from coop.members.queries.member import MemberFacts, member
from coop.members.rules.proofs import FAULTS, SEALS
from coop.running import Running
from tests.trade import REACH


async def there(tx: Transaction, path: str) -> MemberFacts:
    _, _, code, number = path.split("/")
    found = await member(tx, code, number)
    assert found is not None
    return found


async def faults(database: Running, *statements: str) -> list[str]:
    """What verify says after an insider's edits, which are undone."""
    owner = await asyncpg.connect(database.addresses.owner)
    opened = owner.transaction()
    await opened.start()
    try:
        await owner.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            assert not (await owner.execute(statement)).endswith(" 0"), statement
        tx = Transaction(owner, REACH)
        return [*await _own_faults(tx), *await ledger.first_broken_seals(tx, SEALS)]
    finally:
        await opened.rollback()
        await owner.close()


async def _own_faults(tx: Transaction) -> list[str]:
    return [kind for kind, question in FAULTS.items() if await tx.fetchval(question) is not None]
