"""What is kept and for how long: limits, the paper box, the board, words that are forgotten."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from coop.kernel import clock
from coop.kernel.db import Reach, Transaction, transaction
from coop.kernel.refusal import Refused
from coop.participation.operations.board import Line, Opening, open_box, write_board
from coop.participation.operations.box import forget_words, open_code, put_in
from coop.participation.queries.role import voice_transaction
from coop.participation.rules import Said
from coop.participation.rules.board import month_of, months_before
from tests.participation.box import Box
from tests.trade import REACH


async def test_limits_are_of_all_together(own: Box) -> None:
    async with transaction(REACH) as tx:
        for name in ("voice_messages_a_day", "voice_wrong_codes_a_day"):
            await tx.execute(
                "INSERT INTO bylaw (cooperative_id, name, value, unit, holds_from, source, verified, recorded_at)"
                " VALUES ($1, $2, 2, 'x', '2020-01-01', 'a test', false, now())", own.side.id, name,
            )  # fmt: skip
    said = Said("good", "", "", False)
    reach = Reach("public", (own.side.id,))
    first = uuid4()
    async with voice_transaction(reach) as tx:
        right = await put_in(tx, own.side.id, first, said, own.readers)
        await put_in(tx, own.side.id, uuid4(), said, own.readers)
        with pytest.raises(Refused, match="limit"):
            await put_in(tx, own.side.id, uuid4(), said, own.readers)
        assert await put_in(tx, own.side.id, first, said, own.readers) == right
    async with voice_transaction(reach) as tx:
        assert await open_code(tx, own.side.id, (1, 2, 3, 10)) is None
        assert await open_code(tx, own.side.id, right) is not None
        assert await open_code(tx, own.side.id, (1, 2, 3, 20)) is None
        with pytest.raises(Refused, match="limit"):
            await open_code(tx, own.side.id, right)
    with clock.frozen(clock.now() + timedelta(days=1)):
        async with voice_transaction(reach) as tx:
            assert await open_code(tx, own.side.id, right) is not None
    with clock.frozen(clock.now() + timedelta(days=91)):
        async with voice_transaction(reach) as tx:
            assert await open_code(tx, own.side.id, right) is None


async def test_the_paper_box_is_complete_or_refused(own: Box, at_own: Transaction) -> None:
    notes = (Said("help", "", "मदद करो", False), Said("", "", "नल", False))
    good = Opening(clock.today(), "Teacher", 3, 1, notes)
    form = uuid4()
    for wrong, code in (
        (Opening(clock.today(), "T", 5, 1, notes), "count_differs"),
        (Opening(clock.today(), "T", 0, 0, ()), "no_notes"),
        (Opening(clock.today() + timedelta(days=1), "T", 3, 1, notes), "ahead"),
        (Opening(clock.today(), "T", 1, 0, (Said("", "", "9999 9999 0019", False),)), "aadhaar"),
    ):
        with pytest.raises(Refused, match=code):
            await open_box(at_own, own.side.id, form, wrong, own.readers)
    for _ in range(2):
        await open_box(at_own, own.side.id, form, good, own.readers)
    rows = await at_own.fetch("SELECT came, on_day FROM voice_message")
    assert [tuple(row.values()) for row in rows] == [("paper", clock.today())] * 2


async def test_the_board_speaks_of_a_whole_month_with_enough_messages(
    client: httpx.AsyncClient, own: Box
) -> None:
    today = clock.today()
    last = months_before(today, 1)[0]
    line = Line(last, "नल की बात आई", "नल ठीक हुआ")
    reach = Reach("user:1", (own.side.id,))

    async def write(given: Line, form: UUID) -> None:
        async with voice_transaction(reach) as tx:
            await write_board(tx, own.side.id, form, given, own.readers)

    async def box(day: date, count: int, words: str) -> None:
        notes = (Said("bad", "", words, False),) * count
        async with voice_transaction(reach) as tx:
            await open_box(
                tx, own.side.id, uuid4(), Opening(day, "T", count, 0, notes), own.readers
            )

    await box(last, 4, "गाँव का नल कल से सूखा है")
    with pytest.raises(Refused, match="too_few"):
        await write(line, uuid4())
    await box(last + timedelta(days=3), 1, "पानी दो")
    for given, code in (
        (Line(month_of(today), "a", "b"), "month_runs"),
        (Line(last, "गाँव का नल कल से सूखा", "b"), "quotes"),
        (Line(last, "बसंती ने कहा", "b"), "names"),
        (Line(last, "", "b"), "missing"),
    ):
        with pytest.raises(Refused, match=code):
            await write(given, uuid4())
    form = uuid4()
    await write(line, form)
    await write(line, form)
    page = (await client.get(f"/said/{own.side.code}")).text
    assert page.count("नल ठीक हुआ") == 1
    assert "सूखा" not in page


async def test_words_are_forgotten_and_the_count_stays(own: Box) -> None:
    reach = Reach("public", (own.side.id,))

    async def counted() -> tuple[int, int]:
        async with voice_transaction(reach) as tx:
            return (
                await tx.fetchval("SELECT count(*) FROM voice_message"),
                await tx.fetchval("SELECT count(*) FROM voice_words"),
            )

    async with voice_transaction(reach) as tx:
        await put_in(tx, own.side.id, uuid4(), Said("bad", "", "भूल जाओ", False), own.readers)
    with clock.frozen(clock.now() + timedelta(days=300)):
        await forget_words()
    assert await counted() == (1, 1)
    with clock.frozen(clock.now() + timedelta(days=367)):
        assert await forget_words() >= 1
    assert await counted() == (1, 0)
