"""Spoken questions: off until somebody recorded one, heard by nobody known, taken back for good."""

import httpx
import pytest

from coop.access.roles import Role
from coop.participation.controllers.box import BOX_BYTES
from coop.participation.queries.role import voice_transaction
from coop.participation.rules.sounds import refusals_to_keep
from coop.running import Running
from tests.agency import enter, fields_of
from tests.come_in import come_in
from tests.ledger.test_verify import faults_seen, insider
from tests.participation.box import Box
from tests.trade import REACH

OPUS = b"OggS" + bytes(24) + b"OpusHead" + b"\x01" * 400


def test_only_a_short_opus_recording_of_a_question_is_kept() -> None:
    def codes(data: bytes, question: str = "how", language: str = "hi") -> list[str]:
        return [one.code for one in refusals_to_keep(question, language, data, 1)]

    assert codes(OPUS) == []
    assert codes(b"") == ["missing"]
    assert codes(b"<svg onload=x>" + OPUS) == ["not_opus"]
    assert codes(b"OggS" + bytes(80) + b"OpusHead") == ["not_opus"]
    assert codes(OPUS + bytes(1024)) == ["too_large"]
    assert codes(OPUS, "why", "ho") == ["question", "language"]


async def test_a_reader_records_a_question_and_a_child_hears_it(
    client: httpx.AsyncClient, own: Box, by_role: None, database: Running
) -> None:
    silent = await client.get(own.path)
    assert "यह पन्ना अभी कोई आवाज़ नहीं पढ़ती" in silent.text
    assert "<audio" not in silent.text
    file = f"/sounds/{own.side.code}/how.hi.opus"
    assert (await client.get(file)).status_code == 404
    await enter(client, Role.FOCAL_POINT, side=own.side)
    csrf = fields_of((await client.get("/voice/sounds")).text, "/voice/sounds")["csrf"]
    typed = {"csrf": csrf, "cooperative": own.side.code, "question": "how", "language": "hi"}
    wrong = await client.post(
        "/voice/sounds", data=typed, files={"file": ("a.mp3", b"ID3", "audio/mpeg")}
    )
    assert (wrong.status_code, 'id="file-error"' in wrong.text) == (422, True)
    for _ in range(2):
        kept = await client.post(
            "/voice/sounds", data=typed, files={"file": ("a.opus", OPUS, "audio/ogg")}
        )
        assert kept.status_code == 303
    far = await client.post(
        "/voice/sounds", data=typed | {"cooperative": "NOBODY"}, files={"file": ("a.opus", OPUS)}
    )
    assert far.status_code == 404
    assert "1 KB" in (await client.get("/voice/sounds")).text
    client.cookies.clear()
    heard = await client.get(file)
    assert (heard.content, heard.headers["content-type"]) == (OPUS, "audio/ogg")
    assert "set-cookie" not in heard.headers
    box = await client.get(own.path)
    assert f'src="{file}"' in box.text
    assert len(box.content) == BOX_BYTES
    for bad in ("how.hi.mp3", "how.ur.opus", "..%2fhow.hi.opus", "what.hi.opus"):
        assert (await client.get(f"/sounds/{own.side.code}/{bad}")).status_code == 404
    async with insider(database) as owner:
        assert await faults_seen(owner) == []
    await enter(client, Role.FOCAL_POINT, side=own.side)
    csrf = fields_of((await client.get("/voice/sounds")).text, "/voice/sounds")["csrf"]
    assert (await client.post("/voice/sounds/end", data=typed | {"csrf": csrf})).status_code == 303
    assert (await client.get(file)).status_code == 404
    async with voice_transaction(REACH) as tx:
        tags = "SELECT tag FROM audit_entry WHERE tag LIKE 'voice_sound:%' AND cooperative_id = $1 ORDER BY id"
        assert [row["tag"] for row in await tx.fetch(tags, own.side.id)] == [
            "voice_sound:kept",
            "voice_sound:taken_back",
        ]


@pytest.mark.parametrize("role", [Role.MANAGER])
async def test_nobody_else_records(client: httpx.AsyncClient, own: Box, role: Role) -> None:
    await come_in(client, role, own.side)
    assert (await client.get("/voice/sounds")).status_code == 404
