"""Judging an answer: the first thing that is wrong, and why."""

import inspect
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises import decoding
from deconv_helpers.exercises.report import Report
from deconv_helpers.exercises.running import Outcome, TimeUp, call
from deconv_helpers.exercises.tasks import Task
from deconv_helpers.exercises.words import Words

# How long a printed value may get, and how many arguments are written out.
_LONGEST = 70
# The lines of Python that may be run more for four times as many cells.
_MORE_LINES = 2.0

Convert = Callable[[Array], Any]


class Wrong(NamedTuple):
    """What failed first: the key of the failure or mistake, and the lines that say it."""

    reason: str
    lines: list[str]
    arguments: dict[str, Any]


def judge(
    name: str, task: Task, answer: Any, convert: Convert, seconds: float, words: Words
) -> Report:
    """Return the report on an answer."""
    wrong = _first_wrong(task, answer, convert, seconds, words)
    if wrong is None:
        text = words.says("passed", name=name, cases=len(task.calls))
        return Report(name, True, text)
    text = "\n".join([words.says("failed", name=name), *wrong.lines])
    return Report(name, False, text, wrong.reason, wrong.arguments)


def _first_wrong(
    task: Task, answer: Any, convert: Convert, seconds: float, words: Words
) -> Wrong | None:
    if not callable(answer):
        got = shown(answer)
        return Wrong("not-a-function", [words.says("not-a-function", function=task.function, got=got)], {})
    if refused := _signature_refused(task, answer, words):
        return refused
    tried = _Trial(task, answer, convert, seconds, words)
    for number in range(len(task.calls)):
        if wrong := tried.wrong(number):
            return wrong
    return tried.loops_over_cells() if task.whole_loop else None


def _signature_refused(task: Task, answer: Callable[..., Any], words: Words) -> Wrong | None:
    try:
        signature = inspect.signature(answer)
    except (TypeError, ValueError):  # a function without one, as NumPy's
        return None
    arguments, keywords = split(task, task.calls[0])
    try:
        signature.bind(*arguments, **keywords)
    except TypeError:
        shape = ", ".join(
            f"{name}=…" if name in task.keywords else name for name in task.calls[0]
        )
        line = words.says("signature", call=f"{task.function}({shape})", takes=str(signature))
        return Wrong("signature", [line], {})
    return None


