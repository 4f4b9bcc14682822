"""Judging an answer: the first thing that is wrong, and why."""

import inspect
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises import values
from deconv_helpers.exercises.decoding import Seen, differences, kind
from deconv_helpers.exercises.report import Report
from deconv_helpers.exercises.running import Outcome, TimeUp, call
from deconv_helpers.exercises.task import Arguments, Task
from deconv_helpers.exercises.words import Words

# What NumPy and PyTorch say of arrays that do not fit into each other.
_DOES_NOT_FIT = ("could not be broadcast", "non-broadcastable", "must match")
# In an answer by taps no more lines run if there is more of these: axes of x and of the weight.
_GROWING = {"rows": ((2,), ()), "columns": ((3,), ()), "channels": ((1,), (0, 1))}
# A result of fewer numbers says too little to name a mistake by it alone.
_FEWEST_CELLS = 3

Convert = Callable[[Array], Any]


def judge(
    name: str, task: Task, answer: Any, convert: Convert, seconds: float, words: Words
) -> Report:
    """Return the report on an answer."""
    if not callable(answer):
        line = words.says(
            "not-a-function", function=task.function, got=values.shown(answer)
        )  # fmt: skip
        wrong: _Wrong | None = _Wrong(("not-a-function",), [line])
    else:
        wrong = _Trial(task, answer, convert, seconds, words).first_wrong()
    if wrong is None:
        return Report(name, True, words.says("passed", name=name, cases=len(task.cases)))
    text = "\n".join([words.says("failed", name=name), *wrong.lines])
    arguments = deepcopy(dict(wrong.arguments))
    return Report(name, False, text, wrong.reasons, arguments, wrong.returned, wrong.expected)


class _Wrong(NamedTuple):
    """What failed first: the keys of the reasons, and the lines that say it."""

    reasons: tuple[str, ...]
    lines: list[str]
    arguments: Arguments = MappingProxyType({})
    returned: Any = None
    expected: Any = None


class _Unread(NamedTuple):
    """What an answer returned that is not the kind of thing that was expected."""

    value: Any


