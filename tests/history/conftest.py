"""A recommendation made by hand: the history must not need a rulebook to give it back."""

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nca_wizard.history.store import History
from nca_wizard.rules.model.reasons import Cited, Reason
from nca_wizard.rules.model.results import (
    Action,
    Alternative,
    Answered,
    Caution,
    Change,
    Finding,
    Goal,
    OpenQuestion,
    Outcome,
    PlannedStage,
    Preparation,
    Recommendation,
    Said,
    Stamp,
)
from nca_wizard.rules.model.rules import Evidence, Rejection
from nca_wizard.rules.model.values import Text

LONG = "Only the customer can set the digital partner of record, in the portal of their tenant."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite"


@pytest.fixture
def history(path: Path) -> Iterator[History]:
    with History.open(path) as opened:
        yield opened


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def recommendation() -> Recommendation:
    return made_by_hand()


@pytest.fixture
def made() -> Callable[..., Recommendation]:
    return made_by_hand


@pytest.fixture
def files() -> Callable[[Path], dict[str, str]]:
    """What each file of a folder holds, by its name."""

    def found(folder: Path) -> dict[str, str]:
        return {
            str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in folder.rglob("*")
            if file.is_file()
        }

    return found


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("only root can make a small disk; the test above fills the file instead")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S607


def text(words: str) -> Text:
    return Text(for_us=words, for_customer=f"For you: {words}")


def made_by_hand(
    product: str = "Dynamics 365 Sales", association: str = "CPOR RevRec", words: str = LONG
) -> Recommendation:
    """Every kind of value the model has, none empty that can be filled."""
    cited = Cited(
        source="guide",
        title="Partner guide, " + words,
        publisher="Microsoft",
        passage="Section 3",
        dated=date(2026, 7, 1),
        date_note="",
        weight="disputed",
        url="https://example.com/a-rather-long-address-of-a-page/index.html",
    )
    reason = Reason(rule="r1", text=text(words), questions=("channel",), cites=(cited, cited))
    goal_key = ("sales", "net_customer_adds")
    evidence = Evidence(id="poe", label=text("Proof of execution"), note=text(words))
    action = Action(
        guidance="g1",
        association="cpor_revrec",
        certainty="try",
        condition=(
            Answered(
                question="cloud",
                page="2b",
                title="Cloud",
                said=(Said(text=text("Commercial cloud")),),
            ),
        ),
        covers=(goal_key,),
        title=text("File the claim"),
        in_short=text("In short"),
        who=text("You"),
        steps=(text("#1 open the portal"), text(words)),
        evidence=(evidence, Evidence(id="po", label=text("Purchase order"))),
        stages=(
            PlannedStage(
                title=text("Validation"),
                working_days_min=5,
                working_days_max=None,
                until_day_of_month=20,
                cites=(cited,),
            ),
        ),
        verify=(text(words),),
        ends=text("With the subscription"),
        rejections=(Rejection(problem=text("No date"), remedy=text(words)),),
        settles=None,
        reasons=(reason,),
        cites=(cited,),
        cautions=("c1",),
    )
    outcome = Outcome(
        choices=("a", "b"), said=(text("A or B"),), verdicts=("unclear",), plan=("dpor",)
    )
    return Recommendation(
        rulebook=Stamp(
            version="2026.11", as_of=date(2026, 11, 22), checked_on=date(2026, 11, 1), hash="f" * 64
        ),
        answers={
            "channel": "enterprise_agreement",
            "products": ("sales", "power_apps"),
            "channel_by_product": {"sales": "csp", "power_apps": "unknown"},
        },
        said=(
            Answered(
                question="channel", page="2", title="Channel", said=(Said(text=text("Web Direct")),)
            ),
            Answered(
                question="products", page="3", title="Products", said=(Said(text=text(product)),)
            ),
        ),
        names={
            "sales": product,
            "net_customer_adds": "Net customer adds",
            "cpor_revrec": association,
            "dpor": "DPOR",
        },
        goals=(
            Goal(
                product="sales",
                metric="net_customer_adds",
                verdict="action_needed",
                workload="",
                reasons=(reason,),
                findings=(
                    Finding(
                        association="cpor_revrec",
                        counts="depends",
                        access="open",
                        recommended=True,
                        reasons=(reason, reason),
                    ),
                ),
            ),
            Goal(
                product="power_apps",
                metric="usage_growth",
                verdict="automatic",
                workload="Power Apps",
                reasons=(),
                findings=(),
            ),
        ),
        preparations=(
            Preparation(
                rule="p1",
                title=text("Buy seats"),
                steps=(text(words),),
                holds_up=("pal",),
                goals=(goal_key,),
                reason=reason,
            ),
        ),
        plan=(action,),
        in_place=(action.model_copy(update={"association": "dpor"}),),
        alternatives=(
            Alternative(
                associations=("dpor",),
                titles=(text("Ask for DPOR"),),
                extra_actions=-1,
                extra_effort=2,
                who=(text("The customer"),),
            ),
        ),
        cautions=(
            Caution(
                id="c1",
                text=text(words),
                check=True,
                internal=False,
                goals=(goal_key,),
                cites=(cited,),
            ),
        ),
        open_questions=(
            OpenQuestion(
                question="revenue",
                product="",
                ask=text("How much?"),
                how_to_find_out=("Ask them",),
                outcomes=(outcome,),
            ),
        ),
        would_change=(
            Change(
                question="channel",
                product="sales",
                choice="csp",
                condition=text("you buy it in CSP"),
                seller_can_change=True,
                outcome=outcome,
            ),
        ),
        reviews_due=(cited,),
    )
