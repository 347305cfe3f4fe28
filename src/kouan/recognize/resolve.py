"""Distinct persons as a range where no subject key numbers them all (DESIGN 4.3; see `keyed` for where one does).

Lower end: rows that share any key are one person, but two valid resident IDs never are.
Upper end: only a resident ID or a subject key joins rows, of several kinds the one with most values; a document or a
telephone joins them only under one name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.recognize.grouping import distinct, first_rows, lower, marked, nothing, own, spans, table
from kouan.recognize.keys import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Collection, MutableMapping, Sequence

    import numpy.typing as npt

    Codes = npt.NDArray[np.int32]
    Bools = npt.NDArray[np.bool_]

LINK_LIMIT = 5
"""A document, telephone or address seen with more persons than this is a hotline and joins nobody."""
_APART, _MERGED, _BORN, _KEY = "=apart", "=merged", "=born", "=key"
"""What is put away while something else is worked on; no kind of key begins with this sign."""


@dataclass(frozen=True, slots=True)
class Persons:
    """Labels of rows: equal labels, same person; a label is one of the rows.

    Attributes:
        merged: by every key (lower end); rows without any key, or with only a name that several persons have, have -1.
        apart: by strong keys (upper end).
        keyed: rows that hold a resident ID or a subject key.
    """

    merged: Codes
    apart: Codes
    keyed: Bools

    def lowest(self, rows: Bools) -> int:
        """Return the fewest persons that the rows can be."""
        return max(int(marked(self.merged, rows).sum()), int(rows.any()))

    def highest(self, rows: Bools) -> int:
        """Return the most persons that the rows can be."""
        return int(marked(self.apart, rows).sum())


def resolve(codes: MutableMapping[str, Codes], rows: int) -> Persons:
    """Label rows by person.

    Args:
        codes: by key kind (`ric`, `id:...`, `doc:...`, `mobile`, `email`, `name`, `birth`, and `holder` for whom a
            relative belongs to), for each row the first with the same key, -1 where it has none; used up.
        rows: number of rows.
    """
    strong = [kind for kind in codes if kind.startswith("id:")]
    weak = weak_kinds(codes)
    keyed = _having(codes, ["ric", *strong], rows)
    if len(strong) > 1:  # who shares the number of another register is not one person for it
        codes[_KEY] = subject_key(codes, rows)
    codes[_APART] = _join(codes, [_KEY] if len(strong) > 1 else strong, rows)
    codes.pop(_KEY, None)
    if weak:
        _link_persons_only(codes, weak, keyed)
    if "name" in codes and "birth" in codes:
        codes[_BORN] = _born(codes["name"], codes["birth"])
    links = [*weak, *(kind for kind in (_BORN,) if kind in codes)]
    merged = _join(codes, [*strong, *links], rows)
    known = keyed | _having(codes, links, rows)
    if "name" in codes:
        name = codes["name"]
        _adopt_names(merged, name, known)
        known |= name >= 0
        del name
    merged[~known] = -1
    codes[_MERGED] = merged
    del merged, known
    apart = codes.pop(_APART)
    join_weakly(apart, ~keyed, codes, weak)
    return Persons(codes.pop(_MERGED), apart, keyed)


def subject_key(codes: MutableMapping[str, Codes], rows: int) -> Codes:
    """Return one label per row by the key with most values; a row that only has another key follows it from there."""
    kinds = [kind for kind in codes if kind.startswith("id:")]
    kinds = sorted(kinds, key=lambda kind: (-distinct(codes[kind]), kind)) if len(kinds) > 1 else kinds
    labels = codes[kinds[0]]
    if len(kinds) > 1:
        labels = labels.copy()
    for kind in kinds[1:]:
        code = codes[kind]
        alone = (labels < 0) & (code >= 0)
        if alone.any():
            first = table(rows, rows)
            lower(first, code, labels, labels >= 0)
            for span in spans(rows):
                leader = first[code[span]]
                np.copyto(labels[span], np.where(leader < rows, leader, code[span]), where=alone[span])
    return labels


def weak_kinds(codes: Collection[str]) -> list[str]:
    """Return the kinds of keys that join rows under one name only, strongest first: documents, telephones, e-mails."""
    documents = sorted(kind for kind in codes if kind.startswith(DOCUMENT))
    return [*documents, *(kind for kind in ("mobile", "email") if kind in codes)]


def _having(codes: MutableMapping[str, Codes], kinds: Sequence[str], rows: int) -> Bools:
    """Return the rows that hold a key of one of these kinds."""
    having = np.zeros(rows, np.bool_)
    for kind in kinds:
        if kind in codes:
            having |= codes[kind] >= 0
    return having


def _born(name: Codes, birth: Codes) -> Codes:
    return first_rows(name, birth, birth >= 0)


def _link_persons_only(codes: MutableMapping[str, Codes], weak: Sequence[str], keyed: Bools) -> None:
    """Take telephones and e-mails of too many persons away (a person without a strong key is known by name)."""
    rows = len(keyed)
    person = codes.get("name", nothing(rows)).copy()
    person[person >= 0] += np.int32(rows)
    np.copyto(person, codes[_APART], where=keyed)
    for kind in weak:
        codes[kind] = _without_many(codes[kind], person)


def _without_many(code: Codes, person: Codes) -> Codes:
    many = _of_many(code, person)
    for span in spans(len(code)):
        code[span] = np.where(many[code[span]], np.int32(-1), code[span])
    return code


def _of_many(code: Codes, person: Codes) -> Bools:
    """Return for each code whether it is seen with too many persons (-1: nobody known)."""
    rows = len(code)
    first = first_rows(code, person, person >= 0)
    seen = table(rows, 0)
    for span in spans(rows):
        new = first[span] == np.arange(span.start, span.stop)
        np.add.at(seen, code[span][new], np.int32(1))
    return seen > LINK_LIMIT


def _join(codes: MutableMapping[str, Codes], links: Sequence[str], rows: int) -> Codes:
    """Label rows by connected component; two resident IDs are never joined.

    Rows without a resident ID are joined among themselves by every code they share (minimum-label hooking with full
    path compression); a component then takes the smallest resident ID that any of its codes is seen with.
    """
    parent = own(rows)
    free = codes["ric"] < 0 if "ric" in codes else np.ones(rows, np.bool_)
    sharing = _sharing(codes, links, free)
    moved = bool(sharing.any())
    while moved:
        moved = False
        for kind in links:
            if _hook(parent, codes[kind], sharing):
                _compress(parent)
                moved = True
    if "ric" not in codes:
        return parent
    del sharing
    named = ~free
    np.copyto(parent, codes["ric"], where=named)  # no other row points at these
    best = table(rows, rows)
    for kind in links:
        _reach(best, parent, code=codes[kind], named=named)
    for span in spans(rows):
        adopted = np.where(free[span], best[parent[span]], rows)
        np.copyto(parent[span], adopted, where=adopted < rows)
    return parent


def _sharing(codes: MutableMapping[str, Codes], links: Sequence[str], free: Bools) -> Bools:
    """Return the free rows that have a code in common with another of them."""
    sharing = np.zeros(len(free), np.bool_)
    for kind in links:
        _note_sharing(sharing, codes[kind], free)
    return sharing


def _note_sharing(sharing: Bools, code: Codes, free: Bools) -> None:
    rows = len(free)
    last = table(rows, -1)
    often = np.zeros(rows + 1, np.bool_)
    for span in spans(rows):
        at = np.flatnonzero(free[span] & (code[span] >= 0))
        found = code[span][at]
        before = last[found]
        last[found] = at + span.start
        often[found[(before >= 0) | (last[found] != at + span.start)]] = True
    for span in spans(rows):
        sharing[span] |= free[span] & often[code[span]]


def _hook(parent: Codes, code: Codes, rows: Bools) -> bool:
    """Hook the roots of rows with one code onto the smallest of them; tell whether any was another."""
    least = table(len(parent), len(parent))
    lower(least, code, parent, rows)
    moved = False
    for span in spans(len(parent)):
        at = np.flatnonzero(rows[span] & (code[span] >= 0))
        root, target = parent[span][at], least[code[span][at]]
        less = target < root
        if less.any():
            np.minimum.at(parent, root[less], target[less])
            moved = True
    return moved


def _compress(parent: Codes) -> None:
    """Let every row point at its root."""
    moved = True
    while moved:
        moved = False
        for span in spans(len(parent)):
            above = parent[parent[span]]
            if not np.array_equal(above, parent[span]):
                parent[span] = above
                moved = True


def _reach(best: Codes, parent: Codes, *, code: Codes, named: Bools) -> None:
    """Note for each component the smallest resident ID (of named rows, their parent) that shares a code with it."""
    least = table(len(parent), len(parent))
    lower(least, code, parent, named)
    for span in spans(len(parent)):
        at = np.flatnonzero(~named[span] & (code[span] >= 0))
        np.minimum.at(best, parent[span][at], least[code[span][at]])


def _adopt_names(labels: Codes, name: Codes, known: Bools) -> None:
    """Rows that hold nothing but a name are one person, or the known one of that name; of several they may be any.

    Where several are known the row gets -1: whichever it took could add a person to the lower end of some of the rows.
    """
    bare = ~known & (name >= 0)
    if not bare.any():
        return
    rows = len(name)
    least, named = table(rows, rows), table(rows, rows)
    lower(least, name, labels, bare)
    lower(named, name, labels, known)
    np.copyto(least, named, where=named < rows)
    for span in spans(rows):
        at = np.flatnonzero(known[span] & (name[span] >= 0))
        found = name[span][at]
        least[found[labels[span][at] != named[found]]] = -1
    del named
    for span in spans(rows):
        np.copyto(labels[span], least[name[span]], where=bare[span])


def join_weakly(labels: Codes, left: Bools, codes: MutableMapping[str, Codes], weak: Sequence[str]) -> None:
    """Label rows without a strong key by telephone and name, e-mail and name, or name, birth date and holder.

    Args:
        labels: changed in place; the rows that are left are labels of their own.
        left: rows to be labelled; changed in place.
        codes: by kind.
        weak: kinds beside which the name must be the same, strongest first.
    """
    rows = len(labels)
    if not left.any():
        return
    for kind in weak:
        label_left(labels, left, first_rows(codes[kind], codes.get("name", nothing(rows)), left))
    if "name" in codes and ("birth" in codes or "holder" in codes):
        birth = codes.get("birth", nothing(rows))
        told = birth >= 0
        born = first_rows(codes["name"], birth, left)
        del birth
        holder = codes.get("holder", nothing(rows))
        told |= holder >= 0
        label_left(labels, left, first_rows(born, holder, left & told))


def label_left(labels: Codes, left: Bools, first: Codes) -> None:
    """Label rows that are left by the first row like them, and leave them no longer."""
    for span in spans(len(labels)):
        np.copyto(labels[span], first[span], where=first[span] >= 0)
    left &= first < 0
