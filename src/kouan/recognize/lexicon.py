"""The lexicon: what column names mean and what the standards say of each meaning (lexicon.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kouan.model import strictyaml
from kouan.model.inventory import IdentityRole, Sensitivity
from kouan.model.text import Text
from kouan.recognize import messages
from kouan.recognize.calling import plain
from kouan.recognize.identifiers import IDENTIFIERS
from kouan.recognize.naming import Vocabulary, split_name

if TYPE_CHECKING:
    from kouan.model.time import LegalDay
    from kouan.recognize.identifier import Identifier

_ROLES = {
    "direct": IdentityRole.DIRECT,
    "quasi": IdentityRole.QUASI,
    "sensitive": IdentityRole.SENSITIVE,
    "other": IdentityRole.OTHER,
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a data item.

    Attributes:
        id: as in `Item.meaning`.
        label: for people.
        category: class of GB/T 35273-2020 table A.1, `business` or `free_text`.
        role: in re-identification (GB/T 42460-2023 annexes A and B).
        anchor: `strong`, `weak` or `none`: whether such a column shows that its table is about persons.
        now, before: keys of clauses, from 2025-11-01 and until then.
        remark: what else is to be said of it; empty mostly.
    """

    id: str
    label: Text
    category: str
    role: IdentityRole
    anchor: str
    now: str
    before: str
    remark: Text


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The loaded lexicon.

    Attributes:
        meanings: by id.
        clauses: verdicts on sensitivity by key.
        vocabulary: words and names for splitting and matching column names.
        subject_keys: meanings that number persons.
        things_too: meanings that a thing has as well.
        told_by_flag: meanings that a yes or no already tells.
        keys: token run of a subject key -> what it numbers.
        subjects: token run -> subject role.
        kin: roles that hang on the main subject.
        words: small closed vocabularies of values, lower case.
        recognized: identifier -> the meaning of a column that is one.
        context: token run -> identifiers that it calls for.
        context_han: Chinese words, for cutting names in search of those.
    """

    meanings: dict[str, Meaning]
    clauses: dict[str, Sensitivity]
    vocabulary: Vocabulary
    subject_keys: frozenset[str]
    things_too: frozenset[str]
    told_by_flag: frozenset[str]
    keys: dict[tuple[str, ...], str]
    subjects: dict[tuple[str, ...], str]
    kin: frozenset[str]
    words: dict[str, tuple[str, ...]]
    recognized: dict[str, str]
    context: dict[tuple[str, ...], tuple[str, ...]]
    context_han: frozenset[str]

    def sensitivity(self, meaning: str, as_of: LegalDay) -> Sensitivity:
        """Return the verdict on a meaning by the standard in force on the day."""
        entry = self.meanings[meaning]
        now = self.clauses[entry.now]
        if now.since is not None and as_of >= now.since:
            return now
        return self.clauses[entry.before]


@cache
def load_lexicon() -> Lexicon:
    """Return the installed lexicon. Raises KouanError K-REC-004 when it does not fit together."""
    loaded = strictyaml.load(files("kouan.recognize").joinpath("lexicon.yaml").read_text("utf-8"), "lexicon.yaml")
    raw: dict[str, Any] = loaded.value
    said = {key: Text(zh=zh, en=en) for key, (zh, en) in raw["remarks"].items()}
    meanings = {key: _meaning(key, row, said.get(key, _NOTHING)) for key, row in raw["meanings"].items()}
    recognized = {one.id: raw["recognized"].get(one.id, one.id) for one in IDENTIFIERS}
    meanings = {one.id: _of_identifier(one) for one in IDENTIFIERS if recognized[one.id] == one.id} | meanings
    clauses = {key: _clause(row) for key, row in raw["clauses"].items()}
    _check(raw, meanings, clauses)
    words = [word for group in ("names", "keys", "subjects") for part in raw[group].values() for word in part]
    words += raw["things"] + raw["persons"] + raw["neutral"]
    han = frozenset(part for word in words for part in word.split() if not part.isascii())
    context_han = han | {part for one in IDENTIFIERS for word in one.context for part in _HAN.findall(word)}
    vocabulary = Vocabulary(
        han=han,
        names={split_name(word, han): meaning for meaning, part in raw["names"].items() for word in part},
        things=frozenset(raw["things"]),
        persons=frozenset(raw["persons"]) | {word for part in raw["subjects"].values() for word in part},
        neutral=frozenset(raw["neutral"]),
        ordinals=dict(raw["ordinals"]),
    )
    return Lexicon(
        meanings=meanings,
        clauses=clauses,
        vocabulary=vocabulary,
        subject_keys=frozenset(raw["subject_keys"]),
        things_too=frozenset(raw["things_too"]),
        told_by_flag=frozenset(raw["told_by_flag"]),
        keys={split_name(word, han): key for key, part in raw["keys"].items() for word in part},
        subjects={split_name(word, han): role for role, part in raw["subjects"].items() for word in part},
        kin=frozenset(raw["kin"]),
        words={
            "surnames": tuple(dict.fromkeys(raw["surnames"])),
            **{key: tuple(raw[key]) for key in _CLOSED},
        },
        recognized=recognized,
        context=_context(context_han),
        context_han=context_han,
    )


_NOTHING = Text(zh="", en="")
_HAN = re.compile(r"[㐀-䶿一-鿿]+")
_CLOSED = ("compound_surnames", "sexes", "years", "missing", "organisations")


def _meaning(key: str, row: list[str], remark: Text) -> Meaning:
    zh, en, category, role, anchor, now, before = row
    return Meaning(key, Text(zh=zh, en=en), category, _ROLES[role], anchor, now, before, remark)


def _of_identifier(one: Identifier) -> Meaning:
    """Return the meaning of an identifier that the lexicon does not judge: a person must say how sensitive it is."""
    return Meaning(one.id, one.label, "其他信息", IdentityRole.DIRECT, "strong", "judge", "judge", _NOTHING)


def _context(han: frozenset[str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for one in IDENTIFIERS:
        for run in dict.fromkeys(tuple(map(plain, split_name(word, han))) for word in one.context):
            found[run] = (*found.get(run, ()), one.id)
    return found


def _clause(row: list[Any]) -> Sensitivity:
    value, standard, since, clause = row
    return Sensitivity(value=value, standard=standard, since=since, clause=clause)


def _check(raw: dict[str, Any], meanings: dict[str, Meaning], clauses: dict[str, Sensitivity]) -> None:
    groups = ("names", "remarks", "subject_keys", "things_too", "told_by_flag")
    strange = [key for group in groups for key in raw[group] if key not in meanings]
    strange += [key for entry in meanings.values() for key in (entry.now, entry.before) if key not in clauses]
    strange += [meaning for meaning in raw["recognized"].values() if meaning not in meanings]
    strange += [role for role in raw["kin"] if role not in raw["subjects"]]
    if strange:
        raise messages.LEXICON_BROKEN.at("lexicon.yaml", problem=", ".join(strange))
