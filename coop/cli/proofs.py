"""What the domains prove of their own rows for `coop ledger verify`; a new domain adds its line here."""

from collections.abc import Mapping

from coop.audit.rules import Seal
from coop.buyers.queries import faults as buyers_proof
from coop.closing.queries import FAULTS as CLOSING_FAULTS
from coop.closing.queries import SEALS as CLOSING_SEALS
from coop.community.queries import proof as community_proof
from coop.livelihoods.queries.proofs import LIVELIHOOD_FAULTS, LIVELIHOOD_SEALS
from coop.members.rules import proofs as people
from coop.participation.queries import proof as participation_proof
from coop.payments.queries.proofs import MONEY_FAULTS, MONEY_SEALS
from coop.payments.rules import SERIES as MONEY_SERIES
from coop.prices.queries import proof as prices_proof
from coop.receipts.operations.issue import STATUS_LIST_SEAL
from coop.receipts.operations.keys import KEY_SEAL, KEY_STATE_SEAL
from coop.receipts.operations.log_keys import LOG_KEY_SEAL, LOG_KEY_STATE_SEAL
from coop.receipts.operations.status import RECEIPT_STATUS_SEAL
from coop.receipts.queries import proof as receipts_proof
from coop.reports.queries import proof as reports_proof
from coop.safeguarding.queries import proof as safeguarding_proof
from coop.sales.queries.faults import FAULTS as SALES_FAULTS
from coop.sales.queries.seals import SEALS as SALES_SEALS
from coop.schemes.operations.applications import BENEFIT_SEAL, EVENT_SEAL
from coop.schemes.operations.clips import CLIP_SEAL
from coop.schemes.operations.desk import CONSENT_SEAL, SCREENING_SEAL
from coop.schemes.queries import proof as schemes_proof
from coop.schooling.queries import proof as schooling_proof
from coop.sites.queries import proof as sites_proof
from coop.weighing.queries import proof as weighing_proof
from coop.weighing.queries.reversal_proof import REVERSAL_FAULTS, REVERSAL_SEALS

# Series of numbers: journals, receipts by kind. One that is not here was written by nobody of ours.
SERIES = (
    "J",
    "R1",
    "R2",
    "R3",
    "LOT",
    "CN",
    "DN",
    "A",
    "P",
    "F",
    *sorted(set(MONEY_SERIES.values())),
)

FAULTS: Mapping[str, str] = {
    "series of numbers that nothing uses": f"""
        SELECT format('%s/%s/%s', cooperative_id, fy, series) FROM number_series
        WHERE series <> ALL ('{{{",".join(SERIES)}}}'::text[]) LIMIT 1""",  # noqa: S608  # our own words
    **receipts_proof.FAULTS,
    **weighing_proof.FAULTS,
    **buyers_proof.FAULTS,
    **REVERSAL_FAULTS,
    **SALES_FAULTS,
    **MONEY_FAULTS,
    **CLOSING_FAULTS,
    **people.FAULTS,
    **prices_proof.FAULTS,
    **sites_proof.FAULTS,
    **participation_proof.FAULTS,
    **schooling_proof.FAULTS,
    **schemes_proof.FAULTS,
    **safeguarding_proof.FAULTS,
    **LIVELIHOOD_FAULTS,
    **reports_proof.FAULTS,
    **community_proof.FAULTS,
}
SEALS: tuple[Seal, ...] = (
    KEY_SEAL,
    KEY_STATE_SEAL,
    LOG_KEY_SEAL,
    LOG_KEY_STATE_SEAL,
    RECEIPT_STATUS_SEAL,
    STATUS_LIST_SEAL,
    *buyers_proof.SEALS,
    *REVERSAL_SEALS,
    *SALES_SEALS,
    *MONEY_SEALS,
    *CLOSING_SEALS,
    *people.SEALS,
    prices_proof.NOTICE_SEAL,
    sites_proof.SITE_SEAL,
    sites_proof.PERMISSION_SEAL,
    *schooling_proof.SEALS,
    *participation_proof.SEALS,
    CONSENT_SEAL,
    SCREENING_SEAL,
    EVENT_SEAL,
    BENEFIT_SEAL,
    CLIP_SEAL,
    *safeguarding_proof.SEALS,
    *LIVELIHOOD_SEALS,
    *reports_proof.SEALS,
    *community_proof.SEALS,
)
