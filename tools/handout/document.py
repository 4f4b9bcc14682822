"""What the PDF says of itself."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject


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
    return whole.getvalue()
