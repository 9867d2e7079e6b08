"""Partners, hamlets, activities, funds and coverage."""

from dataclasses import dataclass
from datetime import date

from coop.community.rules.coverage import CoverageLine, Done, Hamlet, Place, coverage
from coop.community.rules.work import Activity, HamletGiven, Money, Partner
from coop.cooperatives.queries import bylaws, value_on
from coop.kernel.db import Transaction
from coop.members.rules.names import place_key

_ACTIVITIES = """
SELECT a.id, a.partner_id, coalesce(p.name, '') AS partner, a.kind, a.topic, a.village, a.tola, a.on_day, a.materials,
       ARRAY(SELECT r.sex || ' ' || r.band || ' ' || r.people FROM community_reached r WHERE r.activity_id = a.id) AS reached
FROM community_activity a LEFT JOIN cso_partner p ON p.id = a.partner_id
WHERE a.cooperative_id = $1 AND ($2::bigint IS NULL OR a.partner_id = $2) ORDER BY a.on_day DESC, a.id DESC LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner and its money in paise."""

    id: int
    partner: Partner
    granted_paise: int
    spent_paise: int

    @property
    def balance_paise(self) -> int:
        """What is left; below nought where more was spent than granted."""
        return self.granted_paise - self.spent_paise


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity and whose it was; an empty partner is the cooperative itself."""

    id: int
    partner: str
    activity: Activity


async def partners(tx: Transaction, cooperative_id: int) -> list[PartnerLine]:
    """A cooperative's partners, by name."""
    rows = await tx.fetch(
        """SELECT p.id, p.name, p.contact_role, p.agreed_from, p.agreed_until,
                  coalesce(sum(f.amount_paise) FILTER (WHERE f.kind = 'granted'), 0)::bigint AS granted,
                  coalesce(sum(f.amount_paise) FILTER (WHERE f.kind = 'spent'), 0)::bigint AS spent
           FROM cso_partner p LEFT JOIN cso_fund f ON f.partner_id = p.id
           WHERE p.cooperative_id = $1 GROUP BY p.id ORDER BY p.name, p.id""",
        cooperative_id,
    )
    return [PartnerLine(r[0], Partner(r[1], r[2], r[3], r[4]), r[5], r[6]) for r in rows]


async def hamlets_of(
    tx: Transaction, cooperative_id: int, partner_id: int | None, on: date
) -> list[HamletGiven]:
    """Hamlets that a partner (None: any with a live agreement) has on a day."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (h.partner_id, h.village, h.tola) h.village, h.tola, h.from_day, h.assigned
           FROM cso_hamlet h JOIN cso_partner p ON p.id = h.partner_id
           WHERE h.cooperative_id = $1 AND ($2::bigint IS NULL OR h.partner_id = $2) AND h.from_day <= $3
             AND ($2::bigint IS NOT NULL OR $3 BETWEEN p.agreed_from AND p.agreed_until)
           ORDER BY h.partner_id, h.village, h.tola, h.id DESC""",
        cooperative_id,
        partner_id,
        on,
    )
    return [HamletGiven(*row.values()) for row in rows if row["assigned"]]


async def workers_of(tx: Transaction, partner_id: int) -> frozenset[int]:
    """Row ids of the users who sign in for a partner."""
    rows = await tx.fetch(
        "SELECT DISTINCT ON (user_id) user_id, partner_id, works FROM cso_worker ORDER BY user_id, id DESC"
    )
    return frozenset(r["user_id"] for r in rows if r["works"] and r["partner_id"] == partner_id)


async def partner_of(
    tx: Transaction, cooperative_id: int, user_id: int | None, on: date
) -> int | None:
    """The partner for which somebody signs in, while its agreement lives."""
    row = await tx.fetchrow(
        """SELECT w.partner_id, w.works AND $3 BETWEEN p.agreed_from AND p.agreed_until AS works
           FROM cso_worker w JOIN cso_partner p ON p.id = w.partner_id
           WHERE w.cooperative_id = $1 AND w.user_id = $2 ORDER BY w.id DESC LIMIT 1""",
        cooperative_id,
        user_id,
        on,
    )
    return int(row["partner_id"]) if row is not None and row["works"] else None


async def funds_of(tx: Transaction, partner_id: int) -> list[Money]:
    """A partner's money, the latest first."""
    rows = await tx.fetch(
        """SELECT kind, source, amount_paise, on_day FROM cso_fund WHERE partner_id = $1
           ORDER BY on_day DESC, id DESC""",
        partner_id,
    )
    return [Money(*row.values()) for row in rows]


async def activities(
    tx: Transaction, cooperative_id: int, partner_id: int | None = None, most: int = 60
) -> list[ActivityLine]:
    """Activities, the latest first."""
    rows = await tx.fetch(_ACTIVITIES, cooperative_id, partner_id, most)
    return [
        ActivityLine(
            r["id"],
            r["partner"],
            Activity(
                r["kind"], r["topic"], r["village"], r["tola"], r["on_day"], r["materials"],
                {(sex, band): int(n) for sex, band, n in (one.split() for one in r["reached"])},
            ),
        )
        for r in rows
    ]  # fmt: skip


async def hamlets(tx: Transaction, cooperative_id: int) -> list[Hamlet]:
    """Hamlets of the household list, spellings of one place together."""
    rows = await tx.fetch(
        """SELECT v.village, v.tola, count(*) AS households FROM household h JOIN LATERAL
             (SELECT village, tola FROM household_version x WHERE x.household_id = h.id ORDER BY version DESC LIMIT 1) v ON true
           WHERE h.cooperative_id = $1 AND v.village <> '' GROUP BY v.village, v.tola ORDER BY v.village, v.tola""",
        cooperative_id,
    )
    found: dict[tuple[str, str], Hamlet] = {}
    for row in rows:
        key = (place_key(row["village"]), place_key(row["tola"]))
        stands = found.get(key)
        village, tola = (stands.village, stands.tola) if stands else (row["village"], row["tola"])
        count = row["households"] + (stands.households if stands else 0)
        found[key] = Hamlet(key[0], key[1], village, tola, count)
    return list(found.values())


async def coverage_now(
    tx: Transaction, cooperative_id: int, today: date
) -> tuple[CoverageLine, ...]:
    """Every hamlet and who works there, the least covered first."""
    within = int(value_on(await bylaws(tx), "community_active_within", cooperative_id, today))
    given = [place_of(h.village, h.tola) for h in await hamlets_of(tx, cooperative_id, None, today)]
    rows = await tx.fetch(
        """SELECT DISTINCT ON (user_id, village) village, assigned FROM facilitator_village
           WHERE cooperative_id = $1 ORDER BY user_id, village, id DESC""",
        cooperative_id,
    )
    visited = [place_of(row["village"]) for row in rows if row["assigned"]]
    rows = await tx.fetch(
        """SELECT DISTINCT ON (village, tola) village, tola, on_day FROM community_activity
           WHERE cooperative_id = $1 AND on_day <= $2 ORDER BY village, tola, on_day DESC""",
        cooperative_id,
        today,
    )
    done = [Done(place_of(row["village"], row["tola"]), row["on_day"]) for row in rows]
    return coverage(await hamlets(tx, cooperative_id), given, visited, done, today, within)


def place_of(village: str, tola: str = "") -> Place:
    """A place by its keys, whatever its spelling."""
    return Place(place_key(village), place_key(tola) if tola else "")
