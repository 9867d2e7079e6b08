"""Kit in stock and in members' hands; trainings; within reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.livelihoods.rules.kit import Held, Move, held_of, stock_of, summed

_NAME = """LEFT JOIN LATERAL (SELECT name_hi, name_latin FROM person_version x WHERE x.person_id = m.person_id
           ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true"""


@dataclass(frozen=True, slots=True)
class Item:
    """A kind of kit."""

    code: str
    name_en: str
    name_hi: str
    protects: bool


@dataclass(frozen=True, slots=True)
class ItemStands:
    """Pieces of an item: in stock, with members, worn out and lost since the beginning."""

    item: Item
    stock: int
    with_members: int
    worn_out: int
    lost: int


@dataclass(frozen=True, slots=True)
class MoveKnown:
    """A line of the kit's ledger; member fields empty where only the stock is concerned."""

    on: date
    name_en: str
    name_hi: str
    kind: Move
    pieces: int
    member_no: str
    member_hi: str
    member_latin: str
    note: str


@dataclass(frozen=True, slots=True)
class TrainingKnown:
    """A training with how many came and how many women among them."""

    topic: str
    on: date
    place: str
    trainer: str
    minutes: int
    members: int
    women: int


async def items(tx: Transaction) -> list[Item]:
    """Every kind of kit, in its order."""
    rows = await tx.fetch("SELECT code, name_en, name_hi, protects FROM kit_item ORDER BY place")
    return [Item(*row.values()) for row in rows]


async def stands(tx: Transaction, cooperative_id: int) -> list[ItemStands]:
    """How each item stands."""
    rows = await tx.fetch(
        "SELECT item_code, kind, sum(pieces)::int AS pieces FROM kit_move WHERE cooperative_id = $1 GROUP BY 1, 2",
        cooperative_id,
    )
    found = []
    for item in await items(tx):
        sums = {Move(row["kind"]): row["pieces"] for row in rows if row["item_code"] == item.code}
        if sums:
            found.append(
                ItemStands(
                    item,
                    stock_of(sums),
                    held_of(sums),
                    sums.get(Move.WORN_OUT, 0),
                    sums.get(Move.LOST, 0),
                )
            )
    return found


async def held(tx: Transaction, cooperative_id: int, item: str, member_id: int | None) -> Held:
    """Pieces of an item in stock, and with one member."""
    rows = await tx.fetch(
        "SELECT kind, pieces, member_id FROM kit_move WHERE cooperative_id = $1 AND item_code = $2",
        cooperative_id,
        item,
    )
    stock = stock_of(summed((Move(row["kind"]), row["pieces"]) for row in rows))
    own = [row for row in rows if member_id is not None and row["member_id"] == member_id]
    return Held(stock, held_of(summed((Move(row["kind"]), row["pieces"]) for row in own)))


async def moves(tx: Transaction, cooperative_id: int, most: int = 100) -> list[MoveKnown]:
    """The last moves, the newest first."""
    rows = await tx.fetch(
        f"""SELECT k.on_day, i.name_en, i.name_hi, k.kind, k.pieces, coalesce(m.member_no, '') AS member_no,
                   coalesce(v.name_hi, '') AS member_hi, coalesce(v.name_latin, '') AS member_latin, k.note
            FROM kit_move k JOIN kit_item i ON i.code = k.item_code LEFT JOIN member m ON m.id = k.member_id {_NAME}
            WHERE k.cooperative_id = $1 ORDER BY k.id DESC LIMIT $2""",  # noqa: S608  # our own words
        cooperative_id,
        most,
    )
    return [MoveKnown(*{**row, "kind": Move(row["kind"])}.values()) for row in rows]


async def member_ids(
    tx: Transaction, cooperative_id: int, numbers: Sequence[str]
) -> dict[str, int]:
    """Row ids of members who have not left, by number."""
    rows = await tx.fetch(
        """SELECT m.member_no, m.id FROM member m WHERE m.cooperative_id = $1 AND m.member_no = ANY ($2::text[])
             AND NOT EXISTS (SELECT FROM member_cessation x WHERE x.member_id = m.id)""",
        cooperative_id,
        list(numbers),
    )
    return {row["member_no"]: row["id"] for row in rows}


async def trainings(tx: Transaction, cooperative_id: int, most: int = 50) -> list[TrainingKnown]:
    """Trainings, the last first."""
    rows = await tx.fetch(
        f"""SELECT t.topic, t.held_on, t.place, t.trainer, t.minutes, count(m.id)::int,
                   count(m.id) FILTER (WHERE v.sex = 'F')::int
            FROM training t LEFT JOIN training_member x ON x.training_id = t.id LEFT JOIN member m ON m.id = x.member_id
            {_NAME.replace("name_hi, name_latin", "sex")}
            WHERE t.cooperative_id = $1 GROUP BY t.id ORDER BY t.held_on DESC, t.id DESC LIMIT $2""",  # noqa: S608  # our own words
        cooperative_id,
        most,
    )
    return [TrainingKnown(*row.values()) for row in rows]
