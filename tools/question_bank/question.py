"""One question, and what makes it a good one."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One of the answers that are offered: its text, whether it holds, and why or why not."""

    text: str
    right: bool
    reason: str


@dataclass(frozen=True)
class Slip:
    """A wrong number that is often given, and the reason that it is wrong."""

    number: int
    reason: str


@dataclass(frozen=True)
class Question:
    """A question with a number or one of several choices for an answer.

    Attributes
    ----------
    name : str
        Names it in the bank, and stays.
    chapter : int
        The chapter that explains it.
    text : str
        What is asked, in Markdown without mathematics of its own.
    reason : str
        Why the answer is right.
    number : int or None
        The answer, of a question for a number.
    slips : sequence of Slip
        The wrong numbers that get a reason of their own.
    choices : sequence of Choice
        The answers that are offered, of a question with choices.
    """

    name: str
    chapter: int
    text: str
    reason: str
    number: int | None = None
    slips: Sequence[Slip] = ()
    choices: Sequence[Choice] = ()

    def __post_init__(self) -> None:
        """Refuse a question that nobody could answer."""
        if self.number is None:
            if sum(choice.right for choice in self.choices) != 1:
                raise ValueError(f"{self.name}: exactly one choice must be right")
            texts = [choice.text for choice in self.choices]
            if len(set(texts)) < len(texts) or len(texts) < 3:
                raise ValueError(f"{self.name}: at least three choices, all different, got {texts}")
            reasons = [choice.reason for choice in self.choices]
            if len(set(reasons)) < len(reasons):
                raise ValueError(f"{self.name}: each choice needs a reason of its own")
        else:
            wrong = [slip.number for slip in self.slips]
            if self.choices or self.number in wrong or len(set(wrong)) < len(wrong):
                raise ValueError(f"{self.name}: a slip must be wrong, and each number once")
