"""What the PDF says of itself."""

import re
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

# What Chromium calls the heads of tables, to which their cells refer.
HEAD = re.compile(rb"\(node\d{8}\)")


def counted(pdf):
    """Return the PDF with the heads of its tables counted from 0.

    Chromium counts all that the page has ever held, which differs between runs.
    The names keep their length and their order, so everything stays in its place.
    """
    names = {name: b"(node%08d)" % at for at, name in enumerate(sorted(set(HEAD.findall(pdf))))}
    return HEAD.sub(lambda found: names[found[0]], pdf)


def described(pdf, book):
    """Return the PDF with its description, and nothing in it that differs between runs."""
    reader = PdfReader(BytesIO(pdf))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    # The dates and the browser's name go: the same book gives the same bytes.
    writer.metadata = {"/Title": book.title, "/Author": book.author}
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(book.language)
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    whole = BytesIO()
    writer.write(whole)
    return counted(whole.getvalue())
