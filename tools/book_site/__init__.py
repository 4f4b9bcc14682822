"""What the site needs beyond its settings: a Sphinx extension of this book.

`addresses` turns on what depends on the two addresses in `_config.yml`, `drawings`
draws what the pages ask for, `body` finishes the text of the pages as a document
tree, `finding` says what the search finds first, and `pages` fills in what stands around it.
"""

from book_site import addresses, body, drawings, finding, pages


def setup(app):
    """Connect the parts."""
    for part in (addresses, body, drawings, finding, pages):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
