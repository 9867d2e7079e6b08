"""The log by HTTP: an outside reader fetches all of it; who may read what; what witnesses leave."""

import random
import time
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import SYSTEM, transaction
from coop.log.operations.integrate import integrate_waiting
from coop.log.operations.tokens import add_token, revoke_token
from coop.receipts.operations.log_keys import add_witness
from coop.receipts.operations.trust import publish_list
from coop.receipts.queries import log_keys
from coop.receipts.rules.cbor import decode
from coop.receipts.rules.cose import take_apart
from coop.receipts.rules.note import Head, SignatureLine, cosign, read_checkpoint
from coop.receipts.rules.trust_list import WITNESS, LogKey
from coop.settings import settings
from tests.outside import log_reader
from tests.trade import REACH, Trade, entry, person, post
from tests.weighing.test_pages import sign_in

NGO = Ed25519PrivateKey.generate()
NGO_KEY = LogKey("ngo.example/w1", WITNESS, NGO.public_key().public_bytes_raw())


async def known() -> list[tuple[str, int, bytes]]:
    async with transaction(SYSTEM) as tx:
        return [(one.key.name, one.key.type, one.key.x) for one in await log_keys(tx)]


@pytest_asyncio.fixture(scope="module")
async def token(logged: Trade) -> AsyncIterator[str]:
    """A witness with a key in the list and a token."""
    async with transaction(REACH) as tx:
        await add_witness(tx, NGO_KEY)
        await publish_list(tx, settings().keys, settings().trust_domain)
        made = await add_token(tx, "NGO")
    yield made.token


def fetcher(client: httpx.AsyncClient, token: str = "") -> log_reader.Fetch:
    headers = {"authorization": f"Bearer {token}"} if token else {}

    async def fetch(address: str) -> bytes | None:
        answer = await client.get(address, headers={"accept": "*/*", **headers})
        assert answer.status_code in (200, 404), (address, answer.status_code)
        return answer.content if answer.status_code == 200 else None

    return fetch


async def _checkpoint(client: httpx.AsyncClient) -> Head:
    found = read_checkpoint((await client.get("/log/checkpoint")).content, [])
    assert found is not None
    return found.head


async def test_an_outside_reader_checks_the_whole_log(
    client: httpx.AsyncClient, logged: Trade, token: str
) -> None:
    fetch, keys = fetcher(client, token), await known()
    first = await log_reader.read_log(fetch, keys)
    for side in (logged.here, logged.there):
        await post(side, *(entry(side) for _ in range(150)))
    await integrate_waiting()
    second = await log_reader.read_log(fetch, keys, first)
    assert second.seen.size == first.seen.size + 300
    assert second.tiles >= 3
    receipts = await log_reader.read_entries(fetch, second)
    assert len(receipts) == second.seen.size
    for receipt in random.Random(1).sample(receipts, 40):
        claims = decode(take_apart(receipt).payload)
        assert isinstance(claims, dict)
        await log_reader.check_proof(fetch, keys, second, receipt, claims[7])


async def test_the_reader_would_notice(client: httpx.AsyncClient, logged: Trade) -> None:
    """A reader that notices nothing proves nothing: each kind of lie stops it."""
    fetch, keys = fetcher(client), await known()
    read = await log_reader.read_log(fetch, keys)

    def lying(at: str, place: int) -> log_reader.Fetch:
        async def fetch_changed(address: str) -> bytes | None:
            body = await fetch(address)
            if body and address.startswith(at):
                return body[:place] + bytes((body[place] ^ 1,)) + body[place + 1 :]
            return body

        return fetch_changed

    for at, place in (("/log/checkpoint", 3), ("/log/tile/0/", 5), ("/log/tile/1/", 0)):
        if at == "/log/tile/1/" and read.seen.size < 256:
            continue
        with pytest.raises(ValueError, match=r"^$"):
            await log_reader.read_log(lying(at, place), keys)
    other = log_reader.Read(read.seen._replace(root=bytes(32)), read.leaves)
    with pytest.raises(ValueError, match=r"^$"):
        await log_reader.read_log(fetch, keys, other)


