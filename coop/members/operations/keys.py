"""Keep the keys by which members are found; worked out from their versions, so never a source."""

from collections.abc import Sequence
from dataclasses import astuple

from coop.kernel.db import Transaction
from coop.members.queries.book import candidates_of
from coop.members.rules.keys import keys_of

_KEEP = """
INSERT INTO member_key AS k (member_id, cooperative_id, sort_key, words, given, bones, surname, relative, place, blocks)
SELECT m.id, m.cooperative_id, $2, $3, $4, $5, $6, $7, $8, $9 FROM member m WHERE m.id = $1
ON CONFLICT (member_id) DO UPDATE SET sort_key = excluded.sort_key, words = excluded.words, given = excluded.given,
  bones = excluded.bones, surname = excluded.surname, relative = excluded.relative, place = excluded.place, blocks = excluded.blocks
"""


async def refresh_keys(tx: Transaction, member_ids: Sequence[int]) -> None:
    """Work out anew by what these members are found; part of the act that changed them."""
    if not member_ids:
        return
    rows = await candidates_of(tx, member_ids)
    kept = [(one.member_id, *astuple(keys_of(one.known, one.names))) for one in rows]
    await tx.executemany(_KEEP, kept)
