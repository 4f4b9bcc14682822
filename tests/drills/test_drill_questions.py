"""Thousands of questions, made in the browser, answered again by the helper."""

import json
from collections import Counter

import numpy as np
import pytest

from deconv_helpers import (
    Layer,
    conv_output_size,
    conv_transpose,
    conv_transpose_output_size,
    output_padding_for,
    overlap_counts,
)
from deconv_helpers.design import mirror
from deconv_helpers.drills import page as drills_page

MANY = 5000
KINDS = (
    "size", "output_padding", "picture", "cell", "bias", "refused", "round", "mirror", "repair",
)  # fmt: skip
MAKE = """([kind, many]) => {
    const { question, levels } = transposedConvolutionDrills;
    const made = Array.from({ length: many }, (_, n) => question(kind, 1 + n % levels, n));
    return JSON.stringify(made);
}"""


@pytest.fixture(scope="module")
def made(browser, tmp_path_factory):
    path = tmp_path_factory.mktemp("drills") / "drills.html"
    path.write_text(drills_page(), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    yield lambda kind, many=MANY: json.loads(page.evaluate(MAKE, [kind, many]))
    page.close()


def keywords(layer):
    return {
        "stride": layer["s"],
        "padding": layer["p"],
        "output_padding": layer["op"],
        "dilation": layer["d"],
    }


def backwards(layer):
    return {name: value for name, value in keywords(layer).items() if name != "output_padding"}


def size_of(layer):
    return conv_transpose_output_size(layer["i"], layer["k"], **keywords(layer))


def refused(layer):
    try:
        size_of(layer)
    except ValueError as error:
        return str(error)
    return ""


def chained(start, layers):
    """Return what a chain makes of a size, None if one of its layers refuses."""
    for layer in layers:
        try:
            start = size_of({**layer, "i": start})
        except ValueError:
            return None
    return start


def drawn(layer):
    """Return what a picture shows: each stamp's places, and which places are kept."""
    k, s, d, p = (layer[name] for name in "ksdp")
    stamps = [[n * s + t * d for t in range(k)] for n in range(layer["i"])]
    return stamps, p, p + size_of(layer)


def right_of_size(question):
    return size_of(question["layer"])


def right_of_output_padding(question):
    layer = question["layer"]
    return output_padding_for(question["small"], question["size"], layer["k"], **backwards(layer))


def right_of_picture(question):
    return [drawn(one) == drawn(question["layer"]) for one in question["options"]]


def right_of_cell(question):
    x, w = np.array(question["x"]), np.array(question["w"])
    y = conv_transpose(x[None], w[None, None], **keywords(question["layer"]))
    return int(y[0, question["at"]])


def right_of_bias(question):
    layer = question["layer"]
    counts = overlap_counts(layer["i"], layer["k"], **keywords(layer))
    return [counts[at] == 0 for at in question["options"]]


def right_of_refused(question):
    errors = [refused(one) for one in question["options"]]
    reasons = {"op": "output_padding must be", "p": "output_size"}
    wrong = next(error for error in errors if error)
    assert ("output_padding" in wrong.split(" must")[0]) == (question["reason"] == "op"), wrong
    assert set(question["reasons"]) == set(reasons)
    return [bool(error) for error in errors]


def right_of_round(question):
    layer = question["layer"]
    assert conv_output_size(question["size"], layer["k"], **backwards(layer)) == question["small"]
    back = size_of({**layer, "i": question["small"], "op": 0})
    assert back == question["back"]
    return [(back == question["size"]) == (option == "yes") for option in question["options"]]


def right_of_mirror(question):
    encoder = [Layer(one["k"], one["s"], one["p"], 0, one["d"]) for one in question["layers"]]
    decoder = mirror(question["sizes"][0], encoder)
    return [layer.output_padding for layer in decoder]


def right_of_repair(question):
    layers, start = question["layers"], question["sizes"][0]
    assert chained(start, layers) == question["sizes"][-1] != question["want"]
    mended = []
    for change in question["options"]:
        changed = [dict(one) for one in layers]
        changed[change["at"]][change["name"]] = change["to"]
        mended.append(chained(start, changed) == question["want"])
    return mended


RIGHT = {kind: globals()[f"right_of_{kind}"] for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_the_helper_agrees_with_every_question(made, kind):
    for question in made(kind):
        right = RIGHT[kind](question)
        if question["ask"] == "choice":
            assert right.count(True) == 1, question
            right = right.index(True)
        assert question["answer"] == right, question


@pytest.mark.parametrize("kind", KINDS)
def test_options_differ_and_the_right_one_is_anywhere(made, kind):
    questions = [one for one in made(kind, 600) if one["ask"] == "choice"]
    places = Counter(question["answer"] for question in questions)
    for question in questions:
        options = [str(option) for option in question["options"]]
        assert len(set(options)) == len(options)
    if questions:
        options = len(questions[0]["options"])
        assert min(places[n] for n in range(options)) > 300 / options


@pytest.mark.parametrize("kind", KINDS)
def test_no_slip_is_the_answer(made, kind):
    for question in made(kind, 600):
        answer = question["answer"]
        key = ",".join(map(str, answer if isinstance(answer, list) else [answer]))
        assert key not in question["slips"]


def test_the_levels_lead_from_easy_to_hard(made):
    by_level = {level: [] for level in range(1, 6)}
    for question in made("size", 500):
        by_level[question["level"]].append(question["layer"])
    assert all(layer["p"] == layer["op"] == 0 for layer in by_level[1])
    assert any(layer["p"] for layer in by_level[2])
    assert any(layer["op"] for layer in by_level[3])
    assert all(layer["d"] == 1 for level in (1, 2, 3, 4) for layer in by_level[level])
    assert any(layer["d"] > 1 for layer in by_level[5])


def test_the_same_seed_makes_the_same_questions(made):
    assert made("repair", 50) == made("repair", 50)
    assert len({str(question) for question in made("size", 200)}) > 150
