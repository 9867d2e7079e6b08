"""Judge many receipts at once: one list of keys, each status list once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from coop.kernel import clock
from coop.kernel.db import NOWHERE, transaction
from coop.kernel.refusal import NotThere
from coop.receipts.controllers import signed_status_list
from coop.receipts.operations.keys import root_public_keys
from coop.receipts.queries import first_claims, trust_list
from coop.receipts.rules.receipt import Receipt, document_no
from coop.receipts.rules.status_list import PLACES, StatusList, read_status_list
from coop.receipts.rules.trust_list import TrustList, read_trust_list
from coop.receipts.rules.verdict import PROVEN, Judgement, Verdict, judge
from coop.settings import settings


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A receipt in a table: its verdict's name and, where it is proven, what it says."""

    line: int
    verdict: str
    number: str
    cooperative: str
    kind: int | None
    issued_at: datetime | None
    grams: int | None
    total_paise: int | None
    party: str
    claimed_at: datetime | None
    cti: str = ""


async def judge_many(texts: Sequence[str]) -> list[Judgement]:
    """Judge receipt texts now, in their order; nothing of them is kept.

    An expired list of keys makes every receipt of an unknown key doubtful: see ``shown_verdict``.
    """
    at = int(clock.now().timestamp())
    trust = await keys_now()
    data = [text.encode("utf-8", "replace") for text in texts]

    def all_of(lists: dict[int, StatusList]) -> list[Judgement]:
        return [judge(one, trust, lists, now=at) for one in data]

    # Signatures take time; other requests go on meanwhile.
    first = await asyncio.to_thread(all_of, {})
    wanted = {one.receipt.sidx // PLACES for one in first if one.receipt and one.verdict in PROVEN}
    return await asyncio.to_thread(all_of, await _lists(wanted, trust))


async def keys_now() -> TrustList:
    """The agency's list of keys in force, or one that refuses everything as out of date."""
    async with transaction(NOWHERE) as tx:
        served = await trust_list(tx)
    roots = [bytes.fromhex(line) for line in root_public_keys(settings().keys)]
    if served is None:
        return TrustList(refused="expired")
    return read_trust_list(served.signed, roots, now=int(clock.now().timestamp()))


async def _lists(wanted: set[int], trust: TrustList) -> dict[int, StatusList]:
    found = {}
    for number in sorted(wanted):
        if number >= 2**31:
            continue
        try:
            read = read_status_list(await signed_status_list(number), trust)
        except NotThere:
            continue
        if read is not None:
            found[number] = read
    return found


def shown_verdict(judged: Judgement, trust: TrustList) -> str:
    """The verdict's name as pages show it: an old list of keys is nobody's forgery."""
    if trust.refused == "expired" and judged.verdict is Verdict.UNKNOWN_KEY:
        return "KEY_LIST_OUT_OF_DATE"
    return judged.verdict.value


async def judged_lines(texts: Sequence[str]) -> list[JudgedLine]:
    """Judge texts into lines of a table, with the time of each first claim."""
    trust = await keys_now()
    judged = await judge_many(texts)
    proven = [one.receipt.cti for one in judged if one.receipt and one.verdict in PROVEN]
    async with transaction(NOWHERE) as tx:
        claims = await first_claims(tx, proven)
    return [
        _line(number, one, shown_verdict(one, trust), claims)
        for number, one in enumerate(judged, 1)
    ]


def _line(
    number: int, judged: Judgement, verdict: str, claims: dict[bytes, datetime]
) -> JudgedLine:
    receipt = judged.receipt if judged.verdict in PROVEN else None
    if receipt is None:
        return JudgedLine(number, verdict, "", "", None, None, None, None, "", None)
    return JudgedLine(
        number,
        verdict,
        document_no(receipt.coop, receipt.fy, receipt.kind, receipt.no),
        receipt.coop,
        receipt.kind,
        issued_at(receipt),
        sum(line.grams for line in receipt.lines),
        receipt.total,
        receipt.party or "",
        claims.get(receipt.cti),
        receipt.cti.hex(),
    )


def issued_at(receipt: Receipt) -> datetime:
    """When a receipt was issued; one that says the year 3000 or later says 3000."""
    return datetime.fromtimestamp(min(receipt.iat, 32_503_680_000), UTC)
