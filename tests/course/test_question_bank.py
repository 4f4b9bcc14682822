"""The question bank: forty questions that PyTorch answers alike, and files that can be read."""

import os
import re
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import export_questions
import pytest
import torch
from question_bank.formats import as_gift, as_text2qti
from question_bank.making import slips
from question_bank.question import Choice, Question, Slip
from question_bank.questions import QUESTIONS
from torch import nn
from torch.nn import functional as F

with_text2qti = pytest.mark.skipif(
    find_spec("text2qti") is None and "CI" not in os.environ,
    reason="text2qti is not installed; `make course` does it",
)

BY_NAME = {question.name: question for question in QUESTIONS}


def test_there_are_forty_and_each_has_its_name():
    assert len(QUESTIONS) == len(BY_NAME) == 40
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in BY_NAME)


def test_no_question_is_asked_twice():
    assert len({question.text for question in QUESTIONS}) == 40


def test_every_chapter_that_is_named_exists():
    book = Path(__file__).parents[2] / "book"
    chapters = {int(path.name[:2]) for path in book.glob("[0-9]*.ipynb")}
    assert {question.chapter for question in QUESTIONS} <= chapters


@pytest.mark.parametrize("name", BY_NAME)
def test_a_question_reads_as_a_question_and_its_reasons_as_sentences(name):
    question = BY_NAME[name]
    assert question.text.count("?") == 1
    reasons = [one.reason for one in (*question.slips, *question.choices)]
    for reason in (question.reason, *reasons):
        assert reason[0].isupper() or not reason[0].isalpha(), reason
        assert reason.endswith("."), reason
        assert len(reason) < 160, reason
    assert len(reasons) >= 2
    assert len(set(reasons)) == len(reasons)


@pytest.mark.parametrize("name", BY_NAME)
def test_the_right_choice_is_not_told_by_its_length(name):
    choices = BY_NAME[name].choices
    lengths = sorted((len(choice.text), choice.right) for choice in choices)
    assert not choices or lengths[-1][0] < 2 * lengths[-2][0] or not lengths[-1][1]


def test_the_right_choice_stands_anywhere():
    places = [
        [choice.right for choice in question.choices].index(True)
        for question in QUESTIONS
        if question.choices
    ]
    assert set(places) == {0, 1, 2, 3}


# PyTorch's answers, none of them by the helper's arithmetic.


def up(i, k, s=1, p=0, p_=0, d=1):
    """Return the size of a transposed convolution's output."""
    return F.conv_transpose1d(
        torch.zeros(1, 1, i), torch.zeros(1, 1, k), None, s, p, p_, 1, d
    ).shape[2]


def down(i, k, s=1, p=0):
    return F.conv1d(torch.zeros(1, 1, i), torch.zeros(1, 1, k), None, s, p).shape[2]


def stamps(x, w, *parameters):
    """Return the values of a transposed convolution's output."""
    x, w = (torch.tensor([[one]], dtype=torch.float64) for one in (x, w))
    return [int(value) for value in F.conv_transpose1d(x, w, None, *parameters)[0, 0]]


def counts(i, k, *parameters):
    return stamps([1] * i, [1] * k, *parameters)


def way_back(large, k, s, p=0):
    """Return the output padding that leads back, by trying each."""
    (found,) = (p_ for p_ in range(s) if up(down(large, k, s, p), k, s, p, p_) == large)
    return found


def accepted(call):
    try:
        return call() >= 1
    except RuntimeError:
        return False


def row(numbers):
    return ", ".join(map(str, numbers))


def only(claims):
    """Return the one key whose claim holds."""
    (key,) = (key for key, claim in claims.items() if claim)
    return key


def named(name):
    """Return the layers that a question's choices name, by their text."""
    places = {"kernel": 0, "stride": 1, "padding": 2, "output padding": 3, "dilation": 4}
    layers = {}
    for choice in BY_NAME[name].choices:
        layer = [1, 1, 0, 0, 1]
        for part in choice.text.split(", "):
            word, number = part.rsplit(" ", 1)
            layer[places[word]] = int(number)
        layers[choice.text] = layer
    return layers


