"""What an answer is, and what is made of answers: names alone, which cost nothing to import."""

from collections.abc import Mapping
from typing import Literal

FIRST_PAGE = "1"
"""The customer's page: always there, never seen by the rules."""

UNKNOWN = "unknown"
"""The choice "I don't know yet"; a missing answer means the same."""

MIXED = "mixed"
"""The channel answer that moves the question to each product; the rules never see it."""

Answer = str | tuple[str, ...] | Mapping[str, str]
Answers = Mapping[str, Answer]
"""Question id -> a choice, several choices, or a choice per product."""

Weight = Literal["stated", "inferred", "disputed"]
Measured = Literal["yes", "no", "unclear"]
Counts = Literal["yes", "no", "disputed", "unclear"]
Access = Literal["automatic", "open", "closed", "unclear"]
Verdict = Literal[
    "not_covered",
    "not_measured",
    "automatic",
    "action_needed",
    "not_yet",
    "unclear",
    "no_route",
    "depends",
]
Certainty = Literal["sure", "try"]
FollowUpAfter = Literal["done", "sent_back", "subscription_ends", "new_subscription"]
"""What a follow-up counts from: the action was done, Microsoft asks for more, the customer's
subscription ends, the customer has a new one."""
Changeable = Literal["own_hands", "ask_customer", "hard", "fact"]
"""Who can make a reply true that is not: the seller, the customer when asked, somebody with much
effort, nobody. A judgement of the rulebook's authors, not of Microsoft."""
EASE: Mapping[Literal[Changeable, "waiting"], int] = {
    "own_hands": 0,
    # It takes nothing but time: before what another has to do.
    "waiting": 1,
    "ask_customer": 2,
    "hard": 3,
    "fact": 4,
}
"""The easiest to bring about first."""
LetterTo = Literal["customer", "colleague", "support"]
"""Who gets a letter: the customer, our own person who files, Microsoft's partner support."""
DEPENDS: Literal["depends"] = "depends"
