"""Sizes, numbers and refusals of the live figure, held against the package in every view."""

import json
import random

import numpy as np
import pytest
from browsing import in_a_browser
from visiting import FIGURE, NAMES, address, number, outputs, visit  # noqa: F401

from deconv_helpers import conv_transpose, conv_transpose_output_size, overlap_counts
from deconv_helpers.explorer.bounds import VIEWS

pytestmark = in_a_browser

# How far the draws go: so far that every cell of every view is drawn.
REACH = {
    1: {"i": (1, 9), "k": (1, 5), "s": (1, 4), "p": (0, 6), "op": (0, 4), "d": (1, 3)},
    2: {"i": (1, 3), "k": (1, 3), "s": (1, 3), "p": (0, 3), "op": (0, 2), "d": (1, 2)},
}
VALUES = [*map(str, range(-9, 10)), "0.5", "-0.25", "0.1", "12.75"]

# Set attributes, then read what stands in the cells of each view: nothing but the page is asked.
# As one text, which is handed over faster than its parts.
READ = """layers => JSON.stringify(layers.map(layer => {
    const figure = document.querySelector("transposed-convolution"), read = {};
    for (const name in layer) figure.setAttribute(name, layer[name]);
    if (!("bias" in layer)) figure.removeAttribute("bias");
    read.result = figure.result;
    read.refused = figure.refused;
    read.size = figure.querySelector("[data-output=size]").textContent;
    const cells = selector => [...figure.querySelectorAll(".base " + selector)].map(cell => [
        +(cell.dataset.f ?? -1), +(cell.dataset.in ?? -1), +(cell.dataset.tap ?? -1),
        cell.textContent, cell.getAttribute("class")]);
    for (const view of VIEWS) {
        figure.setAttribute("view", view);
        figure.result;
        read[view] = {
            outputs: cells("[data-f]:not([data-in], .bias, .cut)"),
            products: cells("[data-in][data-f]"),
            spread: view === "zeros" ? cells(".cells tspan:not([data-f], .cut)") : [],
        };
    }
    return read;
}))""".replace("VIEWS", json.dumps(VIEWS))


def draw(rng, axes):
    """Return a layer, legal or not, as attributes and as arguments of the package."""
    q = {name: tuple(rng.randint(*REACH[axes][name]) for _ in range(axes)) for name in NAMES}
    if rng.random() < 0.5:
        # As many are legal as are not: p' below s, p not beyond the kernel.
        q["op"] = tuple(rng.randrange(max(s, d)) for s, d in zip(q["s"], q["d"]))
        q["p"] = tuple(rng.randint(0, k) for k in q["k"])
    arrays = {
        name: np.array(rng.choices(VALUES, k=int(np.prod(q[size])))).reshape(q[size])
        for name, size in (("input", "i"), ("kernel", "k"))
    }
    attributes = {NAMES[name].replace("_", "-"): ",".join(map(str, q[name])) for name in q}
    attributes |= {name: as_json(array) for name, array in arrays.items()}
    attributes |= {"axes": str(axes), "view": "stamps"}
    bias = rng.choice([None, "5", "-0.5"])
    if bias:
        attributes["bias"] = bias
    return q, arrays, bias, attributes


def as_json(array):
    return json.dumps(array.tolist()).replace('"', "")


def expected(q, arrays, bias):
    """Return the output, or None where the layer is refused."""
    parameters = {NAMES[name]: q[name] for name in ("s", "p", "op", "d")}
    try:
        conv_transpose_output_size(q["i"], q["k"], **parameters)
    except ValueError:
        return None
    x, w = (arrays[name].astype(float)[None] for name in ("input", "kernel"))
    return conv_transpose(x, w[None], [float(bias or 0)], **parameters)[0]


def by_cell(cells):
    """Return the number of each cell; drawn twice, it must be the same twice."""
    found = {}
    for f, _, _, text, _ in cells:
        assert found.setdefault(f, number(text)) == number(text)
    return [found[f] for f in sorted(found)]