def split(task: Task, arguments: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Return the arguments that are passed by place, and those passed by name."""
    keywords = {name: value for name, value in arguments.items() if name in task.keywords}
    return [value for name, value in arguments.items() if name not in keywords], keywords


class _Trial:
    """An answer and what it returned in the cases so far."""

    def __init__(
        self, task: Task, answer: Callable[..., Any], convert: Convert, seconds: float, words: Words
    ) -> None:
        self.task, self.answer, self.convert = task, answer, convert
        self.seconds, self.words = seconds, words

    def _run(self, arguments: Mapping[str, Any], *, count: bool = False) -> Outcome:
        places, keywords = split(self.task, arguments)
        return call(self.answer, places, keywords, self.seconds, count=count)

    def _given(self, number: int) -> dict[str, Any]:
        """Return a case's arguments as the answer gets them, never twice the same arrays."""
        return {
            name: self.convert(value.copy()) if isinstance(value, np.ndarray) else deepcopy(value)
            for name, value in self.task.calls[number].items()
        }

    def _expected(self, number: int) -> Any:
        arguments, keywords = split(self.task, self.task.calls[number])
        return self.task.right(*arguments, **keywords)

    def wrong(self, number: int) -> Wrong | None:
        """Return what is wrong with a case, None if nothing is."""
        given = self._given(number)
        before = deepcopy(self.task.calls[number])
        outcome = self._run(given)
        expected = self._expected(number)
        lines = [call_text(self.task, before)]

        def says(reason: str, key: str, **values: Any) -> Wrong:
            return Wrong(reason, [*lines, self.words.says(key, **values)], dict(before))

        if outcome.error is not None:
            return Wrong(*self._raised(outcome, lines), dict(before))
        value = outcome.value
        if value is None and expected is not None:
            return says("nothing", "nothing")
        if value is Ellipsis or value is NotImplemented:
            return says("unfinished", "unfinished", got=shown(value))
        try:
            got = _as_expected(self.task.read(value) if self.task.read else value, expected)
        except (TypeError, ValueError, AttributeError, RuntimeError):
            lines.append(self.words.says("returned", got=shown(value)))
            return says(
                "type", "type", got=shown(value), type=type(value).__name__,
                expected=_kind(expected, self.words),
            )  # fmt: skip
        if not _equal(got, expected):
            lines += [
                self.words.says("returned", got=shown(got)),
                self.words.says("expected", expected=shown(expected)),
            ]
            reason, why = self._why(number, got, expected)
            return Wrong(reason, [*lines, *why], dict(before))
        if self.task.keeps_dtype and got.dtype != expected.dtype:
            return says("dtype", "dtype", got=got.dtype, expected=expected.dtype)
        for name, argument in given.items():
            if not _same(argument, before[name]):
                return says("changed", "changed", argument=name)
        return None

    def _raised(self, outcome: Outcome, lines: list[str]) -> tuple[str, list[str]]:
        words = self.words
        at = words.says("at", line=outcome.line) if outcome.line else ""
        if isinstance(outcome.error, TimeUp):
            return "time", [*lines, words.says("time", seconds=self.seconds) + at + "."]
        if isinstance(outcome.error, RecursionError):
            return "recursion", [*lines, words.says("recursion") + at + "."]
        error = f"{type(outcome.error).__name__}: {outcome.error}".rstrip(": ")
        return "raised", [*lines, words.says("raised", error=shortened(error)) + at]

    def _why(self, number: int, got: Any, expected: Any) -> tuple[str, list[str]]:
        """Return the mistakes that return the same, or else what can be seen."""
        found = [key for key in self.task.mistakes if self._explains(key, number, got)]
        if len(found) > 1:
            found = self._narrowed(found, number)
        if found:
            reasons = [self.words.reason(key) for key in found[:2]]
            either = reduce(lambda a, b: self.words.says("or", one=a, other=b), reasons)
            return found[0], [either]
        if isinstance(expected, int):
            return "value", [self._difference(got, expected)]
        return decoding.seen(self.task, self.task.calls[number], got, expected, self.words)

    def _explains(self, key: str, number: int, got: Any) -> bool:
        arguments, keywords = split(self.task, self.task.calls[number])
        try:
            return _equal(self.task.mistakes[key](*arguments, **keywords), got)
        except (ValueError, TypeError, IndexError, ZeroDivisionError):
            return False  # that mistake returns nothing in this case

    def _narrowed(self, keys: list[str], number: int) -> list[str]:
        """Return those of several mistakes that the other cases leave."""
        for other in range(len(self.task.calls)):
            if other == number or len(keys) == 1:
                continue
            outcome = self._run(self._given(other))
            if outcome.error is not None:
                break
            try:
                value = self.task.read(outcome.value) if self.task.read else outcome.value
                got = _as_expected(value, self._expected(other))
            except (TypeError, ValueError, AttributeError, RuntimeError):
                break
            keys = [key for key in keys if self._explains(key, other, got)] or keys
        return keys

    def _difference(self, got: int, expected: int) -> str:
        off = got - expected
        name = self._symbol(off)
        symbol = self.words.says("as-symbol", symbol=name) if name else ""
        key = "too-large" if off > 0 else "too-small"
        return self.words.says(key, number=abs(off), as_symbol=symbol)

    def _symbol(self, off: int) -> str:
        """Return the parameter that a difference is, in every case that fails."""
        sign = 1 if off > 0 else -1
        left: set[str] | None = None
        for number, arguments in enumerate(self.task.calls):
            outcome = self._run(self._given(number))
            try:
                difference = operator.index(outcome.value) - self._expected(number)
            except TypeError:
                return ""
            if difference:
                numbers = {key: value for key, value in arguments.items() if isinstance(value, int)}
                are = {key for key, value in numbers.items() if difference == sign * value}
                left = are if left is None else left & are
        return min(left) if left and len(left) == 1 else ""

    def loops_over_cells(self) -> Wrong | None:
        """Return what is wrong if the lines that run grow with the input's cells."""
        number, lines = 2, []
        for times in (1, 2):
            given = self._given(number)
            x = np.asarray(self.task.calls[number]["x"])
            given["x"] = self.convert(np.tile(x, (1, 1, 3 * times, 3 * times)))
            lines.append(self._run(given, count=True).lines_run)
        if lines[1] <= _MORE_LINES * lines[0]:
            return None
        more = self.words.says("more-times", number=lines[1] / lines[0])
        return Wrong("loop", [self.words.says("loop", more=more, cells=4)], {})


# What came out beside what was expected.


def _as_expected(value: Any, expected: Any) -> Any:
    """Return a value as what was expected: an int, a list, an array, or a tuple of arrays."""
    if isinstance(expected, bool | int):
        if isinstance(value, bool):
            raise TypeError("a bool is no int")
        return value if isinstance(value, float) else operator.index(value)
    if isinstance(expected, list):
        if isinstance(value, str | bytes) or not isinstance(value, Iterable):
            raise TypeError("no list")
        return [each if isinstance(each, tuple) else operator.index(each) for each in value]
    if isinstance(expected, tuple):
        if not isinstance(value, tuple | list):
            raise TypeError("no tuple")
        return tuple(as_array(each) for each in value)
    return as_array(value)


def as_array(value: Any) -> Array:
    """Return an array of numbers of whatever holds them."""
    if hasattr(value, "detach"):  # a tensor that wants a gradient is no array before
        value = value.detach()
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        raise TypeError("no numbers")
    return array


def _equal(got: Any, expected: Any) -> bool:
    if isinstance(expected, tuple) and expected and isinstance(expected[0], np.ndarray):
        return (
            isinstance(got, tuple)
            and len(got) == len(expected)
            and all(map(_equal, got, expected))
        )
    if isinstance(expected, np.ndarray) or isinstance(got, np.ndarray):
        one, other = np.asarray(got), np.asarray(expected)
        return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-6, atol=1e-9))
    return type(got) is type(expected) and bool(got == expected) or _same_number(got, expected)


