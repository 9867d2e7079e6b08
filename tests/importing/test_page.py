"""Lists by a page: seen first, then booked once, by whom they belong to; nothing lies about."""

import asyncio
import csv
import io
import re
from uuid import UUID

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.importing import COLUMNS, booking, holding
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Reach, transaction
from coop.kernel.refusal import NotThere
from tests.agency import enter
from tests.come_in import come_in
from tests.trade import DISTRICT, REACH, Trade

_numbers = iter(range(7000, 9000))


def listed(code: str, *numbers: str, **changed: str) -> bytes:
    """A household list as somebody exports it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS["households"])
    writer.writeheader()
    for number in numbers:
        row = dict.fromkeys(COLUMNS["households"], "")
        row.update(
            household_no=number,
            cooperative=code,
            village="Khairatand",
            block="Domchanch",
            district_lgd=str(DISTRICT),
            state_lgd="20",
            head_name="मोहन नमूना",
            ration_type="PHH",
            caste="SC",
            pvtg="no",
            minority="no",
            house="pucca",
            migrant="no",
            persons="4",
        )
        writer.writerow({**row, **{k: v for k, v in changed.items() if k in row}})
    return out.getvalue().encode()


def fresh(code: str) -> str:
    return f"{code[:5]}-H{next(_numbers)}"


async def upload(
    client: httpx.AsyncClient, csrf: str, content: bytes, kind: str = "households"
) -> httpx.Response:
    return await client.post(
        "/imports",
        data={"csrf": csrf, "kind": kind},
        files={"file": ("list.csv", content, "text/csv")},
    )


def held(page: httpx.Response) -> dict[str, str]:
    found = dict(re.findall(r'name="(csrf|upload|key|kind|coop)" value="([^"]*)"', page.text))
    assert found["key"]
    return {**found, "keep": "all"}


async def households(trade: Trade, *numbers: str) -> int:
    async with transaction(REACH) as tx:
        return int(
            await tx.fetchval(
                "SELECT count(DISTINCT household_no) FROM household WHERE household_no = ANY ($1::text[])",
                list(numbers),
            )
        )


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_seen_first_then_booked_once(
    client: httpx.AsyncClient, trade: Trade, language: str
) -> None:
    csrf = await come_in(client, Role.MANAGER, trade.here, language)
    numbers = [fresh(trade.here.code) for _ in range(3)]
    content = listed(trade.here.code, *numbers)
    seen = await upload(client, csrf, content)
    assert seen.status_code == 200, seen.text
    assert await households(trade, *numbers) == 0, "a preview books nothing"
    done = await client.post("/imports/book", data=held(seen))
    assert done.status_code == 303, done.text
    assert await households(trade, *numbers) == 3
    again = await client.post("/imports/book", data=held(seen))
    assert again.headers["location"] == done.headers["location"]
    other = await client.post("/imports/book", data={**held(seen), "keep": "good"})
    assert other.status_code == 409
    paper = await client.get(done.headers["location"])
    assert "3" in paper.text
    # The same file another time: everything stands already, nothing to book.
    twice = await upload(client, csrf, content)
    assert twice.status_code == 200
    assert 'action="/imports/book"' not in twice.text
    async with transaction(REACH) as tx:
        entry = await tx.fetchrow(
            "SELECT cooperative_id, facts FROM audit_entry WHERE tag = 'file:imported' AND cooperative_id = $1 ORDER BY seq DESC LIMIT 1",
            trade.here.id,
        )
        assert entry is not None
        assert '"posted":3' in entry["facts"]
        looked = await tx.fetchval(
            "SELECT count(*) FROM audit_read WHERE question = 'import preview' AND cooperative_id = $1",
            trade.here.id,
        )
        assert looked >= 2
        upload_id = UUID(held(seen)["upload"])
        assert not await tx.fetchval("SELECT 1 FROM import_upload WHERE id = $1", upload_id)


async def test_all_or_none_and_what_is_good(client: httpx.AsyncClient, trade: Trade) -> None:
    csrf = await come_in(client, Role.MANAGER, trade.here, "hi")
    good, bad = fresh(trade.here.code), fresh(trade.there.code)
    content = listed(trade.here.code, good) + listed(trade.there.code, bad).split(b"\r\n", 1)[1]
    seen = await upload(client, csrf, content)
    assert "TRADEB" in seen.text
    assert "पंक्ति 2" in seen.text
    report = await client.post("/imports/report", data=held(seen))
    assert report.status_code == 200
    lines = list(csv.reader(io.StringIO(report.content.decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == ["1", "2"]
    assert lines[2][3] == "cooperative"
    none = await client.post("/imports/book", data=held(seen))
    assert none.status_code == 422
    assert none.text.count("गलती:") >= 1
    assert await households(trade, good) == 0
    done = await client.post("/imports/book", data={**held(none), "keep": "good"})
    assert done.status_code == 303
    assert await households(trade, good, bad) == 1


async def test_two_at_once_book_one(client: httpx.AsyncClient, trade: Trade) -> None:
    csrf = await come_in(client, Role.MANAGER, trade.here)
    number = fresh(trade.here.code)
    content = listed(trade.here.code, number)
    first, second = await upload(client, csrf, content), await upload(client, csrf, content)
    both = await asyncio.gather(
        *(client.post("/imports/book", data=held(one)) for one in (first, second))
    )
    assert [one.status_code for one in both] == [303, 303]
    pages = [(await client.get(one.headers["location"])).text for one in both]
    assert sorted("1 row was booked" in page for page in pages) == [False, True]


def _refused(page: httpx.Response) -> bool:
    return page.status_code == 422 and 'id="file-error"' in page.text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00broken",
        b"PK\x03\x04 not a workbook",
        b"household_no\n1\n",
        b"a,a\n1,2\n",
        ",".join(COLUMNS["households"]).encode(),
        b"x" * (booking.MOST_BYTES + 1),
    ],
    ids=["empty", "binary", "zip", "columns", "twice", "no rows", "large"],
)
async def test_a_file_that_is_no_list_says_why(
    client: httpx.AsyncClient, trade: Trade, content: bytes
) -> None:
    csrf = await come_in(client, Role.MANAGER, trade.here, "hi")
    page = await upload(client, csrf, content)
    assert _refused(page), page.text
    assert "not UTF-8" not in page.text


async def test_nothing_chosen_is_said_at_the_fields(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    csrf = await come_in(client, Role.MANAGER, trade.here)
    page = await client.post("/imports", data={"csrf": csrf}, files={"x": ("", b"")})
    assert page.status_code == 422
    assert "Choose what the list holds." in page.text
    assert "Choose a file" in page.text


async def test_an_aadhaar_number_is_refused_and_not_shown(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    csrf = await come_in(client, Role.MANAGER, trade.here)
    number = "999999990019"
    page = await upload(
        client, csrf, listed(trade.here.code, fresh(trade.here.code), village=number)
    )
    assert page.status_code == 200
    assert 'action="/imports/book"' not in page.text
    assert "Aadhaar" in page.text
    assert number not in page.text


async def test_a_file_is_its_holders_alone_and_goes(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    csrf = await come_in(client, Role.MANAGER, trade.here)
    content = listed(trade.here.code, fresh(trade.here.code))
    mine = held(await upload(client, csrf, content))
    upload_id = UUID(mine["upload"])
    async with transaction(REACH) as tx:
        assert await tx.fetchval("SELECT count(*) FROM import_upload WHERE id = $1", upload_id) == 0
    async with transaction(SYSTEM) as tx:
        sealed = await tx.fetchval("SELECT sealed FROM import_upload WHERE id = $1", upload_id)
        assert sealed
        assert b"Khairatand" not in bytes(sealed), "the row alone tells nothing"
    for changed in ({"key": "00" * 32}, {"key": "x"}, {"kind": "members"}, {"coop": "TRADEB"}):
        wrong = await client.post("/imports/book", data={**mine, **changed})
        assert wrong.status_code == 404, changed
    csrf = await come_in(client, Role.MANAGER, trade.there)
    stolen = await client.post("/imports/book", data={**mine, "csrf": csrf, "coop": ""})
    assert stolen.status_code == 404
    with clock.frozen(clock.now() + holding.KEPT_FOR):
        async with transaction(SYSTEM) as tx:
            await holding.purge(tx)
            assert not await tx.fetchval("SELECT 1 FROM import_upload WHERE id = $1", upload_id)


async def test_who_may(client: httpx.AsyncClient, trade: Trade) -> None:
    for role, terms in ROLES.items():
        if terms.holder is not Holder.PERSON:
            continue
        await enter(client, role, side=trade.here)
        allowed = Permission.IMPORTS_FILE_LOAD in terms.permissions
        page = await client.get("/imports")
        assert page.status_code == (200 if allowed else 403), role
        client.cookies.clear()


async def test_a_manager_loads_no_list_of_the_agency(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    csrf = await come_in(client, Role.MANAGER, trade.here)
    page = await upload(client, csrf, b"code\nX\n", "price-notices")
    assert page.status_code == 422
    done = await client.get("/imports/00000000-0000-4000-8000-000000000000")
    assert done.status_code == 404


async def test_a_held_file_is_not_there_for_another_actor(trade: Trade) -> None:
    reach = Reach("user:1", (trade.here.id,))
    async with transaction(reach) as tx:
        upload_id, key = await holding.hold(tx, "households", trade.here.code, "0" * 64, b"x")
        assert (await holding.held(tx, upload_id, key)) is not None
        with pytest.raises(NotThere):
            await holding.held(tx, upload_id, "zz")
    async with transaction(Reach("user:2", (trade.here.id,))) as tx:
        assert await holding.held(tx, upload_id, key) is None
