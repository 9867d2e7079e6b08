"""What came into the demo's boxes, what was done about it, and who was heard: all invented."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Reach, transaction
from coop.participation.operations.board import Line, Opening, open_box, write_board
from coop.participation.operations.box import put_in
from coop.participation.operations.hearings import record_hearing
from coop.participation.operations.reading import decide, reply
from coop.participation.queries.messages import messages
from coop.participation.queries.readers import readers_by_role
from coop.participation.queries.role import voice_transaction
from coop.participation.rules import Heard, Hearing, Said
from coop.participation.rules.board import months_before

_PLACE = "KOD01"
_NOTES = (
    Said("bad", "", "कुएँ की रस्सी टूटी है", False),
    Said("good", "", "नई दीदी अच्छी हैं", False),
    Said("bad", "", "स्कूल का रास्ता कीचड़ है", False),
    Said("", "", "खेल का मैदान चाहिए", False),
    Said("bad", "", "तौल की लाइन लंबी है", False),
)
_BOX = (
    Said("bad", "school", "बरसात में स्कूल जाना मुश्किल है", True),
    Said("good", "scale", "पर्ची मिली, माँ खुश है", False),
    Said("help", "site", "छोटा भाई ढेर पर जाता है", False),
    Said("bad", "home", "", False),
)


async def fill(owners: dict[str, int], last: datetime) -> None:
    """Two months of a box with its board, and two hearings."""
    own, today = owners[_PLACE], clock.ist_day(last)
    month = months_before(today, 1)[0]
    readers = await readers_by_role(own)
    reader = Reach(f"user:{next(one.user_id for one in readers if not one.outside)}", (own,))
    for days, said in zip((4, 3, 1, 1), _BOX, strict=True):
        with clock.frozen(last - timedelta(days=days)):
            async with voice_transaction(Reach("public", (own,))) as tx:
                await put_in(tx, own, uuid4(), said, readers)
    async with voice_transaction(reader) as tx:
        notes = Opening(month + timedelta(days=9), "Teacher (invented)", 6, 1, _NOTES)
        await open_box(tx, own, uuid4(), notes, readers)
        for heard, done in (
            ("रास्ते में पानी भरता है, बच्चे देर से पहुँचते हैं।", "पंचायत से बात हुई। मिट्टी इसी महीने डाली गई।"),
            ("इंतज़ार में देर लगती है।", "अब सुबह दो तराज़ू चलते हैं।"),
        ):
            await write_board(tx, own, uuid4(), Line(month, heard, done), readers)
        for one in await messages(tx, int(reader.actor[5:]), None, sorted_already=False):
            if one.about == "school":
                await decide(tx, one, "grievance", "")
                await reply(tx, one, "answer", "हमने पंचायत से बात की। अगले हफ़्ते काम शुरू होगा।", readers)
                await reply(tx, one, "told", "बच्चे बारिश के दिनों में पढ़ाई से छूट जाते हैं।", readers)
    await _hearings(own, today)


async def _hearings(own: int, today: date) -> None:
    held = (
        Hearing(
            own, "school", "केंद्र किस समय खुले", today - timedelta(days=40), "पंचायत भवन (नमूना)",
            (Heard("14-17", "F", 7), Heard("14-17", "M", 5), Heard("18-35", "F", 12)),
            "स्कूल के समय माँ तौल पर होती है, छोटे बच्चे अकेले रहते हैं।",
            "केंद्र अब छुट्टी के बाद भी खुलता है।",
        ),
        Hearing(
            None, "price", "मिश्रित ग्रेड का न्यूनतम भाव", today - timedelta(days=70), "ज़िला भवन (नमूना)",
            (Heard("18-35", "F", 14), Heard("36-59", "M", 11), Heard("60+", "F", 6)),
            "भाव घर के खर्च से कम है।",
            "न्यूनतम भाव बढ़ाया गया।",
        ),
    )  # fmt: skip
    async with transaction(SYSTEM) as tx:
        for one in held:
            role = Role.BOARD if one.cooperative_id else Role.PRICE_OFFICER
            await record_hearing(tx, one, uuid4(), role.value)
