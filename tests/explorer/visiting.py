"""The explorer's page as tests open it: from disk, silent, asking no host for anything."""

import re

import pytest

from deconv_helpers.explorer import page as explorer_page

NAMES = {
    "i": "input_size",
    "k": "kernel_size",
    "s": "stride",
    "p": "padding",
    "op": "output_padding",
    "d": "dilation",
}
FIGURE = "document.querySelector('transposed-convolution')"


def number(text):
    return float(text.replace("−", "-"))


def numbers(text):
    return [number(one) for one in re.findall(r"[-−]?\d+(?:\.\d+)?", text)]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_text(explorer_page(), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def visit(browser, address):
    """Open the page; whatever a test does, it must stay silent and alone."""
    contexts, noise = [], []

    def go(hash_="", width=1200, scheme="light", lang=None, script=None, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((address, "data:", "blob:"))
                else noise.append(request.url)
            ),
        )
        page.goto(address + hash_)
        page.wait_for_selector(".tc")
        return page

    yield go
    for context in contexts:
        context.close()
    assert noise == [], noise


def turn_to(page, hash_):
    """Give the open page another address; the figure has heard of it when this returns."""
    page.evaluate(
        """hash => new Promise(done => {
            addEventListener("hashchange", done, {once: true});
            location.hash = hash;
        }).then(() => null)""",
        hash_,
    )


def size_of(page):
    return page.text_content("[data-output=size]")


def alerts(page):
    return page.locator("[role=alert]").all_text_contents()


def outputs(page):
    """The numbers of the output as the picture shows them."""
    cells = page.eval_on_selector_all(
        ".base [data-f]:not([data-in], .bias, .cut)",
        "all => all.map(cell => [+cell.dataset.f, cell.textContent])",
    )
    return [number(text) for _, text in sorted(dict(cells).items())]
