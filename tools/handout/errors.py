"""What can go wrong."""


class HandoutError(Exception):
    """What keeps the handout from being printed, in words for the reader."""
