"""What the rulebook, the answers and the recommendation are all made of: names, words, texts."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nca_wizard.rules.model.answers import Answers

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$")]
Serial = Annotated[int, Field(strict=True, ge=1, lt=10**8)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Value(BaseModel):
    """Frozen, and strict about names: a misspelled key is refused, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Value):
    """One thing said twice: to the seller, and to the customer without score, points or money."""

    for_us: Words
    for_customer: Words


class Scenario(Value):
    """All answers of one interview, and the day it is evaluated for."""

    as_of: date
    answers: Answers
