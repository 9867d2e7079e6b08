"""Households that were checked once and in which something happened since; three statements, whatever their number."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coop.cooperatives.queries import BylawRow, value_on
from coop.kernel.db import Transaction
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.households import ALIVE
from coop.schemes.rules.dates import Span, read_span
from coop.schemes.rules.life import (
    Born,
    Calendar,
    Happened,
    Household,
    Life,
    Reason,
    deciding_ages,
    reasons,
    rule_changes,
)

_JHARKHAND = 20
_CHECKED = """
SELECT s.household_id, h.household_no, s.on_day, coalesce(v.village, '') AS village, coalesce(v.state_lgd, c.state_lgd) AS state_lgd,
       EXISTS (SELECT FROM scheme_answer a WHERE a.household_id = s.household_id AND a.fact = 'p.class' AND a.value IS NOT NULL
               AND a.value <> '-1') AS in_class
FROM (SELECT DISTINCT ON (household_id) household_id, on_day FROM screening ORDER BY household_id, id DESC) AS s
JOIN household h ON h.id = s.household_id JOIN cooperative c ON c.id = h.cooperative_id
LEFT JOIN LATERAL (SELECT village, state_lgd FROM household_version x WHERE x.household_id = h.id ORDER BY version DESC LIMIT 1) v ON true
"""
# A birth that the desk was told goes before the register's; of a child only where its guardian agreed.
_BORN = f"""
SELECT o.household_id, p.person_no, coalesce(v.name_hi, '') AS name_hi, coalesce(v.name_latin, '') AS name_latin,
       v.dob, coalesce(v.dob_precision, 'day') AS dob_precision, a.value AS told
FROM person_home o JOIN person p ON p.id = o.person_id
LEFT JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = p.id ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true
LEFT JOIN LATERAL (SELECT value FROM scheme_answer x WHERE x.person_id = p.id AND x.fact = 'p.dob' ORDER BY x.id DESC LIMIT 1) a ON true
LEFT JOIN LATERAL (SELECT given FROM scheme_consent x WHERE x.person_id = p.id ORDER BY x.id DESC LIMIT 1) g ON true
WHERE o.household_id IN (SELECT household_id FROM screening) AND (v.id IS NOT NULL OR g.given) AND {ALIVE}
"""  # noqa: S608  # our own words
_HAPPENED = """
WITH s AS (SELECT DISTINCT ON (household_id) household_id, recorded_at, on_day FROM screening ORDER BY household_id, id DESC)
SELECT s.household_id, CASE WHEN EXISTS (SELECT FROM person_version v WHERE v.person_id = p.id) THEN 'joined' ELSE 'birth' END AS kind,
       max(p.recorded_at) AS at
FROM s JOIN person p ON p.household_id = s.household_id AND p.recorded_at > s.recorded_at GROUP BY 1, 2
UNION ALL
SELECT s.household_id, 'death', max(e.recorded_at) FROM s JOIN person_home o ON o.household_id = s.household_id
JOIN member m ON m.person_id = o.person_id JOIN member_ended e ON e.member_id = m.id
WHERE e.reason = 'died' AND e.recorded_at > s.recorded_at GROUP BY 1
UNION ALL
SELECT s.household_id, 'marriage', max(v.recorded_at) FROM s JOIN person_home o ON o.household_id = s.household_id
JOIN person_version v ON v.person_id = o.person_id WHERE v.why = 'marriage' AND v.recorded_at > s.recorded_at GROUP BY 1
UNION ALL
SELECT s.household_id, 'moved', max(x.recorded_at) FROM s JOIN household_move x ON x.recorded_at > s.recorded_at
JOIN person p ON p.id = x.person_id
WHERE s.household_id IN (x.household_id, p.household_id)
   OR s.household_id = (SELECT y.household_id FROM household_move y WHERE y.person_id = x.person_id AND y.id < x.id ORDER BY y.id DESC LIMIT 1)
