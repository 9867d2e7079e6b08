"""Private schemes: judged on the reader's page only, their grounds kept behind the wall, erased with it."""

from uuid import uuid4

import httpx

from coop.running import Running
from coop.safeguarding.queries.proof import FAULTS
from tests.safeguarding.village import Village, enter, tell
from tests.schooling.acts import owner_rows, withdraw
from tests.schooling.family import consent, fields_csrf, new_family


async def post(client: httpx.AsyncClient, path: str, **typed: object) -> httpx.Response:
    page = await client.get("/account")
    data = {"csrf": fields_csrf(page.text), "operation_id": str(uuid4()), **typed}
    return await client.post(path, data=data)


async def test_a_ground_of_care_opens_a_private_scheme_and_stays_behind_the_wall(
    database: Running, client: httpx.AsyncClient, village: Village
) -> None:
    family = await new_family(village.here)
    await consent(family)
    number = await tell(village.here, child_no=family.child_no)
    await enter(client, village.first_login)
    here = f"/cases/{number}/schemes"
    shown = (await client.get(here)).text
    assert "Mission Vatsalya" in shown
    assert "Which of these holds for the child?" in shown
    asked = await client.get(f"{here}?ask=p.care_ground")
    assert 'value="child_labour"' in asked.text
    typed = {"fact": "p.care_ground", "person_no": family.child_no}
    assert (await post(client, here, **typed)).status_code == 422
    assert (await post(client, here, **{**typed, "value": "invented"})).status_code == 422
    other = {**typed, "person_no": "C0", "value": "child_labour"}
    assert (await post(client, here, **other)).status_code == 422
    income = {**typed, "fact": "h.income_year", "value": "yes"}
    assert (await post(client, here, **income)).status_code == 422
    good = {**typed, "value": ["child_labour", "mother_widow"]}
    assert (await post(client, here, **good)).status_code == 303
    rows = await owner_rows(
        database, "SELECT value FROM safeguarding.case_fact WHERE person_id = $1", family.child_id
    )
    assert [row["value"] for row in rows] == ['["child_labour", "mother_widow"]']
    again = (await client.get(here)).text
    still = again.split("Mission Vatsalya")[1].split("</li>")[0]
    assert "Which of these holds" not in still
    for sql in FAULTS.values():
        assert await owner_rows(database, sql) == []
    desk = await client.get(f"/schemes/households/{family.household_no}")
    assert "Vatsalya" not in desk.text
    await withdraw(family)
    assert not await owner_rows(
        database, "SELECT 1 FROM safeguarding.case_fact WHERE person_id = $1", family.child_id
    )
