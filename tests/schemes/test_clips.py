"""Spoken questions: recorded, heard where the question is asked, taken away; whose they are; who may."""

import re
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel.clips import Clip
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import Conflict
from coop.schemes.operations.clips import record_clip, remove_clip
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.clips import clips, clips_of, sound
from coop.schemes.queries.proof import FAULTS
from coop.schemes.rules.facts import PICTURES, Fact, Text
from tests.house.tree import ROOT
from tests.kernel.test_clips import OGG
from tests.schemes.desk_pages import asked, facilitator
from tests.schemes.village import family
from tests.trade import REACH, Trade, person
from tests.weighing.test_pages import fields_of, sign_in

FACT = "h.lpg"


async def _send(client: httpx.AsyncClient, fact: str, data: bytes, **typed: str) -> httpx.Response:
    here = f"/schemes/clips/{fact}"
    page = await client.get(here)
    fields = fields_of(page.text, here)
    fields.pop("sound")
    sent = {**fields, "language": "khortha", "agreed": "yes", **typed}
    return await client.post(here, data=sent, files={"sound": ("voice.ogg", data, "text/html")})


async def test_a_question_is_spoken_heard_and_silenced(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    home = await family(trade.here)
    await facilitator(client, trade)
    here = f"/schemes/households/{home.number}"
    fact = asked((await client.get(here)).text)[0]
    assert f'href="/schemes/clips/{fact}"' in (await client.get(here)).text
    kept = await _send(client, fact, OGG)
    assert (kept.status_code, kept.headers["location"]) == (303, f"/schemes/clips/{fact}")
    player = re.search(
        r'<audio controls preload="none" src="([^"]+)"', (await client.get(here)).text
    )
    assert player is not None
    heard = await client.get(player[1])
    assert (heard.status_code, heard.content) == (200, OGG)
    # Served as what its bytes are, not as what the form said.
    assert heard.headers["content-type"] == "audio/ogg"
    assert heard.headers["x-content-type-options"] == "nosniff"
    assert "media-src 'self'" in heard.headers["content-security-policy"]
    assert (await client.get(player[1], headers={"range": "bytes=0-3"})).content == b"OggS"
    page = await client.get(f"/schemes/clips/{fact}")
    gone = await client.post(
        f"/schemes/clips/{fact}/removals",
        data=fields_of(page.text, f"/schemes/clips/{fact}/removals"),
    )
    assert gone.status_code == 303
    assert (await client.get(player[1])).status_code == 404
    assert "<audio" not in (await client.get(here)).text


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_what_is_no_sound_or_not_agreed_is_refused(
    client: httpx.AsyncClient, trade: Trade, language: str
) -> None:
    await facilitator(client, trade, language)
    for data, typed, words in (
        (
            b"<svg onload=alert(1)>" + bytes(300),
            {},
            {"en": "This file holds no sound", "hi": "इस फ़ाइल में आवाज़ नहीं है"},
        ),
        (b"", {}, {"en": "Choose a recording", "hi": "रिकॉर्डिंग चुनें"}),
        (
            OGG + bytes(1_000_000),
            {},
            {"en": "The recording is too long", "hi": "रिकॉर्डिंग बहुत लंबी है"},
        ),
        (OGG, {"agreed": ""}, {"en": "Ask who speaks", "hi": "बोलने वाले से पूछें"}),
        (OGG, {"language": "klingon"}, {"en": "Choose one of the list", "hi": "सूची में से एक चुनें"}),
    ):
        refused = await _send(client, "h.house", data, **typed)
        assert refused.status_code == 422
        assert words[language] in refused.text
    async with transaction(REACH) as tx:
        assert not await clips_of(tx, trade.here.id, "h.house")


async def test_another_cooperative_hears_and_health_is_spoken_by_nobody(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    fact = catalogue().book.facts["h.rooms"]
    async with transaction(REACH) as tx:
        await record_clip(tx, trade.there.id, fact, "hindi", Clip("audio/ogg", OGG), uuid4())
        [theirs] = await clips_of(tx, trade.there.id, "h.rooms")
    await facilitator(client, trade)
    assert (await client.get(f"/schemes/sounds/{theirs.id}")).status_code == 404
    assert "<audio" not in (await client.get("/schemes/clips/h.rooms")).text
    for path in (
        "/schemes/sounds/99999999999999999999",
        "/schemes/clips/p.hiv_art",
        "/schemes/clips/p.nothing",
    ):
        assert (await client.get(path)).status_code == 404, path


async def test_who_may_speak(client: httpx.AsyncClient, trade: Trade) -> None:
    for role in (
        role
        for role in Role
        if ROLES[role].holder is Holder.PERSON and not ROLES[role].second_factor
    ):
        client.cookies.clear()
        await sign_in(client, await person(role, trade.here))
        status = (await client.get("/schemes/clips")).status_code
        assert (status == 200) == (Permission.SCHEMES_CLIP_RECORD in ROLES[role].permissions), role


async def test_a_new_voice_takes_the_place_of_the_old_and_words_that_change_are_silent(
    trade: Trade,
) -> None:
    fact, act = catalogue().book.facts[FACT], uuid4()
    first, second = Clip("audio/ogg", OGG), Clip("audio/ogg", OGG + b"2")
    async with transaction(REACH) as tx:
        await record_clip(tx, trade.here.id, fact, "hindi", first, act)
        await record_clip(tx, trade.here.id, fact, "hindi", first, act)  # the button pressed twice
        [one] = await clips_of(tx, trade.here.id, FACT)
        with pytest.raises(Conflict):
            await record_clip(tx, trade.here.id, fact, "hindi", second, act)
    async with transaction(REACH) as tx:
        await record_clip(tx, trade.here.id, fact, "hindi", second, uuid4())
        [other] = await clips_of(tx, trade.here.id, FACT)
        assert await sound(tx, one.id) is None
        assert await sound(tx, other.id) == (OGG + b"2", "audio/ogg")
        assert other.speaks(fact)
        assert not other.speaks(_reading(fact, "नया सवाल?"))
        tags = [row["tag"] for row in await tx.fetch(
            "SELECT tag FROM audit_entry WHERE about_table LIKE 'scheme_clip%' AND about_row = ANY ($1::text[]) ORDER BY seq",
            [str(one.id), str(other.id)],
        )]  # fmt: skip
        assert tags == ["scheme_clip:recorded", "scheme_clip:removed", "scheme_clip:recorded"]
        await remove_clip(tx, trade.here.id, FACT, "hindi", uuid4())
        assert FACT not in {one.fact for one in await clips(tx, trade.here.id)}


def _reading(fact: Fact, words: str) -> Fact:
    return replace(fact, ask=Text("New?", words))


def test_every_picture_is_drawn_and_every_question_has_one() -> None:
    drawn = set(re.findall(r'id="a-([a-z]+)"', (ROOT / "coop/static/asks.svg").read_text("utf-8")))
    assert drawn == PICTURES
    asked_ = [fact for fact in catalogue().book.facts.values() if fact.care.value != "safeguarded"]
    assert not [fact.name for fact in asked_ if fact.picture == "talk"]


async def test_verify_misses_a_voice_that_went_without_an_act(
    trade: Trade, tx: Transaction
) -> None:
    fact = catalogue().book.facts["h.rural"]
    question = "a spoken question that is not the one recorded"
    await record_clip(tx, trade.here.id, fact, "hindi", Clip("audio/ogg", OGG), uuid4())
    [one] = await clips_of(tx, trade.here.id, fact.name)
    for name in (question, "a spoken question that no entry records"):
        assert await tx.fetchval(FAULTS[name]) is None, name
    await tx.execute("DELETE FROM scheme_clip_sound WHERE clip_id = $1", one.id)
    assert await tx.fetchval(FAULTS[question]) == str(one.id)
