"""What a facilitator's browser does at the benefit desk."""

import re
from uuid import uuid4

import httpx

from coop.access.roles import Role
from tests.schemes.village import Family
from tests.trade import Trade, person
from tests.weighing.test_pages import fields_of, sign_in


async def facilitator(client: httpx.AsyncClient, trade: Trade, language: str = "en") -> None:
    await sign_in(client, await person(Role.FACILITATOR, trade.here, language))


async def sent(
    client: httpx.AsyncClient, path: str, action: str, **typed: object
) -> httpx.Response:
    """Open a page, fill in one of its forms and send it."""
    page = await client.get(path)
    assert page.status_code == 200, page.text[:400]
    fields = fields_of(page.text, action)
    assert "csrf" in fields, f"{action} is not on {path}"
    return await client.post(action, data={**fields, **typed})


def asked(text: str) -> tuple[str, str]:
    """Which fact the page asks of whom."""
    found = re.search(
        r'name="fact" value="([^"]+)"><input [^>]*name="applicant" value="([^"]+)"', text
    )
    return (found[1], found[2]) if found else ("", "")


async def agree(client: httpx.AsyncClient, home: Family) -> None:
    here = f"/schemes/households/{home.number}"
    page = await client.get(here)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert csrf is not None
    done = await client.post(
        f"{here}/consents",
        data={
            "csrf": csrf[1], "operation_id": str(uuid4()), "applicant": "household",
            "given": "yes", "how": "thumb", "language": "khortha",
        },
    )  # fmt: skip
    assert done.status_code == 303, done.text[:500]


async def tell(
    client: httpx.AsyncClient, home: Family, fact: str, applicant: str, *answer: str
) -> httpx.Response:
    here = f"/schemes/households/{home.number}"
    page = await client.get(here)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert csrf is not None
    return await client.post(
        f"{here}/answers",
        data={
            "csrf": csrf[1], "operation_id": str(uuid4()), "fact": fact,
            "applicant": applicant, "answer": list(answer),
        },
    )  # fmt: skip


async def pension_ready(client: httpx.AsyncClient, home: Family) -> None:
    """All that the old-age pension asks for, answered well."""
    await agree(client, home)
    for fact, applicant, answer in (
        ("h.any_income_tax", "household", "no"),
        ("p.govt_job", home.basanti, "no"),
        ("p.marital", home.basanti, "widow"),
        ("p.govt_pension", home.basanti, "no"),
        ("p.receives", home.basanti, "none"),
    ):
        done = await tell(client, home, fact, applicant, answer)
        assert done.status_code == 303, (fact, done.text[:500])
