"""The cash that a member got in a day, which the limit counts."""

from datetime import date

from coop.kernel.db import Transaction


async def count_cash(
    tx: Transaction, cooperative_id: int, member_id: int, day: date, paise: int
) -> None:
    """A member's cash of a day, weighings and payouts together; ``paise`` below zero takes off.

    Part of an act that its caller records.
    """
    done = await tx.execute(
        "UPDATE member_day_cash SET cash_paise = cash_paise + $4 WHERE cooperative_id = $1 AND member_id = $2 AND day = $3",
        cooperative_id,
        member_id,
        day,
        paise,
    )
    if done.endswith(" 0"):
        await tx.execute(
            "INSERT INTO member_day_cash (cooperative_id, member_id, day, cash_paise) VALUES ($1, $2, $3, $4)",
            cooperative_id,
            member_id,
            day,
            paise,
        )
