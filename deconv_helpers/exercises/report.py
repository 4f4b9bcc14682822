"""What a check says."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, repr=False)
class Report:
    """What became of an answer; it shows itself, in a notebook and as text.

    Attributes
    ----------
    name : str
        The exercise's name.
    passed : bool
        Whether every case came out right.
    text : str
        What is said: the call, what came out, what was expected, and why.
    reason : str
        The key of the mistake that was recognised, or of what failed; empty if
        the answer passed. See `deconv_helpers.exercises.mistakes`.
    arguments : dict
        The arguments of the call that failed, to try it again.
    """

    name: str
    passed: bool
    text: str
    reason: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return self.passed
