"""Checks on a reader's own answers: whether they are right, and why not.

Examples
--------
>>> def output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
...     span = dilation * (kernel_size - 1) + 1
...     return (input_size - 1) * stride + span - 2 * padding
>>> check("output-size", output_size)
output-size: not yet.
output_size(4, 3, stride=2, padding=1, output_padding=1, dilation=1)
returned  7
expected  8
output_padding is missing: the result is longer by it.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from deconv_helpers.exercises.judging import judge
from deconv_helpers.exercises.report import Report
from deconv_helpers.exercises.tasks import TASKS
from deconv_helpers.exercises.words import LANGUAGES

__all__ = ["Report", "check", "hint", "names"]

_given: Counter[str] = Counter()


def names() -> tuple[str, ...]:
    """Return the names of all exercises that can be checked.

    Examples
    --------
    >>> "transpose-1d" in names()
    True
    """
    return tuple(TASKS)


def check(
    name: str,
    answer: Any,
    *,
    array: Callable[[Any], Any] = np.array,
    seconds: float = 5,
    language: str = "en",
) -> Report:
    """Return whether an answer to an exercise is right, and if not, why.

    Parameters
    ----------
    name : str
        The exercise, one of `names()`.
    answer : callable
        The reader's function. It is called, never changed.
    array : callable
        Makes of a NumPy array what the answer works on, as `torch.tensor`.
    seconds : float
        How long one call may take.
    language : str
        Of what is said: one of the book's.

    Returns
    -------
    Report
        It shows itself, and its `passed` says whether all cases came out right.

    Raises
    ------
    ValueError
        If there is no such exercise or language.

    Examples
    --------
    >>> check("start-repair", lambda i, k, s, p: (i + 2 * p - k) // s + 1)
    start-repair: passed, all 8 cases.
    """
    _known(language, name)
    return judge(name, TASKS[name], answer, array, seconds, LANGUAGES[language])


def hint(name: str, *, language: str = "en") -> Report:
    """Return the next of an exercise's three hints.

    Parameters
    ----------
    name : str
        The exercise, one of `names()`.
    language : str
        As in `check`.

    Returns
    -------
    Report
        The hint, which shows itself.

    Raises
    ------
    ValueError
        If there is no such exercise or language.

    Examples
    --------
    >>> hint("start-repair")
    start-repair, hint 1 of 3: How many whole strides fit behind the first position?
    """
    _known(language, name)
    words = LANGUAGES[language]
    hints = words.hints[name]
    _given[name] += 1
    number = _given[name]
    if number > len(hints):
        text = words.says("no-more-hints", name=name, count=len(hints))
    else:
        text = words.says(
            "hint", name=name, number=number, count=len(hints), hint=hints[number - 1]
        )
    return Report(name, False, text)


def _known(language: str, name: str) -> None:
    said = {"language": (language, tuple(LANGUAGES)), "name": (name, names())}
    for parameter, (value, allowed) in said.items():
        if value not in allowed:
            raise ValueError(f"{parameter} must be one of {', '.join(allowed)}, got {value!r}")
