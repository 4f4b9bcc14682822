"""Every picture of the book, drawn from a layer's parameters."""

from deconv_helpers.figures.picture import Picture
from deconv_helpers.figures.sizes import staircase, unread_rows

__all__ = ["Picture", "staircase", "unread_rows"]
