"""Of 300 random wrong answers at most 2 % are accepted, and these are right."""

import random

import numpy as np
import pytest
from mutants import mutant
from random_cases import random_cases
from readers_answers import RIGHT

from deconv_helpers.exercises import check, names, values
from deconv_helpers.exercises.tasks import TASKS

COUNT, MOST, GRID = 300, 0.02, 300


@pytest.fixture(scope="module")
def accepted():
    chance = random.Random(13)
    found = []
    for number in range(COUNT):
        name = names()[number % len(names())]
        answer, source = mutant(RIGHT[name], chance)
        with np.errstate(all="ignore"):
            report = check(name, answer, seconds=0.2)
        assert report.text
        if report.passed:
            found.append((name, answer, source))
    return found


def test_few_mutants_are_accepted(accepted):
    assert len(accepted) <= MOST * COUNT, "\n\n".join(source for _, _, source in accepted)


def test_the_accepted_are_right(accepted):
    for name, answer, source in accepted:
        task = TASKS[name]
        for case in random_cases(name, GRID):
            by_place, by_name = task.passed(case)
            got = answer(*by_place, **by_name)
            expected = task.right(**case)
            read = values.as_expected(task.read(got) if task.read else got, expected)
            assert values.equal(read, expected), source


@pytest.mark.parametrize("name", names())
def test_right_answers_are_right_in_many_cases(name):
    task = TASKS[name]
    for case in random_cases(name, 60, seed=1):
        by_place, by_name = task.passed(case)
        got, expected = RIGHT[name](*by_place, **by_name), task.right(**case)
        read = values.as_expected(task.read(got) if task.read else got, expected)
        assert values.equal(read, expected), case
