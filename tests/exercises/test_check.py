"""Each check on right, unfinished and wrong answers; each wrong one gets its own reason."""

import inspect
from collections import Counter

import pytest
from readers_answers import RIGHT
from wrong_answers import WRONG, changed

from deconv_helpers import exercises
from deconv_helpers.exercises import Report, check, hint, names, words_en
from deconv_helpers.exercises.tasks import TASKS

WRONG_ANSWERS = [
    pytest.param(name, old, new, reason, id=f"{name} {new.strip()}")
    for name, rows in WRONG.items()
    for old, new, reason in rows
]


def unfinished(name):
    """Return the stub of an exercise."""
    parameters = inspect.signature(RIGHT[name]).parameters.values()
    signature = inspect.Signature(parameters)

    def stub(*arguments, **keywords): ...

    stub.__signature__ = signature
    return stub


def test_every_exercise_has_its_answers():
    assert set(RIGHT) == set(WRONG) == set(names())
    assert len(names()) >= 16
    # The right one, the stub, and the wrong ones.
    assert all(len(rows) + 2 >= 6 for rows in WRONG.values())


@pytest.mark.parametrize("name", names())
def test_right_answer_passes(name):
    report = check(name, RIGHT[name])
    assert report.passed, report
    assert report.reasons == ()
    assert str(report) == f"{name}: passed, all {len(TASKS[name].cases)} cases."


@pytest.mark.parametrize("name", names())
def test_stub_is_told_that_it_is_one(name):
    report = check(name, unfinished(name))
    assert not report
    assert report.reasons == ("nothing",)


@pytest.mark.parametrize(("name", "old", "new", "reason"), WRONG_ANSWERS)
def test_wrong_answer_gets_its_reason(name, old, new, reason):
    report = check(name, changed(RIGHT[name], old, new))
    assert not report.passed
    assert report.reasons == (reason,), report
    if reason in words_en.REASONS:
        assert str(report).endswith(words_en.REASONS[reason])
    assert str(report).startswith(f"{name}: not yet.\n")


def stamps_without_adding(x, w, stride, padding, output_padding):
    y = [0] * ((len(x) - 1) * stride + len(w) + output_padding)
    for n in range(len(x)):
        for t in range(len(w)):
            y[n * stride + t] = x[n] * w[t]
    return y[padding : len(y) - padding]


def test_a_report_by_hand():
    report = check("transpose-1d", stamps_without_adding)
    assert repr(report).splitlines() == [
        "transpose-1d: not yet.",
        "transpose_1d([1, 2, 3, 4], [1, 10, 100], stride=2, padding=0, output_padding=0)",
        "returned  [1, 10, 2, 20, 3, 30, 4, 40, 400]",
        "expected  [1, 10, 102, 20, 203, 30, 304, 40, 400]",
        "Overlapping stamps add: `+=` where `=` stands.",
    ]
    again = stamps_without_adding(**report.arguments)
    assert again == [1, 10, 2, 20, 3, 30, 4, 40, 400]


def one_product_short(x, w, stride, padding, output_padding):
    y = [0] * ((len(x) - 1) * stride + len(w) + output_padding)
    for n in range(len(x)):
        for t in range(len(w) - (n == 1)):
            y[n * stride + t] += x[n] * w[t]
    return y[padding : len(y) - padding]


def test_a_cell_is_decoded():
    report = check("transpose-1d", one_product_short)
    assert str(report).endswith("\ny[4] lacks x[1]·w[2].")
    assert report.reasons == ("product",)


def test_a_result_that_has_moved_is_told_so():
    def late(x, w, stride, padding, output_padding):
        y = RIGHT["transpose-1d"](x, w, stride, padding, output_padding)
        return [*y[-1:], *y[:-1]]

    assert check("transpose-1d", late).reasons == ("moved-back",)


def test_a_number_that_is_off_by_a_parameter_is_told_so():
    def off(i, k, s, p):
        return RIGHT["start-repair"](i, k, s, p) + k

    report = check("start-repair", off)
    assert str(report).endswith("Too large by 3, which is k here and in every case that fails.")


def test_a_guess_is_said_to_be_one():
    def two_mistakes(input_size, kernel_size, stride, padding, output_padding, dilation):
        return input_size * stride + kernel_size - 2 * padding

    report = check("output-size", two_mistakes)
    assert "It may be this: " in str(report)
    assert report.reasons[0] == "number"


def test_two_mistakes_that_look_alike_are_both_named():
    def ones(rows, depth):
        return {97: [1, 1, 1]}[rows]

    report = check("remainder-implement", ones)
    assert report.reasons == ("always-one", "the-last-everywhere")
    assert " Or: " in str(report)


def test_a_language_and_a_name_are_checked():
    with pytest.raises(ValueError, match=r"^name must be one of conclusion-implement, .*'none'$"):
        check("none", print)
    with pytest.raises(ValueError, match=r"^language must be one of en, got 'tlh'$"):
        hint("layer", language="tlh")


@pytest.mark.parametrize("name", names())
def test_three_hints_one_at_a_time(name, monkeypatch):
    monkeypatch.setattr(exercises, "_given", Counter())
    said = [hint(name) for _ in range(4)]
    assert all(isinstance(each, Report) for each in said)
    for number, (each, words) in enumerate(zip(said, words_en.HINTS[name]), start=1):
        assert str(each) == f"{name}, hint {number} of 3: {words}"
    assert len({str(each) for each in said}) == 4
    assert str(said[3]).startswith(f"{name}: these were all 3 hints.")


def test_large_results_of_one_shape_are_not_shown_twice_but_are_in_the_report():
    report = check("fast", changed(RIGHT["fast"], "y += bias[:, None, None]", "y += 1"))
    (line,) = (line for line in str(report).splitlines() if line.startswith("returned"))
    assert line.startswith("returned and expected: array of shape (2, 3, 4, 3). ")
    assert report.returned.shape == report.expected.shape
    assert (report.returned != report.expected).any()
