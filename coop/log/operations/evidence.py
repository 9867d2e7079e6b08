"""What proves a receipt to a stranger: its bytes, its proof, the newest checkpoint."""

import asyncio
from dataclasses import dataclass

from coop.kernel.db import SYSTEM, transaction
from coop.log.operations.serving import proof_of, served_checkpoint
from coop.settings import settings

_PAUSE_MS = 100


@dataclass(frozen=True, slots=True)
class Evidence:
    """A receipt's bytes and id; proof and checkpoint are None until it stands in the log."""

    signed: bytes
    cti: bytes
    proof: bytes | None
    checkpoint: bytes | None


async def evidence_of(signed: bytes, cti: bytes, wait_ms: int = 2000) -> Evidence:
    """Gather what proves a receipt; one just posted is waited for. Holds no transaction meanwhile."""
    for _ in range(wait_ms // _PAUSE_MS + 1):
        async with transaction(
            SYSTEM
        ) as tx:  # the id is looked up past the guard; only hashes go out
            proof = await proof_of(tx, settings().keys, settings().log_origin, cti)
            checkpoint = await served_checkpoint(tx) if proof is not None else None
        if proof is not None:
            return Evidence(signed, cti, proof, checkpoint)
        await asyncio.sleep(_PAUSE_MS / 1000)
    return Evidence(signed, cti, None, None)
