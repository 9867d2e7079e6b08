"""The common fund: its balance from the ledger, plans, spendings, outcomes."""

from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.ledger.rules import Account
from coop.livelihoods.rules.fund import Spending, plan_no, plan_number, spending_no

_PLANS = """
SELECT p.id, p.cooperative_id, c.code, p.fy, p.no, p.purpose, p.title_hi, p.title_en, p.planned_paise, p.resolution_no, p.resolved_on,
       coalesce((SELECT sum(s.amount_paise) FROM fund_spending s WHERE s.plan_id = p.id AND NOT EXISTS (
         SELECT FROM fund_spending_reversal r WHERE (r.cooperative_id, r.fy, r.no) = (s.cooperative_id, s.fy, s.no))), 0)::bigint AS spent_paise,
       o.people, coalesce(o.words_hi, '') AS words_hi, coalesce(o.words_en, '') AS words_en, o.published_on
FROM fund_plan p JOIN cooperative c ON c.id = p.cooperative_id LEFT JOIN fund_outcome o ON o.plan_id = p.id
"""


@dataclass(frozen=True, slots=True)
class PlanKnown:
    """A plan with what was spent for it; paise. No ``published_on``: it runs."""

    id: int
    cooperative_id: int
    code: str
    fy: int
    no: int
    purpose: str
    name_hi: str
    name_en: str
    planned_paise: int
    resolution_no: str
    resolved_on: date
    spent_paise: int
    people: int | None
    words_hi: str
    words_en: str
    published_on: date | None

    @property
    def number(self) -> str:
        """Its public number."""
        return plan_no(self.code, self.fy, self.no)

    @property
    def left_paise(self) -> int:
        """What the resolution still allows."""
        return self.planned_paise - self.spent_paise

    @property
    def ended(self) -> bool:
        """Whether its outcome is published."""
        return self.published_on is not None


@dataclass(frozen=True, slots=True)
class SpendingKnown:
    """A spending with who recorded it (user id) and whether it was taken back."""

    number: str
    fy: int
    no: int
    spending: Spending
    recorded_by: int
    taken_back: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class FundSums:
    """Paise of the fund: came in as premium, went out, is there."""

    in_paise: int
    out_paise: int
    balance_paise: int


@dataclass(frozen=True, slots=True)
class PublishedPlan:
    """A plan as strangers read it; ``plan_no`` None: the cooperative has none yet."""

    code: str
    name_hi: str
    name_en: str
    balance_paise: int
    plan_no: str | None
    purpose: str | None
    title_hi: str
    title_en: str
    planned_paise: int
    resolution_no: str
    resolved_on: date
    spent_paise: int
    people: int | None
    words_hi: str
    words_en: str
    published_on: date | None


async def fund_balance(tx: Transaction, cooperative_id: int) -> int:
    """Paise in the common fund by the ledger's kept total."""
    return -int(
        await tx.fetchval(
            "SELECT coalesce(sum(amount_paise), 0) FROM kept_total WHERE cooperative_id = $1 AND account_code = $2",
            cooperative_id,
            int(Account.COMMON_FUND),
        )
    )


async def fund_sums(tx: Transaction, cooperative_id: int) -> FundSums:
    """The fund's balance from the ledger, and what of it was spent."""
    balance = await fund_balance(tx, cooperative_id)
    out = int(
        await tx.fetchval(
            """SELECT coalesce(sum(s.amount_paise), 0) FROM fund_spending s WHERE s.cooperative_id = $1 AND NOT EXISTS (
                 SELECT FROM fund_spending_reversal r WHERE (r.cooperative_id, r.fy, r.no) = (s.cooperative_id, s.fy, s.no))""",
            cooperative_id,
        )
    )
    return FundSums(balance + out, out, balance)


async def plans(tx: Transaction, cooperative_id: int) -> list[PlanKnown]:
    """A cooperative's plans, the last first."""
    rows = await tx.fetch(
        _PLANS + " WHERE p.cooperative_id = $1 ORDER BY p.fy DESC, p.no DESC", cooperative_id
    )
    return [PlanKnown(*row.values()) for row in rows]


async def plan_of(tx: Transaction, number: str) -> PlanKnown | None:
    """The plan of a public number; None out of reach."""
    parts = plan_number(number)
    if parts is None:
        return None
    row = await tx.fetchrow(_PLANS + " WHERE c.code = $1 AND p.fy = $2 AND p.no = $3", *parts)
    return None if row is None else PlanKnown(*row.values())


_SPENDINGS = """
SELECT c.code, s.fy, s.no, s.amount_paise, s.mode, s.on_day, s.paid_to, s.bill_no, s.recorded_by,
       EXISTS (SELECT FROM fund_spending_reversal r WHERE (r.cooperative_id, r.fy, r.no) = (s.cooperative_id, s.fy, s.no)) AS taken_back,
       EXISTS (SELECT FROM fund_outcome o WHERE o.plan_id = s.plan_id) AS ended
FROM fund_spending s JOIN cooperative c ON c.id = s.cooperative_id
"""


async def spendings(tx: Transaction, plan_id: int) -> list[SpendingKnown]:
    """Spendings of a plan, the last first."""
    rows = await tx.fetch(
        _SPENDINGS + " WHERE s.plan_id = $1 ORDER BY s.fy DESC, s.no DESC", plan_id
    )
    return [_spending(row) for row in rows]


async def spending_of(
    tx: Transaction, cooperative_id: int, fy: int, no: int
) -> SpendingKnown | None:
    """One spending; None where there is none."""
    row = await tx.fetchrow(
        _SPENDINGS + " WHERE s.cooperative_id = $1 AND s.fy = $2 AND s.no = $3",
        cooperative_id,
        fy,
        no,
    )
    return None if row is None else _spending(row)


async def published_funds(tx: Transaction) -> list[PublishedPlan]:
    """What everybody may read of every fund; needs no reach."""
    rows = await tx.fetch("SELECT * FROM coop_funds_published()")
    return [PublishedPlan(*row.values()) for row in rows]


def _spending(row: object) -> SpendingKnown:
    held = dict(row)  # type: ignore[call-overload]  # a record of asyncpg
    spent = Spending(
        held["amount_paise"], held["mode"], held["on_day"], held["paid_to"], held["bill_no"]
    )
    return SpendingKnown(
        spending_no(held["code"], held["fy"], held["no"]),
        held["fy"],
        held["no"],
        spent,
        held["recorded_by"],
        held["taken_back"],
        held["ended"],
    )
