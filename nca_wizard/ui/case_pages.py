"""Which kind of page shows which page of the interview."""

from nca_wizard.texts import Texts
from nca_wizard.ui.case_page import CasePage
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.customer_page import CustomerPage
from nca_wizard.ui.question_page import QuestionPage
from nca_wizard.ui.session import CaseSession
from nca_wizard.ui.steps import CHECK, CUSTOMER


def page_for(texts: Texts, session: CaseSession) -> CasePage:
    """The page the session is at."""
    if session.page == CHECK:
        return CheckPage(texts, session)
    if session.page == CUSTOMER:
        return CustomerPage(texts, session)
    return QuestionPage(texts, session)
