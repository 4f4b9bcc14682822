"""What the PDF says of itself, and the fonts that are in it."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from handout.errors import HandoutError

# The families that `handout.css` and MathJax bring, as a PDF names their fonts.
CARRIED = ("STIXTwoText", "STIXTwoMath", "DejaVuSansMono", "NotoSerifSC", "MathJax_")


def objects(reader):
    """Return the dictionaries in a PDF."""
    things = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [thing for thing in things if isinstance(thing, dict)]


def fonts(reader):
    """Return the names of the fonts in a PDF, without the marks of their subsets."""
    names = {thing["/FontName"] for thing in objects(reader) if "/FontName" in thing}
    return {name.removeprefix("/").split("+")[-1] for name in names}


def described(pdf, book):
    """Return the PDF with its description, and nothing in it that differs between runs."""
    reader = PdfReader(BytesIO(pdf))
    if strange := [name for name in fonts(reader) if not name.startswith(CARRIED)]:
        raise HandoutError(
            f"a character is missing in the fonts of the handout; this machine's "
            f"{', '.join(sorted(strange))} would show it: see tools/handout/fonts/README.md"
        )
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