def check_views(read, q, arrays, bias, y):
    x, w = (arrays[name].astype(float).ravel() for name in ("input", "kernel"))
    plain = y.ravel() - float(bias or 0)
    for view in VIEWS:
        shown = by_cell(read[view]["outputs"])
        assert np.allclose(shown, y.ravel(), 0, 1e-9), view
        assert all(c[4].split()[0] in ("output", "empty") for c in read[view]["outputs"])
    order = {f: n for n, f in enumerate(sorted({c[0] for c in read["stamps"]["outputs"]}))}
    views = ("matrix", "stamps") if len(q["i"]) == 1 else ("matrix",)
    for view in views:
        # Down a column of stamps stand the products, along a row of the matrix the taps.
        sums = np.zeros(y.size)
        for f, n, t, text, kind in read[view]["products"]:
            assert (f in order) == ("gone" not in kind)
            if f in order:
                sums[order[f]] += number(text) * (x[n] if view == "matrix" else 1)
            assert abs(number(text) - w[t] * (x[n] if view == "stamps" else 1)) < 1e-9
        assert np.allclose(sums, plain, 0, 1e-9), view
        assert len(read[view]["products"]) == x.size * w.size  # never one too many or too few
    # The spread input, under the flipped and dilated kernel.
    span = [d * (k - 1) + 1 for d, k in zip(q["d"], q["k"])]
    spread = np.array([number(cell[3]) for cell in read["zeros"]["spread"]])
    spread = spread.reshape([n + k - 1 for n, k in zip(y.shape, span)])
    taps = np.zeros(span)
    taps[tuple(slice(None, None, d) for d in q["d"])] = w.reshape(q["k"])
    windows = np.lib.stride_tricks.sliding_window_view(spread, span)
    axes = tuple(range(y.ndim, 2 * y.ndim))
    slid = (windows * np.flip(taps)).sum(axes)
    assert np.allclose(slid.ravel(), plain, 0, 1e-9), "zeros"


@pytest.mark.parametrize(("axes", "count"), [(1, 1500), (2, 500)])
def test_random_layers_in_every_view(visit, axes, count):
    page, rng, legal = visit(width=640), random.Random(axes), 0
    page.evaluate(f"{FIGURE}.setAttribute('compact', '')")
    draws = [draw(rng, axes) for _ in range(count)]
    for start in range(0, count, 125):
        batch = draws[start : start + 125]
        for (q, arrays, bias, attributes), read in zip(
            batch, json.loads(page.evaluate(READ, [one[3] for one in batch])), strict=True
        ):
            y = expected(q, arrays, bias)
            if y is None:
                assert (read["result"], read["size"]) == (None, ""), attributes
                assert read["refused"], attributes
                continue
            legal += 1
            assert read["refused"] == "", attributes
            assert read["size"] == str(y.shape[0]), attributes
            assert np.allclose(read["result"], y, 0, 1e-9), attributes
            check_views(read, q, arrays, bias, y)
    print(f"\n{count} layers of {axes} axes, {legal} legal")
    assert count * 0.3 < legal < count * 0.9


def test_the_counts_are_the_package_s(visit):
    page = visit("#i=3,4&k=3,2&s=2,1&p=1,0&op=1,0&d=1&axes=2&counts=1")
    layer = dict(stride=(2, 1), padding=(1, 0), output_padding=(1, 0))
    assert outputs(page) == overlap_counts((3, 4), (3, 2), **layer).ravel().tolist()


def test_exact_sums_add_up_as_shown(visit):
    page = visit("#i=3&k=3&s=1&p=0&op=0&d=1&x=0.1,0.2,0.3&w=0.1,0.7,1.1")
    # In floats 0.1·1.1 + 0.2·0.7 + 0.3·0.1 is 0.28000000000000004.
    assert page.locator(".base [data-f='2']:not([data-in])").text_content() == "0.28"
    page.evaluate(
        f"{FIGURE}.setAttribute('input', '[99999, 99999.9999, -1]');"
        f"{FIGURE}.setAttribute('kernel', '[99999.9999, 99999.9999, 1]')"
    )
    texts = page.locator(".base tspan.output").all_text_contents()
    # Whole numbers of sixteen digits and more, no longer exact in a float.
    assert texts[0] == "9999899990.0001"
    assert texts[1] == "19999899970.00010001"
