"""The result: what every card says, that nothing is left out, and what its buttons ask for."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.report import wording
from nca_wizard.rules.model.results import Recommendation, Way
from nca_wizard.rules.model.values import Text
from nca_wizard.ui.labels import Heading
from nca_wizard.ui.overview import Overview, OverviewCell
from nca_wizard.ui.result_action import ActionCard
from nca_wizard.ui.result_cards import cards
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.result_parts import Pill, View
from nca_wizard.ui.result_stages import StageBar
from nca_wizard.ui.theme import LIGHT
from nca_wizard.ui.widgets import Card, LinkButton, PrimaryButton
from tests.ui.results import METRICS, WHEN, T, book, evaluated, samples, shown, words_on

NAMES = tuple(samples())
SIZES = ((760, 520), (1000, 680), (1366, 768))
ODD_NAMES = ("R&D Corp", "<b>Evil</b>", "O'Brien", "x" * 120, "東京株式会社", "שלום חברה")


def card_named(page: ResultPage, title: str) -> Card | None:
    return next((card for card in page.cards if card.accessibleName() == title), None)


def actions_on(page: ResultPage) -> list[ActionCard]:
    return [card for card in page.cards if isinstance(card, ActionCard)]


def fact_names(card: ActionCard) -> list[str]:
    names = []
    for row in range(card.facts.rowCount()):
        item = card.facts.itemAtPosition(row, 0)
        label = item.widget() if item is not None else None
        if isinstance(label, QLabel):
            names.append(label.text())
    return names


def buttons_in(widget: QWidget, beginning: str) -> list[QPushButton]:
    return [
        button
        for button in widget.findChildren(QPushButton)
        if button.accessibleName().startswith(beginning)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_verdict_stands_first_with_the_disclaimer(qtbot: QtBot, name: str) -> None:
    recommendation = samples()[name]
    page = shown(qtbot, recommendation)

    first = words_on(page.cards[0])
    assert page.cards[0].accessibleName() == wording.headline(T, recommendation)
    assert wording.headline(T, recommendation) in first
    assert "Guidance from the rules in this app. Microsoft decides on each claim." in first
    assert "not affiliated with Microsoft" in first


@pytest.mark.parametrize("name", NAMES)
def test_each_action_says_do_why_when_verify_end_and_source(qtbot: QtBot, name: str) -> None:
    recommendation = samples()[name]
    page = shown(qtbot, recommendation)
    cards_of_actions = actions_on(page)

    actions = (*recommendation.plan, *recommendation.in_place)
    assert [card.action for card in cards_of_actions] == list(actions)
    for card in cards_of_actions:
        facts = fact_names(card)
        words = words_on(card)
        assert [one for one in ("Do", "Why", "Verify", "Ends", "Source") if one not in facts] == []
        assert ("Have ready" in facts) == bool(card.action.evidence)
        assert ("When" in facts) == bool(card.action.stages)
        for text in (*card.action.steps, *card.action.verify, card.action.ends):
            assert text.for_us in words
        for reason in card.action.reasons:
            assert reason.text.for_us in words
        for evidence in card.action.evidence:
            assert evidence.label.for_us.rstrip(".") in words


@pytest.mark.parametrize("name", NAMES)
def test_each_why_names_an_answer_and_its_change_opens_that_question(
    qtbot: QtBot, name: str
) -> None:
    page = shown(qtbot, samples()[name])
    said = {answered.title: answered for answered in samples()[name].said}
    for card in actions_on(page):
        changes = buttons_in(card, "Change ")

        assert changes
        for button in changes:
            answered = said[button.accessibleName().removeprefix("Change ")]
            assert f"{answered.title}: {answered.said[0].text.for_us}" in words_on(card)
            with qtbot.waitSignal(page.change_requested) as asked:
                button.click()
            assert asked.args == [answered.question]


@pytest.mark.parametrize("name", NAMES)
def test_every_association_is_recommended_or_to_find_out_or_said_why_not(
    qtbot: QtBot, name: str
) -> None:
    recommendation = samples()[name]
    page = shown(qtbot, recommendation)
    used = {card.action.association for card in actions_on(page)}
    told = set()
    for title in ("Depends on what is missing", "Not recommended here"):
        card = card_named(page, title)
        if card is not None:
            told |= {
                association
                for association in wording.others(recommendation)
                if buttons_in(card, f"More: {recommendation.names[association]}")
            }

    known = {association.id for association in book().associations}
    assert used | told == (known if recommendation.goals else set())
    assert not used & told


def test_why_not_tells_reasons_and_sources_when_asked(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["osu-trap"])
    card = card_named(page, "Not recommended here")
    assert card is not None
    more = buttons_in(card, "More: PAL")[0]
    before = words_on(card)

    more.click()
    assert more.accessibleName() == "Less: PAL"
    next(one for one in buttons_in(card, "") if "sources: PAL" in one.accessibleName()).click()
    after = words_on(card).removeprefix(before)
    assert any(word in after for word in ("stated", "inferred"))
    more.click()
    assert more.accessibleName() == "More: PAL"


@pytest.mark.parametrize("name", NAMES)
def test_each_line_of_what_would_change_this_is_shown_and_true(qtbot: QtBot, name: str) -> None:
    recommendation = samples()[name]
    page = shown(qtbot, recommendation)
    card = card_named(page, "What would change this")

    told = wording.would_change(T, recommendation)
    assert (card is not None) == bool(told)
    if card is not None:
        for link in buttons_in(card, ""):
            link.click()
        assert [one.text for one in told if one.text not in words_on(card)] == []
    for change in recommendation.would_change:
        if change.product:
            continue
        question = book().question(change.question)
        choice: object = change.choice
        if question.kind == "several":
            held = recommendation.answers.get(change.question, ())
            choice = tuple(one for one in held if one != "none") if held else ()
            choice = (change.choice,) if change.choice == "none" else (*choice, change.choice)
        after = evaluated({**recommendation.answers, change.question: choice})  # type: ignore[dict-item]
        assert tuple(goal.verdict for goal in after.goals) == change.outcome.verdicts, change


def evaluated_before(recommendation: Recommendation) -> Recommendation:
    """As a version stored it that knew nothing of why not, of what forces and of ways."""
    goals = tuple(
        goal.model_copy(
            update={
                "could_be": (),
                "forced_by": (),
                "forced_by_sets": 0,
                "why_not": (),
                "findings": tuple(one.model_copy(update={"why_not": ()}) for one in goal.findings),
            }
        )
        for goal in recommendation.goals
    )
    questions = tuple(
        one.model_copy(update={"settles_most": False, "leads_to": ()})
        for one in recommendation.open_questions
    )
    return recommendation.model_copy(
        update={
            "goals": goals,
            "open_questions": questions,
            "why_not": (),
            "rule_texts": {},
            "asked": {},
            "ways": (),
            "ways_found": 0,
        }
    )


@pytest.mark.parametrize("name", NAMES)
def test_what_decided_stands_over_the_answers_with_their_change(qtbot: QtBot, name: str) -> None:
    recommendation = samples()[name]
    page = shown(qtbot, recommendation)
    decided = wording.decided(T, recommendation)
    card = card_named(page, "What decided this" if decided else "Your answers")

    assert (card is not None) == bool(recommendation.said)
    if card is not None:
        words = words_on(card)
        assert [one for one in decided if one.what not in words or one.by not in words] == []
        assert len(buttons_in(card, "Change ")) == len(recommendation.said)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_stored_before_shows_no_empty_headings(qtbot: QtBot, name: str) -> None:
    page = shown(qtbot, evaluated_before(samples()[name]))

    assert card_named(page, "What decided this") is None
    for card in page.cards:
        for more in buttons_in(card, "More: "):
            more.click()
        words = words_on(card)
        for heading in ("Possible", "Settles most", "If one answer were different"):
            assert heading not in words.splitlines()
        assert not buttons_in(card, "Hide the rules")
    assert not [one for one in buttons_in(page, "") if "not apply" in one.accessibleName()]


def test_what_the_lists_of_other_days_say_stands_with_what_decided(qtbot: QtBot) -> None:
    recommendation = samples()["copilot-studio"]
    page = shown(qtbot, recommendation)
    card = card_named(page, "What decided this")

    assert card is not None
    told = wording.listed_otherwise(T, recommendation)
    assert told
    assert "Only until 29 Jul 2026." not in words_on(card)
    buttons_in(card, "What the lists of other days say")[0].click()
    for one in told:
        assert one.text in words_on(card)
    assert "Only until 29 Jul 2026." in words_on(card)


def test_rules_that_do_not_apply_are_counted_and_open_step_by_step(qtbot: QtBot) -> None:
    recommendation = samples()["scenario-b"]
    page = shown(qtbot, recommendation)
    card = card_named(page, "Not recommended here")
    assert card is not None
    told = wording.not_standing(T, recommendation, "dpor")
    near = [one for one in told if one.failed <= 1]
    far = [one for one in told if one.failed > 1]
    assert near
    assert far

    buttons_in(card, "More: DPOR")[0].click()
    rules = buttons_in(card, f"{len(told)} rules that do not apply here: DPOR")[0]
    assert not any(one.why in words_on(card) for one in told)
    rules.click()
    assert rules.accessibleName() == "Hide the rules that do not apply: DPOR"
    assert all(one.text in words_on(card) and one.why in words_on(card) for one in near)
    rest = buttons_in(card, f"{len(far)} more rules fail on two or more answers: DPOR")[0]
    rest.click()
    assert all(one.why in words_on(card) for one in far)


def test_a_near_miss_names_the_answer_with_its_change(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["scenario-b"])
    card = card_named(page, "Not recommended here")
    assert card is not None
    buttons_in(card, "More: CSP")[0].click()

    words = words_on(card)
    assert "If one answer were different" in words
    assert "With “The customer buys in CSP through us, and we bill directly” or" in words
    with qtbot.waitSignal(page.change_requested) as asked:
        buttons_in(card, "Change Channel")[0].click()
    assert asked.args == ["channel"]


def test_one_question_is_marked_as_the_one_that_settles_most(qtbot: QtBot) -> None:
    page = shown(qtbot, evaluated({"products": ("sales",), "metrics": METRICS}))
    card = card_named(page, "Find out first")
    assert card is not None

    pills = [pill.text for pill in card.findChildren(Pill)]
    assert pills == ["Settles most"]
    assert "counts by itself, action needed, does not count yet, unclear or no route" in words_on(
        card
    )


def test_few_changes_are_shown_and_the_rest_counted(qtbot: QtBot) -> None:
    before = samples()["below-the-floor"]
    waits = tuple(
        Way(
            steps=(),
            from_day=date(2027, month, 1),
            goals=(),
            verdicts=("automatic",),
            plan=(),
        )
        for month in (1, 2, 3, 4, 5)
    )
    recommendation = before.model_copy(update={"ways": waits, "ways_found": 9, "would_change": ()})
    page = shown(qtbot, recommendation)
    card = card_named(page, "What would change this")
    assert card is not None
    told = wording.would_change(T, recommendation)
    hidden = 2 + 4

    assert [one.text in words_on(card) for one in told[:4]] == [True, True, True, False]
    buttons_in(card, f"{hidden} more change")[0].click()
    assert all(one.text in words_on(card) for one in told)
    assert "4 more changes are known; none is easier than these." in words_on(card)


def test_opened_details_can_be_reached_by_tab(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["scenario-b"])
    card = card_named(page, "Not recommended here")
    assert card is not None
    buttons_in(card, "More: DPOR")[0].click()
    told = wording.not_standing(T, samples()["scenario-b"], "dpor")
    buttons_in(card, f"{len(told)} rules")[0].click()
    wanted = {button.accessibleName() for button in card.findChildren(QPushButton)}

    first = card.findChildren(QPushButton)[0]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    reached = set()
    for _ in range(200):
        focused = page.focusWidget()
        assert focused is not None
        reached.add(focused.accessibleName())
        page.focusNextPrevChild(True)
    assert wanted <= reached


def test_what_is_in_the_sellers_own_hands_stands_apart(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["account-in-the-tenant-opens-pal"])
    card = card_named(page, "What would change this")

    assert card is not None
    assert "In your hands" in words_on(card)
    assert page.cards.index(card) == 1
    assert "If we worked with an account" in words_on(page.cards[0])


def test_no_route_shows_next_steps_and_looks_like_every_other_result(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["another-partners-csp"])

    assert wording.headline(T, samples()["another-partners-csp"]) == "No association counts here."
    assert card_named(page, "Next steps") is not None
    assert card_named(page, "Not recommended here") is not None
    assert {card.ground(LIGHT) for card in page.cards} == {LIGHT.surface}
    assert {card.edge(LIGHT) for card in page.cards} == {(LIGHT.line, 1)}


def test_what_is_missing_has_the_words_to_ask_and_can_be_answered_at_once(qtbot: QtBot) -> None:
    recommendation = samples()["channel-not-known"]
    page = shown(qtbot, recommendation)
    card = card_named(page, "Find out first")
    assert card is not None
    question = recommendation.open_questions[0]

    words = words_on(card)
    assert question.ask.for_us in words
    assert all(way in words for way in question.how_to_find_out)
    for branch in wording.branches(T, recommendation, question):
        assert branch.result in words
        assert all(said in words for said in branch.said)
    with qtbot.waitSignal(page.change_requested) as asked:
        buttons_in(card, "Answer now")[0].click()
    assert asked.args == ["channel"]


def test_nothing_answered_shows_what_to_ask_and_no_overview(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["nothing answered"])

    assert card_named(page, "Find out first") is not None
    assert page.findChildren(Overview) == []


def test_a_route_worth_trying_is_marked_and_says_what_settles_it(qtbot: QtBot) -> None:
    recommendation = samples()["their-claim"]
    page = shown(qtbot, recommendation)
    card = actions_on(page)[0]

    assert card.action.certainty == "try"
    assert [pill.text for pill in card.findChildren(Pill)] == ["Worth trying"]
    assert card.action.settles is not None
    assert card.action.settles.for_us in words_on(card)


def test_what_is_in_place_is_marked_as_nothing_to_file(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["scenario-a"])
    card = actions_on(page)[0]

    assert card.action.association == "csp"
    assert [pill.text for pill in card.findChildren(Pill)] == ["Nothing to file"]


def test_what_must_be_ready_first_stands_before_the_actions(qtbot: QtBot) -> None:
    recommendation = samples()["not-set-up-yet"]
    page = shown(qtbot, recommendation)
    title = f"First: {recommendation.preparations[0].title.for_us}"
    first = card_named(page, title)

    assert first is not None
    assert page.cards.index(first) < page.cards.index(actions_on(page)[0])
    assert "Cannot be filed before: CPOR RevRec." in words_on(first)


def test_what_two_rules_ask_for_first_is_one_card_with_both_reasons(qtbot: QtBot) -> None:
    recommendation = samples()["not-set-up-yet"]
    [asked] = recommendation.preparations
    because = Text(for_us="Another reason.", for_customer="Another reason.")
    reason = asked.reason.model_copy(update={"rule": "another", "text": because})
    another = asked.model_copy(update={"rule": "another", "reason": reason})
    page = shown(qtbot, recommendation.model_copy(update={"preparations": (asked, another)}))
    first = card_named(page, f"First: {asked.title.for_us}")

    assert first is not None
    assert asked.reason.text.for_us in words_on(first)
    assert "Another reason." in words_on(first)
    assert words_on(page).count(asked.steps[0].for_us) == 1
    assert len(buttons_in(first, "Change ")) == len(asked.reason.questions)


@pytest.mark.parametrize("name", NAMES)
def test_every_caution_is_shown_once_and_checks_come_before_the_rest(
    qtbot: QtBot, name: str
) -> None:
    recommendation = samples()[name]
    page = shown(qtbot, recommendation)
    words = words_on(page)

    for caution in recommendation.cautions:
        assert words.count(caution.text.for_us) == 1, caution.id


def test_stages_say_days_and_no_date(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["scenario-b"])
    bar = page.findChildren(StageBar)[0]

    assert "up to 14 working days" in bar.accessibleName()
    assert "2026" not in bar.accessibleName()


def test_sources_open_in_the_browser_only_on_a_click(qtbot: QtBot) -> None:
    opened: list[str] = []
    page = ResultPage(T, open_link=opened.append)
    qtbot.addWidget(page)
    holder = QWidget()
    qtbot.addWidget(holder)
    view = View(T, samples()["scenario-b"], str, opened.append)
    made = [card for card in cards(view, holder) if isinstance(card, ActionCard)]

    assert opened == []
    links = [link for link in made[0].findChildren(LinkButton) if link.text() == "Open in browser"]
    links[0].click()
    assert opened
    assert opened[0].startswith("https://")


def test_an_older_result_stays_and_offers_to_evaluate_again(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["scenario-b"], current=False)

    version = samples()["scenario-b"].rulebook.version
    assert not page.older_rules.isHidden()
    assert f"Evaluated on 22 Nov 2026 with rules {version}" in page.older_rules.sentence
    with qtbot.waitSignal(page.evaluate_again_requested):
        buttons_in(page.older_rules, "Evaluate again")[0].click()
    assert shown(qtbot, samples()["scenario-b"]).older_rules.isHidden()


def test_the_buttons_ask_for_what_they_say(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["scenario-b"])

    for button, signal in (
        (page.print_button, page.print_requested),
        (page.new_button, page.new_case_like_requested),
        (page.edit_button, page.edit_requested),
    ):
        with qtbot.waitSignal(signal):
            button.click()
    assert page.findChildren(PrimaryButton) == [page.print_button]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_names_are_shown_to_the_letter(qtbot: QtBot, name: str) -> None:
    page = shown(qtbot, samples()["scenario-b"], name)

    shown_as = [label for label in page.findChildren(QLabel) if label.text() == name]
    assert len(shown_as) == 1
    assert shown_as[0].textFormat() == Qt.TextFormat.PlainText


def test_every_label_shows_plain_text(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["every product"])

    formats = {label.textFormat() for label in page.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("name", NAMES)
def test_everything_to_operate_has_a_name(qtbot: QtBot, name: str) -> None:
    page = shown(qtbot, samples()[name])

    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName(), widget
    assert page.accessibleName()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_and_only_the_page_scrolls(
    qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    page = shown(qtbot, samples()[name])
    page.resize(*size)
    qtbot.wait(1)

    assert page.rect().contains(page.print_button.geometry())
    for label in page.findChildren(QLabel):
        if label.isVisible() and not isinstance(label, OverviewCell):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for area in page.findChildren(QScrollArea):
        assert not area.verticalScrollBar().isVisible() or area.parent() is page


def test_a_second_result_replaces_the_first(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["osu-trap"])
    recommendation: Recommendation = samples()["scenario-a"]

    page.show_recommendation(Customer(name="Fabrikam"), recommendation, WHEN, True)
    qtbot.wait(1)
    headings = [label.text() for label in page.findChildren(Heading) if label.isVisible()]
    assert headings == ["Fabrikam"]
    assert len(actions_on(page)) == 1