def fcn():
    """Return by how much a score's stamp lies off the middle of what the score sees."""
    ones = torch.ones(1, 1, 7)
    picture = torch.zeros(1, 1, 600, requires_grad=True)
    scores = F.conv1d(picture, ones[..., :3], padding=100)
    for _ in range(5):
        scores = F.avg_pool1d(scores, 2)
    scores = F.conv1d(scores, ones)
    n = scores.shape[2] // 2
    scores[0, 0, n].backward()
    seen = picture.grad[0, 0].nonzero()
    one = F.one_hot(torch.tensor([[n]]), scores.shape[2]).float()
    stamp = F.conv_transpose1d(one, torch.ones(1, 1, 64), stride=32)[0, 0].nonzero()
    return int((stamp.min() + stamp.max() - seen.min() - seen.max()) / 2)


def past_frames():
    """Return how many frames before the newest suffice for its samples."""
    chance = torch.Generator().manual_seed(0)
    x = torch.rand(1, 1, 10, generator=chance, dtype=torch.float64)
    w = torch.rand(1, 1, 16, generator=chance, dtype=torch.float64)
    whole = F.conv_transpose1d(x, w, stride=8)[..., 72:80]
    parts = (
        F.conv_transpose1d(x[..., 9 - kept :], w, stride=8)[..., 8 * kept : 8 * kept + 8]
        for kept in range(10)
    )
    return next(kept for kept, part in enumerate(parts) if torch.allclose(part, whole))


def inputs_seen():
    x = torch.ones(1, 1, 8, requires_grad=True)
    F.conv_transpose1d(x, torch.ones(1, 1, 4), stride=2)[0, 0, 8].backward()
    return int(x.grad.count_nonzero())


def off_centre():
    x = torch.tensor([[[0.0, 0, 0, 1, 0, 0]]])
    stamp = F.conv_transpose1d(x, torch.ones(1, 1, 3), None, 2, 1, 1)[0, 0].nonzero()
    return abs(float(stamp.double().mean()) - (2 * 3 + 2 * 3 + 1) / 2)


def gradients_agree(change):
    """Return whether a changed weight makes the layer that autograd is."""
    chance = torch.Generator().manual_seed(1)
    y = torch.rand(1, 2, 9, generator=chance, dtype=torch.float64, requires_grad=True)
    w = torch.rand(3, 2, 3, generator=chance, dtype=torch.float64)
    g = torch.rand(1, 3, 4, generator=chance, dtype=torch.float64)
    F.conv1d(y, w, stride=2).backward(g)
    try:
        return torch.allclose(F.conv_transpose1d(g, change(w), stride=2), y.grad)
    except RuntimeError:
        return False


def comes_back(w, s):
    w = torch.tensor(w, dtype=torch.float64)[:, None]
    y = torch.tensor([[[3.0, 1, 4, 1, 5, 9]]], dtype=torch.float64)
    there = F.conv1d(y, w, stride=s)
    return torch.allclose(F.conv_transpose1d(there, w, stride=s), y)


def slid(w, padding, x):
    """Return what an ordinary convolution makes of a row."""
    x, w = torch.tensor([[x]]), torch.tensor([[w]])
    return F.conv1d(x, w, padding=padding)[0, 0].tolist()


X, W, BACK = [1, 2, 3, 4], [1, 10, 100], [100, 10, 1]
SPREAD = [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 0]
HAAR = [[0.5**0.5, 0.5**0.5], [0.5**0.5, -(0.5**0.5)]]


