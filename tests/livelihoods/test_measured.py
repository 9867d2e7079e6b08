"""The measure of a district beside a notice's draft: cheap, and never of another day or reach."""

from datetime import timedelta

from coop.kernel import clock
from coop.kernel.db import Reach, transaction
from coop.livelihoods.queries.measured import measured, measured_in_district
from tests.livelihoods.village import weigh
from tests.trade import REACH, Trade


async def test_a_district_is_scanned_again_only_where_something_changed(trade: Trade) -> None:
    first, last = clock.today() - timedelta(days=30), clock.today()
    async with transaction(REACH) as tx:
        district = await tx.fetchval(
            "SELECT district_lgd FROM cooperative WHERE id = $1", trade.here.id
        )
        before = await measured_in_district(tx, first, last, district)
        assert await measured_in_district(tx, first, last, district) is before
        assert before == await measured(tx, first, last, district_lgd=district)
    await weigh(trade.here, "0003", days_ago=1)
    async with transaction(REACH) as tx:
        after = await measured_in_district(tx, first, last, district)
        assert after.grams > before.grams
        assert after == await measured(tx, first, last, district_lgd=district)
    async with transaction(Reach("user:other", (trade.there.id,))) as tx:
        other = await measured_in_district(tx, first, last, district)
        assert other == await measured(tx, first, last, district_lgd=district)
        assert other != after, "another reach sees its own rows only"
