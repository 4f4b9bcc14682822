"""What the questions are made with: numbers from the helper, and wrong answers with reasons."""

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Any

import numpy as np

from deconv_helpers import conv_transpose, conv_transpose_output_size
from question_bank.question import Choice, Question, Slip

X, W = [1, 2, 3, 4], [1, 10, 100]


def named(**parameters: int) -> str:
    """Return parameters as a question names them."""
    words = {"kernel_size": "kernel", "output_padding": "output padding"}
    return ", ".join(f"{words.get(name, name)} {value}" for name, value in parameters.items())


def size(i: int, kernel_size: int, **layer: int) -> int:
    """Return the size of a transposed convolution's output."""
    return conv_transpose_output_size(i, kernel_size, **layer)


def values(x: Sequence[int] = X, w: Sequence[int] = W, **layer: int) -> list[int]:
    """Return what a transposed convolution makes of numbers."""
    return [int(value) for value in conv_transpose(np.array([x]), np.array([[w]]), **layer)[0]]


def row(numbers: Iterable[Any]) -> str:
    """Return numbers in a row, as an answer."""
    return ", ".join(map(str, numbers))


def holds(claim: Callable[[], bool]) -> bool:
    """Return whether a claim holds; what the helper refuses does not."""
    try:
        return bool(claim())
    except ValueError:
        return False


def slips(answer: int, *wrong: tuple[int, str], least: int = 1) -> list[Slip]:
    """Return the numbers that are wrong here; one that two mistakes give has both reasons."""
    reasons: dict[int, list[str]] = {}
    for number, reason in wrong:
        if number != answer and number >= least:
            reasons.setdefault(number, []).append(reason)
    return [
        Slip(number, " Or: ".join([first, *(one[0].lower() + one[1:] for one in others[:1])]))
        for number, (first, *others) in reasons.items()
    ]


def choice_question(
    name: str, chapter: int, text: str, reason: str, choices: Sequence[tuple[str, bool, str]]
) -> Question:
    """Return a question with choices, the right one anywhere among them."""
    mixed = [Choice(text, bool(right), reason) for text, right, reason in choices]
    Random(name).shuffle(mixed)
    return Question(name, chapter, text, reason, choices=mixed)
