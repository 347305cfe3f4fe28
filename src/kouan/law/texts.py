"""Official texts that a user keeps in a folder: which instrument each one is, and its articles.

The texts are the user's own copies. They are set beside the packs for reading and never decide anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.citations import bare_title, number_of
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kouan.model.pack import Instrument

_MIB = 1 << 20
_LARGEST_MIB = 8
_MOST_FILES = 1_000
_TITLE_LINES = 6
_SUFFIXES = frozenset({".md", ".txt"})
_NUMBER = r"[零〇一二两三四五六七八九十百千0-9]+"
_HEADING = re.compile(rf"^[#*\s\u3000]*第\s*({_NUMBER})\s*条(?:\*\*)?(?=[\s\u3000：:（(]|$)")
_SPLIT = re.compile(rf"^[#*\s\u3000]*(?:第\s*{_NUMBER}\s*[编章节]|附\s*[件则录表]\s*(?:{_NUMBER})?\s*$)")
_MEASURE = re.compile(r"^[#*\s\u3000]*([0-9]{1,3})[.．、]\s*\S")
_ANNEX = re.compile(rf"^[#*\s\u3000]*附\s*件\s*({_NUMBER})\s*(?:[：:].*)?$")
_MARK = re.compile(r"〔编者注[^〕]*〕|\[(?:缺|截断|不完整)[^\]]*\]|（(?:以下|此处)(?:缺|截断)[^）]*）")

NO_TITLE = Text(zh="开头几行没有规则包引用的文件名称", en="its first lines name no instrument that the packs cite")
NOT_TEXT = Text(zh="不是 .md 或 .txt 文件", en="it is no .md or .txt file")
UNREADABLE = Text(
    zh="打不开，或者不是 UTF-8 或 GB18030 编码", en="it cannot be opened, or is neither UTF-8 nor GB18030"
)
TOO_LARGE = Text(zh="超过 {size} MiB", en="it is larger than {size} MiB")


@dataclass(frozen=True, slots=True)
class OfficialText:
    """One file that is the text of an instrument.

    Attributes:
        file: path inside the folder.
        articles: by kind (empty, `measure`, `annex`) and number, the wording as it stands in the file.
        marks: what an editor marked as missing or doubtful.
        gaps: numbers of articles between the first and the last that the file lacks.
    """

    file: str
    instrument: str
    articles: Mapping[tuple[str, int], str]
    marks: tuple[str, ...] = ()
    gaps: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing says that something is missing; an end cut off unseen is not noticed."""
        return not self.marks and not self.gaps and bool(self.articles)

    @property
    def last(self) -> int:
        """Number of the last article; 0 where there is none."""
        return max((number for kind, number in self.articles if not kind), default=0)

    def wording(self, path: tuple[str, ...]) -> str | None:
        """Return the whole article in which a place lies."""
        if len(path) < 2 or not path[1].isdigit():  # noqa: PLR2004 - kind and number
            return None
        return self.articles.get((path[0], int(path[1])))


@dataclass(frozen=True, slots=True)
class Texts:
    """A folder of official texts.

    Attributes:
        matched: texts whose instrument is known, by file.
        unmatched: the other files with the reason.
    """

    matched: tuple[OfficialText, ...] = ()
    unmatched: Mapping[str, Text] = field(default_factory=dict)

    def of(self, instrument: str) -> tuple[OfficialText, ...]:
        """Return the texts of an instrument."""
        return tuple(one for one in self.matched if one.instrument == instrument)


def read_texts(folder: Path, instruments: Mapping[str, Instrument]) -> Texts:
    """Read every file in and under a folder; none is passed over in silence.

    Raises:
        KouanError: K-LAW-063 where there is no file at all.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())[: _MOST_FILES + 1]
    if not files or len(files) > _MOST_FILES:
        raise messages.NO_TEXTS.at(str(folder), size=_LARGEST_MIB, count=_MOST_FILES)
    titles = {key: bare_title(one.title.zh) for key, one in instruments.items()}
    matched, unmatched = [], {}
    for path in files:
        name = path.relative_to(folder).as_posix()
        found = _read(path, name, titles)
        if isinstance(found, Text):
            unmatched[name] = found
        else:
            matched.append(found)
    return Texts(tuple(matched), unmatched)


def _read(path: Path, name: str, titles: Mapping[str, str]) -> OfficialText | Text:
    if path.suffix.lower() not in _SUFFIXES:
        return NOT_TEXT
    try:
        if path.stat().st_size > _LARGEST_MIB * _MIB:
            return TOO_LARGE.fill(size=_LARGEST_MIB)
        text = _decoded(path.read_bytes())
    except OSError:
        text = None
    if text is None:
        return UNREADABLE
    lines = text.splitlines()
    key = _instrument(lines, titles)
    if key is None:
        return NO_TITLE
    articles = _articles(lines)
    numbers = sorted(number for kind, number in articles if not kind)
    gaps = sorted(set(range(1, numbers[-1] + 1)) - set(numbers)) if numbers else []
    marks = tuple(dict.fromkeys(found.group() for found in _MARK.finditer(text)))
    return OfficialText(name, key, articles, marks, tuple(gaps))


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _instrument(lines: Iterable[str], titles: Mapping[str, str]) -> str | None:
    """Return the instrument whose title is one of the first lines."""
    head = [bare_title(line) for line in lines if line.strip()][:_TITLE_LINES]
    for line in head:
        same = [key for key, title in titles.items() if title == line]
        if same:
            return same[0]
    # A copy may leave out the edition that the title carries in brackets.
    plain = {key: re.sub(r"\([^()]*\)$", "", title) for key, title in titles.items()}
    return next((key for line in head for key, title in plain.items() if title == line), None)


def _articles(lines: Iterable[str]) -> dict[tuple[str, int], str]:
    """Return each article's lines; chapters and annexes end one."""
    found: dict[tuple[str, int], list[str]] = {}
    at: tuple[str, int] | None = None
    for line in lines:
        heading = _heading(line, found)
        if heading is not None:
            at = heading
            found[at] = []
        elif _SPLIT.match(line):
            at = None
        if at is not None and line.strip():
            found[at].append(line.strip())
    return {key: "\n".join(part) for key, part in found.items()}


def _heading(line: str, found: Mapping[tuple[str, int], list[str]]) -> tuple[str, int] | None:
    """Return the place that a line opens, if any; numbered measures count only where no article does."""
    if article := _HEADING.match(line):
        key = ("", number_of(article[1]))
        return key if key not in found else None
    if annex := _ANNEX.match(line):
        key = ("annex", number_of(annex[1]))
        return key if key not in found else None
    if (measure := _MEASURE.match(line)) and not any(not kind for kind, _ in found):
        number = int(measure[1])
        expected = max((number for kind, number in found if kind == "measure"), default=0) + 1
        return ("measure", number) if number == expected else None
    return None
