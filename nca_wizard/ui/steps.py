"""Where one is in a case: its five steps, and the two pages of it that no question stands on."""

from nca_wizard.rules.model.answers import FIRST_PAGE

STEPS = 5

LAST_STEP_OF_CUSTOMER = 3
"""What the customer counts towards and what we do for them are ours to answer."""

CUSTOMER = FIRST_PAGE
CHECK = "check"