WITNESS = {
    "size-bare": lambda: up(4, 3, 2),
    "size-padding": lambda: up(4, 3, 2, 1),
    "size-gaps": lambda: up(5, 2, 4),
    "size-all-four": lambda: up(7, 5, 3, 2, 2),
    "size-dilation": lambda: up(6, 3, 2, 2, 0, 3),
    "size-times-eight": lambda: up(20, 16, 8, 4),
    "way-back-50": lambda: way_back(50, 3, 2, 1),
    "way-back-12": lambda: way_back(12, 5, 3, 2),
    "way-back-102": lambda: way_back(102, 7, 4, 3),
    "way-back-pooling": lambda: way_back(143, 2, 2),
    "how-many-sizes": lambda: sum(down(i, 5, 3) == 6 for i in range(5, 60)),
    "there-and-back": lambda: str(up(down(50, 3, 2, 1), 3, 2, 1)),
    "one-more": lambda: up(11, 5, 3, 1) - up(10, 5, 3, 1),
    "refused": lambda: only(
        {text: not accepted(lambda one=one: up(6, *one)) for text, one in named("refused").items()}
    ),
    "largest-padding": lambda: max(p for p in range(9) if accepted(lambda p=p: up(4, 3, 2, p))),
    "doubling": lambda: only(
        {p: all(up(i, 4, 2, p) == 2 * i for i in range(2, 9)) for p in range(3)}
    ),
    "exact": lambda: only(
        {
            text: all(up(i, *layer) == 3 * i for i in range(1, 9))
            for text, layer in named("exact").items()
        }
    ),
    "two-axes": lambda: "{} rows, {} columns".format(
        *nn.ConvTranspose2d(1, 1, (3, 4), (2, 3), (1, 0))(torch.zeros(1, 1, 5, 7)).shape[2:]
    ),
    "cell-overlap": lambda: stamps(X, W, 2)[4],
    "cell-padding": lambda: stamps(X, W, 2, 1)[1],
    "cell-late": lambda: stamps(X, W, 2)[6],
    "only-the-bias": lambda: row(at for at, n in enumerate(counts(3, 2, 3, 0, 1)) if n == 0),
    "new-cell": lambda: str(stamps(X, W, 2, 1, 1)[-1]),
    "which-side": lambda: only(
        {
            "At the end only: on the right, or below.": stamps(X, W, 2, 1)
            == stamps(X, W, 2, 1, 1)[:-1],
            "In front only: on the left, or above.": stamps(X, W, 2, 1)
            == stamps(X, W, 2, 1, 1)[1:],
        }
    ),
    "flipped": lambda: only(
        {
            "In reverse.": slid(BACK, 0, SPREAD) == stamps(X, W, 2),
            "In their own order.": slid(W, 0, SPREAD) == stamps(X, W, 2),
        }
    ),
    "stride-one": lambda: only(
        {
            "The kernel reversed, padding 2.": slid(BACK, 2, X) == stamps(X, W),
            "The kernel as it is, padding 2.": slid(W, 2, X) == stamps(X, W),
            "The kernel reversed, padding 1.": slid(BACK, 1, X) == stamps(X, W),
            "The kernel reversed, no padding.": slid(BACK, 0, X) == stamps(X, W),
        }
    ),
    "work": lambda: sum(counts(4, 3, 2)),
    "even-overlap": lambda: only(
        {
            text: len(set(counts(12, *layer)[6:-6])) == 1
            for text, layer in named("even-overlap").items()
        }
    ),
    "border": lambda: row(counts(4, 4, 2, 1)),
    "inputs-seen": inputs_seen,
    "why-transposed": lambda: only(
        {
            "The matrix that the convolution multiplies by.": gradients_agree(lambda w: w),
            "The weight: the axes of its channels change places.": gradients_agree(
                lambda w: w.transpose(0, 1)
            ),
            "The kernel: its taps are read from the end.": gradients_agree(lambda w: w.flip(2)),
        }
    ),
    "backward": lambda: only(
        {
            "The transposed convolution with the same weight.": gradients_agree(lambda w: w),
            "The transposed convolution with the kernel reversed.": gradients_agree(
                lambda w: w.flip(2)
            ),
        }
    ),
    "undoes": lambda: only(
        {
            "Never.": not comes_back(HAAR, 2),
            "If the convolution's matrix is orthogonal.": comes_back(HAAR, 2),
            "Whenever the sizes come back.": comes_back([[1, 1]], 2),
            "Whenever the stride is 1.": comes_back([[1, 1]], 1),
        }
    ),
    "weight-shape": lambda: str(tuple(nn.ConvTranspose1d(4, 6, 3, groups=2).weight.shape)),
    "tied-weight": lambda: only(
        {
            text: gradients_agree(lambda w, text=text: eval(text, {"w": w}))
            for text in [choice.text for choice in BY_NAME["tied-weight"].choices]
        }
    ),
    "half-a-cell": lambda: {0: "Not at all.", 0.5: "Half a cell.", 1: "A whole cell."}[
        off_centre()
    ],
    "fcn": fcn,
    "past-frames": past_frames,
    "mirror": lambda: row(way_back(size, 3, 2, 1) for size in (13, 25, 50)),
    "unet": lambda: row(way_back(size, 2, 2) for size in (71, 143)),
}


