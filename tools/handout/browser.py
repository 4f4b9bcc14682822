"""The assembled book in Chromium, as it will be printed."""

import mimetypes
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import chromium
from playwright.sync_api import sync_playwright

from handout.errors import HandoutError

# A name that no network knows: whatever the print asks for comes from two folders.
HOST = "http://book.invalid"
PAGE = f"{HOST}/book/handout.html"
OWN = Path(__file__).parent  # the style, and the fonts that it names
# As wide as the text on paper, so that what is measured here is what is printed.
VIEWPORT = {"width": 643, "height": 900}
# The text's fonts come first, since formulas are measured by them; MathJax adds its own
# as it sets, and what has not come by the time of printing would be drawn in another.
SET_THE_MATHEMATICS = """async () => {
    const loaded = () => Promise.all([...document.fonts].map((face) => face.load()));
    await MathJax.startup.promise;
    await loaded();
    await MathJax.typesetPromise();
    await loaded();
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def browser_path():
    """Return where the browser is."""
    if path := chromium.find():
        return path
    raise HandoutError(
        "Chromium prints the handout, and neither it nor Chrome is installed. "
        "On Debian or Ubuntu: sudo apt-get install chromium"
    )


def file_behind(address, site):
    """Return the file that an address of the print stands for, or None."""
    if not address.startswith(f"{HOST}/"):
        return None
    path = unquote(urlsplit(address).path).lstrip("/")
    folder, path = (OWN, path.removeprefix("print/")) if path.startswith("print/") else (site, path)
    file = folder / path
    return file if file.is_file() else None


@contextmanager
def opened(site, html):
    """Open the book as it will be printed; give the page."""
    path, faults = browser_path(), []

    def serve(route):
        address = route.request.url.split("?")[0].split("#")[0]
        if address == PAGE:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif file := file_behind(address, site):
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        else:
            faults.append(f"not in the site: {address}")
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.OPTIONS)
        page = browser.new_page(viewport=VIEWPORT)
        page.emulate_media(media="print", color_scheme="light", reduced_motion="reduce")
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.route("**/*", serve)
        page.goto(PAGE, wait_until="load")
        page.evaluate(SET_THE_MATHEMATICS)
        for wrong in page.locator("mjx-merror").all():
            faults.append(f"mathematics: {wrong.get_attribute('data-mjx-error')}")
        for wrong in page.locator(".math:not(:has(mjx-container))").all_inner_texts():
            faults.append(f"mathematics: not set: {wrong}")
        if faults:
            raise HandoutError("; ".join(faults))
        yield page
        browser.close()
