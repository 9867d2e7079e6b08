"""The box as a child uses it: taken, answered by pictures, nothing lost, always one size."""

import re

import asyncpg
import httpx
import pytest

from coop.access.roles import Role
from coop.kernel.db import Reach
from coop.participation.controllers import handed
from coop.participation.controllers.box import BOX_BYTES
from coop.participation.queries.role import voice_transaction
from coop.participation.rules import Reader
from coop.paths import STATIC
from coop.running import Running
from tests.agency import enter
from tests.participation.box import Box, form_id_of, open_pictures, pictures_of_page, say_it
from tests.trade import Trade

pytestmark = pytest.mark.usefixtures("trade")


async def words_of(box: Box) -> list[str]:
    async with voice_transaction(Reach("tests", (box.side.id,))) as tx:
        return [row["words"] for row in await tx.fetch("SELECT words FROM voice_words")]


async def test_a_message_is_kept_and_its_pictures_open_it(
    client: httpx.AsyncClient, box: Box
) -> None:
    done = await say_it(client, box, how="bad", what="school", words="स्कूल बहुत दूर है")
    assert "मिल गया" in done.text
    pictures = pictures_of_page(done.text)
    assert len(set(pictures)) == 4
    assert "स्कूल बहुत दूर है" in await words_of(box)
    opened = await open_pictures(client, box, tuple(reversed(pictures)))
    assert "अभी जवाब नहीं" in opened.text
    assert "दूर" not in opened.text
    wrong = tuple(sorted({*pictures[:3], (pictures[3] + 1) % 64, 63, 62}))[:4]
    if set(wrong) != set(pictures):
        assert "कुछ नहीं खुलता" in (await open_pictures(client, box, wrong)).text
    assert "चार तस्वीरें" in (await open_pictures(client, box, pictures[:3])).text


async def test_the_same_form_again_keeps_nothing_new(client: httpx.AsyncClient, box: Box) -> None:
    page = await client.get(box.path)
    sent = {"operation_id": form_id_of(page.text), "how": "good", "words": "झूला चाहिए यहाँ"}
    first, second = [await client.post(box.path, data=sent) for _ in range(2)]
    assert pictures_of_page(first.text) == pictures_of_page(second.text)
    assert (await words_of(box)).count("झूला चाहिए यहाँ") == 1
    other = await client.post(box.path, data={**sent, "words": "और कुछ"})
    assert "काम नहीं हुआ" in other.text
    assert "और कुछ" not in await words_of(box)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"how": "", "words": ""}, "पहले एक तस्वीर"),
        ({"words": "मेरा नंबर 9999 9999 0019"}, "लंबा नंबर"),
        ({"words": "क" * 601}, "बहुत लंबा"),
    ],
)
async def test_what_cannot_be_taken_is_said_and_nothing_is_lost(
    client: httpx.AsyncClient, box: Box, typed: dict[str, str], said: str
) -> None:
    answer = await say_it(client, box, what="home", **typed)
    assert said in answer.text
    assert re.search(r'name="what" value="home"[^>]* checked', answer.text)
    assert typed.get("words", "")[:600] in answer.text
    assert typed.get("words") not in await words_of(box) or not typed.get("words")


async def test_without_two_readers_the_page_takes_nothing(
    client: httpx.AsyncClient, trade: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def one_reader(_: int) -> tuple[Reader, ...]:
        return (Reader(1, "Basanti", outside=True),)

    monkeypatch.setattr(handed._handed, "readers", one_reader)
    path = f"/say/{trade.there.code}"
    page = (await client.get(path)).text
    assert "<form" not in page
    assert "tel:1098" in page
    assert "tel:112" in page
    answer = await client.post(path, data={"how": "good", "words": "कोई नहीं पढ़ता"})
    assert len(answer.content) == BOX_BYTES
    async with voice_transaction(Reach("tests", (trade.there.id,))) as tx:
        assert not await tx.fetchval("SELECT count(*) FROM voice_message")


async def test_every_answer_has_one_size_and_one_face(
    client: httpx.AsyncClient, box: Box, trade: Trade
) -> None:
    good = await say_it(client, box, words="यहाँ सब ठीक लगा")
    pictures = pictures_of_page(good.text)
    huge = "x" * 2_500_000
    answers = [
        good,
        await client.get("/say"),
        await client.get("/say?lang=en"),
        await client.get(box.path),
        await client.get(box.path + "?lang=en"),
        await client.get("/say/NOWHERE"),
        await client.get(f"/say/{trade.there.code}"),
        await say_it(client, box, how=""),
        await say_it(client, box, words="&\"<>'" * 120),
        await say_it(client, box, words="अ" * 700),
        await client.post(box.path, data={"how": "good", "words": huge}),
        await client.post(box.path, content=b"\xff\xfe{", headers={"content-type": "application/json"}),
        await client.post(box.path, content=b"--x", headers={"content-type": "multipart/form-data; boundary=y"}),
        await client.post(box.path, data={"how": "good"}, headers={"origin": "https://elsewhere.example"}),
        await client.get(f"{box.path}/answer"),
        await client.get(f"{box.path}/answer?lang=en"),
        await open_pictures(client, box, pictures),
        await open_pictures(client, box, (1, 2, 3, 4)),
        await open_pictures(client, box, (1,)),
        await client.post(f"{box.path}/answer", data={"p": ["one", "999", "-1", "٤"]}),
    ]  # fmt: skip
    assert {(one.status_code, len(one.content)) for one in answers} == {(200, BOX_BYTES)}
    assert len({tuple(sorted(one.headers)) for one in answers}) == 1
    assert all("set-cookie" not in one.headers for one in answers)
    beside = sum((STATIC / name).stat().st_size for name in ("say.css", "leave.js"))
    assert BOX_BYTES + beside <= 20_480


async def test_a_strangers_page_puts_nothing_in(client: httpx.AsyncClient, box: Box) -> None:
    page = await client.get(box.path)
    for headers in ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}):
        sent = {"operation_id": form_id_of(page.text), "how": "good", "words": "नकली बात"}
        answer = await client.post(box.path, data=sent, headers=headers)
        assert "काम नहीं हुआ" in answer.text
    assert "नकली बात" not in await words_of(box)


async def test_a_signed_in_phone_leaves_no_trace(
    client: httpx.AsyncClient, box: Box, database: Running
) -> None:
    """The session's last sight is not moved, whatever cookie the browser brings."""
    user = await enter(client, Role.CLERK, side=box.side)
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        await owner.execute(
            "UPDATE session SET last_seen_at = last_seen_at - interval '10 minutes',"
            " opened_at = opened_at - interval '10 minutes' WHERE user_id = $1", user,
        )  # fmt: skip
        seen = "SELECT last_seen_at FROM session WHERE user_id = $1"
        before = await owner.fetchval(seen, user)
        page = await client.get(box.path)
        await say_it(client, box, words="फ़ोन दीदी का है")
        for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
            assert (await client.get(address)).status_code == 200
        assert await owner.fetchval(seen, user) == before
    finally:
        await owner.close()
    assert "Asha" not in page.text