def test_each_question_has_a_witness():
    assert set(WITNESS) == set(BY_NAME)


@pytest.mark.parametrize("name", BY_NAME)
def test_pytorch_gives_the_same_answer(name):
    question, answer = BY_NAME[name], WITNESS[name]()
    right = [choice.text for choice in question.choices if choice.right]
    assert [answer] == (right or [question.number])
    assert answer not in [slip.number for slip in question.slips]


def test_one_worked_by_hand():
    assert BY_NAME["size-all-four"].number == 6 * 3 + 5 - 4 + 2 == 21


def test_a_number_that_two_mistakes_give_has_both_reasons():
    found = slips(3, (3, "Right."), (4, "One."), (5, "Other."), (4, "Two."), (0, "Too small."))
    assert found == [Slip(4, "One. Or: two."), Slip(5, "Other.")]


# What is no question.

CHOICES = [Choice("a", True, "A."), Choice("b", False, "B."), Choice("c", False, "C.")]
BROKEN = {
    "none right": dict(choices=[CHOICES[1], CHOICES[2], Choice("d", False, "D.")]),
    "two right": dict(choices=[*CHOICES, Choice("d", True, "D.")]),
    "two choices": dict(choices=CHOICES[:2]),
    "twice the same": dict(choices=[*CHOICES, Choice("b", False, "D.")]),
    "a reason for two": dict(choices=[*CHOICES, Choice("d", False, "C.")]),
    "a slip that is right": dict(number=3, slips=[Slip(3, "No.")]),
    "a slip twice": dict(number=3, slips=[Slip(4, "No."), Slip(4, "Neither.")]),
    "number and choices": dict(number=3, choices=CHOICES),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_nobody_could_answer_is_refused(name):
    with pytest.raises(ValueError, match=r"^q: "):
        Question("q", 1, "What?", "So.", **BROKEN[name])


# GIFT, read by a parser that knows of it what Moodle's page says.


def plain(text):
    """Return a text without its backslashes, all of which must be for a special sign."""
    assert re.fullmatch(r"(?:[^\\~=#{}:]|\\[\\~=#{}:])*", text), text
    return re.sub(r"\\(.)", r"\1", text)


def read_gift(text):
    """Return the questions of a file as (category, name, text, reason, number, answers)."""
    category, found = None, []
    for block in re.split(r"\n\s*\n", text.strip()):
        if block.startswith("$CATEGORY: "):
            category = block.removeprefix("$CATEGORY: ")
            continue
        name, asked, inner = re.fullmatch(
            r"::((?:\\.|[^\\:])*)::\[plain\]((?:\\.|[^\\{])*) \{(.*)\}", block, flags=re.DOTALL
        ).groups()
        numeric = inner.startswith("#\n")
        inner, reason = re.split(r"(?<!\\)####", inner.removeprefix("#"))
        answers = []
        for line in inner.strip().split("\n"):
            sign, rest = line[0], line[1:]
            answer, feedback = re.fullmatch(r"((?:\\.|[^\\#])*)#(.*)", rest).groups()
            right = sign == "="
            if numeric:
                weighed = re.fullmatch(r"(?:%(\d+)%)?(\d+)(?::0)?", answer)
                right, answer = weighed[1] in (None, "100"), weighed[2]
            answers.append((plain(answer), right, plain(feedback)))
        found.append((category, plain(name), plain(asked), plain(reason.strip()), numeric, answers))
    return found


def as_read(question):
    if question.choices:
        answers = [(one.text, one.right, one.reason) for one in question.choices]
    else:
        answers = [(str(question.number), True, question.reason)]
        answers += [(str(slip.number), False, slip.reason) for slip in question.slips]
    category = f"Transposed convolution/Chapter {question.chapter}"
    numeric = question.number is not None
    return category, question.name, question.text, question.reason, numeric, answers


def test_gift_is_read_as_it_was_meant():
    in_order = sorted(QUESTIONS, key=lambda question: question.chapter)
    assert read_gift(as_gift(QUESTIONS)) == [as_read(question) for question in in_order]


def test_every_special_sign_survives_gift():
    signs = "\\ ~ = # { } : :: #### \\\\ \\= -> %50% // $"
    choices = [Choice(f"{n} {signs}", n == 0, f"{signs} {n}") for n in range(3)]
    question = Question(signs, 1, f"{signs}?", signs, choices=choices)
    slipped = Question(signs, 1, signs, signs, number=3, slips=[Slip(4, signs)])
    assert read_gift(as_gift([question, slipped])) == [as_read(question), as_read(slipped)]


# text2qti.


def test_every_question_is_in_the_text_for_text2qti():
    text = as_text2qti(QUESTIONS, "A title")
    assert text.startswith("Quiz title: A title\n")
    assert re.findall(r"^(\d+)\. ", text, flags=re.MULTILINE) == [str(n) for n in range(1, 41)]
    numbers = [question.number for question in QUESTIONS if question.number is not None]
    assert re.findall(r"^= (.+)$", text, flags=re.MULTILINE) == list(map(str, numbers))
    choices = [choice for question in QUESTIONS for choice in question.choices]
    assert len(re.findall(r"^\*?[a-h]\) ", text, flags=re.MULTILINE)) == len(choices)
    assert len(re.findall(r"^\*[a-h]\) ", text, flags=re.MULTILINE)) == 40 - len(numbers)


def shown_as(element):
    """Return the words of an element as a reader sees them."""
    text = unescape(re.sub(r"<[^>]+>", "", "".join(element.itertext())))
    return text.replace("’", "'").strip()


@pytest.fixture
def archive(tmp_path):
    assert export_questions.main([str(tmp_path)]) == 0
    return tmp_path / "questions.zip"


@with_text2qti
def test_text2qti_makes_an_archive_of_all_questions(archive):
    with ZipFile(archive) as files:
        assert files.testzip() is None
        name = max(files.namelist(), key=lambda one: files.getinfo(one).file_size)
        root = ElementTree.fromstring(files.read(name))
    assert root.tag.endswith("questestinterop")
    space = {"q": root.tag[1:].split("}")[0]}
    items = root.findall(".//q:item", space)
    assert [item.get("title") for item in items] == [question.name for question in QUESTIONS]
    for item, question in zip(items, QUESTIONS, strict=True):
        shown = {
            label.get("ident"): shown_as(label)
            for label in item.findall(".//q:response_label", space)
        }
        scored = item.find(".//q:respcondition[q:setvar]//q:varequal", space).text
        said = {shown_as(one) for one in item.findall("q:itemfeedback", space)}
        if question.choices:
            assert list(shown.values()) == [choice.text for choice in question.choices]
            assert [choice.right for choice in question.choices] == [one == scored for one in shown]
            assert said == {question.reason, *(choice.reason for choice in question.choices)}
        else:
            assert (scored, said) == (str(question.number), {question.reason})


@with_text2qti
def test_the_same_questions_are_the_same_bytes(tmp_path, capsys):
    written = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        assert export_questions.main([str(folder)]) == 0
        told = capsys.readouterr().out.split()
        assert told == [str(folder / f"questions.{kind}") for kind in ("gift", "txt", "zip")]
        written.append([Path(name).read_bytes() for name in told])
    assert written[0] == written[1]


def test_where_text2qti_is_missing_the_other_files_are_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(export_questions.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(export_questions.shutil, "which", lambda name: None)
    assert export_questions.main([str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "questions.gift",
        "questions.txt",
    ]
    assert len(capsys.readouterr().out.splitlines()) == 2
