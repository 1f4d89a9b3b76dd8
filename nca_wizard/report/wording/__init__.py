"""Everything that is said about a recommendation in words, for screen, plain text and paper.

The only place that turns verdicts, findings and plans into sentences. All of it is built from
what the recommendation holds, so a sentence can never say more than the rules do. Nothing here
is for the customer's eyes but what `to_customer` has.

    from nca_wizard.report import wording
    wording.headline(t, recommendation)
"""

from nca_wizard.report.wording.actions import (
    FirstThing,
    condition,
    first_things,
    for_products,
    holds_up,
    stage_days,
)
from nca_wizard.report.wording.changes import (
    WouldChange,
    by_who,
    change,
    ways_not_listed,
    would_change,
)
from nca_wizard.report.wording.citations import (
    DISCLAIMER,
    TRADEMARKS,
    by_source,
    citation,
    review_due,
    rules_line,
    source_line,
    source_title,
    sources,
    weight_word,
)
from nca_wizard.report.wording.deciding import Decided, decided
from nca_wizard.report.wording.findings import WhyNot, others, why_not
from nca_wizard.report.wording.names import (
    Audience,
    alike,
    answer,
    association_ids,
    name,
    named_goals,
    named_pairs,
    said_to,
    verdict_word,
)
from nca_wizard.report.wording.not_standing import (
    NearMisses,
    NotStanding,
    listed_otherwise,
    near_misses,
    not_standing,
    why_not_standing,
)
from nca_wizard.report.wording.outcomes import alternative, difference, outcome
from nca_wizard.report.wording.overview import (
    COLUMNS_SIDE_BY_SIDE,
    Cell,
    Column,
    Row,
    Tone,
    association_rows,
    cell,
    columns,
)
from nca_wizard.report.wording.questions import (
    Branch,
    asked_about,
    asked_together,
    branches,
    decides,
    possible,
)
from nca_wizard.report.wording.to_customer import request, request_detail
from nca_wizard.report.wording.verdict import action_count, headline, subline

__all__ = [
    "COLUMNS_SIDE_BY_SIDE",
    "DISCLAIMER",
    "TRADEMARKS",
    "Audience",
    "Branch",
    "Cell",
    "Column",
    "Decided",
    "FirstThing",
    "NearMisses",
    "NotStanding",
    "Row",
    "Tone",
    "WhyNot",
    "WouldChange",
    "action_count",
    "alike",
    "alternative",
    "answer",
    "asked_about",
    "asked_together",
    "association_ids",
    "association_rows",
    "branches",
    "by_source",
    "by_who",
    "cell",
    "change",
    "citation",
    "columns",
    "condition",
    "decided",
    "decides",
    "difference",
    "first_things",
    "for_products",
    "headline",
    "holds_up",
    "listed_otherwise",
    "name",
    "named_goals",
    "named_pairs",
    "near_misses",
    "not_standing",
    "others",
    "outcome",
    "possible",
    "request",
    "request_detail",
    "review_due",
    "rules_line",
    "said_to",
    "source_line",
    "source_title",
    "sources",
    "stage_days",
    "subline",
    "verdict_word",
    "ways_not_listed",
    "weight_word",
    "why_not",
    "why_not_standing",
    "would_change",
]
