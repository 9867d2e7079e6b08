"""Papers, states and acts as people call them, to be translated where they are shown."""

from collections.abc import Mapping

from coop.audit.rules import AuditTag
from coop.buyers.rules import BuyerKind, ItemKind, Outcome, Standing, State
from coop.buyers.rules.acts import Method
from coop.buyers.rules.table import PaperState
from coop.kernel.words import Said, say

ITEMS: Mapping[ItemKind, Said] = {
    ItemKind.GSTIN: say("GST number (GSTIN)"),
    ItemKind.PAN: say("PAN"),
    ItemKind.LICENCE: say("Dealer licence (JIMMS)"),
    ItemKind.UNDERTAKING: say("Undertaking: floor price, no child labour, complaints"),
    ItemKind.FACTORY_LICENCE: say("Factory licence or Udyam"),
    ItemKind.POLLUTION_CONSENT: say("Consent of the pollution board"),
    ItemKind.IEC: say("Import-export code (IEC)"),
    ItemKind.RCMC: say("Export council membership (RCMC)"),
    ItemKind.BANK_NAME: say("Name on the bank account compared"),
    ItemKind.WORKPLACE_AUDIT: say("Workplace audit (RMI, GWS)"),
    ItemKind.OWNERS: say("Statement of owners and related parties"),
    ItemKind.ALLOTMENT: say("Allotment by the agency"),
    ItemKind.ADVERSE_REMARK: say("Adverse remark"),
}
KINDS: Mapping[str, Said] = {
    BuyerKind.TRADER: say("Trader"),
    BuyerKind.PROCESSOR: say("Processor"),
    BuyerKind.EXPORTER: say("Exporter"),
}
# Shape and word of each standing.
STANDINGS: Mapping[Standing, tuple[str, Said]] = {
    Standing.VERIFIED: ("ok", say("Verified")),
    Standing.LAPSED: ("wait", say("Lapsed")),
    Standing.SUSPENDED: ("bad", say("Suspended")),
    Standing.REFUSED: ("bad", say("Refused")),
}
STATES: Mapping[State, tuple[str, Said]] = {
    State.DRAFT: ("off", say("Draft")),
    State.SUBMITTED: ("ask", say("Waits for a decision")),
    State.RETURNED: ("wait", say("Sent back for papers")),
    State.LISTED: ("ok", say("Taken over from a list")),
    State.VERIFIED: ("ok", say("Verified by the agency")),
    State.REFUSED: ("bad", say("Refused by the agency")),
    State.BLACKLISTED: ("bad", say("Blacklisted")),
}
DECISIONS: Mapping[State, Said] = {
    State.SUBMITTED: say("Submit"),
    State.RETURNED: say("Send back for papers"),
    State.VERIFIED: say("Verify the buyer"),
    State.REFUSED: say("Refuse"),
    State.BLACKLISTED: say("Blacklist"),
}
PAPERS: Mapping[PaperState, tuple[str, Said]] = {
    PaperState.HOLDS: ("ok", say("Holds")),
    PaperState.ENDS_SOON: ("wait", say("Ends soon")),
    PaperState.RAN_OUT: ("wait", say("Ran out")),
    PaperState.LATER: ("off", say("Begins later")),
    PaperState.UNCHECKED: ("ask", say("To be checked")),
    PaperState.REJECTED: ("bad", say("Not accepted")),
    PaperState.EARLIER: ("off", say("Earlier paper")),
    PaperState.AGAINST: ("bad", say("Speaks against the buyer")),
    PaperState.WITHDRAWN: ("off", say("Counts no more")),
    PaperState.MISSING: ("bad", say("Missing")),
}
OUTCOMES: Mapping[Outcome, Said] = {
    Outcome.ACCEPTED: say("In order"),
    Outcome.REJECTED: say("Not in order"),
}
METHODS: Mapping[str, Said] = {
    Method.ORIGINAL: say("the original seen"),
    Method.COPY: say("a copy seen"),
    Method.PORTAL: say("looked up in the office's portal"),
    Method.VISIT: say("visited"),
    Method.LIST: say("taken over from a list, not looked at"),
}
PARTS: Mapping[str, Said] = {
    "owner": say("Owner"),
    "partner": say("Partner"),
    "director": say("Director"),
    "signatory": say("May sign"),
    "related": say("Related party"),
}
LIKE: Mapping[str, Said] = {
    "same_name": say("the same name"),
    "family": say("a member's husband or father is named so"),
}
ACTS: Mapping[str, tuple[str, Said]] = {
    "buyer:carried_over": ("off", say("Papers taken over")),
    AuditTag.BUYER_RECORDED.label: ("off", say("Name and place recorded")),
    AuditTag.DOSSIER_ITEM_GIVEN.label: ("ok", say("Paper entered")),
    AuditTag.DOSSIER_ITEM_CHECKED.label: ("ok", say("Paper checked")),
    AuditTag.DOSSIER_ITEM_WITHDRAWN.label: ("off", say("Paper counts no more")),
    AuditTag.BUYER_DECIDED.label: ("ask", say("Decision on the application")),
    AuditTag.BUYER_SUSPENDED.label: ("bad", say("Suspended")),
    AuditTag.BUYER_REINSTATED.label: ("ok", say("Suspension lifted")),
    AuditTag.BUYER_OWNER_NAMED.label: ("off", say("Owner named")),
    AuditTag.BUYER_CONFLICTS_SOUGHT.label: ("off", say("Owners compared with member books")),
    AuditTag.BUYER_CONFLICT_DECIDED.label: ("ask", say("Decision on a possible conflict")),
    AuditTag.BUYER_PERSON_TIED.label: ("off", say("Account added")),
    AuditTag.RECEIPT_CLAIMED.label: ("ok", say("Receipt claimed")),
}
SHOW: tuple[tuple[str, Said], ...] = (
    ("", say("All buyers")),
    ("due", say("Ends soon")),
    ("waiting", say("Waits for a decision")),
    *((str(standing), words) for standing, (_, words) in STANDINGS.items()),
)


def days_words(days: int) -> Said:
    """How long a paper still holds."""
    if days == 0:
        return say("today is the last day")
    return say("%(count)s days left", count=days) if days > 1 else say("one day left")
