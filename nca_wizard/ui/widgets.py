"""The kit every page is made of. Import from here.

Text (all plain text, wraps, right height in scrolled pages)
    Heading(text)  one a page, 26 px     Title(text)  of a card, 16 px
    Label(text)  body                    Soft(text, small=False)  why we ask
    Caption(text)  13 px, soft           FieldError().say(sentence or "")
    literal(text)  & doubled, for names in buttons, menus, titles

Buttons  (text, on_click=None, name="", parent=None); `name` is the accessible name
    PrimaryButton  one a page            SecondaryButton            LinkButton
    Expander(text, body)  shows and hides `body`

Choices
    ChoiceGroup("one" | "several", accessible name): add(choice, label, hint, numbered=True),
    add_divider("or"), chosen() -> tuple, choose(choices), changed, take_focus()
    RadioRow, CheckRow (label, hint="", number=0)

Fields
    TextField(label, hint="", lines=1): text(), set_text(), set_error(), changed, edit
    NoWheelComboBox(accessible name, placeholder=""): add(value, label), value(), pick(value)

Holders
    Card()  add to `card.column`; 20 x 16 padding, spacing 8      Line()  between its rows
    Notice(close_text="").say(sentence, button="", on_click=None, tone="warn" | "ok" | "plain")
    ErrorSummary(title).show_problems([Problem(sentence, jump)]); jump_to_next() for F8
    PageScroll(contents)  keeps the focused widget visible, never scrolls sideways
    announce(widget, text)  for screen readers

Colours: `colours_of(widget.palette())` in a paintEvent (see theme.py); never a literal colour.
Sizes: theme.STEP (8), PAGE_MARGIN (36), RADIUS (8), CARD_RADIUS (10).
"""

from nca_wizard.ui.buttons import Button, Expander, LinkButton, PrimaryButton, SecondaryButton
from nca_wizard.ui.choices import CheckRow, ChoiceGroup, ChoiceRow, RadioRow
from nca_wizard.ui.fields import NoWheelComboBox, TextField
from nca_wizard.ui.labels import Caption, FieldError, Heading, Label, Soft, Title, literal
from nca_wizard.ui.panels import (
    Card,
    ErrorSummary,
    Line,
    Notice,
    PageScroll,
    Problem,
    Tone,
    announce,
)

__all__ = [
    "Button",
    "Caption",
    "Card",
    "CheckRow",
    "ChoiceGroup",
    "ChoiceRow",
    "ErrorSummary",
    "Expander",
    "FieldError",
    "Heading",
    "Label",
    "Line",
    "LinkButton",
    "NoWheelComboBox",
    "Notice",
    "PageScroll",
    "PrimaryButton",
    "Problem",
    "RadioRow",
    "SecondaryButton",
    "Soft",
    "TextField",
    "Title",
    "Tone",
    "announce",
    "literal",
]