GROUP BY 1
UNION ALL
SELECT s.household_id, 'migration', max(x.recorded_at) FROM s JOIN person_home o ON o.household_id = s.household_id
JOIN member m ON m.person_id = o.person_id JOIN member_season x ON x.member_id = m.id WHERE x.recorded_at > s.recorded_at GROUP BY 1
UNION ALL
SELECT s.household_id, CASE WHEN b.migrant IS DISTINCT FROM v.migrant THEN 'migration' ELSE 'list' END, max(v.recorded_at)
FROM s JOIN household_version v ON v.household_id = s.household_id AND v.recorded_at > s.recorded_at
LEFT JOIN household_version b ON b.household_id = v.household_id AND b.version = v.version - 1 GROUP BY 1, 2
UNION ALL
SELECT s.household_id, CASE WHEN a.fact IN ('p.marital', 'p.married_on') THEN 'marriage' WHEN a.fact IN ('p.class', 'p.out_of_school') THEN 'class'
         WHEN a.fact IN ('h.breadwinner_died', 'h.breadwinner_died_on') THEN 'death' WHEN a.fact IN ('p.delivered_on', 'p.recent_mother') THEN 'birth'
         WHEN a.fact = 'p.migrant_out_state' THEN 'migration' ELSE 'told' END,
       max(a.recorded_at)
FROM s JOIN scheme_answer a ON a.household_id = s.household_id AND a.recorded_at > s.recorded_at GROUP BY 1, 2
UNION ALL
SELECT s.household_id, 'passbook', max(l.seen_on)::timestamptz FROM s JOIN scheme_application a ON a.household_id = s.household_id
JOIN LATERAL (SELECT state, on_day FROM application_event x WHERE x.application_id = a.id ORDER BY x.seq DESC LIMIT 1) e ON e.state = 'receiving'
JOIN LATERAL (SELECT coalesce(max(b.on_day), e.on_day) AS seen_on FROM benefit_seen b WHERE b.application_id = a.id) l ON true
WHERE l.seen_on <= $1 GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A household to check again, with why; ``names`` by person number."""

    household_no: str
    village: str
    checked_on: date
    reasons: tuple[Reason, ...]
    names: Mapping[str, tuple[str, str]]


def calendar_on(settings: Sequence[BylawRow], today: date) -> Calendar:
    """The day, with the ages and changes of the installation's catalogue and the desk's own targets."""
    schemes = catalogue().schemes.values()
    ahead, month = (
        int(value_on(settings, name, None, today))
        for name in ("birthday_ahead", "school_year_month")
    )
    return Calendar(today, deciding_ages(schemes, today), rule_changes(schemes), ahead, month)


async def to_check(
    tx: Transaction, settings: Sequence[BylawRow], today: date, most: int = 100
) -> list[ToCheck]:
    """Households within reach in which something happened since the last check, the longest ago first."""
    calendar = calendar_on(settings, today)
    quarter = timedelta(days=int(value_on(settings, "passbook_look", None, today)))
    born: dict[int, list[Born]] = defaultdict(list)
    names: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in await tx.fetch(_BORN):
        names[row["household_id"]][row["person_no"]] = (row["name_hi"], row["name_latin"])
        span = _span(row["dob"], row["dob_precision"], row["told"])
        if span is not None:
            born[row["household_id"]].append(Born(row["person_no"], span))
    happened: dict[int, list[Happened]] = defaultdict(list)
    for row in await tx.fetch(_HAPPENED, today - quarter):
        happened[row["household_id"]].append(Happened(Life(row["kind"]), row["at"].date()))
    found = []
    for row in await tx.fetch(_CHECKED):
        home = row["household_id"]
        known = Household(
            row["on_day"],
            row["state_lgd"] == _JHARKHAND,
            tuple(born[home]),
            tuple(happened[home]),
            row["in_class"],
        )
        if why := reasons(known, calendar):
            found.append(
                ToCheck(row["household_no"], row["village"], row["on_day"], why, names[home])
            )
    return sorted(found, key=lambda one: (min(x.on for x in one.reasons), one.household_no))[:most]


def _span(dob: date | None, precision: str, told: str | None) -> Span | None:
    if told is not None:
        try:
            return read_span(str(json.loads(told)))
        except ValueError:
            return None
    if dob is None:
        return None
    return Span(dob, dob) if precision == "day" else read_span(f"{dob.year:04d}")