class _Trial:
    """An answer, and what it returns in the cases."""

    def __init__(
        self, task: Task, answer: Callable[..., Any], convert: Convert, seconds: float, words: Words
    ) -> None:
        self.task, self.answer, self.convert = task, answer, convert
        self.seconds, self.words = seconds, words
        self.got = cache(self._got)
        self.time_is_up = False

    def first_wrong(self) -> _Wrong | None:
        """Return what fails first, None if nothing does."""
        if wrong := self._signature_refused():
            return wrong
        for number in range(len(self.task.cases)):
            if wrong := self._wrong(number):
                return wrong
        return self._loops_over_cells() if self.task.by_taps else None

    # What is run.

    def _run(self, arguments: Arguments) -> Outcome:
        by_place, by_name = self.task.passed(arguments)
        return call(self.answer, by_place, by_name, self.seconds)

    def _given(self, number: int) -> dict[str, Any]:
        """Return a case's arguments as the answer gets them, never twice the same arrays."""
        return {name: self._own(value) for name, value in self.task.cases[number].items()}

    def _own(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._own(each) for each in value]
        return self.convert(value.copy()) if isinstance(value, np.ndarray) else deepcopy(value)

    def _read(self, value: Any, expected: Any) -> Any:
        """Return what was returned as what was expected, `_Unread` if it is no such thing."""

        def read() -> Any:
            return values.as_expected(self.task.read(value) if self.task.read else value, expected)

        # An object's own methods may do anything, as a reader's function may.
        outcome = call(read, (), {}, self.seconds)
        return _Unread(value) if outcome.error else outcome.value

    def _got(self, number: int) -> Any:
        """Return what the answer returns in a case, `_Unread` where that is nothing to judge."""
        if self.time_is_up:  # once is enough to wait
            return _Unread(None)
        outcome = self._run(self._given(number))
        if outcome.error:
            self.time_is_up = isinstance(outcome.error, TimeUp)
            return _Unread(None)
        return self._read(outcome.value, self.task.expected(number))

    # What can be wrong, in this order.

    def _signature_refused(self) -> _Wrong | None:
        by_place, by_name = self.task.passed(self.task.cases[0])
        try:
            signature = inspect.signature(self.answer)
        except (TypeError, ValueError):  # one of C may not tell
            return None
        try:
            signature.bind(*by_place, **by_name)
        except TypeError:
            names = [f"{name}=…" if name in by_name else name for name in self.task.cases[0]]
            form = f"{self.task.function}({', '.join(names)})"
            line = self.words.says("signature", call=form, takes=signature)
            return _Wrong(("signature",), [line])
        return None

    def _wrong(self, number: int) -> _Wrong | None:
        """Return what is wrong with a case, None if nothing is."""
        before, expected = self.task.cases[number], self.task.expected(number)
        lines = [call_text(self.task, before)]
        if any(map(values.is_large, before.values())):
            lines.append(self.words.says("again"))

        def says(key: str, **details: Any) -> _Wrong:
            return _Wrong((key,), [*lines, self.words.says(key, **details)], before)

        given = self._given(number)
        outcome = self._run(given)
        if outcome.error is not None:
            if self._is_misfit(outcome.error):
                lines.append(self.words.says(**self._raised(outcome)))
                return says(self.task.misfit)
            return says(**self._raised(outcome))
        if outcome.value is None:
            return says("nothing")
        if outcome.value is Ellipsis or outcome.value is NotImplemented:
            return says("unfinished", got=outcome.value)
        got = self._read(outcome.value, expected)
        if isinstance(got, _Unread):
            return says(**self._unread(outcome.value, expected))
        if not values.equal(got, expected):
            lines.extend(self._both(got, expected))
            if self.task.read_as:
                lines.append(self.words.says(self.task.read_as))
            reasons, why = self._why(number, got, expected)
            return _Wrong(reasons, [*lines, *why], before, got, expected)
        if self.task.keeps_dtype and got.dtype != expected.dtype:
            return says("dtype", got=got.dtype, expected=expected.dtype)
        for name, argument in given.items():
            if not self._is_as_before(argument, before[name]):
                return says("changed", argument=name)
        return None

    def _both(self, got: Any, expected: Any) -> list[str]:
        """Return the lines that show what was returned and what was expected."""
        one, other = values.shown(got), values.shown(expected)
        if one == other:
            return [self.words.says("both", shown=one)]
        return [
            self.words.says("returned", got=one),
            self.words.says("expected", expected=other),
        ]

    def _is_misfit(self, error: BaseException) -> bool:
        """Return whether an error says that an array is too small, where that is usual."""
        if not self.task.misfit:
            return False
        if isinstance(error, IndexError):  # where there are channels, one of them may be meant
            return bool(self.task.decoded)
        text = _text(error)
        return isinstance(error, ValueError | RuntimeError) and any(
            said in text for said in _DOES_NOT_FIT
        )

    def _raised(self, outcome: Outcome) -> dict[str, Any]:
        """Return what an error says: the key of its sentence, and its details."""
        at = self.words.says("at", line=outcome.line) if outcome.line else ""
        if isinstance(outcome.error, TimeUp):
            return {"key": "time", "seconds": self.seconds, "at": at}
        if isinstance(outcome.error, RecursionError):
            return {"key": "recursion", "at": at}
        error = f"{type(outcome.error).__name__}: {_text(outcome.error)}".removesuffix(": ")
        return {"key": "raised", "error": values.shortened(error), "at": at}

    def _unread(self, value: Any, expected: Any) -> dict[str, Any]:
        """Return the same of a value that is not the kind of thing that was expected."""
        wanted = kind(self.task, expected, self.words)
        if inspect.isgenerator(value):
            return {"key": "generator", "expected": wanted}
        if inspect.iscoroutine(value):
            value.close()
        several = isinstance(expected, tuple) and isinstance(value, tuple | list)
        if several and len(value) != len(expected):
            return {"key": "parts-count", "got": len(value), "expected": wanted}
        if isinstance(expected, np.ndarray) and values.is_uneven(value):
            return {"key": "uneven", "got": values.shown(value), "expected": wanted}
        return {
            "key": "type",
            "got": values.shown(value),
            "type": type(value).__name__,
            "expected": wanted,
        }

    def _is_as_before(self, argument: Any, before: Any) -> bool:
        if isinstance(before, np.ndarray):
            now = self._changed_to(argument, before)
            return values.equal(now, before)
        if isinstance(before, list):
            same_length = isinstance(argument, list) and len(argument) == len(before)
            return same_length and all(map(self._is_as_before, argument, before))
        return bool(argument == before)

    def _changed_to(self, argument: Any, before: Array) -> Any:
        outcome = call(values.as_array, (argument,), {}, self.seconds)
        return None if outcome.error else outcome.value

    # Why it is wrong.

    def _why(self, number: int, got: Any, expected: Any) -> tuple[tuple[str, ...], list[str]]:
        """Return the mistakes that return the same, or else what can be seen."""
        found = [key for key in self.task.mistakes if self._explains(key, number, got)]
        explained = {key: self._explained(key) for key in found}
        most = max(explained.values(), default=0)
        found = [key for key in found if explained[key] == most]
        seen = differences(self.task, number, got, expected, self.words)
        if not found:
            return seen.reasons, self._measured(seen)
        either = self.words.either(found)
        if most == len(self.task.cases) or _tells_much(got):
            return tuple(found), [either]
        return (*seen.reasons, *found), [*self._measured(seen), self.words.says("may", why=either)]

    def _explains(self, key: str, number: int, got: Any) -> bool:
        """Return whether that mistake returns that in a case."""
        try:
            mistaken = self.task.mistaken(key, number)
        except (ValueError, TypeError, IndexError, ZeroDivisionError):
            return isinstance(got, _Unread)  # that mistake returns nothing in this case
        return values.equal(mistaken, got)

    def _explained(self, key: str) -> int:
        """Return in how many cases the answer returns what that mistake does."""
        return sum(self._explains(key, n, self.got(n)) for n in range(len(self.task.cases)))

    def _measured(self, seen: Seen) -> list[str]:
        """Return the lines on what is seen; a number too many may be a parameter."""
        if not seen.off:
            return seen.lines
        name = self._parameter_off(seen.off)
        key = "too-large" if seen.off > 0 else "too-small"
        is_name = self.words.says("is-parameter", name=name) if name else ""
        return [*seen.lines, self.words.says(key, number=abs(seen.off), is_parameter=is_name)]

    def _parameter_off(self, off: int) -> str:
        """Return the parameter by which every wrong case is off; empty if there is not one."""
        sign = 1 if off > 0 else -1
        left: set[str] | None = None
        for number, arguments in enumerate(self.task.cases):
            got = self.got(number)
            if not isinstance(got, int):
                return ""
            if difference := got - self.task.expected(number):
                are = {name for name, value in arguments.items() if difference == sign * value}
                left = are if left is None else left & are
        return min(left) if left and len(left) == 1 else ""

    def _loops_over_cells(self) -> _Wrong | None:
        """Return what is wrong if the lines that run grow with rows, columns or channels."""
        for what, axes in _GROWING.items():
            few, many = (self._lines_run(axes, times) for times in (3, 6))
            if many > few:
                return _Wrong(("loop",), [self.words.says("loop", what=self.words.says(what))])
        return None

    def _lines_run(self, axes: tuple[tuple[int, ...], tuple[int, ...]], times: int) -> int:
        """Return how many lines run where axes of the input and of the weight are longer."""
        given = self._given(0)
        for name, longer in zip(("x", "weight"), axes, strict=True):
            array = self.task.cases[0][name]
            repeats = [times if axis in longer else 1 for axis in range(array.ndim)]
            given[name] = self.convert(np.tile(array, repeats))
        return self._run(given).lines_run


def _text(error: BaseException | None) -> str:
    try:
        return str(error)
    except Exception:  # an error's own way to show itself may fail
        return ""


def _tells_much(got: Any) -> bool:
    """Return whether a result has enough numbers to know a mistake by."""
    if isinstance(got, tuple):
        return any(map(_tells_much, got))
    if isinstance(got, list):
        return len(got) >= _FEWEST_CELLS and any(got)
    return isinstance(got, np.ndarray) and int(np.count_nonzero(got)) >= _FEWEST_CELLS


def call_text(task: Task, arguments: Arguments) -> str:
    """Return a call as it could be typed, as far as it is short."""
    _, by_name = task.passed(arguments)
    written: Sequence[str] = [
        f"{name}={values.shown(value)}" if name in by_name else values.shown(value)
        for name, value in arguments.items()
    ]
    return f"{task.function}({', '.join(written)})"
