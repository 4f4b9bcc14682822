"""A check survives any answer, and names what is the matter with it."""

import functools
import itertools
import threading
import time

import numpy as np
import pytest
import torch
from readers_answers import RIGHT

from deconv_helpers.exercises import check
from deconv_helpers.exercises.running import TimeUp, call

NAME = "transpose-1d"
SHORT = 0.3


class WithoutText:
    def __repr__(self):
        raise ValueError("no text")

    def __array__(self, *arguments, **keywords):
        raise KeyError("no array")


class Broken(Exception):  # noqa: N818
    def __str__(self):
        raise ValueError("no text")


def coroutine():
    async def later():
        return 1

    return later()


def endless_list():
    numbers = []
    numbers.append(numbers)
    return numbers


NO_ARRAYS = {
    "a string": lambda: "1, 2, 3",
    "a dict": lambda: {"y": [1, 2]},
    "a set": lambda: {1, 2},
    "complex numbers": lambda: np.array([1j, 2]),
    "bools": lambda: np.array([True, False]),
    "objects": lambda: np.array([None, 1]),
    "no numbers": lambda: [None, 1],
    "strings": lambda: ["1", "2"],
    "its own class": WithoutText,
    "a class": lambda: WithoutText,
    "a coroutine": coroutine,
    "a list of itself": endless_list,
    "no end": itertools.count,
    "too much": lambda: range(10**15),
    "a meta tensor": lambda: torch.zeros(3, device="meta"),
}


@pytest.mark.parametrize("made", NO_ARRAYS.values(), ids=NO_ARRAYS)
def test_what_is_no_array_is_named(made):
    report = check(NAME, lambda *_, **__: made())
    assert report.reasons in {("type",), ("uneven",)}
    assert "Expected was an array of numbers, axes: 1." in str(report)
    assert len(str(report)) < 700


def test_lists_of_unequal_length_are_named():
    report = check(NAME, lambda *_, **__: [[1, 2], [3]])
    assert report.reasons == ("uneven",)
    assert "[[1, 2], [3]]: lists that are not equally long" in str(report)


def test_a_generator_is_named():
    def answer(x, w, stride, padding, output_padding):
        yield from x

    assert "for its body has a `yield`" in str(check(NAME, answer))


OTHER_ARRAYS = {
    "a number": (lambda right: 3, "one-number"),
    "an array without axes": (lambda right: np.array(3.5), "one-number"),
    "a NumPy number": (lambda right: np.float32(3), "one-number"),
    "an axis too many": (lambda right: right[None], "axes-of-one"),
    "a column": (lambda right: right[:, None], "axes"),
    "nothing": (lambda right: right[:0], "shape"),
    "very many": (lambda right: np.broadcast_to(0.0, 10**12), "shape"),
    "no number": (lambda right: right * np.nan, "first-cell"),
    "infinity": (lambda right: right + np.inf, "first-cell"),
    "a number for all": (lambda right: np.full_like(right, right[0]), "product"),
}


@pytest.mark.parametrize(("made", "reason"), OTHER_ARRAYS.values(), ids=OTHER_ARRAYS)
def test_another_array_is_named_and_nothing_is_broadcast(made, reason):
    report = check(NAME, lambda x, w, **numbers: made(RIGHT[NAME](x, w, **numbers)))
    assert report.reasons[0] == reason, report


SAME_ARRAYS = {
    "a list": lambda right: right.tolist(),
    "a tuple": tuple,
    "ints": lambda right: right if (right % 1).any() else right.astype(int),
    "float32": lambda right: right.astype(np.float32),
    "a tensor": torch.tensor,
    "a tensor that wants a gradient": lambda right: torch.tensor(right, requires_grad=True),
    "a list of tensors": lambda right: list(torch.tensor(right)),
}


@pytest.mark.parametrize("made", SAME_ARRAYS.values(), ids=SAME_ARRAYS)
def test_the_same_numbers_in_another_form_are_right(made):
    assert check(NAME, lambda x, w, **numbers: made(RIGHT[NAME](x, w, **numbers)))


SIZES = {
    "an int of NumPy": (np.int64, ()),
    "an array without axes": (np.array, ()),
    "a tensor without axes": (torch.tensor, ()),
    "a float": (float, ("float",)),
    "a float of NumPy": (np.float32, ("float",)),
    "a bool": (bool, ("type",)),
    "a string": (str, ("type",)),
    "a list": (lambda size: [size], ("type",)),
}


@pytest.mark.parametrize(("made", "reasons"), SIZES.values(), ids=SIZES)
def test_a_size_is_an_int(made, reasons):
    report = check("output-size", lambda **arguments: made(RIGHT["output-size"](**arguments)))
    if report.reasons == ("signature",):  # the sizes come by place
        report = check(
            "output-size", lambda *sizes, **others: made(RIGHT["output-size"](*sizes, **others))
        )
    assert report.reasons == reasons, report


class Layer:
    def answer(self, x, w, stride, padding, output_padding):
        return RIGHT[NAME](x, w, stride, padding, output_padding)

    __call__ = answer


