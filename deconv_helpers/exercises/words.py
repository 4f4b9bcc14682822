"""The words of checks and hints, in the reader's language."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from deconv_helpers.exercises import words_en


class Words(NamedTuple):
    """All that checks and hints say in one language."""

    sentences: Mapping[str, str]
    reasons: Mapping[str, str]
    hints: Mapping[str, tuple[str, ...]]

    def says(self, key: str, **values: Any) -> str:
        """Return a sentence with its values put in."""
        return self.sentences[key].format(**values)

    def reason(self, key: str) -> str:
        """Return the reason that a mistake gets."""
        return self.reasons[key]


LANGUAGES = {"en": Words(words_en.SAYS, words_en.REASONS, words_en.HINTS)}
