"""Settings: language, colours, paper, who prepares the page, where the data is.

page = SettingsPage(texts, settings, folder)
page.changed.connect(...)           the new Settings, after every change; no OK, no Apply

A PartnerID that is none stays in its field with a sentence beside it; the others are kept.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nca_wizard.paths import DataFolder
from nca_wizard.public_holidays import countries
from nca_wizard.settings import (
    SYSTEM_LANGUAGE,
    Colours,
    KeepCases,
    Paper,
    PartnerProfile,
    Settings,
    Track,
    partner_id_fault,
    sheet_for,
)
from nca_wizard.texts import SOURCE_LANGUAGE, Texts, language_name, system_region
from nca_wizard.ui.confirm import Confirm
from nca_wizard.ui.data_card import DataCard
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.theme import STEP, TEXT_SIZES
from nca_wizard.ui.widgets import (
    Card,
    ChoiceGroup,
    Label,
    LinkButton,
    NoWheelComboBox,
    SecondaryButton,
    Soft,
    TextField,
    Title,
)

_USUAL = Settings()
_NO_TRACK = "unset"
_OFF, _ON = "off", "on"
_FIELD_WIDTH = 480
_BETWEEN_IDS = re.compile(r"[\s,;]+")


class SettingsPage(PageFrame):
    """Everything that is chosen once. `languages` are the codes that are shipped."""

    changed = Signal(object)
    back_requested = Signal()
    backups_requested = Signal()
    back_up_requested = Signal()

    def __init__(
        self,
        texts: Texts,
        settings: Settings,
        folder: DataFolder,
        languages: Sequence[str] = (SOURCE_LANGUAGE,),
        region: str | None = None,
    ) -> None:
        super().__init__(texts, texts("NCA Wizard"), texts("Settings"))
        self.why = texts("What is chosen once. Each change acts at once.")
        self._settings = settings
        self._region = region or system_region()
        self._resets: dict[str, LinkButton] = {}
        self.body.addWidget(self._language_card(languages))
        self.body.addWidget(self._colours_card())
        self.body.addWidget(self._text_size_card())
        self.body.addWidget(self._paper_card())
        self.body.addWidget(self._partner_card())
        self.body.addWidget(self._meeting_card())
        self.body.addWidget(self._keep_card())
        self.data = DataCard(texts, folder, self)
        self.body.addWidget(self.data)
        self.body.addWidget(self._backups_card())
        self.bar.add_left(SecondaryButton(texts("&Back"), self.back_requested.emit, parent=self))
        self._show_chosen()

    @property
    def settings(self) -> Settings:
        """As they are now, and as they were told."""
        return self._settings

    # --- Groups -----------------------------------------------------------------------------

    def _group(self, title: str, why: str = "", of: str = "") -> Card:
        """A card, with a link that puts the setting `of` back to its usual value."""
        card = Card(self)
        card.setAccessibleName(title)
        head = QHBoxLayout()
        head.addWidget(Title(title, card), 1)
        if of:
            name = self.texts("Reset: %(group)s") % {"group": title}
            link = LinkButton(self.texts("Reset"), lambda: self._reset(of), name=name, parent=card)
            # What is chosen must not move while it is chosen.
            policy = link.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            link.setSizePolicy(policy)
            head.addWidget(link)
            self._resets[of] = link
        card.column.addLayout(head)
        if why:
            card.column.addWidget(Soft(why, card))
        return card

    def _show_chosen(self) -> None:
        """Show what is set wherever something is chosen; what is typed stays as it is."""
        chosen = self._settings
        self.colours.choose((chosen.colours,))
        self.text_size.pick(str(chosen.text_size))
        self.paper.choose((chosen.paper,))
        self.country.pick(chosen.partner.country)
        self.track.choose((chosen.partner.track or _NO_TRACK,))
        self.meeting.choose((_ON if chosen.meeting_at_start else _OFF,))
        self.keep.choose((chosen.keep_cases,))
        self._offer_resets()

    def _offer_resets(self) -> None:
        for of, link in self._resets.items():
            link.setVisible(getattr(self._settings, of) != getattr(_USUAL, of))

    def _language_card(self, languages: Sequence[str]) -> Card:
        t = self.texts
        if len(languages) < 2:
            card = self._group(t("Language"))
            line = t("NCA Wizard speaks %(language)s.") % {
                "language": language_name(next(iter(languages), SOURCE_LANGUAGE))
            }
            card.column.addWidget(Label(line, card))
            return card
        card = self._group(t("Language"), of="language")
        self.language = NoWheelComboBox(t("Language"), parent=card)
        self.language.add(SYSTEM_LANGUAGE, t("As the system"))
        for language in languages:
            self.language.add(language, language_name(language))
        # Another language starts the window over: what is set need not be shown anew.
        self.language.pick(self._settings.language)
        self.language.activated.connect(lambda _index: self._change(language=self.language.value()))
        card.column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _colours_card(self) -> Card:
        t = self.texts
        card = self._group(t("Colours"), of="colours")
        self.colours = _choices(
            t("Colours"),
            {"system": t("As the system"), "light": t("Light"), "dark": t("Dark")},
            card,
        )
        self.colours.changed.connect(
            lambda: self._change(colours=_chosen(self.colours, get_args(Colours)))
        )
        return card

    def _text_size_card(self) -> Card:
        t = self.texts
        card = self._group(
            t("Text size"),
            t("Also Ctrl and +, Ctrl and -, Ctrl and 0."),
            "text_size",
        )
        self.text_size = NoWheelComboBox(t("Text size"), parent=card)
        for size in TEXT_SIZES:
            self.text_size.add(str(size), t("%(number)s %%") % {"number": t.number(size)})
        self.text_size.activated.connect(
            lambda _index: self._change(text_size=int(self.text_size.value()))
        )
        card.column.addWidget(self.text_size, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _meeting_card(self) -> Card:
        t = self.texts
        card = self._group(
            t("Meeting mode at start"),
            t("The window then opens with the customer’s side alone; Ctrl+Shift+M ends it."),
            "meeting_at_start",
        )
        self.meeting = _choices(
            t("Meeting mode at start"),
            {_OFF: t("Off"), _ON: t("On")},
            card,
        )
        self.meeting.changed.connect(
            lambda: self._change(meeting_at_start=self.meeting.chosen() == (_ON,))
        )
        return card

    def _keep_card(self) -> Card:
        t = self.texts
        card = self._group(
            t("Keep cases"),
            t(
                "A customer that was not evaluated for so long, with nothing left to follow up, "
                "is deleted, and can be brought back for 30 days."
            ),
            "keep_cases",
        )
        self.keep = _choices(
            t("Keep cases"),
            {
                "for_ever": t("For ever"),
                "24_months": t("24 months"),
                "12_months": t("12 months"),
            },
            card,
        )
        self.keep.changed.connect(
            lambda: self._change(keep_cases=_chosen(self.keep, get_args(KeepCases)))
        )
        return card

    def _paper_card(self) -> Card:
        t = self.texts
        card = self._group(t("Paper"), t("Each print can still be switched."), "paper")
        usual = {"a4": t("A4"), "letter": t("Letter")}[sheet_for("region", self._region)]
        self.paper = _choices(
            t("Paper"),
            {
                "region": t("As in this region (%(paper)s)") % {"paper": usual},
                "a4": t("A4"),
                "letter": t("Letter"),
            },
            card,
        )
        self.paper.changed.connect(lambda: self._change(paper=_chosen(self.paper, get_args(Paper))))
        return card

    def _partner_card(self) -> Card:
        t, partner = self.texts, self._settings.partner
        card = self._group(
            t("Prepared by"),
            t("Stands on printed pages; stays on this computer otherwise."),
            "partner",
        )
        card.column.setSpacing(14)
        self.name = self._field(card, t("Your &name"), "name", partner.name)
        self.company = self._field(card, t("&Company"), "company", partner.company)
        self.phone = self._field(card, t("&Phone"), "phone", partner.phone)
        self.email = self._field(card, t("&E-mail"), "email", partner.email)
        self.partner_ids = TextField(
            t("&Location PartnerIDs"),
            hint=t("As claims ask for them. Separate several with a comma."),
            parent=card,
        )
        self.partner_ids.edit.setMaximumWidth(_FIELD_WIDTH)
        self.partner_ids.set_text(", ".join(partner.partner_ids))
        self.partner_ids.changed.connect(self._take_partner_ids)
        card.column.addWidget(self.partner_ids)
        card.column.addWidget(Label(t("Country"), card))
        card.column.addWidget(Soft(t("Its public holidays are no working days."), card, small=True))
        self.country = NoWheelComboBox(t("Country"), parent=card)
        self.country.add("", t("None: weekends alone"))
        for code, name in sorted(
            ((code, t.country(code)) for code in countries()), key=lambda one: one[1]
        ):
            self.country.add(code, name)
        self.country.activated.connect(
            lambda _index: self._change_partner(country=self.country.value())
        )
        card.column.addWidget(self.country, 0, Qt.AlignmentFlag.AlignLeading)
        card.column.addWidget(Label(t("Track"), card))
        card.column.addWidget(
            Soft(t("How Microsoft measures you. New cases begin with it."), card, small=True)
        )
        self.track = _choices(
            t("Track"),
            {"smb": t("SMB"), "enterprise": t("Enterprise"), _NO_TRACK: t("Ask in every case")},
            card,
        )
        self.track.changed.connect(
            lambda: self._change_partner(track=_chosen(self.track, get_args(Track)))
        )
        return card

    def _field(self, card: Card, label: str, key: str, text: str) -> TextField:
        field = TextField(label, parent=card)
        field.set_text(text)
        field.edit.setMaximumWidth(_FIELD_WIDTH)
        field.changed.connect(lambda typed: self._change_partner(**{key: typed.strip()}))
        card.column.addWidget(field)
        return field

    def _backups_card(self) -> Card:
        t = self.texts
        card = self._group(t("Backups"))
        self.last_backup = Label("", card)
        card.column.addWidget(self.last_backup)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(SecondaryButton(t("Back &up now"), self.back_up_requested.emit, parent=card))
        row.addWidget(
            SecondaryButton(t("&Show and put back…"), self.backups_requested.emit, parent=card)
        )
        row.addStretch(1)
        card.column.addLayout(row)
        return card

    def say_last_backup(self, sentence: str) -> None:
        """When the last one was made, and how many there are."""
        self.last_backup.setText(sentence)

    # --- Changes ----------------------------------------------------------------------------

    def _change(self, **values: Any) -> None:
        changed = replace(self._settings, **values)
        if changed != self._settings:
            self._settings = changed
            self._offer_resets()
            self.changed.emit(changed)

    def _change_partner(self, **values: Any) -> None:
        partner: PartnerProfile = replace(self._settings.partner, **values)
        self._change(partner=partner)

    def _take_partner_ids(self, typed: str) -> None:
        written = [part for part in _BETWEEN_IDS.split(typed) if part]
        faults = [fault for fault in map(partner_id_fault, written) if fault]
        self.partner_ids.set_error(faults[0].said(self.texts) if faults else "")
        fine = tuple(dict.fromkeys(part for part in written if partner_id_fault(part) is None))
        self._change_partner(partner_ids=fine)

    def show_text_size(self, percent: int) -> None:
        """The text was made larger or smaller by keys."""
        self._settings = replace(self._settings, text_size=percent)
        self._show_chosen()

    # --- Back to what is usual --------------------------------------------------------------

    def _reset(self, of: str) -> None:
        if of == "partner":
            self._ask_to_reset_partner()
            return
        self._change(**{of: getattr(_USUAL, of)})
        self._show_chosen()

    def _ask_to_reset_partner(self) -> None:
        t = self.texts
        Confirm(
            t,
            t("Reset “Prepared by”?"),
            t(
                "Name, company, phone, e-mail, PartnerIDs, country and track are emptied. "
                "This cannot be undone."
            ),
            t("&Reset"),
            self._reset_partner,
            self,
        ).open()

    def _reset_partner(self) -> None:
        # First what is told: each field that is emptied then changes nothing more.
        self._change(partner=_USUAL.partner)
        for field in (self.name, self.company, self.phone, self.email, self.partner_ids):
            field.set_text("")
        self._show_chosen()


def _choices(name: str, labels: dict[str, str], card: Card) -> ChoiceGroup:
    """Short choices beside each other."""
    group = ChoiceGroup("one", name, card)
    holder = QWidget(group)
    beside = QHBoxLayout(holder)
    beside.setContentsMargins(0, 0, 0, 0)
    beside.setSpacing(STEP)
    for choice, label in labels.items():
        beside.addWidget(group.make_row(choice, label, numbered=False), 1)
    group.add_widget(holder)
    card.column.addWidget(group)
    return group


def _chosen(group: ChoiceGroup, known: Sequence[str]) -> str | None:
    return next((choice for choice in group.chosen() if choice in known), None)