CALLABLES = {
    "a method": Layer().answer,
    "an object": Layer(),
    "a partial": functools.partial(RIGHT[NAME]),
    "a wrapper": functools.wraps(RIGHT[NAME])(lambda *a, **k: RIGHT[NAME](*a, **k)),
    "a lambda": lambda *arguments, **numbers: RIGHT[NAME](*arguments, **numbers),
}


@pytest.mark.parametrize("answer", CALLABLES.values(), ids=CALLABLES)
def test_whatever_can_be_called_is_called(answer):
    assert check(NAME, answer)


NOT_SO = {
    "a class": (Layer, "signature"),
    "a type": (int, "raised"),
    "a NumPy function": (np.convolve, "signature"),
    "a NumPy function without signature": (np.add, "signature"),
    "one argument": (lambda x: x, "signature"),
    "no function": (3, "not-a-function"),
    "a result": ([1, 2], "not-a-function"),
    "None": (None, "not-a-function"),
    "no text": (WithoutText(), "not-a-function"),
}


@pytest.mark.parametrize(("answer", "reason"), NOT_SO.values(), ids=NOT_SO)
def test_what_cannot_be_called_so_is_named(answer, reason):
    assert check(NAME, answer).reasons == (reason,)


def raises(error):
    def answer(x, w, stride, padding, output_padding):
        raise error

    return answer


ERRORS = [ValueError("a\nb"), Broken(), SystemExit(3), KeyboardInterrupt(), MemoryError(), TimeUp()]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_is_shown_with_the_readers_line(error):
    report = check(NAME, raises(error))
    assert report.reasons in {("raised",), ("time",)}
    assert ": raise error" in str(report)
    assert len(str(report).splitlines()) == 3


def test_the_line_is_the_readers_not_the_librarys():
    def answer(x, w, stride, padding, output_padding):
        return np.concatenate([np.pad(x, "no"), w])

    assert 'return np.concatenate([np.pad(x, "no"), w])' in str(check(NAME, answer))


def test_a_call_to_exit_ends_nothing():
    def answer(x, w, stride, padding, output_padding):
        exit()

    assert check(NAME, answer).reasons == ("raised",)


def test_a_recursion_without_end_is_named():
    def answer(x, w, stride, padding, output_padding):
        return answer(x, w, stride, padding, output_padding)

    report = check(NAME, answer)
    assert report.reasons == ("recursion",)
    assert ": return answer(x, w, stride, padding, output_padding)" in str(report)


def loop():
    while True:
        pass


def swallows():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def swallows_and_comes_back():
    while True:
        try:
            swallows()
        except BaseException:
            continue


def waits():
    time.sleep(3)


@pytest.mark.parametrize("without_end", [loop, swallows, swallows_and_comes_back, waits])
def test_a_call_without_end_is_stopped(without_end):
    def answer(x, w, stride, padding, output_padding):
        without_end()

    report = check(NAME, answer, seconds=SHORT)
    assert report.reasons == ("time",)
    assert f"No answer after {SHORT} s: it was stopped, at line " in str(report)


def test_what_cannot_be_stopped_is_held_still():
    count = 0

    def counts_on():
        nonlocal count
        while True:
            try:
                while True:
                    count += 1
            except BaseException:
                pass

    assert isinstance(call(counts_on, (), {}, SHORT).error, TimeUp)
    threading.Event().wait(0.1)
    before = count
    threading.Event().wait(0.1)
    assert count == before


def test_a_case_without_end_behind_a_wrong_one_is_no_harm():
    def answer(x, w, stride, padding, output_padding):
        if padding:
            loop()
        return RIGHT[NAME](x, w[::-1], stride, padding, output_padding)

    assert check(NAME, answer, seconds=SHORT).reasons == ("reversed",)


def test_what_is_printed_is_kept(capsys):
    def answer(x, w, stride, padding, output_padding):
        print("stride", stride)
        return RIGHT[NAME](x, w, stride, padding, output_padding)

    assert check(NAME, answer)
    assert capsys.readouterr().out.startswith("stride 2\nstride 2\nstride 3\n")


@pytest.mark.parametrize("array", [np.array, torch.tensor, np.ndarray.tolist])
def test_arguments_that_are_changed_are_named(array):
    def answer(x, w, stride, padding, output_padding):
        y = RIGHT[NAME](np.asarray(x), np.asarray(w), stride, padding, output_padding)
        w[0] = 7
        return y

    report = check(NAME, answer, array=array)
    assert report.reasons == ("changed",)
    assert "the call changed its argument w." in str(report)


def test_a_list_that_is_emptied_is_named():
    def answer(size, layers):
        sizes = RIGHT["divides-implement"](size, layers)
        layers.clear()
        return sizes

    assert check("divides-implement", answer).reasons == ("changed",)


def test_no_answer_reaches_the_cases_of_the_next():
    def spoils(x, w, stride, padding, output_padding):
        x[:] = w[:] = 0
        return x

    for _ in range(2):
        check(NAME, spoils).arguments["x"][:] = 9
        assert check(NAME, RIGHT[NAME])


def test_layers_of_another_kind_are_named():
    def convolutions(size, layers):
        return [torch.nn.Conv1d(1, 1, k, s, p, d) for k, s, p, d in layers]

    assert check("together-implement", convolutions).reasons == ("type",)
