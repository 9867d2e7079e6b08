"""What several roles have in common, named by the work; ``roles`` says who holds which."""

from coop.access.permission import Permission

PERSON = frozenset(
    {
        Permission.IDENTITY_SELF_USE,
        Permission.IDENTITY_SESSION_USE,
        Permission.PRICES_NOTICE_READ,
        # Whoever sees a child in need may tell the focal point; what becomes of it only she reads.
        Permission.SAFEGUARDING_CONCERN_RAISE,
    }
)
VILLAGE = PERSON | {Permission.SITES_SITE_READ, Permission.COOPERATIVES_COOPERATIVE_READ}
BOOKS = VILLAGE | {
    Permission.REPORTS_HEALTH_READ,
    Permission.REPORTS_CHILDREN_READ,
    Permission.SCHEMES_REPORT_READ,
    Permission.LIVELIHOODS_REPORT_READ,
    Permission.LIVELIHOODS_FUND_REVERSE,
    Permission.WEIGHING_SLIP_READ,
    Permission.MEMBERS_MEMBER_READ,
    Permission.BUYERS_BUYER_READ,
    Permission.LEDGER_BOOK_READ,
    Permission.RECEIPTS_RECEIPT_LIST,
    Permission.SALES_BOOK_READ,
    # One asks to take a weighing back, another of the same cooperative decides.
    Permission.WEIGHING_REVERSAL_ASK,
    Permission.WEIGHING_REVERSAL_DECIDE,
    Permission.WEIGHING_EXCEPTION_READ,
    Permission.PAYMENTS_VOUCHER_READ,
    Permission.PAYMENTS_MONEY_REVERSE,
    Permission.CLOSING_DAY_READ,
    Permission.MEMBERS_PASSBOOK_PRINT,
}
# Children: who visits the families, and who watches over it; nobody else, no manager, buyer or agency.
SCHOOLING = frozenset(
    {
        Permission.REPORTS_CHILDREN_READ,
        Permission.SCHOOLING_LIST_READ,
        Permission.SCHOOLING_CHILD_CHECK,
        Permission.SCHOOLING_CHILD_CONFIRM,
    }
)
# The feedback box: its readers and nobody else, no manager, buyer or agency.
VOICE = frozenset(
    {
        Permission.PARTICIPATION_MESSAGE_READ,
        Permission.PARTICIPATION_HEARING_RECORD,
        Permission.PARTICIPATION_REPORT_READ,
    }
)
HEARING = {Permission.PARTICIPATION_HEARING_RECORD, Permission.PARTICIPATION_REPORT_READ}
# What partners, committees and sessions do stands in counts; signs of forced labour are read by two only.
COMMUNITY = frozenset(
    {
        Permission.COMMUNITY_WORK_READ,
        Permission.COMMUNITY_ACTIVITY_RECORD,
        Permission.COMMUNITY_SIGN_ASK,
    }
)
CLERK = VILLAGE | {
    Permission.DESK_ENTRY_POST,
    Permission.DESK_DUTY_OPEN,
    Permission.WEIGHING_SLIP_READ,
    Permission.WEIGHING_REVERSAL_ASK,
    Permission.MEMBERS_MEMBER_READ,
    Permission.CLOSING_DAY_READ,
    Permission.CLOSING_BOX_COUNT,
}
MANAGER = (
    CLERK
    | BOOKS
    | {
        Permission.MEMBERS_BOOK_IMPORT,
        Permission.SCHEMES_CLIP_RECORD,
        Permission.MEMBERS_MEMBER_ADMIT,
        Permission.MEMBERS_MEMBER_CHANGE,
        Permission.MEMBERS_DUPLICATE_DECIDE,
        Permission.MEMBERS_TRANSFER_DECIDE,
        Permission.IMPORTS_FILE_LOAD,
        Permission.COOPERATIVES_DEVICE_MANAGE,
        Permission.IDENTITY_USER_MANAGE,
        Permission.AUDIT_TRAIL_READ,
        Permission.SALES_LOT_MAKE,
        Permission.SALES_SALE_RECORD,
        Permission.SALES_SALE_CONFIRM,
        Permission.SALES_DISPATCH_RECORD,
        Permission.WEIGHING_ENTRY_CONFIRM,
        Permission.PAYMENTS_MONEY_RECORD,
        Permission.LIVELIHOODS_KIT_RECORD,
        Permission.LIVELIHOODS_FUND_SPEND,
        Permission.LIVELIHOODS_FUND_PLAN,
        # One counts the box, another of these two confirms.
        Permission.CLOSING_DAY_CONFIRM,
    }
)
# What the State owes a household is asked by who goes there; the rest see counts without names.
BENEFIT_DESK = VILLAGE | {
    Permission.MEMBERS_MEMBER_READ,
    Permission.SCHEMES_HOUSEHOLD_SCREEN,
    Permission.SCHEMES_APPLICATION_RECORD,
    Permission.SCHEMES_CLIP_RECORD,
    Permission.SCHEMES_REPORT_READ,
    Permission.LIVELIHOODS_REPORT_READ,
    Permission.LIVELIHOODS_HOUSEHOLD_ASK,
    Permission.LIVELIHOODS_KIT_RECORD,
}
# The agency sees weighings, books and receipts of all cooperatives, not the members by name:
# settled for the auditor, who sees names only in a drawn sample.
OVERSIGHT = VILLAGE | {
    Permission.REPORTS_HEALTH_READ,
    Permission.COMMUNITY_WORK_READ,
    Permission.REPORTS_CHILDREN_READ,
    Permission.WEIGHING_SLIP_READ,
    Permission.WEIGHING_SHORTFALL_READ,
    Permission.PAYMENTS_VOUCHER_READ,
    Permission.CLOSING_DAY_READ,
    Permission.WEIGHING_EXCEPTION_READ,
    Permission.BUYERS_BUYER_READ,
    Permission.LEDGER_BOOK_READ,
    Permission.RECEIPTS_RECEIPT_LIST,
    Permission.RECEIPTS_LOG_READ,
    Permission.AUDIT_TRAIL_READ,
    Permission.SALES_BOOK_READ,
    Permission.SCHEMES_REPORT_READ,
    Permission.LIVELIHOODS_REPORT_READ,
}
# Papers of a buyer hold numbers of persons (a sole trader's PAN): the cooperative sees the standing.
DOSSIERS = {
    Permission.BUYERS_DOSSIER_READ,
    Permission.BUYERS_DOSSIER_CHECK,
    Permission.BUYERS_BUYER_SUSPEND,
}
ADMINISTRATOR = VILLAGE | {
    Permission.IDENTITY_USER_MANAGE,
    Permission.COOPERATIVES_DEVICE_MANAGE,
    Permission.IMPORTS_FILE_LOAD,
    Permission.PRICES_NOTICE_PUBLISH,
    Permission.PRICES_PAST_PUBLISH,
    Permission.SITES_SITE_RECORD,
    Permission.WEIGHING_SHORTFALL_READ,
    Permission.BUYERS_BUYER_READ,
    Permission.BUYERS_DEMAND_SET,
    Permission.BUYERS_PERSON_ADD,
    Permission.AUDIT_TRAIL_READ,
    Permission.SAFEGUARDING_READER_NAME,
    Permission.LIVELIHOODS_REPORT_READ,
    Permission.LIVELIHOODS_BENCHMARK_RECORD,
    *DOSSIERS,
    *HEARING,
}
