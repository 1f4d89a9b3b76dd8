"""Step 1: who the customer is. Nothing here is seen by the rules."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nca_wizard.cleaning import clean
from nca_wizard.customer import domain_of
from nca_wizard.texts import Texts
from nca_wizard.ui.case_page import CasePage
from nca_wizard.ui.case_values import NOTE
from nca_wizard.ui.session import CaseSession
from nca_wizard.ui.steps import CUSTOMER
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Expander, Soft, TextField

_MORE = ("tenant_id", "subscription_id", "contact.name", "contact.title", "contact.email")


class CustomerPage(CasePage):
    """Name, domain and note; what identifies the customer further is folded away."""

    def __init__(self, texts: Texts, session: CaseSession) -> None:
        page = session.rulebook.page(CUSTOMER)
        super().__init__(texts, session, texts(page.heading), texts(page.why))
        self.fields = {
            "name": TextField(texts("Customer &name")),
            "domain": TextField(
                texts("Tenant &domain (optional)"), texts("For example contoso.onmicrosoft.com")
            ),
            NOTE: TextField(
                texts("&Internal note (optional)"),
                texts("Never printed on the customer copy"),
                lines=3,
            ),
            "tenant_id": TextField(
                texts("Tenant ID (optional)"), texts("32 letters and numbers; a claim asks for it")
            ),
            "subscription_id": TextField(texts("Subscription ID (optional)")),
            "contact.name": TextField(texts("Contact (optional)")),
            "contact.title": TextField(texts("Contact’s title (optional)")),
            "contact.email": TextField(texts("Contact’s email (optional)")),
        }
        self._cut = Soft("", small=True)
        self._cut.hide()
        self._others = Soft("", small=True)
        self._others.hide()
        for widget in (self.fields["name"], self._others, self.fields["domain"], self._cut):
            self.body.addWidget(widget)
        if not session.in_meeting:
            self.body.addWidget(self.fields[NOTE])
        self._add_more()
        for field, widget in self.fields.items():
            if field == NOTE and session.in_meeting:
                continue
            widget.set_text(session.fields.get(field, ""))
            widget.changed.connect(lambda text, field=field: self._take(field, text))
        domain = self.fields["domain"].edit
        if isinstance(domain, QLineEdit):
            domain.editingFinished.connect(self._cut_domain)
        if any(session.fields.get(field) for field in _MORE):
            self._more.setChecked(True)
        self._say_others()

    def take_focus(self) -> None:
        self.fields["name"].take_focus()

    def clear_errors(self) -> None:
        for field in self.fields.values():
            field.set_error("")

    def show_error(self, where: str, product: str, sentence: str) -> None:
        if where in _MORE:
            self._more.setChecked(True)
        self.fields[where].set_error(sentence)

    def focus_field(self, where: str, product: str) -> None:
        self.fields[where].take_focus()

    def _add_more(self) -> None:
        details = QWidget(self)
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        for field in _MORE:
            column.addWidget(self.fields[field])
        self._more = Expander(self.texts("More details"), details, self)
        row = QHBoxLayout()
        row.addWidget(self._more)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(details)

    def _take(self, field: str, text: str) -> None:
        self.session.set_field(field, text)
        self.edited.emit()
        # Everything typed is stored at once; the panel may wait for a quiet moment.
        if field == "name":
            self._say_others()
            QTimer.singleShot(0, self, self.refresh_panel)

    def _say_others(self) -> None:
        """That the customer is here already is good to know; in front of it, it is not said."""
        t = self.texts
        count = 0 if self.session.in_meeting else self.session.other_cases()
        values = {
            "cases": t.plural("%(count)d case", "%(count)d cases", count),
            "customer": clean(self.fields["name"].text()),
        }
        self._others.setText(t("You have %(cases)s for %(customer)s.") % values if count else "")
        self._others.setVisible(count > 0)

    def _cut_domain(self) -> None:
        field = self.fields["domain"]
        domain = domain_of(field.text())
        cut = domain != clean(field.text())
        if cut:
            field.set_text(domain)
            said = self.texts("Using %(domain)s") % {"domain": domain}
            self._cut.setText(said)
            self._cut.show()
        elif not field.text():
            self._cut.hide()