async def test_headers(client: httpx.AsyncClient, logged: Trade, token: str) -> None:
    answer = await client.get("/log/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=1"
    assert answer.headers["access-control-allow-origin"] == "*"
    tile = await client.get("/log/tile/0/000.p/5")
    assert tile.headers["content-type"] == "application/octet-stream"
    assert "immutable" in tile.headers["cache-control"]
    assert len(tile.content) == 160
    held = {"authorization": f"Bearer {token}"}
    bundle = await client.get("/log/tile/entries/000.p/5", headers=held)
    assert bundle.status_code == 200
    assert bundle.headers["cache-control"].startswith("private")


@pytest.mark.parametrize(
    "address",
    [
        "/log/tile/0/900", "/log/tile/0/x001/000", "/log/tile/7/000", "/log/tile/64/000",
        "/log/tile/00/000", "/log/tile/0/0", "/log/tile/0/000.p/0", "/log/tile/0/000.p/256",
        "/log/tile/0/000.p/05", "/log/tile/0/x000/000", "/log/tile/-1/000", "/log/tile/0/999999999999999999999",
        "/log/tile/0/x999/x999/x999/x999/x999/x999/999", "/log/tile/0",
        "/mr1/" + "00" * 10 + ".tlog-proof", "/mr1/x.tlog-proof", "/mr1/" + "AA" * 10 + ".tlog-proof",
        "/mr1/" + "00" * 10,
    ],
)  # fmt: skip
async def test_what_is_not_there(client: httpx.AsyncClient, logged: Trade, address: str) -> None:
    assert (await client.get(address)).status_code == 404


async def test_beyond_the_tree_there_is_nothing(client: httpx.AsyncClient, logged: Trade) -> None:
    size = (await _checkpoint(client)).size
    n, width = divmod(size, 256)
    if width:
        assert (await client.get(log_reader.address(0, n, width))).status_code == 200
    if width < 255:
        assert (await client.get(log_reader.address(0, n, width + 1))).status_code == 404
    assert (await client.get(f"/log/tile/0/{n:03d}")).status_code == 404


async def test_whole_receipts_are_for_few(
    client: httpx.AsyncClient, logged: Trade, token: str
) -> None:
    address = "/log/tile/entries/000.p/1"
    program = {"accept": "*/*"}
    stranger = await client.get(address, headers=program)
    assert (stranger.status_code, stranger.headers["www-authenticate"]) == (401, "Bearer")
    assert (await client.get(address)).status_code == 303
    for wrong in ("", "x", token + "x", token.swapcase(), logged.here.device.token):
        held = {**program, "authorization": f"Bearer {wrong}"}
        assert (await client.get(address, headers=held)).status_code == 401
        assert (await client.get("/log/checkpoint", headers=held)).status_code == 200
    held = {**program, "authorization": f"bearer {token}"}
    assert (await client.get(address, headers=held)).status_code == 200
    assert (await client.get("/slips/X", headers=held)).status_code == 303
    for role, status in ((Role.CLERK, 403), (Role.MANAGER, 403), (Role.AUDITOR, 303)):
        client.cookies.clear()
        await sign_in(client, await person(role, logged.here))
        # an auditor's second factor is still to come; the page that asks for it answers
        assert (await client.get(address)).status_code == status, role
    client.cookies.clear()


async def test_a_revoked_token_opens_nothing(client: httpx.AsyncClient, logged: Trade) -> None:
    async with transaction(REACH) as tx:
        made = await add_token(tx, "Somebody")
    held = {"authorization": f"Bearer {made.token}"}
    address = "/log/tile/entries/000.p/1"
    assert (await client.get(address, headers=held)).status_code == 200
    async with transaction(REACH) as tx:
        assert await revoke_token(tx, "Somebody") == 1
        assert await revoke_token(tx, str(made.id)) == 0
    assert (await client.get(address, headers=held)).status_code == 401


async def test_a_witness_leaves_its_line(
    client: httpx.AsyncClient, logged: Trade, token: str
) -> None:
    held = {"authorization": f"Bearer {token}"}
    await integrate_waiting()
    note = (await client.get("/log/checkpoint")).content
    head = await _checkpoint(client)
    line = cosign(head.text, NGO_KEY, NGO, int(time.time()))
    sent = note + line.text.encode()
    answer = await client.post("/log/cosignatures", content=sent, headers=held)
    assert answer.json() == {"size": head.size, "witnesses": [NGO_KEY.name]}
    again = await client.post("/log/cosignatures", content=sent, headers=held)
    assert again.status_code == 200
    served = (await client.get("/log/checkpoint")).content
    assert served == sent
    # The receipt's proof keeps the first cosigned checkpoint although the log goes on.
    async with transaction(SYSTEM) as tx:
        row = await tx.fetchrow(
            "SELECT r.cti, r.signed FROM log_leaf l JOIN receipt r ON r.id = l.receipt_id"
            " WHERE l.leaf_index = $1",
            head.size - 1,
        )
    assert row is not None
    await post(logged.here, entry(logged.here))
    await integrate_waiting()
    fetch, keys = fetcher(client), await known()
    read = await log_reader.read_log(fetch, keys)
    seen, data = await log_reader.check_proof(fetch, keys, read, row["signed"], row["cti"])
    assert (seen.size, len(seen.times)) == (head.size, 1)
    assert data.endswith(line.text.encode())
    async with transaction(SYSTEM) as tx:
        about = await tx.fetch("SELECT actor FROM audit_entry WHERE tag = 'checkpoint:cosigned'")
    assert len(about) == 1
    assert about[0]["actor"].startswith("token:")


async def test_what_is_not_kept_of_a_witness(
    client: httpx.AsyncClient, logged: Trade, token: str
) -> None:
    held = {"authorization": f"Bearer {token}"}
    head = await _checkpoint(client)
    now = int(clock.now().timestamp())
    line = cosign(head.text, NGO_KEY, NGO, now).text
    stranger = Ed25519PrivateKey.generate()
    strange = LogKey("x.example", WITNESS, stranger.public_key().public_bytes_raw())
    other = Head(head.origin, head.size, bytes(32))
    longer = f"{head.text}more\n"
    larger = Head(head.origin, 2**62, head.root)
    cases = {
        "not_a_checkpoint": "hello",
        "unknown_checkpoint": f"{larger.text}\n{cosign(larger.text, NGO_KEY, NGO, now).text}",
        "other_tree": f"{other.text}\n{cosign(other.text, NGO_KEY, NGO, now).text}",
        "no_witness_line": f"{head.text}\n{cosign(head.text, strange, stranger, now).text}",
        "false_cosignature": f"{head.text}\n{SignatureLine(NGO_KEY.name, NGO_KEY.id, bytes(72)).text}",
        "cosigned_in_future": f"{head.text}\n{cosign(head.text, NGO_KEY, NGO, now + 400).text}",
    }
    for code, sent in cases.items():
        answer = await client.post("/log/cosignatures", content=sent.encode(), headers=held)
        assert (answer.status_code, answer.json()["refusals"][0]["code"]) == (422, code)
    sent = f"{longer}\n{cosign(longer, NGO_KEY, NGO, now).text}"
    answer = await client.post("/log/cosignatures", content=sent.encode(), headers=held)
    assert answer.json()["refusals"][0]["code"] == "other_tree"
    huge = await client.post("/log/cosignatures", content=b"x" * 70_000, headers=held)
    assert huge.status_code == 400
    good = f"{head.text}\n{line}".encode()
    assert (await client.post("/log/cosignatures", content=good)).status_code in (303, 401)
    async with transaction(SYSTEM) as tx:
        kept = await tx.fetchval("SELECT count(*) FROM log_cosignature WHERE size = $1", head.size)
    assert kept == 0


async def test_no_public_byte_names_a_member(
    client: httpx.AsyncClient, logged: Trade, token: str
) -> None:
    fetch, keys = fetcher(client, token), await known()
    read = await log_reader.read_log(fetch, keys)
    receipts = await log_reader.read_entries(fetch, read)
    everything = read.bytes_read + b"".join(receipts)
    for receipt in receipts[::7]:
        claims = decode(take_apart(receipt).payload)
        assert isinstance(claims, dict)
        everything += (await log_reader.check_proof(fetch, keys, read, receipt, claims[7]))[1]
    for address in ("/log", "/en/log", "/.well-known/mr1-keys"):
        everything += await fetch(address) or b""
    async with transaction(SYSTEM) as tx:
        people = await tx.fetch("SELECT * FROM person_version")
        numbers = await tx.fetch("SELECT member_no FROM member")
    names = {
        value
        for row in people
        for key, value in row.items()
        if isinstance(value, str) and len(value) > 3 and "name" in key
    }
    assert any("Namuna" in name for name in names)
    assert numbers
    for name in names | {"Namuna", "नमूना", "Asha Tudu"}:
        assert name.encode() not in everything, name
