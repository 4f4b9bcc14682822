"""The catalogue of mistakes: each is caught where it stands, by its own words."""

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from deconv_helpers import exercises
from deconv_helpers.exercises import check, names, words_en
from deconv_helpers.exercises.tasks import TASKS

IN_TABLES = [
    pytest.param(name, key, id=f"{name} {key}")
    for name, task in TASKS.items()
    for key in task.mistakes
]
NUMBERS = ("kernel_size", "stride", "padding", "output_padding", "dilation")


def made(task, key):
    """Return an answer that makes a mistake of the catalogue."""

    def answer(*by_place, **by_name):
        arguments = dict(zip(task.cases[0], by_place), **by_name)
        wrong = task.mistakes[key](**task.letters(**arguments))
        if task.kind == "convention":
            return bool(wrong[0]), *wrong[1:]
        if task.read is None:
            return wrong
        return [_layer(numbers) for numbers in wrong]

    return answer


def _layer(numbers):
    named = {name: (number,) for name, number in zip(NUMBERS, numbers)}
    return SimpleNamespace(transposed=True, in_channels=1, out_channels=1, **named)


@pytest.mark.parametrize(("name", "key"), IN_TABLES)
def test_every_mistake_is_caught_by_its_own_words(name, key):
    report = check(name, made(TASKS[name], key))
    assert report.reasons == (key,), report
    assert str(report).endswith(words_en.REASONS[key])


def test_the_catalogue_is_large():
    assert len(IN_TABLES) > 150
    assert all(len(TASKS[name].mistakes) >= 7 for name in names())


def test_every_reason_is_used_and_every_key_has_its_reason():
    used = {key for task in TASKS.values() for key in task.mistakes}
    assert used == set(words_en.REASONS)


def test_every_exercise_has_three_hints():
    assert set(words_en.HINTS) == set(names())
    assert all(len(hints) == 3 and all(hints) for hints in words_en.HINTS.values())


def test_every_sentence_is_said_somewhere():
    room = Path(exercises.__file__).parent
    code = "".join(
        path.read_text() for path in room.rglob("*.py") if not path.name.startswith("words_")
    )
    assert [key for key in words_en.SAYS if f'"{key}"' not in code] == []


def test_no_two_reasons_and_no_two_hints_are_alike():
    hints = [hint for each in words_en.HINTS.values() for hint in each]
    said = [*words_en.REASONS.values(), *hints]
    assert [words for words, count in Counter(said).items() if count > 1] == []


@pytest.mark.parametrize("words", [*words_en.SAYS.values(), *words_en.REASONS.values()])
def test_words_are_short_and_plain(words):
    assert len(words) <= 180
    assert not re.search(r"\b(simply|just|obviously|wrong!)\b|!", words)