def _same_number(got: Any, expected: Any) -> bool:
    return isinstance(got, int | float) and isinstance(expected, int | float) and (
        type(got) is type(expected) and got == expected
    )


def _same(argument: Any, before: Any) -> bool:
    if isinstance(before, np.ndarray):
        return _equal(as_array(argument), before)
    return bool(argument == before)


def _kind(expected: Any, words: Words) -> str:
    if isinstance(expected, int):
        return words.says("an-int")
    if isinstance(expected, list):
        return words.says("a-list")
    if isinstance(expected, tuple):
        return words.says("a-pair", count=len(expected))
    return words.says("an-array", axes=expected.ndim)


# How calls and values are written.


def call_text(task: Task, arguments: Mapping[str, Any]) -> str:
    """Return a call as it could be typed, as far as it is short."""
    written = [
        f"{name}={shown(value)}" if name in task.keywords else shown(value)
        for name, value in arguments.items()
    ]
    return f"{task.function}({', '.join(written)})"


def shown(value: Any) -> str:
    """Return a value as it is written in a report."""
    if isinstance(value, np.ndarray):
        if value.size > 64:
            return f"array of shape {value.shape}"
        return shortened(str(value.tolist()))
    if isinstance(value, tuple) and value and isinstance(value[0], np.ndarray):
        return "(" + ", ".join(map(shown, value)) + ")"
    if hasattr(value, "detach"):
        return shown(np.asarray(value.detach()))
    return shortened(repr(value).splitlines()[0] if repr(value) else type(value).__name__)


def shortened(text: str) -> str:
    """Return a text of one line that is not too long."""
    text = " ".join(text.split())
    return text if len(text) <= 4 * _LONGEST else text[: 4 * _LONGEST - 1] + "…"
