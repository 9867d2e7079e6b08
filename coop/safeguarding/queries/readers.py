"""Who is named to read cases, and whether they still hold the role."""

from dataclasses import dataclass

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import Reach, Transaction
from coop.participation.rules.message import Reader as BoxReader
from coop.safeguarding.queries.role import safe_transaction
from coop.safeguarding.rules.readers import Reader

_BOX = "feedback box"


def _holds(user: str, place: str) -> str:
    """Whether an account holds a reader's role in a place; roles are looked up by the owner's function."""
    return (
        f"coop_holds_role({user}, CASE WHEN {place}::bigint IS NULL THEN '{Role.STANDBY.value}'"
        f" ELSE '{Role.FOCAL_POINT.value}' END, {place}::bigint)"
    )


_READERS = f"""
SELECT DISTINCT ON (r.user_id, r.cooperative_id) r.user_id, r.cooperative_id, u.display_name, r.person_id, r.woman,
       r.training, r.trained_on, r.valid_until, {_holds("r.user_id", "r.cooperative_id")} AS holds_role
FROM safeguarding.reader r JOIN user_account u ON u.id = r.user_id
WHERE $1::bigint IS NULL OR r.cooperative_id IS NULL OR r.cooperative_id = $1
ORDER BY r.user_id, r.cooperative_id, r.id DESC
"""  # noqa: S608  # our own words


@dataclass(frozen=True, slots=True)
class Account:
    """An account that may be named: whose login it is, and whether it holds the role there."""

    user_id: int
    name: str
    holds_role: bool


async def readers(tx: Transaction, cooperative_id: int | None = None) -> list[Reader]:
    """Everybody named: of one cooperative and the standbys, or of all within reach."""
    rows = await tx.fetch(_READERS, cooperative_id)
    return [Reader(*row.values()) for row in rows]


async def box_readers(cooperative_id: int) -> list[BoxReader]:
    """Who may read a cooperative's feedback box today: those named whose training and role hold.

    In a transaction of its own: whoever opens the box reaches nobody.
    """
    async with safe_transaction(Reach(_BOX, (cooperative_id,))) as tx:
        named = await readers(tx, cooperative_id)
    return [
        BoxReader(one.user_id, one.name, one.standby) for one in named if one.valid(clock.today())
    ]


async def account_named(tx: Transaction, login: str, cooperative_id: int | None) -> Account | None:
    """The account of a login, and whether it holds the reader's role in a place."""
    row = await tx.fetchrow(
        f"SELECT u.id, u.display_name, {_holds('u.id', '$2')} AS holds FROM user_account u WHERE u.login_key = $1",  # noqa: S608  # our own words
        login.strip().casefold(),
        cooperative_id,
    )
    return Account(*row.values()) if row is not None else None


async def person_of(tx: Transaction, person_no: str) -> int | None:
    """The row of a person of the household list."""
    found: int | None = await tx.fetchval(
        "SELECT id FROM person WHERE person_no = $1", person_no.strip().upper()
    )
    return found
