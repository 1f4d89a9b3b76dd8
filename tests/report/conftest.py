"""Recommendations made by hand, one per kind of outcome, with texts as long as real ones."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import pytest

from nca_wizard.paths import resources
from nca_wizard.report.document import Press
from nca_wizard.rules.model.answers import Access, Answers, Counts, Verdict
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
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts

ASSOCIATIONS = ("csp", "cpor_osa", "cpor_osu", "cpor_revrec", "dpor", "pal")
NAMES = {
    "csp": "CSP",
    "cpor_osa": "CPOR OSA",
    "cpor_osu": "CPOR OSU",
    "cpor_revrec": "CPOR RevRec",
    "dpor": "DPOR",
    "pal": "PAL",
    "net_customer_adds": "Net customer adds",
    "usage_growth": "Usage growth",
    "deployments": "Deployments",
    "sales": "Sales",
    "customer_service": "Customer Service",
    "field_service": "Field Service",
    "business_central": "Business Central",
    "power_apps": "Power Apps",
    "copilot_studio": "Copilot Studio",
}
ALL_METRICS = ("net_customer_adds", "usage_growth", "deployments")
AS_OF = date(2026, 11, 22)
STAMP = Stamp(version="2026.11", as_of=AS_OF, checked_on=date(2026, 11, 3), hash="0" * 64)

LEARN = Cited(
    source="learn-designation",
    title="Solutions Partner for Business Applications",
    publisher="Microsoft Learn",
    passage="Eligible partner associations, net customer adds",
    dated=date(2026, 7, 30),
    date_note="read between May and July 2026",
    weight="stated",
    url="https://learn.microsoft.com/partner-center/membership/solutions-partner-business",
)
CPOR_PAGE = Cited(
    source="learn-cpor",
    title="Customer associations via CPOR",
    publisher="Microsoft Learn",
    passage="Create a customer association",
    dated=date(2023, 10, 10),
    date_note="",
    weight="stated",
    url="https://learn.microsoft.com/partner-center/incentives/submit-osa-claim",
)
FORUM = Cited(
    source="forum-2026",
    title="CPOR association for incentives and recognition",
    publisher="Partner forum",
    passage="Second reply",
    dated=date(2026, 3, 12),
    date_note="",
    weight="disputed",
    url="https://techcommunity.microsoft.com/",
)


def both(for_us: str, for_customer: str | None = None) -> Text:
    return Text(for_us=for_us, for_customer=for_customer or for_us)


def reason(
    rule: str,
    for_us: str,
    for_customer: str | None = None,
    *,
    questions: tuple[str, ...] = ("channel",),
    cites: tuple[Cited, ...] = (LEARN,),
) -> Reason:
    return Reason(rule=rule, text=both(for_us, for_customer), questions=questions, cites=cites)


REASONS = {
    "closed": reason(
        "csp-only-where-sold",
        "The licences are not bought in CSP through you.",
        "You do not buy these licences through us.",
    ),
    "no": reason(
        "not-in-the-list",
        "Microsoft's list for this metric does not name it.",
        "Microsoft does not use it for this purpose.",
        questions=(),
    ),
    "disputed": reason(
        "osa-disputed",
        "Microsoft lists it in 2026; partners reported in 2024 and 2026 that it earns the "
        "incentive only.",
        "Sources differ on whether it serves this purpose.",
        cites=(LEARN, FORUM),
    ),
    "open": reason(
        "cpor-needs-volume-licensing",
        "The customer buys through an Enterprise Agreement, where a claim can be filed.",
        "You buy through an Enterprise Agreement, where Microsoft does not see who helps you.",
    ),
    "automatic": reason(
        "csp-direct-automatic",
        "You sell the licences in CSP, so Microsoft records you as the partner with the sale.",
        "You buy the licences through us, so Microsoft knows that we work with you.",
    ),
    "unclear": reason(
        "mca-not-named",
        "No list names the Microsoft Customer Agreement for enterprise.",
        "It is not settled how Microsoft treats this agreement.",
    ),
    "depends": reason("depends", "It depends on how the customer buys."),
}


STATES: dict[str, tuple[Counts, Access]] = {
    "closed": ("yes", "closed"),
    "no": ("no", "open"),
    "disputed": ("disputed", "open"),
    "open": ("yes", "open"),
    "automatic": ("yes", "automatic"),
    "unclear": ("yes", "unclear"),
}


def finding(association: str, state: str, *, recommended: bool = False) -> Finding:
    if state == "depends":
        found = Finding(
            association=association, counts="yes", access="depends", recommended=False, reasons=()
        )
        return found.model_copy(update={"reasons": (REASONS[state],)})
    counts, access = STATES[state]
    return Finding(
        association=association,
        counts=counts,
        access=access,
        recommended=recommended,
        reasons=(REASONS[state],),
    )


def goal(
    product: str,
    metric: str,
    verdict: Verdict,
    states: Mapping[str, str],
    *,
    planned: tuple[str, ...] = (),
    reasons: tuple[Reason, ...] = (),
) -> Goal:
    return Goal(
        product=product,
        metric=metric,
        verdict=verdict,
        workload=NAMES[product] if verdict != "not_measured" else "",
        reasons=reasons,
        findings=tuple(
            finding(one, states.get(one, "no"), recommended=one in planned) for one in ASSOCIATIONS
        ),
    )


ON_EA = {"csp": "closed", "cpor_osa": "disputed", "cpor_revrec": "open", "dpor": "open"}
ON_EA_USAGE = {"csp": "closed", "cpor_osu": "open", "dpor": "open"}
IN_CSP = {
    "csp": "automatic",
    "cpor_osa": "closed",
    "cpor_osu": "closed",
    "cpor_revrec": "closed",
    "dpor": "closed",
}

CLAIM_STAGES = (
    PlannedStage(
        title=both("Microsoft receives the claim", "We send the form to Microsoft"),
        working_days_min=None,
        working_days_max=5,
        until_day_of_month=None,
        cites=(CPOR_PAGE,),
    ),
    PlannedStage(
        title=both("The customer may decline", "You may decline; no answer means yes"),
        working_days_min=None,
        working_days_max=5,
        until_day_of_month=None,
        cites=(CPOR_PAGE,),
    ),
    PlannedStage(
        title=both("Microsoft reviews the claim", "Microsoft checks the form"),
        working_days_min=5,
        working_days_max=14,
        until_day_of_month=None,
        cites=(CPOR_PAGE,),
    ),
    PlannedStage(
        title=both("First refresh that shows it", "Recorded"),
        working_days_min=None,
        working_days_max=None,
        until_day_of_month=20,
        cites=(LEARN,),
    ),
)

CLAIM_EVIDENCE = (
    Evidence(id="tenant-id", label=both("tenant ID")),
    Evidence(id="subscription-id", label=both("subscription ID")),
    Evidence(
        id="proof",
        label=both(
            "proof of execution, signed by the customer within 12 months",
            "statement of work, signed within 12 months",
        ),
        note=both(
            "A statement of work will do when it names both parties and the products.",
            "It names both of us and the products.",
        ),
    ),
    Evidence(id="location-id", label=both("your location PartnerID", "our PartnerID (from us)")),
)


def revrec(covers: tuple[tuple[str, str], ...]) -> Action:
    return Action(
        guidance="file-revrec",
        association="cpor_revrec",
        certainty="sure",
        condition=(),
        covers=covers,
        title=both(
            "Claim “Influenced Revenue recognition - Non-Incentivized”",
            "Confirm that we advised you on the purchase",
        ),
        in_short=both("File it in Partner Center", "You sign one document"),
        who=both("Your Incentives admin in Partner Center", "We file it; you sign and confirm"),
        steps=(
            both(
                "Get the proof of execution signed by the customer.",
                "Sign the statement of work that names us and the products.",
            ),
            both(
                "Partner Center > Incentives > Customer claims > Business Applications > "
                "Add customer.",
                "You get an e-mail from Microsoft about it; nothing has to be answered.",
            ),
            both(
                "Choose the role “Influenced Revenue recognition - Non-Incentivized”, upload the "
                "proof and submit.",
                "Tell us if the contact named in it changes.",
            ),
        ),
        evidence=CLAIM_EVIDENCE,
        stages=CLAIM_STAGES,
        verify=(
            both("Customer claims shows Approved.", "We tell you when it is recorded."),
            both(
                "Insights > Solutions Partner > Customer eligibility names the association.",
                "Nothing to look at on your side.",
            ),
        ),
        ends=both(
            "With the subscription: a renewal has a new subscription ID and needs a new claim.",
            "When the subscription ends or is renewed under a new number.",
        ),
        rejections=(
            Rejection(
                problem=both("The signature is missing or older than 12 months"),
                remedy=both("Send a newly signed document under Partner action required"),
            ),
        ),
        settles=None,
        reasons=(
            reason(
                "revrec-nca",
                "The customer buys through an Enterprise Agreement and you want net customer "
                "adds. This claim is in Microsoft's list in every version; a usage claim is not.",
                "Microsoft records who helps you with which product, so that questions reach "
                "the right people.",
                questions=("channel", "metrics"),
            ),
        ),
        cites=(CPOR_PAGE, LEARN),
        cautions=("twelve-months",),
    )


def osu(covers: tuple[tuple[str, str], ...]) -> Action:
    claim = revrec(covers)
    return claim.model_copy(
        update={
            "guidance": "file-osu",
            "association": "cpor_osu",
            "title": both(
                "Claim “Usage recognition - Non-Incentivized”",
                "Confirm that we run it together with you",
            ),
            "reasons": (
                reason(
                    "osu-usage",
                    "You implement the product and drive its use; this claim is the one that "
                    "usage growth and deployments accept.",
                    "Then we see how far the product is used and where help is needed.",
                    questions=("our_part", "metrics"),
                ),
            ),
        }
    )


def dpor(covers: tuple[tuple[str, str], ...]) -> Action:
    claim = revrec(covers)
    return claim.model_copy(
        update={
            "guidance": "ask-for-dpor",
            "association": "dpor",
            "title": both(
                "Ask the customer's administrator to name you as partner of record",
                "Name us as partner of record",
            ),
            "who": both("Only the customer's billing administrator", "Your billing administrator"),
            "steps": (
                both("Send the customer your location PartnerID.", "Ask us for our PartnerID."),
                both(
                    "Microsoft 365 admin center > Billing > Your products > the subscription > "
                    "Partner information > Add.",
                ),
            ),
            "evidence": (CLAIM_EVIDENCE[3],),
            "stages": CLAIM_STAGES[3:],
        }
    )


def pal(covers: tuple[tuple[str, str], ...]) -> Action:
    return dpor(covers).model_copy(
        update={
            "guidance": "link-account",
            "association": "pal",
            "title": both("Link your account in the tenant (PAL)", "Let us link our account"),
            "who": both("Whoever of you works in the tenant", "We do it with the account we use"),
        }
    )


SAID_EA = (
    Answered(
        question="channel",
        page="2",
        title="Channel",
        said=(Said(text=both("Enterprise Agreement")),),
    ),
    Answered(
        question="products", page="3", title="Products", said=(Said(text=both("Business Central")),)
    ),
    Answered(
        question="metrics",
        page="4",
        title="Aim",
        said=(
            Said(
                text=both("Net customer adds, usage growth, deployments", "Recorded with Microsoft")
            ),
        ),
    ),
    Answered(
        question="our_part",
        page="5",
        title="Our part",
        said=(Said(text=both("Implements it", "We implement it with you")),),
    ),
)

ANSWERS_EA: Answers = {
    "channel": "enterprise_agreement",
    "products": ("business_central",),
    "metrics": ALL_METRICS,
    "our_part": ("implements",),
}

TWELVE_MONTHS = Caution(
    id="twelve-months",
    text=both(
        "Check that this product did not already count for you twelve months ago: net customer "
        "adds is a difference.",
        "Tell us since when you have used the product.",
    ),
    check=True,
    internal=False,
    goals=(("business_central", "net_customer_adds"),),
    cites=(LEARN,),
)
RENEWAL = Caution(
    id="renewal",
    text=both(
        "A claim ends with the subscription ID; note the renewal date.",
        "Tell us before the agreement is renewed.",
    ),
    check=False,
    internal=False,
    goals=(("business_central", "net_customer_adds"),),
    cites=(CPOR_PAGE,),
)

ASK_CHANNEL = OpenQuestion(
    question="channel",
    product="",
    ask=both("Ask: “How do you buy the licences?”", "How do you buy the licences?"),
    how_to_find_out=("The invoice names the seller.", "Microsoft 365 admin center > Billing."),
    outcomes=(
        Outcome(
            choices=("csp_direct_bill",),
            said=(both("Cloud Solution Provider, through you"),),
            verdicts=("automatic",),
            plan=(),
        ),
        Outcome(
            choices=("enterprise_agreement", "web_direct"),
            said=(both("Enterprise Agreement"), both("Web Direct")),
            verdicts=("action_needed",),
            plan=("cpor_revrec",),
        ),
        Outcome(
            choices=("csp_other_partner",),
            said=(both("Cloud Solution Provider, through another partner"),),
            verdicts=("no_route",),
            plan=(),
        ),
    ),
)
ASK_NAMES_US = OpenQuestion(
    question="customer_names_us",
    product="",
    ask=both(
        "Ask: “Would your administrator name us as partner of record?”",
        "Would your administrator name us as partner of record?",
    ),
    how_to_find_out=("Ask the billing administrator.",),
    outcomes=(
        Outcome(choices=("yes",), said=(both("Yes"),), verdicts=("action_needed",), plan=("dpor",)),
        Outcome(
            choices=("no",), said=(both("No"),), verdicts=("action_needed",), plan=("cpor_revrec",)
        ),
    ),
)


def recommendation(
    goals: tuple[Goal, ...],
    *,
    answers: Answers | None = None,
    said: tuple[Answered, ...] = SAID_EA,
    preparations: tuple[Preparation, ...] = (),
    plan: tuple[Action, ...] = (),
    in_place: tuple[Action, ...] = (),
    alternatives: tuple[Alternative, ...] = (),
    cautions: tuple[Caution, ...] = (),
    open_questions: tuple[OpenQuestion, ...] = (),
    would_change: tuple[Change, ...] = (),
    reviews_due: tuple[Cited, ...] = (),
) -> Recommendation:
    return Recommendation(
        rulebook=STAMP,
        answers=ANSWERS_EA if answers is None else answers,
        said=said,
        names=NAMES,
        goals=goals,
        preparations=preparations,
        plan=plan,
        in_place=in_place,
        alternatives=alternatives,
        cautions=cautions,
        open_questions=open_questions,
        would_change=would_change,
        reviews_due=reviews_due,
    )


IF_CSP = Change(
    question="channel",
    product="",
    choice="csp_direct_bill",
    condition=both(
        "the customer bought it in CSP through you", "you bought the licences through us"
    ),
    seller_can_change=False,
    outcome=Outcome(
        choices=("csp_direct_bill",),
        said=(both("Cloud Solution Provider, through you"),),
        verdicts=("automatic",),
        plan=(),
    ),
)
IF_ACCOUNT = Change(
    question="our_part",
    product="",
    choice="tenant_account",
    condition=both(
        "you worked with an account in the customer's tenant",
        "we worked with an account in your tenant",
    ),
    seller_can_change=True,
    outcome=Outcome(
        choices=("tenant_account",),
        said=(both("Works with an account in the tenant"),),
        verdicts=("action_needed",),
        plan=("pal",),
    ),
)


def automatic() -> Recommendation:
    shows = revrec((("sales", "net_customer_adds"),)).model_copy(
        update={
            "guidance": "csp-in-place",
            "association": "csp",
            "title": both("CSP counts by itself", "You buy through us"),
            "who": both("Nobody has to act", "Nobody has to act"),
            "steps": (both("Nothing to file: the sale records you as the partner."),),
            "evidence": (),
            "stages": CLAIM_STAGES[3:],
            "reasons": (REASONS["automatic"],),
        }
    )
    return recommendation(
        (goal("sales", "net_customer_adds", "automatic", IN_CSP),),
        answers={"channel": "csp_direct_bill", "products": ("sales",)},
        said=(
            Answered(
                question="channel",
                page="2",
                title="Channel",
                said=(
                    Said(text=both("Cloud Solution Provider, through you", "You buy through us")),
                ),
            ),
            Answered(
                question="products", page="3", title="Products", said=(Said(text=both("Sales")),)
            ),
        ),
        in_place=(shows,),
        cautions=(RENEWAL,),
    )


def claims() -> Recommendation:
    nca = ("business_central", "net_customer_adds")
    use = (("business_central", "usage_growth"), ("business_central", "deployments"))
    return recommendation(
        (
            goal(*nca, "action_needed", ON_EA, planned=("cpor_revrec",)),
            goal(*use[0], "action_needed", ON_EA_USAGE, planned=("cpor_osu",)),
            goal(*use[1], "action_needed", ON_EA_USAGE, planned=("cpor_osu",)),
        ),
        plan=(revrec((nca,)), osu(use)),
        alternatives=(
            Alternative(
                associations=("dpor",),
                titles=(both("Ask the customer's administrator to name you", "Name us"),),
                extra_actions=-1,
                extra_effort=1,
                who=(both("Only the customer's billing administrator"),),
            ),
        ),
        cautions=(TWELVE_MONTHS, RENEWAL),
        would_change=(
            IF_CSP.model_copy(
                update={
                    "outcome": IF_CSP.outcome.model_copy(update={"verdicts": ("automatic",) * 3})
                }
            ),
        ),
        reviews_due=(CPOR_PAGE,),
    )


def claims_and_a_question() -> Recommendation:
    rec = claims()
    asked = ASK_NAMES_US.model_copy(
        update={
            "outcomes": tuple(
                one.model_copy(update={"verdicts": ("action_needed",) * 3})
                for one in ASK_NAMES_US.outcomes
            )
        }
    )
    return rec.model_copy(update={"open_questions": (asked,)})


def several_products() -> Recommendation:
    dynamics = ("sales", "customer_service", "field_service")
    pairs = tuple((product, "net_customer_adds") for product in (*dynamics, "power_apps"))
    copilot = ("copilot_studio", "net_customer_adds")
    on_dynamics = tuple((product, "usage_growth") for product in dynamics)
    return recommendation(
        (
            *(goal(*pair, "action_needed", ON_EA, planned=("cpor_revrec",)) for pair in pairs),
            *(
                goal(*one, "action_needed", ON_EA_USAGE, planned=("cpor_osu",))
                for one in on_dynamics
            ),
            goal("power_apps", "usage_growth", "action_needed", {"pal": "open"}, planned=("pal",)),
            goal(
                "copilot_studio",
                "net_customer_adds",
                "action_needed",
                ON_EA,
                planned=("cpor_revrec",),
            ),
            goal("copilot_studio", "usage_growth", "not_measured", {}),
        ),
        plan=(
            revrec((*pairs, copilot)),
            osu(on_dynamics),
            pal((("power_apps", "usage_growth"),)),
        ),
        cautions=(TWELVE_MONTHS,),
    )


def unclear() -> Recommendation:
    pair = ("sales", "net_customer_adds")
    states = {"csp": "closed", "cpor_osa": "disputed", "cpor_revrec": "unclear", "dpor": "unclear"}
    attempt = revrec((pair,)).model_copy(
        update={
            "certainty": "try",
            "settles": both(
                "Customer eligibility in Insights shows after the next refresh whether it took."
            ),
        }
    )
    return recommendation(
        (goal(*pair, "unclear", states, planned=("cpor_revrec",), reasons=(REASONS["unclear"],)),),
        answers={"channel": "mca_enterprise"},
        plan=(attempt,),
    )


def no_route() -> Recommendation:
    states = dict.fromkeys(("csp", "cpor_osa", "cpor_revrec", "cpor_osu", "dpor"), "closed")
    return recommendation(
        (goal("power_apps", "usage_growth", "no_route", {**states, "pal": "closed"}),),
        answers={"channel": "csp_other_partner"},
        would_change=(IF_ACCOUNT, IF_CSP),
    )


def not_yet() -> Recommendation:
    trial = reason(
        "trial",
        "A trial brings no revenue, so it does not count.",
        "The subscription is a trial.",
        questions=("subscription",),
    )
    return recommendation(
        (goal("sales", "net_customer_adds", "not_yet", IN_CSP, reasons=(trial,)),),
        answers={"channel": "csp_direct_bill", "subscription": "trial"},
        preparations=(
            Preparation(
                rule="trial",
                title=both("Turn the trial into a paid subscription", "Decide about the trial"),
                steps=(
                    both("Quote the paid subscription.", "Tell us whether the trial goes on."),
                    both("Order it before the trial ends.", "We order the subscription for you."),
                ),
                holds_up=(),
                goals=(("sales", "net_customer_adds"),),
                reason=trial,
            ),
        ),
    )


def depends() -> Recommendation:
    return recommendation(
        (
            goal(
                "sales",
                "net_customer_adds",
                "depends",
                dict.fromkeys(("csp", "cpor_osa", "cpor_revrec", "dpor"), "depends"),
            ),
        ),
        answers={"products": ("sales",)},
        said=SAID_EA[1:2],
        open_questions=(ASK_CHANNEL,),
    )


def not_covered() -> Recommendation:
    outside = reason(
        "outside-the-horizon",
        "The rules hold from 13 June 2023 to 30 June 2027.",
        "We have no information for this day.",
        questions=(),
    )
    return recommendation(
        (goal("sales", "net_customer_adds", "not_covered", {}, reasons=(outside,)),),
    )


def all_unknown() -> Recommendation:
    asks = (
        ("products", "Which products is this about?"),
        ("metrics", "What should it count towards?"),
        ("channel", "How do you buy the licences?"),
    )
    return recommendation(
        (),
        answers={},
        said=(),
        open_questions=tuple(
            ASK_CHANNEL.model_copy(
                update={"question": one, "ask": both(f"Ask: “{ask}”", ask), "outcomes": ()}
            )
            for one, ask in asks
        ),
    )


def many_actions(count: int) -> Recommendation:
    """Every action with texts of its own, so that a lost or doubled one shows."""
    pair = ("business_central", "net_customer_adds")
    actions = tuple(
        revrec((pair,)).model_copy(
            update={
                "title": both(f"Claim number {number} for us", f"Step number {number} for you"),
                "steps": (
                    both(f"Sign paper {number} first.", f"Your paper {number} first."),
                    both(f"Send paper {number} then.", f"Your paper {number} then."),
                ),
            }
        )
        for number in range(1, count + 1)
    )
    return recommendation(
        (goal(*pair, "action_needed", ON_EA, planned=("cpor_revrec",)),),
        plan=actions,
        cautions=(TWELVE_MONTHS, RENEWAL),
    )


SAMPLES: dict[str, Callable[[], Recommendation]] = {
    "automatic": automatic,
    "claims": claims,
    "claims and a question": claims_and_a_question,
    "several products": several_products,
    "unclear": unclear,
    "no route": no_route,
    "not yet": not_yet,
    "depends": depends,
    "not covered": not_covered,
    "all unknown": all_unknown,
    "six actions": partial(many_actions, 6),
    "twelve actions": partial(many_actions, 12),
}


@pytest.fixture
def t() -> Texts:
    return Texts.load("en")


@pytest.fixture(scope="session")
def press() -> Press:
    """One for all: reading the system's fonts takes a quarter second."""
    return Press(resources())


@pytest.fixture(scope="session")
def samples() -> dict[str, Recommendation]:
    """One recommendation per kind of outcome, by name."""
    return {name: make() for name, make in SAMPLES.items()}


@pytest.fixture
def partner() -> PartnerProfile:
    return PartnerProfile(
        name="J. Seller", company="Contoso Partner", phone="+46 8 123 45", email="j@example.com"
    )
