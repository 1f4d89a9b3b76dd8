"""A typo in a rule file refuses to load, and says where."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nca_wizard.errors import OUR_FAULT
from nca_wizard.paths import resources
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.rules.rule_files import ContentError
from nca_wizard.rules.rulebook import load


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the shipped rule files, to be spoiled."""
    for folder in ("rules", "sources"):
        shutil.copytree(resources() / folder, tmp_path / folder)
    return tmp_path


def replaced(old: str, new: str) -> Callable[[str], str]:
    def spoil(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return spoil


def without_entry(entry_id: str) -> Callable[[str], str]:
    def spoil(text: str) -> str:
        head, *entries = re.split(r"(?m)^(?=\[\[\w+\]\])", text)
        kept = [entry for entry in entries if f'id = "{entry_id}"' not in entry]
        assert len(kept) == len(entries) - 1
        return head + "".join(kept)

    return spoil


def appended(entry: str) -> Callable[[str], str]:
    return lambda text: f"{text}\n{entry}"


CITES = 'cites = [{ source = "l-biz", passage = "p", weight = "stated" }]'
DAYS = "effective_from = 2022-08-10\nreview_by = 2027-01-31"
BECAUSE = 'because = { for_us = "a", for_customer = "b" }'
RULE = f"{BECAUSE}\n{CITES}\n{DAYS}"

FAULTS = {
    "a change that nobody is said to bring about": (
        "questions.toml",
        replaced('changeable = "hard"\n', ""),
        r"^questions\.toml: channel: changeable: must be given, since a choice has a change",
    ),
    "a judgement without its reason": (
        "questions.toml",
        replaced("changeable_because = ", "# "),
        r"^questions\.toml: channel: changeable_because: must be given",
    ),
    "a book that ends before it begins": (
        "rulebook.toml",
        replaced("last_day = 2027-11-22", "last_day = 2022-01-31"),
        r"^rulebook\.toml: last_day: 2022-01-31 is before first_day 2022-08-10\.$",
    ),
    "a product measured as nothing": (
        "measured.toml",
        replaced('workload = "Sales"\n', ""),
        r"^measured\.toml: entry 1 \(sales-nca\): workload: must be given where it is measured\.$",
    ),
    "readiness that forgets a metric": (
        "readiness.toml",
        without_entry("trial-use"),
        (
            r"^questions\.toml: subscription: no readiness rule minds trial "
            r"for usage_growth or deployments, and it is not said to be ready\.$"
        ),
    ),
    "readiness that begins a day late": (
        "readiness.toml",
        replaced("effective_from = 2023-04-01", "effective_from = 2023-04-02"),
        (
            r"^questions\.toml: revenue: no readiness rule minds from_500 on 2023-04-01, "
            r"and it is not said to be ready\.$"
        ),
    ),
    "guidance for what is not to be had": (
        "guidance.toml",
        replaced('channel = ["csp_indirect_reseller"]', 'channel = ["csp_other_partner"]'),
        (
            r"^guidance\.toml: dead: csp-in-place-distributor is never told: "
            r"it stands for csp only where that is closed\.$"
        ),
    ),
    "a change that cannot be": (
        "questions.toml",
        replaced('changeable = "hard"', 'changeable = "easy"'),
        r"^questions\.toml: entry 1 \(channel\): changeable: .*'easy'",
    ),
    "text that is not TOML": (
        "credit.toml",
        appended("[[credit]\n"),
        r"^credit\.toml: is not valid TOML: .*line \d+",
    ),
    "an unknown table": (
        "credit.toml",
        appended(f'[[credits]]\nid = "x"\n{RULE}'),
        r"^credit\.toml: unknown table 'credits' \(known: credit\)",
    ),
    "an unknown field": (
        "access.toml",
        replaced("access = ", 'acces = "open"\naccess = '),
        r"^access\.toml: entry 1 \([a-z0-9-]+\): acces: unknown field",
    ),
    "a misspelled value": (
        "access.toml",
        replaced('access = "automatic"', 'access = "automatik"'),
        r"^access\.toml: entry \d+ \([a-z0-9-]+\): access: .*'automatik'",
    ),
    "an unknown choice": (
        "access.toml",
        replaced('"csp_direct_bill"', '"csp_direct_bil"'),
        (
            r"^access\.toml: entry \d+ \([a-z0-9-]+\): when\.channel: "
            r"unknown choice 'csp_direct_bil' \(known: csp_direct_bill, "
        ),
    ),
    "an unknown question": (
        "access.toml",
        appended(
            '[[access]]\nid = "x"\nassociation = ["pal"]\naccess = "open"\n'
            f'when = {{ chanel = ["web_direct"] }}\n{RULE}'
        ),
        r"^access\.toml: entry \d+ \(x\): when: unknown question 'chanel'",
    ),
    "an unknown association": (
        "credit.toml",
        replaced('association = ["csp"', 'association = ["cps"'),
        r"^credit\.toml: entry \d+ \([a-z0-9-]+\): association: unknown association 'cps'",
    ),
    "an unknown product": (
        "measured.toml",
        replaced('"sales"', '"sale"'),
        r"^measured\.toml: entry \d+ \([a-z0-9-]+\): product: unknown product 'sale'",
    ),
    "an unknown source": (
        "credit.toml",
        replaced('source = "l-biz"', 'source = "l-bizz"'),
        r"^credit\.toml: entry \d+ \([a-z0-9-]+\): cites: source: unknown source 'l-bizz'",
    ),
    "a rate of what no product is measured as": (
        "rulebook.toml",
        replaced('workload = "Power Apps"', 'workload = "PowerApps"'),
        r"^rulebook\.toml: rate-power-apps: workload: no product is measured as 'PowerApps'",
    ),
    "a floor in an unknown track": (
        "rulebook.toml",
        replaced('track = "smb"', 'track = "small"'),
        (
            r"^rulebook\.toml: deployments: points: floors\.track: unknown choice 'small' "
            r"\(known: enterprise, smb\)"
        ),
    ),
    "an unknown place in a letter": (
        "guidance.toml",
        replaced('"Tenant ID: {tenant_id}"', '"Tenant ID: {tenant}"'),
        r"^guidance\.toml: colleague-file: paragraphs\.\d+: unknown place '\{tenant\}' \(known: ",
    ),
    "a place of ours in what the customer gets": (
        "guidance.toml",
        replaced('subject = "{customer}: your', 'subject = "{metrics}: your'),
        r"^guidance\.toml: customer-claim: subject: unknown place '\{metrics\}'",
    ),
    "a list within a sentence": (
        "guidance.toml",
        replaced('"{steps}"', '"Steps: {steps}"'),
        r"^guidance\.toml: customer-claim: paragraphs\.4: '\{steps\}' has several lines",
    ),
    "a brace that is not closed": (
        "guidance.toml",
        replaced('"{greeting}"', '"{greeting"'),
        r"^guidance\.toml: customer-claim: paragraphs\.1: a brace stands alone in '\{greeting'",
    ),
    "a letter for guidance that is not there": (
        "guidance.toml",
        replaced(
            'to = "customer"\nguidance = ["cpor-revrec"', 'to = "customer"\nguidance = ["cpor"'
        ),
        r"^guidance\.toml: customer-claim: guidance: unknown guidance 'cpor'",
    ),
    "a missing text for the customer": (
        "credit.toml",
        lambda text: re.sub(r"(?m)^.*for_customer.*\n", "", text, count=1),
        r"^credit\.toml: entry 1 \([a-z0-9-]+\): because\.for_customer: must be given",
    ),
    "no citation": (
        "credit.toml",
        appended(
            '[[credit]]\nid = "x"\nassociation = ["pal"]\nmetric = ["deployments"]\n'
            f'family = ["none"]\ncounts = "no"\ncites = []\n{BECAUSE}\n{DAYS}'
        ),
        r"^credit\.toml: entry \d+ \(x\): cites: .*at least 1",
    ),
    "an id used twice": (
        "products.toml",
        appended('[[product]]\nid = "sales"\nname = "Sales"\nfamily = "dynamics_365"'),
        r"^products\.toml: entry \d+ \(sales\): id: already used by entry 1",
    ),
    "an association that would never be tried": (
        "rulebook.toml",
        replaced('"pal", ', ""),
        r"^rulebook\.toml: try_order: 'pal' must stand in it once",
    ),
    "an association that would be tried twice": (
        "rulebook.toml",
        replaced('try_order = ["csp", ', 'try_order = ["csp", "csp", '),
        r"^rulebook\.toml: try_order: 'csp' must stand in it once",
    ),
    "neither an end nor a day to look again": (
        "credit.toml",
        replaced("review_by = 2027-01-31", ""),
        r"^credit\.toml: entry \d+ \([a-z0-9-]+\): effective_until or review_by: one must",
    ),
    "an end before the beginning": (
        "credit.toml",
        replaced("review_by = 2027-01-31", "effective_until = 2020-01-01"),
        r"^credit\.toml: entry \d+ \([a-z0-9-]+\): effective_until: 2020-01-01 is before",
    ),
    "overriding a rule that is not there": (
        "access.toml",
        replaced('overrides = ["', 'overrides = ["no-such-rule", "'),
        r"^access\.toml: entry \d+ \([a-z0-9-]+\): overrides: unknown rule 'no-such-rule'",
    ),
    "overrides in a circle": (
        "access.toml",
        appended(
            "".join(
                f'[[access]]\nid = "{one}"\nassociation = ["pal"]\naccess = "open"\n'
                f'overrides = ["{other}"]\n{RULE}\n'
                for one, other in (("x", "y"), ("y", "x"))
            )
        ),
        r"^access\.toml: x: overrides: runs in a circle: x -> y -> x",
    ),
    "two rules that disagree": (
        "access.toml",
        appended(
            '[[access]]\nid = "x"\nassociation = ["csp"]\naccess = "open"\n'
            f'when = {{ channel = ["csp_direct_bill"] }}\n{RULE}'
        ),
        (
            r"^access\.toml: conflict on every day: csp-direct-bill \(automatic\) and x \(open\) "
            r"disagree on csp with channel = csp_direct_bill \(1 of 7 scenarios\)"
        ),
    ),
    "a question asked by access and by readiness": (
        "access.toml",
        appended(
            '[[access]]\nid = "x"\nassociation = ["pal"]\naccess = "open"\n'
            f'when = {{ revenue = ["from_500"] }}\n{RULE}'
        ),
        r"^readiness\.toml: when\.revenue: access and guidance rules ask for it too",
    ),
    "a condition where answers cannot matter": (
        "credit.toml",
        replaced("counts = ", 'when = { cloud = ["china"] }\ncounts = '),
        r"^credit\.toml: entry 1 \([a-z0-9-]+\): when: what Microsoft counts does not hang on",
    ),
    "a caution that would override another": (
        "cautions.toml",
        appended(f'[[caution]]\nid = "x"\noverrides = ["sold-agreement"]\n{RULE}'),
        r"^cautions\.toml: entry \d+ \(x\): overrides: a caution stands beside the others",
    ),
    "a day that is no day": (
        "credit.toml",
        replaced("effective_from = 2022-08-10", 'effective_from = "soon"'),
        r"^credit\.toml: entry \d+ \([a-z0-9-]+\): effective_from: .*'soon'",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_its_file_entry_field_and_kind(book: Path, fault: str) -> None:
    file, spoil, sentence = FAULTS[fault]
    path = book / "rules" / file
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(ContentError, match=sentence) as caught:
        load(book)
    assert caught.value.exit_code == OUR_FAULT
    assert str(caught.value).endswith(".")


def test_more_scenarios_than_there_is_memory_for_are_refused(book: Path) -> None:
    choice = (
        '[[question.choice]]\nid = "c{}"\nlabel = "l"\nsaid.for_us = "a"\nsaid.for_customer = "b"\n'
    )
    question = (
        '[[question]]\nid = "many"\npage = "2"\nkind = "several"\ntitle = "t"\nshort = "s"\n'
        'why = "w"\nask = { for_us = "a", for_customer = "b" }\nmissing = "m"\nunknown_hint = "u"\n'
    ) + "".join(choice.format(number) for number in range(40))
    asks = ", ".join(f'"many.c{number}" = ["yes"]' for number in range(40))
    caution = f'[[caution]]\nid = "all-of-it"\nwhen = {{ {asks} }}\n{RULE}\n'
    for file, entry in (("questions", question), ("cautions", caution)):
        with (book / "rules" / f"{file}.toml").open("a", encoding="utf-8") as stream:
            stream.write(f"\n{entry}")

    with pytest.raises(ContentError, match=r"^cautions\.toml: asks for 40 answers, in [\d,]+ "):
        load(book)


@pytest.mark.parametrize("file", ["access", "credit", "measured", "guidance"])
def test_a_rule_taken_out_leaves_a_gap_that_is_named(book: Path, file: str) -> None:
    path = book / "rules" / f"{file}.toml"
    first = re.findall(r'(?m)^id = "([a-z0-9-]+)"', path.read_text(encoding="utf-8"))[0]
    path.write_text(without_entry(first)(path.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(ContentError, match=rf"^{file}\.toml: (gap|.*unknown (rule|guidance))"):
        load(book)


def test_what_is_impossible_may_name_any_question(book: Path) -> None:
    path = book / "rules" / "rulebook.toml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + '\n[[impossible]]\nid = "x"\nwhen = { track = ["smb"], revenue = ["from_1500"] }\n'
        'because = "tried"\n',
        encoding="utf-8",
    )

    answers: Answers = {"products": ("sales",), "channel": "web_direct"}
    got = recommend(load(book), Scenario(as_of=date(2026, 11, 22), answers=answers))

    assert {goal.product for goal in got.goals} == {"sales"}


def test_a_missing_file_is_named(book: Path) -> None:
    (book / "rules" / "guidance.toml").unlink()

    with pytest.raises(ContentError, match=r"^guidance\.toml: the file is missing\.$"):
        load(book)


def test_text_in_another_encoding_is_named(book: Path) -> None:
    (book / "rules" / "credit.toml").write_bytes("# Größe".encode("latin-1"))

    with pytest.raises(ContentError, match=r"^credit\.toml: is not UTF-8 text\.$"):
        load(book)


def test_two_books_are_told_apart_by_their_hash(book: Path, rulebook: Rulebook) -> None:
    same = load(book)
    path = book / "rules" / "products.toml"
    path.write_text(path.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")

    assert same.hash == rulebook.hash
    assert load(book).hash != rulebook.hash


def test_a_condition_may_name_one_choice_of_a_several_choice_question_as_true(book: Path) -> None:
    path = book / "rules" / "cautions.toml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + f'\n[[caution]]\nid = "x"\nwhen = {{ our_part.implements = true }}\n{RULE}\n',
        encoding="utf-8",
    )

    caution = load(book).cautions[-1]

    assert caution.when == {"our_part.implements": ("yes",)}
