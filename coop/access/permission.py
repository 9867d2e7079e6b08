"""What may be done, each named ``domain:resource:action``."""

from enum import StrEnum


class Permission(StrEnum):
    """One act or one kind of reading; every route states one or is public."""

    DESK_ENTRY_POST = "desk:entry:post"
    DESK_DUTY_OPEN = "desk:duty:open"
    WEIGHING_SLIP_READ = "weighing:slip:read"
    MEMBERS_MEMBER_READ = "members:member:read"
    MEMBERS_BOOK_IMPORT = "members:book:import"
    PRICES_NOTICE_READ = "prices:notice:read"
    PRICES_NOTICE_PUBLISH = "prices:notice:publish"
    SITES_SITE_READ = "sites:site:read"
    BUYERS_BUYER_READ = "buyers:buyer:read"
    COOPERATIVES_COOPERATIVE_READ = "cooperatives:cooperative:read"
    COOPERATIVES_DEVICE_MANAGE = "cooperatives:device:manage"
    LEDGER_BOOK_READ = "ledger:book:read"
    RECEIPTS_RECEIPT_LIST = "receipts:receipt:list"
    RECEIPTS_LOG_READ = "receipts:log:read"
    RECEIPTS_LOG_COSIGN = "receipts:log:cosign"
    AUDIT_TRAIL_READ = "audit:trail:read"
    SCHEMES_HOUSEHOLD_SCREEN = "schemes:household:screen"
    SCHEMES_APPLICATION_RECORD = "schemes:application:record"
    SCHEMES_REPORT_READ = "schemes:report:read"
    IMPORTS_FILE_LOAD = "imports:file:load"
    IDENTITY_USER_MANAGE = "identity:user:manage"
    IDENTITY_SELF_USE = "identity:self:use"
    IDENTITY_SESSION_USE = "identity:session:use"
