"""`kouan.labels.yaml`: words of persons on items, found beside the declaration, read, and written line by line."""

from __future__ import annotations

import difflib
import json
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.opening import read_text
from kouan.clearance.workfolder import disk_errors, folder_lock
from kouan.model import strictyaml
from kouan.model.canonical import sha256_bytes
from kouan.model.errors import KouanError
from kouan.model.files import write_whole
from kouan.model.labels import ItemLabel, Labels
from kouan.recognize.hints import check_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kouan.model.declaration import SourceSpec
    from kouan.model.inventory import Inventory, Item

LABELS = "kouan.labels.yaml"
_SOME = 5
_HEAD = """\
# 人工对数据项的认定，优先于自动识别，每项一行。
# What persons say of items; it wins over recognition. One line for each item.
kind: labels
version: 1
items:
"""


@dataclass(frozen=True, slots=True)
class LabelBook:
    """A file of labels as it was read.

    Attributes:
        path: of the file.
        text: as it stands there.
        items: labels by item id.
    """

    path: Path
    text: str
    items: Mapping[str, ItemLabel]

    @property
    def sha256(self) -> str:
        """Digest of its text."""
        return sha256_bytes(self.text.encode())


def find_labels(beside: Path | None, given: Path | None, specs: Sequence[SourceSpec]) -> LabelBook | None:
    """Return the labels of a transfer, or None where there are none.

    Args:
        beside: the declaration, beside which `kouan.labels.yaml` is looked for; None looks nowhere.
        given: the file that was asked for; it must be there.
        specs: declared sources, of whose items it may speak.

    Raises:
        KouanError: K-CLR-001 for a file asked for that is not there, K-MOD-001 to 005, K-REC-001.
    """
    path = given or (None if beside is None else beside.parent / LABELS)
    if path is None or (given is None and not path.exists()):
        return None
    book = read_labels(path)
    check_labels(book.items, specs, path.name)
    return book


def read_labels(path: Path) -> LabelBook:
    """Read a file of labels. Raises KouanError K-CLR-001, K-MOD-001 to 005 with the line."""
    text = read_text(path)
    labels = strictyaml.parse(Labels, text, path.name, "labels")
    return LabelBook(path, text, {unicodedata.normalize("NFC", key): one for key, one in labels.items.items()})


@contextmanager
def writing(path: Path, home: Path) -> Iterator[None]:
    """Hold the only right to write a file of labels. Raises KouanError K-CLR-113, and K-CLR-013 for a full disk."""
    with disk_errors(path), folder_lock(path.resolve(), home, busy=messages.LABELS_BUSY):
        yield


def write_label(path: Path, item: str, label: ItemLabel) -> None:
    """Add a label to a file, or put it in the place of the item's line; everything else stays as it is.

    Args:
        path: of the file; it is made where there is none.
        item: id.
        label: a person's word.

    Raises:
        KouanError: K-CLR-110 where the file is not written one line for each item; what `read_labels` raises.
    """
    old = read_labels(path).text if path.exists() else _HEAD
    lines = old.splitlines()
    new = _line(item, label)
    at = next((place for place, line in enumerate(lines) if _item_of(line) == item), None)
    if at is not None:
        lines[at] = new
    elif _ends_in_items(lines):
        lines.append(new)
    text = "\n".join(lines) + "\n"
    try:
        kept = strictyaml.parse(Labels, text, path.name, "labels").items
    except KouanError:
        kept = {}
    if kept.get(item) != label:
        raise messages.LABELS_BY_HAND.at(str(path), item=item, line=new.strip())
    write_whole(path, text.encode())


def find_item(inventory: Inventory, word: str) -> Item:
    """Return the item of a name: its id, `table#column`, or a column's name that no other has.

    Raises:
        KouanError: K-CLR-111 with the nearest name, K-CLR-112.
    """
    name = unicodedata.normalize("NFC", word)
    exact = [item for item in inventory.items if item.id == name]
    found = exact or [item for item in inventory.items if name in (item.name, item.id.partition("!")[2])]
    if len(found) > 1:
        some = ", ".join(item.id for item in found[:_SOME])
        raise messages.ITEM_UNCLEAR.at(name, item=name, count=len(found), items=some)
    if not found:
        names = [name for item in inventory.items for name in (item.id, item.name)]
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
        raise messages.ITEM_UNKNOWN.at(name, item=name, guess=f" ({near[0]}?)" if near else "")
    return found[0]


def _line(item: str, label: ItemLabel) -> str:
    fields = label.model_dump(mode="json", exclude_defaults=True)
    said = ", ".join(f"{name}: {value if name == 'on' else _quoted(value)}" for name, value in fields.items())
    return f"  {_quoted(item)}: {{{said}}}"


def _quoted(word: str) -> str:
    """Return a word as YAML reads it: a JSON string is one."""
    return json.dumps(word, ensure_ascii=False)


def _item_of(line: str) -> str | None:
    """Return the item that one line speaks of all by itself."""
    try:
        value = strictyaml.load(line, LABELS).value if line.startswith(" ") else None
    except KouanError:
        return None
    whole = isinstance(value, dict) and len(value) == 1 and all(isinstance(one, dict) for one in value.values())
    return unicodedata.normalize("NFC", next(iter(value))) if isinstance(value, dict) and whole else None


def _ends_in_items(lines: Sequence[str]) -> bool:
    """Tell whether a further line would stand under `items`."""
    tops = [line for line in lines if line[:1].strip() and not line.startswith("#")]
    return bool(tops) and tops[-1].rstrip() == "items:"
