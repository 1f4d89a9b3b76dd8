"""Settings: language, colours, paper, who prepares the page, where the data is.

page = SettingsPage(texts, settings, folder)
page.changed.connect(...)           the new Settings, after every change; no OK, no Apply

A PartnerID that is none stays in its field with a sentence beside it; the others are kept.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nca_wizard.history.place import notice_about
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
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.theme import STEP, TEXT_SIZES
from nca_wizard.ui.widgets import (
    Card,
    ChoiceGroup,
    Label,
    Notice,
    NoWheelComboBox,
    SecondaryButton,
    Soft,
    TextField,
    Title,
)

_NO_TRACK = "unset"
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
        self._settings = settings
        self._folder = folder
        self._region = region or system_region()
        self.body.addWidget(self._language_card(languages))
        self.body.addWidget(self._colours_card())
        self.body.addWidget(self._text_size_card())
        self.body.addWidget(self._paper_card())
        self.body.addWidget(self._partner_card())
        self.body.addWidget(self._keep_card())
        self.body.addWidget(self._data_card())
        self.body.addWidget(self._backups_card())
        self.bar.add_left(SecondaryButton(texts("&Back"), self.back_requested.emit, parent=self))

    @property
    def settings(self) -> Settings:
        """As they are now, and as they were told."""
        return self._settings

    # --- Groups -----------------------------------------------------------------------------

    def _group(self, title: str, why: str = "") -> Card:
        card = Card(self)
        card.setAccessibleName(title)
        card.column.addWidget(Title(title, card))
        if why:
            card.column.addWidget(Soft(why, card))
        return card

    def _language_card(self, languages: Sequence[str]) -> Card:
        t = self.texts
        if len(languages) < 2:
            card = self._group(t("Language"))
            line = t("NCA Wizard speaks %(language)s.") % {
                "language": language_name(next(iter(languages), SOURCE_LANGUAGE))
            }
            card.column.addWidget(Label(line, card))
            return card
        card = self._group(t("Language"))
        self.language = NoWheelComboBox(t("Language"), parent=card)
        self.language.add(SYSTEM_LANGUAGE, t("As the system"))
        for language in languages:
            self.language.add(language, language_name(language))
        self.language.pick(self._settings.language)
        self.language.activated.connect(lambda _index: self._change(language=self.language.value()))
        card.column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _colours_card(self) -> Card:
        t = self.texts
        card = self._group(t("Colours"))
        self.colours = _choices(
            t("Colours"),
            {"system": t("As the system"), "light": t("Light"), "dark": t("Dark")},
            self._settings.colours,
            card,
        )
        self.colours.changed.connect(
            lambda: self._change(colours=_chosen(self.colours, get_args(Colours)))
        )
        return card

    def _text_size_card(self) -> Card:
        t = self.texts
        card = self._group(t("Text size"), t("Also Ctrl and +, Ctrl and -, Ctrl and 0."))
        self.text_size = NoWheelComboBox(t("Text size"), parent=card)
        for size in TEXT_SIZES:
            self.text_size.add(str(size), t("%(number)s %%") % {"number": t.number(size)})
        self.text_size.pick(str(self._settings.text_size))
        self.text_size.activated.connect(
            lambda _index: self._change(text_size=int(self.text_size.value()))
        )
        card.column.addWidget(self.text_size, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _keep_card(self) -> Card:
        t = self.texts
        card = self._group(
            t("Keep cases"),
            t(
                "A customer that was not evaluated for so long, with nothing left to follow up, "
                "is deleted, and can be brought back for 30 days."
            ),
        )
        self.keep = _choices(
            t("Keep cases"),
            {
                "for_ever": t("For ever"),
                "24_months": t("24 months"),
                "12_months": t("12 months"),
            },
            self._settings.keep_cases,
            card,
        )
        self.keep.changed.connect(
            lambda: self._change(keep_cases=_chosen(self.keep, get_args(KeepCases)))
        )
        return card

    def _paper_card(self) -> Card:
        t = self.texts
        card = self._group(t("Paper"), t("Each print can still be switched."))
        usual = {"a4": t("A4"), "letter": t("Letter")}[sheet_for("region", self._region)]
        self.paper = _choices(
            t("Paper"),
            {
                "region": t("As in this region (%(paper)s)") % {"paper": usual},
                "a4": t("A4"),
                "letter": t("Letter"),
            },
            self._settings.paper,
            card,
        )
        self.paper.changed.connect(lambda: self._change(paper=_chosen(self.paper, get_args(Paper))))
        return card

    def _partner_card(self) -> Card:
        t, partner = self.texts, self._settings.partner
        card = self._group(
            t("Prepared by"), t("Stands on printed pages; stays on this computer otherwise.")
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
        self.country.pick(partner.country)
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
            partner.track or _NO_TRACK,
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

    def _data_card(self) -> Card:
        t = self.texts
        card = self._group(
            t("Where the data is"),
            t("Cases, history and settings stay on this computer. Nothing is sent anywhere."),
        )
        path = Label(str(self._folder.root), card)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.column.addWidget(path)
        row = QHBoxLayout()
        self.folder_button = SecondaryButton(t("Show &folder"), self._show_folder, parent=card)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        card.column.addLayout(row)
        risk = notice_about(self._folder.root)
        if risk is not None:
            self.risk = Notice(parent=card)
            self.risk.say(risk.said(t))
            card.column.addWidget(self.risk)
        advice = t(
            "Nothing of it is encrypted by NCA Wizard: have the whole device encrypted, with "
            "BitLocker, FileVault or LUKS."
        )
        card.column.addWidget(Soft(advice, card, small=True))
        return card

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

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder.root)))


def _choices(name: str, labels: dict[str, str], chosen: str, card: Card) -> ChoiceGroup:
    """Short choices beside each other."""
    group = ChoiceGroup("one", name, card)
    holder = QWidget(group)
    beside = QHBoxLayout(holder)
    beside.setContentsMargins(0, 0, 0, 0)
    beside.setSpacing(STEP)
    for choice, label in labels.items():
        beside.addWidget(group.make_row(choice, label, numbered=False), 1)
    group.add_widget(holder)
    group.choose((chosen,))
    card.column.addWidget(group)
    return group


def _chosen(group: ChoiceGroup, known: Sequence[str]) -> str | None:
    return next((choice for choice in group.chosen() if choice in known), None)
