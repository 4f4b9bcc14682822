"""The words of checks and hints, in the reader's language."""

from collections.abc import Mapping, Sequence
from functools import reduce
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

    def either(self, keys: Sequence[str]) -> str:
        """Return the reasons of mistakes that look alike, all of them."""
        reasons = [self.reasons[key] for key in keys]
        return reduce(lambda one, other: self.says("or", one=one, other=other), reasons)


LANGUAGES = {"en": Words(words_en.SAYS, words_en.REASONS, words_en.HINTS)}
