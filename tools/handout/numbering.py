"""Page numbers: where they stand, and how they become true."""

import re
from io import BytesIO

from pypdf import PdfReader

from handout.errors import HandoutError

MOST_PRINTS = 8
DATE = re.compile(rb"\(D:[^)]*\)")


def number_of(soup, target):
    """Return the place where the number of the page with a target will stand."""
    return soup.new_tag("span", attrs={"class": "page", "data-target": target})


def printed(page):
    """Return the open book as a PDF, with page numbers that are true.

    It is done when two prints are the same: on a busy machine the first may come before
    the browser has settled.
    """
    shown, before = {}, b""
    for _ in range(MOST_PRINTS):
        pdf = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
        undated = DATE.sub(b"", pdf)
        reader = PdfReader(BytesIO(pdf))
        found = {
            name.removeprefix("/"): reader.get_destination_page_number(place) + 1
            for name, place in reader.named_destinations.items()
        }
        if found == shown and undated == before:
            return pdf
        shown, before = found, undated
        page.evaluate(
            """pages => document.querySelectorAll("span.page").forEach(
                (span) => { span.textContent = pages[span.dataset.target]; })""",
            found,
        )
    raise HandoutError(f"the print still changes after {MOST_PRINTS} prints")
