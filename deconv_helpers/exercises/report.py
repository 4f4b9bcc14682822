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
    reasons : tuple of str
        The keys of what was said to be wrong: the mistake that was recognised,
        both where two look alike, or else what failed. Empty if nothing is wrong.
    arguments : dict
        The arguments of the call that failed, to try it again.
    returned, expected : object
        What the call returned, as it was read, and what was expected, where these differ.

    Examples
    --------
    >>> report = Report("output-size", False, "output-size: not yet.", ("n-strides",))
    >>> report
    output-size: not yet.
    >>> bool(report), report.reasons
    (False, ('n-strides',))
    """

    name: str
    passed: bool
    text: str
    reasons: tuple[str, ...] = ()
    arguments: dict[str, Any] = field(default_factory=dict)
    returned: Any = None
    expected: Any = None

    def __repr__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return self.passed
