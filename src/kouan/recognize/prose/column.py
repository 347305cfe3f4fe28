"""What texts of a column name, counted cell by cell: mergeable, so that any split into batches gives the same.

Reading texts costs a thousand times more than looking for identifiers. So rows are chosen by their number alone: the
first ones all, then ever fewer, half as many for each doubling of the table. What was not read is said, never hidden.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.model.inventory import Tier
from kouan.recognize.cells import is_list_of_text
from kouan.recognize.prose.find import find
from kouan.recognize.prose.gate import Gate, either_case
from kouan.recognize.prose.numbers import find_numbers
from kouan.recognize.prose.secrets import CODE_LINE, CODED, KEYWORD_LINE, code_lines, find_marks
from kouan.recognize.prose.sensitive import find_sensitive

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from kouan.recognize.prose.find import Tagger
    from kouan.recognize.prose.spans import Span

    Bools = npt.NDArray[np.bool_]
    Ints = npt.NDArray[np.int64]

_HEAD, _EACH = 4_096, 512
"""First rows that are all read, and rows of each later doubling (4,096 to 8,191, to 16,383 and so on)."""
_HEAD_SHORT, _EACH_SHORT = 512, 32
"""The same of texts without a clause, such as addresses, products and remarks of few words."""
_LANGUAGE = r"(?:\p{Han}[^\p{Han}]*){5}|\S\s+\S+\s+\S|[机秘绝保]密|(?i:confidential|proprietary|trade secret)"
"""Five Chinese characters or three words: less is no text, but for a mark of secrecy."""
_SPOKEN = Gate("|".join((" |\t|\n|\f|\r|密", *map(either_case, ("confidential", "proprietary")))))
"""Without one of these no cell of fewer than five Chinese characters is language."""
_FIVE_HAN = 15
"""Bytes of five Chinese characters."""
LONGEST = 4_000
"""Characters of a cell that are read."""
KEPT, KEPT_LONGEST = 200, 400
"""Different texts of a column that are kept for a model, and characters of each."""
WHOLE = "whole"
"""Among the counts: cells that are nothing but one thing of a kind."""
OTHER = "other"
"""Among the counts: cells that are no text."""
SENTENCE = "sentence"
"""Among the counts: cells with a clause: a comma, a full stop or six words."""
NAMED = "named"
"""Among the counts: cells that name a person for certain."""
_CLAUSED = r"[，。；！？]|[a-z][,.;!?] \S|(?:[A-Za-z']+ ){5}[A-Za-z']+"
_CLAUSE = re.compile(_CLAUSED)
MODEL, AGREED = "model", "model+rule"
"""Among the rules: texts of a kind that the model alone found, and that it and a rule found at the same place."""
_LAST_DAY = 99_991_231
_EDGES = " \t\r\n,.;:，。；：、（）()[]【】\"'“”"
_OF_PERSONS = frozenset(
    """
    cn.ric cn.ric15 cn.hmt_res cn.pr cn.pr15 cn.hkmo_permit cn.tw_permit hkid moid twid cn.officer cn.passport cn.ssn
    cn.mobile cn.bankcard
    """.split()  # noqa: SIM905 - words
)
"""Kinds that say who somebody is: a number beside a diagnosis does as a name does."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Counts over the texts of a part of a column.

    Attributes:
        rows: rows that were chosen.
        read: texts among them; what is shorter or no language is none.
        left: other texts among them: of those without a clause fewer are read.
        cut: of these, texts of which only the first 4,000 characters were read.
        found: texts by `kind/tier` (the surest of its kind), `kind/whole`, `kind:rule`, `named`, `sentence`,
            lines: `lines`, `code`, `keyword`, and `other` cells.
        kept: the first different ones, raw, cut at 400 characters: for a model, never shown.
        model: name of the model that read the kept ones; empty when none did.
        tagged: how many the model read.
    """

    rows: int = 0
    read: int = 0
    left: int = 0
    cut: int = 0
    found: Counter[str] = field(default_factory=Counter)
    kept: tuple[str, ...] = field(default=(), repr=False)
    model: str = ""
    tagged: int = 0

    def share(self, key: str) -> float:
        """Return the share of the texts read that were counted under a key."""
        return self.found[key] / self.read if self.read else 0.0

    def whole(self, kind: str) -> float:
        """Return the share of cells that are one thing of a kind as a whole."""
        cells = self.read + self.found[OTHER]
        return self.found[f"{kind}/{WHOLE}"] / cells if cells else 0.0


NO_PROSE = Prose()


def read_prose(column: Any, first: int) -> Prose:
    """Read the texts of one part of a column.

    Args:
        column: `pa.Array` of texts, of lists of texts, or a dictionary of texts.
        first: row of the table at which the part begins.
    """
    rows, few = _rows(first, len(column))
    part = column if len(rows) == len(column) else column.take(pa.array(rows))
    if is_list_of_text(part.type):
        few = few[np.asarray(pc.list_parent_indices(part), np.int64)]
        part = pc.list_flatten(part)
    if pa.types.is_dictionary(part.type):
        part = part.dictionary_decode()
    texts = pc.utf8_trim_whitespace(part.cast(pa.string()).fill_null(""))
    letters = _letters(texts)
    language = _where(texts, _may_be_language(texts, letters), _LANGUAGE)
    lines = _lines(texts.filter(pa.array(few & ~language)), letters)
    chosen = language & few
    chosen |= _where(texts, language & ~few, _CLAUSED)
    found = _read(texts.filter(pa.array(chosen)))
    found.found.update(lines)
    left = int(np.count_nonzero(language & ~chosen))
    return replace(found, rows=len(rows), left=left)


def merge_prose(left: Prose, right: Prose) -> Prose:
    """Return the counts of two parts in their order."""
    return Prose(
        rows=left.rows + right.rows,
        read=left.read + right.read,
        left=left.left + right.left,
        cut=left.cut + right.cut,
        found=left.found + right.found,
        kept=tuple(islice(dict.fromkeys(left.kept + right.kept), KEPT)),
    )


def tag_prose(prose: Prose, tagger: Tagger, model: str) -> Prose:
    """Return counts to which a model has added what it finds in the kept texts, and what it and a rule agree on.

    A kept text stands for one cell at least, so that what is added is no more than there is.
    """
    if not prose.kept or prose.model:
        return prose
    added: Counter[str] = Counter()
    by_rules = find(prose.kept, numbers=False)
    for before, after in zip(by_rules, find(prose.kept, tagger=tagger, numbers=False), strict=True):
        held, now = _tiers(before), _tiers(after)
        for kind, tier in now.items():
            if kind not in held:
                added.update((f"{kind}/{tier.value}", f"{kind}:{MODEL}"))
            elif tier is Tier.CONFIRMED and held[kind] is not Tier.CONFIRMED:
                added.update((f"{kind}/{tier.value}", f"{kind}:{AGREED}"))
                added.subtract((f"{kind}/{held[kind].value}",))
        if any(_is_named(span) for span in after) and not any(_is_named(span) for span in before):
            added[NAMED] += 1
    found = Counter(prose.found)
    found.update(added)
    return replace(prose, found=+found, model=model, tagged=len(prose.kept))


@lru_cache(maxsize=4)
def _rows(first: int, count: int) -> tuple[Ints, Bools]:
    """Return the rows of a part that are chosen, and which of them even for short texts: alike in all columns."""
    step = 1 if first < _HEAD else int(_strides(np.array([first], np.int64), _EACH)[0])  # later strides are multiples
    at = np.arange(first + -first % step, first + count, step, dtype=np.int64)
    at = at[_chosen(at, _HEAD, _EACH)]
    return at - first, _chosen(at, _HEAD_SHORT, _EACH_SHORT)


def _chosen(at: Ints, head: int, each: int) -> Bools:
    """Tell which rows are chosen, by their number alone."""
    chosen: Bools = (at < head) | (at % _strides(at, each) == 0)
    return chosen


def _strides(at: Ints, each: int) -> Ints:
    """Return every how many rows one is chosen where each stands: `each` of every doubling."""
    doubling = np.floor(np.log2(np.maximum(at, 1))).astype(np.int64)
    strides: Ints = np.left_shift(1, np.maximum(doubling - (each.bit_length() - 1), 0))
    return strides


def _letters(texts: Any) -> str:
    """Return what all cells of a string array hold, one behind the other: a sign that is not in it is in no cell."""
    _, ends, data = texts.buffers()
    if data is None or not len(texts):
        return ""
    first, last = np.frombuffer(ends, np.int32)[[texts.offset, texts.offset + len(texts)]]
    return str(data[int(first) : int(last)].to_pybytes(), "utf-8", "replace")


def _may_be_language(texts: Any, letters: str) -> Bools:
    """Tell which cells can be language: with a blank or a word of secrecy in the part all, else long Chinese ones."""
    if _SPOKEN(letters):
        return np.ones(len(texts), np.bool_)
    if letters.isascii():
        return np.zeros(len(texts), np.bool_)
    may: Bools = np.asarray(pc.binary_length(texts)) >= _FIVE_HAN
    return may


def _where(texts: Any, among: Bools, pattern: str) -> Bools:
    """Tell which cells among some match a pattern; only those are looked at."""
    matched = np.zeros(len(texts), np.bool_)
    if among.any():
        some = texts if among.all() else texts.filter(pa.array(among))
        matched[among] = pc.match_substring_regex(some, pattern)
    return matched


def _lines(texts: Any, letters: str) -> dict[str, int]:
    """Count the cells that are no language and those of them that look like a line of code."""
    filled = pc.sum(pc.not_equal(texts, "")).as_py() or 0
    counts = {OTHER: filled, "lines": filled}
    if filled and CODED(letters):
        code = _where(texts, np.ones(len(texts), np.bool_), CODE_LINE)
        keyword = _where(texts, code, KEYWORD_LINE)  # every one of them is a line of code
        counts |= {"code": int(np.count_nonzero(code)), "keyword": int(np.count_nonzero(keyword))}
    return {key: count for key, count in counts.items() if count}


def _read(texts: Any) -> Prose:
    """Read a string array of texts; equal ones are read once."""
    counted = texts.value_counts()
    weights = counted.field(1).to_pylist()
    lengths = np.asarray(pc.utf8_length(counted.field(0)), np.int64)
    different = pc.utf8_slice_codeunits(counted.field(0), 0, LONGEST).to_pylist()
    found: Counter[str] = Counter()
    for text, spans, weight in zip(different, find(different, numbers=False), weights, strict=True):
        for key, count in _of_text(text, spans).items():
            found[key] = found.get(key, 0) + count * weight
    kept = tuple(dict.fromkeys(text[:KEPT_LONGEST] for text in different[:KEPT]))
    cut = int((lengths > LONGEST) @ np.array(weights, np.int64))
    return Prose(read=sum(weights), cut=cut, found=found, kept=kept)


def _of_text(text: str, spans: Sequence[Span]) -> dict[str, int]:
    """Return what one text adds to the counts."""
    person = any(_is_named(span) for span in spans)
    told = list(find_sensitive(text, named=person))
    if told and not person and any(_is_named(span) for span in find_numbers(text, today=_LAST_DAY)):
        person, told = True, list(find_sensitive(text, named=True))
    found = _kinds([*spans, *told, *find_marks(text)])
    for span in spans:
        if not text[: span.start].strip(_EDGES) and not text[span.end :].strip(_EDGES):
            found[f"{span.kind}/{WHOLE}"] = 1
    if person:
        found[NAMED] = 1
    if _CLAUSE.search(text):
        found[SENTENCE] = 1
    counted = zip(("lines", "code", "keyword"), code_lines(text), strict=True)
    found.update((key, count) for key, count in counted if count)
    return found


def _kinds(spans: Sequence[Span]) -> dict[str, int]:
    """Return one for each kind with its surest tier, and one for each rule that found it."""
    if not spans:
        return {}
    rules = {f"{span.kind}:{rule}" for span in spans for rule in span.why.split("+") if rule}
    return dict.fromkeys((*rules, *(f"{kind}/{tier.value}" for kind, tier in _tiers(spans).items())), 1)


def _tiers(spans: Iterable[Span]) -> dict[str, Tier]:
    """Return the surest tier of each kind."""
    tiers: dict[str, Tier] = {}
    for span in spans:
        if tiers.get(span.kind) is not Tier.CONFIRMED:
            tiers[span.kind] = span.tier
    return tiers


def _is_named(span: Span) -> bool:
    return span.tier is Tier.CONFIRMED and (span.kind == "name" or span.kind in _OF_PERSONS)
