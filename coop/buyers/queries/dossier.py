"""A dossier as it is shown: every paper with who looked at it, and what happened in order."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.buyers.rules import Item, ItemKind, Outcome, State
from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A paper, its last check and who made it; ``withdrawn``: why it counts no more, or None."""

    item: Item
    document: str
    method: str
    note: str
    checked_by: str
    withdrawn: str | None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """An act on a buyer: when, which, by whom, and the words that were given with it."""

    at: datetime
    tag: str
    who: str
    note: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision on the application, with its reason and the letter it stands in."""

    state: State
    holds_from: date
    reason: str
    document: str


@dataclass(frozen=True, slots=True)
class DemandShown:
    """A setting of what is asked for, with its source; ``verified``: compared with the text."""

    kind: ItemKind
    buyer_kind: str
    mandatory: bool
    holds_days: int | None
    holds_from: date
    source: str
    verified: bool


async def dossier(tx: Transaction, buyer_id: int) -> list[DossierRow]:
    """Every paper of a buyer, by kind, the newest first; withdrawn ones too."""
    rows = await tx.fetch(
        """SELECT i.id, i.kind, i.number, i.issued_on, i.expires_on, i.document, c.outcome, c.checked_on,
                  coalesce(c.method, '') AS method, coalesce(c.note, '') AS note, coalesce(u.display_name, c.checked_by, '') AS who, w.reason
           FROM dossier_item i LEFT JOIN dossier_withdrawal w ON w.item_id = i.id
           LEFT JOIN LATERAL (SELECT * FROM dossier_check x WHERE x.item_id = i.id ORDER BY x.id DESC LIMIT 1) c ON true
           LEFT JOIN user_account u ON 'user:' || u.id = c.checked_by
           WHERE i.buyer_id = $1 ORDER BY i.id DESC""",
        buyer_id,
    )
    found = [
        DossierRow(
            Item(
                ItemKind(row["kind"]),
                row["number"],
                row["issued_on"],
                row["expires_on"],
                Outcome(row["outcome"]) if row["outcome"] else None,
                row["checked_on"],
                row["id"],
            ),
            row["document"],
            row["method"],
            row["note"],
            row["who"],
            row["reason"],
        )
        for row in rows
    ]
    order = list(ItemKind)
    return sorted(found, key=lambda one: order.index(one.item.kind))


async def history(tx: Transaction, buyer_code: str, limit: int) -> list[HistoryRow]:
    """What happened to a buyer, the newest first."""
    rows = await tx.fetch(
        """SELECT a.acted_at, a.tag, coalesce(u.display_name, a.acted_by) AS who,
                  coalesce(d.reason, s.reason, e.reason, w.reason, c.note, '') AS note
           FROM buyer_act a LEFT JOIN user_account u ON 'user:' || u.id = a.acted_by
           LEFT JOIN buyer_decision d ON d.act_id = a.id AND a.tag = 'buyer:decided'
           LEFT JOIN buyer_suspension s ON s.act_id = a.id AND a.tag = 'buyer:suspended'
           LEFT JOIN LATERAL (SELECT reason FROM buyer_suspension_end x WHERE x.act_id = a.id LIMIT 1) e
                ON a.tag = 'buyer:reinstated'
           LEFT JOIN dossier_withdrawal w ON w.act_id = a.id
           LEFT JOIN dossier_check c ON c.act_id = a.id AND a.tag = 'dossier_item:checked'
           WHERE a.buyer_code = $1 ORDER BY a.id DESC LIMIT $2""",
        buyer_code,
        limit,
    )
    return [HistoryRow(*row.values()) for row in rows]


async def decisions(tx: Transaction, buyer_id: int) -> list[DecisionRow]:
    """The decisions on a buyer, the newest first."""
    rows = await tx.fetch(
        "SELECT state, holds_from, reason, document FROM buyer_decision WHERE buyer_id = $1"
        " ORDER BY id DESC",
        buyer_id,
    )
    return [
        DecisionRow(State(row["state"]), row["holds_from"], row["reason"], row["document"])
        for row in rows
    ]


async def demands_shown(tx: Transaction) -> list[DemandShown]:
    """Every setting of what is asked for, by paper, the one that began last first."""
    rows = await tx.fetch(
        "SELECT kind, buyer_kind, mandatory, holds_days, holds_from, source, verified FROM dossier_demand"
        " ORDER BY holds_from DESC, id DESC"
    )
    found = [DemandShown(ItemKind(row["kind"]), *list(row.values())[1:]) for row in rows]
    order = list(ItemKind)
    return sorted(found, key=lambda one: order.index(one.kind))
