"""What no row can hold is not there: an address with it is 404, never a fault of ours."""

import httpx
import pytest

from coop.access.roles import Role
from tests.come_in import come_in
from tests.trade import Trade

FAR = 10**20


@pytest.mark.parametrize(
    "path",
    [
        "/sales/%00",
        "/sales/%00/challan.pdf",
        "/households/%00",
        "/lots/a%00b/tag.pdf",
        "/members/%00/0001/passbook",
        "/sales?buyer=B%00",
        f"/duplicates/{FAR}",
        f"/transfers/{FAR}",
        f"/closing/{FAR}",
        f"/closing/-{FAR}",
        "/R/%00",
        "/prices/%00",
    ],
)
async def test_what_cannot_be_kept_is_not_there(
    client: httpx.AsyncClient, trade: Trade, path: str
) -> None:
    await come_in(client, Role.MANAGER, trade.here)
    assert (await client.get(path)).status_code == 404
