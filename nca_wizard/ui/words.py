"""Answers in words, for the panel beside the questions and the check page."""

from collections.abc import Mapping
from dataclasses import dataclass

from nca_wizard.rules.model.answers import UNKNOWN, Answer
from nca_wizard.rules.model.book import Question, Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui import later
from nca_wizard.ui.steps import CHECK, CUSTOMER

FEW = 4


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One line of the check page. `value` is "" where nothing was said."""

    key: str
    page: str
    title: str
    value: str


def dont_know(t: Texts) -> str:
    return t("I don’t know yet")


def answer_in_words(t: Texts, rulebook: Rulebook, question: Question, answer: Answer) -> str:
    """One answer as a person would repeat it."""
    if isinstance(answer, Mapping):
        return "; ".join(
            t("%(product)s: %(answer)s")
            % {
                "product": t(rulebook.product(product).name),
                "answer": _choice(t, question, choice),
            }
            for product, choice in answer.items()
        )
    chosen = answer if isinstance(answer, tuple) else (answer,)
    return ", ".join(_choice(t, question, choice) for choice in chosen)


def step_said(t: Texts, session: "later.CaseSession", step: int) -> str:
    """What was said in one of the five steps in few words, "" if nothing yet."""
    if step == 1:
        return session.customer.name
    pages = {page.id for page in session.rulebook.pages if page.step == step}
    parts = [
        _in_few_words(t, session.rulebook, question, session.answers[question.id])
        for question in session.visible_questions()
        if question.page in pages and question.id in session.answers
    ]
    return "\n".join(dict.fromkeys(parts))


def _in_few_words(t: Texts, rulebook: Rulebook, question: Question, answer: Answer) -> str:
    if isinstance(answer, Mapping):
        return t("%(question)s: differs by product") % {"question": t(question.short)}
    if isinstance(answer, tuple) and len(answer) > FEW:
        first = answer_in_words(t, rulebook, question, answer[: FEW - 1])
        more = t("and %(count)d more") % {"count": len(answer) - FEW + 1}
        return f"{first}, {more}"
    if answer == UNKNOWN:
        return t("%(question)s: not known yet") % {"question": t(question.short)}
    return answer_in_words(t, rulebook, question, answer)


def step_names(t: Texts, rulebook: Rulebook) -> dict[int, str]:
    """What each step is called."""
    names: dict[int, str] = {}
    for page in rulebook.pages:
        names.setdefault(page.step, t(page.caption))
    return names


def caption(t: Texts, session: "later.CaseSession") -> str:
    """The line above the heading: "Step 2 of 5 · Licences (part b)"."""
    steps = max(page.step for page in session.rulebook.pages)
    if session.page == CHECK:
        return t("After step %(steps)d of %(steps)d") % {"steps": steps}
    page = session.rulebook.page(session.page)
    values = {"step": page.step, "steps": steps, "name": t(page.caption), "part": page.part}
    if page.part:
        return t("Step %(step)d of %(steps)d · %(name)s (part %(part)s)") % values
    return t("Step %(step)d of %(steps)d · %(name)s") % values


def customer_lines(t: Texts, session: "later.CaseSession") -> list[SaidLine]:
    """The customer on the check page; details nobody filled in are left out."""
    customer = session.customer
    lines = [
        SaidLine("name", CUSTOMER, t("Customer"), customer.name),
        SaidLine("domain", CUSTOMER, t("Tenant domain"), customer.domain),
    ]
    more = {
        "tenant_id": (t("Tenant ID"), customer.tenant_id),
        "subscription_id": (t("Subscription ID"), customer.subscription_id),
        "contact.name": (t("Contact"), ", ".join(_filled(customer.contact.model_dump()))),
    }
    lines += [
        SaidLine(key, CUSTOMER, title, value) for key, (title, value) in more.items() if value
    ]
    return lines


def question_lines(t: Texts, session: "later.CaseSession") -> list[SaidLine]:
    """One line for every visible question."""
    return [
        SaidLine(
            question.id,
            question.page,
            t(question.short),
            answer_in_words(t, session.rulebook, question, session.answers[question.id])
            if question.id in session.answers
            else "",
        )
        for question in session.visible_questions()
    ]


def _choice(t: Texts, question: Question, choice_id: str) -> str:
    choice = question.choice(choice_id)
    return t(choice.said.for_us) if choice and choice_id != UNKNOWN else dont_know(t)


def _filled(texts: Mapping[str, str]) -> list[str]:
    return [text for text in texts.values() if text]
