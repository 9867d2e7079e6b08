"""A buyer with all that its standing is made of, in one query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coop.buyers.rules import (
    Decision,
    DemandRow,
    Demands,
    Item,
    ItemKind,
    Outcome,
    Papers,
    StandingOn,
    State,
    Suspension,
    demands_on,
    standing_on,
)
from coop.kernel.db import Transaction

# Lists within the row: a buyer has few papers, and one round trip answers a gate.
_KNOWN = """
SELECT f.id, v.buyer_code, v.version, v.name, v.kind, v.town, v.district_lgd, v.state_lgd,
  (SELECT coalesce(json_agg(json_build_array(i.kind, i.number, i.issued_on, i.expires_on, c.outcome, c.checked_on, i.id)
                            ORDER BY i.id), '[]')
     FROM dossier_item i LEFT JOIN LATERAL (SELECT outcome, checked_on FROM dossier_check x WHERE x.item_id = i.id
                                            ORDER BY x.id DESC LIMIT 1) c ON true
    WHERE i.buyer_id = f.id AND NOT EXISTS (SELECT FROM dossier_withdrawal w WHERE w.item_id = i.id)) AS items,
  (SELECT coalesce(json_agg(json_build_array(s.first_day, CASE WHEN e.id IS NULL THEN s.last_day ELSE e.last_day END,
                                             s.reason, s.id) ORDER BY s.id), '[]')
     FROM buyer_suspension s LEFT JOIN LATERAL (SELECT id, last_day FROM buyer_suspension_end x WHERE x.suspension_id = s.id
                                                ORDER BY x.id DESC LIMIT 1) e ON true
    WHERE s.buyer_id = f.id) AS suspensions,
  (SELECT coalesce(json_agg(json_build_array(d.state, d.holds_from) ORDER BY d.id), '[]')
     FROM buyer_decision d WHERE d.buyer_id = f.id) AS decisions,
  {demands} AS demands
FROM buyer f JOIN LATERAL (SELECT * FROM buyer x WHERE x.buyer_code = f.buyer_code ORDER BY x.version DESC LIMIT 1) v ON true
WHERE f.version = 1"""
_DEMANDS = """(SELECT coalesce(json_agg(json_build_array(kind, buyer_kind, mandatory, holds_days, holds_from) ORDER BY id), '[]')
     FROM dossier_demand)"""
_ONE = _KNOWN.format(demands=_DEMANDS) + " AND f.buyer_code = $1"
_ALL = _KNOWN.format(demands="'[]'::json") + " ORDER BY f.buyer_code"


@dataclass(frozen=True, slots=True)
class Known:
    """A buyer as known now. ``id`` is its first version's row id, the same for ever."""

    id: int
    code: str
    version: int
    name: str
    kind: str
    town: str
    district_lgd: int | None
    state_lgd: int | None
    papers: Papers
    demand_rows: tuple[DemandRow, ...]

    def demands(self, on: date) -> Demands:
        """What is asked of this buyer on a day."""
        return demands_on(self.demand_rows, self.kind, on)

    def standing(self, on: date) -> StandingOn:
        """Its standing on a day."""
        return standing_on(self.papers, on, self.demands(on))


async def known_buyer(tx: Transaction, buyer_code: str) -> Known | None:
    """The buyer of a code, or None."""
    row = await tx.fetchrow(_ONE, buyer_code)
    return None if row is None else _known(row, _demand_rows(row["demands"]))


async def known_buyers(tx: Transaction) -> list[Known]:
    """Every buyer, by code."""
    demands = await demand_rows(tx)
    return [_known(row, demands) for row in await tx.fetch(_ALL)]


async def demand_rows(tx: Transaction) -> tuple[DemandRow, ...]:
    """What is asked for, in the order it was set."""
    return _demand_rows(await tx.fetchval(f"SELECT {_DEMANDS}"))


def _known(row: Mapping[str, Any], demands: tuple[DemandRow, ...]) -> Known:
    papers = Papers(
        row["state_lgd"],
        tuple(_item(*one) for one in json.loads(row["items"])),
        tuple(
            Suspension(date.fromisoformat(first), _day(last), reason, number)
            for first, last, reason, number in json.loads(row["suspensions"])
        ),
        tuple(
            Decision(State(state), date.fromisoformat(day))
            for state, day in json.loads(row["decisions"])
        ),
    )
    return Known(
        row["id"],
        row["buyer_code"],
        row["version"],
        row["name"],
        row["kind"],
        row["town"],
        row["district_lgd"],
        row["state_lgd"],
        papers,
        demands,
    )


def _item(
    kind: str,
    number: str,
    issued_on: str | None,
    expires_on: str | None,
    outcome: str | None,
    checked_on: str | None,
    id_: int,
) -> Item:
    return Item(
        ItemKind(kind),
        number,
        _day(issued_on),
        _day(expires_on),
        Outcome(outcome) if outcome else None,
        _day(checked_on),
        id_,
    )


def _demand_rows(text: str) -> tuple[DemandRow, ...]:
    return tuple(
        DemandRow(ItemKind(kind), buyer_kind, mandatory, days, date.fromisoformat(day))
        for kind, buyer_kind, mandatory, days, day in json.loads(text)
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
