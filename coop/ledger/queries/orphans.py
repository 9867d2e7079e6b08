"""Rows that name another row which is not there.

The database holds its foreign keys itself, but not against its superuser, who can turn them off and on
again without a trace. So the proof asks once more what every one of them says.
"""

from coop.kernel.db import Transaction

# Each foreign key as the question for its first row without a partner. A key with an empty part names
# nothing (MATCH SIMPLE, which is what all of ours are); those of partitions are their parent's.
_QUESTIONS = """
SELECT c.conrelid::regclass::text AS named_in, c.conname AS name, format(
  'SELECT %s FROM %s a LEFT JOIN %s b ON (%s) WHERE (%s) IS NOT NULL AND b.%I IS NULL LIMIT 1',
  string_agg(format('a.%I::text', here.attname), ' || ''/'' || ' ORDER BY k.place), c.conrelid::regclass,
  c.confrelid::regclass, string_agg(format('a.%I = b.%I', here.attname, there.attname), ' AND '),
  string_agg(format('a.%I', here.attname), ', ' ORDER BY k.place), min(there.attname)) AS question
FROM pg_constraint c
CROSS JOIN unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (here, there, place)
JOIN pg_attribute here ON here.attrelid = c.conrelid AND here.attnum = k.here
JOIN pg_attribute there ON there.attrelid = c.confrelid AND there.attnum = k.there
WHERE c.contype = 'f' AND c.conparentid = 0
GROUP BY c.oid, c.conrelid, c.confrelid, c.conname ORDER BY 1, 2
"""


async def first_orphan(tx: Transaction) -> str | None:
    """Tell the first row that names a row which is not there; None where there is none. As owner."""
    for key in await tx.fetch(_QUESTIONS):
        about = await tx.fetchval(key["question"])
        if about is not None:
            return f"{key['named_in']} names a row that is not there ({key['name']}): {about}"
    return None
