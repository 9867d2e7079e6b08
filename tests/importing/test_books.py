"""The books of the whole sample, asked by the commands."""

import pytest

from tests.importing.console import SAMPLE, Home, rows_of


async def _add(home: Home, paise: int) -> None:
    """Change a line of the ledger as the database's superuser can."""
    async with home.owner() as owner, owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        sql = "UPDATE ledger_entry SET amount_paise = amount_paise + $1 WHERE id = 77"
        assert await owner.execute(sql, paise) == "UPDATE 1"


async def test_the_command_says_so_and_ends_with_one(loaded: Home) -> None:
    clean = loaded.run("ledger", "verify")
    said = "books balance: 4802 journals, 4794 receipts"
    assert (clean.code, clean.out[: len(said)]) == (0, said)
    await _add(loaded, 1)
    found = loaded.run("ledger", "verify")
    await _add(loaded, -1)
    assert (found.code, "Traceback" in found.err) == (1, False)
    assert "does not sum to zero" in found.out
    assert "kept total differs" in found.out


@pytest.mark.parametrize(("kind", "count"), [("1", 4781), ("2", 13)])
def test_receipts_are_listed_in_posting_order(loaded: Home, kind: str, count: int) -> None:
    listed = loaded.run("receipt", "list", "--kind", kind).out.splitlines()
    assert len(listed) == len(set(listed)) == count
    assert all(line.startswith("HTTPS://ABHRAK.EXAMPLE/R/") for line in listed)
    assert len(rows_of(SAMPLE / "weighings.csv")) > count
