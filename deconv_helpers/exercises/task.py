"""What an exercise is to a check: its cases, its right answer, its usual mistakes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Arguments: TypeAlias = Mapping[str, Any]
Mistake: TypeAlias = Callable[..., Any]


def _as_they_are(**arguments: Any) -> Arguments:
    return arguments


@dataclass(frozen=True)
class Task:
    """One exercise.

    Attributes
    ----------
    function : str
        What the answer is called in the text.
    right : callable
        Takes what the answer takes, and returns what is expected.
    cases : sequence of dict
        Each one call: arguments by name, in the order in which they are passed.
    keywords : tuple of str
        The arguments that are passed by name.
    mistakes : mapping of str to callable
        Under the key of its reason, each mistake that is known: it returns what an
        answer returns that makes it. It takes what `letters` makes of a case.
    letters : callable
        Turns the arguments of a case into those of the mistakes, which have the
        book's letters and serve several exercises. As they are, if not given.
    read : callable, optional
        Turns what the answer returned into what can be compared.
    read_as : str
        The key of the sentence that says what `read` takes of it.
    kind : str
        The key of what is expected, where its type alone says too little.
    decoded : tuple of str
        The names of an input and a kernel whose digits tell who wrote what.
    misfit : str
        The key of what is asked where arrays do not fit into each other, if a usual mistake
        makes that.
    keeps_dtype : bool
        Whether the result has the input's type.
    by_taps : bool
        Whether the answer must loop over taps only, never over input cells.
    """

    function: str
    right: Callable[..., Any]
    cases: Sequence[Arguments]
    keywords: tuple[str, ...] = ()
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    letters: Callable[..., Arguments] = _as_they_are
    read: Callable[[Any], Any] | None = None
    read_as: str = ""
    kind: str = ""
    decoded: tuple[str, ...] = ()
    misfit: str = ""
    keeps_dtype: bool = False
    by_taps: bool = False

    def passed(self, arguments: Arguments) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments that are passed by place, and those passed by name."""
        by_name = {name: value for name, value in arguments.items() if name in self.keywords}
        return [value for name, value in arguments.items() if name not in by_name], by_name

    def expected(self, number: int) -> Any:
        """Return what is right in a case."""
        return self.right(**self.cases[number])

    def mistaken(self, key: str, number: int) -> Any:
        """Return what an answer with that mistake returns in a case."""
        return self.mistakes[key](**self.letters(**self.cases[number]))
