"""Periods in force, what may be published, what a notice changes, and a floor's history."""

from coop.prices.rules.chart import Step, StepChart, step_chart
from coop.prices.rules.difference import Change, changes
from coop.prices.rules.notice import (
    BUYER,
    PICKER,
    Component,
    Consultation,
    Notice,
    PricedLine,
    Standing,
    content_digest,
    field_at,
    notice_path,
    shortfall_path,
)
from coop.prices.rules.periods import (
    Grade,
    NoticeLine,
    NoticeRow,
    Period,
    periods_in_force,
    price_in_force,
)
from coop.prices.rules.publishing import (
    is_for_a_past_time,
    refusals_to_publish,
    refusals_to_publish_notice,
)

__all__ = [
    "BUYER",
    "PICKER",
    "Change",
    "Component",
    "Consultation",
    "Grade",
    "Notice",
    "NoticeLine",
    "NoticeRow",
    "Period",
    "PricedLine",
    "Standing",
    "Step",
    "StepChart",
    "changes",
    "content_digest",
    "field_at",
    "is_for_a_past_time",
    "notice_path",
    "periods_in_force",
    "price_in_force",
    "refusals_to_publish",
    "refusals_to_publish_notice",
    "shortfall_path",
    "step_chart",
]
