"""A guardian is asked on the page: all typed stays on an error, a no keeps nothing, a word ends it."""

from uuid import uuid4

import httpx

from coop.schooling.queries.role import school_transaction
from tests.schooling.family import (
    AGENCY,
    Town,
    enter,
    line_of,
    new_family,
)
from tests.schooling.test_pages import checked_family, send
from tests.weighing.test_pages import fields_of


async def test_a_guardian_is_asked_on_the_page(client: httpx.AsyncClient, town: Town) -> None:
    family = await new_family(town.here)
    await enter(client, town.facilitator)
    listed = (await client.get("/children/consents")).text
    own = f"/children/{family.child_no}/consent"
    assert f'href="{own}"' in listed
    shown = await client.get(f"/children/{family.child_no}")
    assert (shown.status_code, shown.headers["location"]) == (303, own)
    typed = fields_of((await client.get(own)).text, own)
    half = {
        **typed, "guardian": family.mother_no, "school_check": "given", "follow_up": "refused",
        "name_latin": f"{family.name} Namuna", "dob": "2015", "dob_precision": "year", "sex": "F",
    }  # fmt: skip
    refused = await client.post(own, data=half)
    assert refused.status_code == 422
    assert f'value="{family.name} Namuna"' in refused.text
    for field in ("read_aloud", "how", "adult_proof"):
        assert f'href="#{field}"' in refused.text
    async with school_transaction(AGENCY) as tx:
        assert not (await line_of(tx, family)).consent
    whole = {**half, "read_aloud": "yes", "how": "thumb", "adult_proof": "voter"}
    for _ in range(2):
        assert (await client.post(own, data=whole)).status_code == 303
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        assert line.consent
        assert line.known is not None
        assert (str(line.known.dob), line.known.dob_precision) == ("2015-01-01", "year")
        sql = "SELECT count(*) FROM guardian_consent WHERE person_id = $1"
        assert await tx.fetchval(sql, family.child_id) == 2
    page = (await client.get(f"/children/{family.child_no}")).text
    assert family.name in page
    ended = await send(client, f"/children/{family.child_no}/withdrawal", purpose="school_check")
    assert (ended.status_code, ended.headers["location"]) == (303, "/children")
    async with school_transaction(AGENCY) as tx:
        assert (await line_of(tx, family)).known is None


async def test_a_no_keeps_nothing_that_was_typed(client: httpx.AsyncClient, town: Town) -> None:
    family = await new_family(town.here)
    await enter(client, town.facilitator)
    own = f"/children/{family.child_no}/consent"
    typed = fields_of((await client.get(own)).text, own)
    said_no = {
        **typed, "guardian": family.mother_no, "school_check": "refused",
        "name_latin": family.name, "dob": "04-05-2015",
    }  # fmt: skip
    assert (await client.post(own, data=said_no)).status_code == 303
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        assert (line.answer, line.known) == ("refused", None)
    assert "said no" in (await client.get("/children/consents")).text


async def test_an_aadhaar_number_is_never_kept(client: httpx.AsyncClient, town: Town) -> None:
    family = await new_family(town.here)
    await enter(client, town.facilitator)
    own = f"/children/{family.child_no}/consent"
    typed = fields_of((await client.get(own)).text, own)
    holding = {
        **typed, "guardian": family.mother_no, "school_check": "given", "read_aloud": "yes",
        "how": "thumb", "adult_proof": "voter", "name_latin": "Rani 9999 9999 0019", "dob": "2015",
    }  # fmt: skip
    assert (await client.post(own, data=holding)).status_code == 422


async def test_guardians_are_recorded_and_ended_on_the_page(
    client: httpx.AsyncClient, town: Town
) -> None:
    family, other = await checked_family(town), await new_family(town.here)
    await enter(client, town.facilitator)
    own = f"/children/{family.child_no}"
    new = {"guardian_no": other.mother_no, "relation": "grandmother"}
    answer = await send(client, f"{own}/guardians", operation_id=str(uuid4()), **new)
    assert answer.status_code == 303
    assert other.mother_no in (await client.get(own)).text
    unknown = {"guardian_no": "P99999", "operation_id": str(uuid4())}
    assert (await send(client, f"{own}/guardians", **unknown)).status_code == 422
