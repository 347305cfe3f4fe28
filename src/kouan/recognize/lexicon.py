"""The lexicon: what column names mean (lexicon.yaml), with what the standards in the packs say of each meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kouan.model import strictyaml
from kouan.model.inventory import SECRETS, IdentityRole, Sensitivity
from kouan.model.taxonomy import Grade
from kouan.model.text import Text
from kouan.packs.taxonomies import load_law_rulings, load_taxonomies
from kouan.recognize import messages
from kouan.recognize.calling import plain
from kouan.recognize.identifiers import IDENTIFIERS
from kouan.recognize.naming import Vocabulary, split_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from kouan.model.taxonomy import LawRulings, Ruling, Taxonomy
    from kouan.model.time import LegalDay
    from kouan.recognize.identifier import Identifier

_SENSITIVE = {Grade.YES: True, Grade.NO: False, Grade.JUDGE: None}
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
        category: class of GB/T 35273-2020 table A.1, `business`, `secrets` or `free_text`.
        role: in re-identification (GB/T 42460-2023 annexes A and B).
        anchor: `strong`, `weak` or `none`: whether such a column shows that its table is about persons.
        remark: what else is to be said of it; empty mostly.
        judged: False of an identifier that no standard in the packs speaks of: a person must say how sensitive it is.
    """

    id: str
    label: Text
    category: str
    role: IdentityRole
    anchor: str
    remark: Text
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The loaded lexicon.

    Attributes:
        meanings: by id.
        clauses: verdicts on sensitivity by key, of all standards.
        vocabulary: words and names for splitting and matching column names.
        subject_keys: meanings that number persons.
        things_too: meanings that a thing has as well.
        told_by_flag: meanings that a yes or no already tells.
        keys: token run of a subject key -> what it numbers.
        subjects: token run -> subject role.
        kin: roles that hang on the main subject.
        beside: roles that are persons of their own beside the main subject.
        serving: of these, those who serve the exporter.
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
    beside: frozenset[str]
    serving: frozenset[str]
    words: dict[str, tuple[str, ...]]
    recognized: dict[str, str]
    context: dict[tuple[str, ...], tuple[str, ...]]
    context_han: frozenset[str]

    def __reduce__(self) -> tuple[Callable[[], Lexicon], tuple[()]]:
        """Other processes load their own."""
        return load_lexicon, ()

    def sensitivity(self, meaning: str, as_of: LegalDay) -> Sensitivity:
        """Return the verdict on a meaning by the standard in force on the day."""
        standard, entry = standard_on(as_of), self.meanings[meaning]
        named = {name: one.id for rulings in (*_always(), standard.rulings) for one in rulings for name in one.meanings}
        other = standard.unlisted_ruling if entry.judged else standard.open_ruling
        return self.clauses[named.get(meaning, other)]


def standard_on(day: LegalDay) -> Taxonomy:
    """Return the taxonomy in force on a day; of days before any standard the oldest one."""
    return next((one for one in reversed(load_taxonomies()) if one.in_force.holds(day)), load_taxonomies()[0])


@cache
def load_lexicon() -> Lexicon:
    """Return the installed lexicon. Raises KouanError K-REC-004 when it does not fit together."""
    loaded = strictyaml.load(files("kouan.recognize").joinpath("lexicon.yaml").read_text("utf-8"), "lexicon.yaml")
    raw: dict[str, Any] = loaded.value
    said = {key: Text(zh=zh, en=en) for key, (zh, en) in raw["remarks"].items()}
    meanings = {key: _meaning(key, row, said.get(key, _NOTHING)) for key, row in raw["meanings"].items()}
    recognized = {one.id: raw["recognized"].get(one.id, one.id) for one in IDENTIFIERS}
    meanings = {one.id: _of_identifier(one) for one in IDENTIFIERS if recognized[one.id] == one.id} | meanings
    clauses = _clauses()
    _check(raw, meanings)
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
        beside=frozenset(raw["beside"]),
        serving=frozenset(raw["serving"]),
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
    zh, en, role, anchor = row
    return Meaning(key, Text(zh=zh, en=en), _category(key), _ROLES[role], anchor, remark)


def _category(meaning: str) -> str:
    """Return the class of GB/T 35273-2020 table A.1; what stands in none describes no person."""
    found = load_taxonomies()[0].categories_of(meaning)
    return found[0].label.zh if found else _OWN_CATEGORIES.get(meaning, "business")


_OWN_CATEGORIES = {"free_text": "free_text", "source_code": SECRETS, "trade_secret": SECRETS}


def _of_identifier(one: Identifier) -> Meaning:
    """Return the meaning of an identifier that the lexicon does not judge: a person must say how sensitive it is."""
    return Meaning(one.id, one.label, "其他信息", IdentityRole.DIRECT, "strong", _NOTHING, judged=False)


def _context(han: frozenset[str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for one in IDENTIFIERS:
        for run in dict.fromkeys(tuple(map(plain, split_name(word, han))) for word in one.context):
            found[run] = (*found.get(run, ()), one.id)
    return found


def _always() -> tuple[tuple[Ruling, ...], ...]:
    return tuple(one.rulings for one in load_law_rulings())


def _clauses() -> dict[str, Sensitivity]:
    texts: tuple[LawRulings | Taxonomy, ...] = (*load_law_rulings(), *load_taxonomies())
    return {
        ruling.id: Sensitivity(
            value=_SENSITIVE[ruling.sensitive],
            standard=ruling.number or text.standard.number,
            since=ruling.since or text.in_force.start,
            clause=ruling.clause,
        )
        for text in texts
        for ruling in text.rulings
    }


def _check(raw: dict[str, Any], meanings: dict[str, Meaning]) -> None:
    groups = ("names", "remarks", "subject_keys", "things_too", "told_by_flag")
    strange = [key for group in groups for key in raw[group] if key not in meanings]
    strange += [meaning for meaning in raw["recognized"].values() if meaning not in meanings]
    strange += [role for role in raw["kin"] + raw["beside"] + raw["serving"] if role not in raw["subjects"]]
    if strange:
        raise messages.LEXICON_BROKEN.at("lexicon.yaml", problem=", ".join(strange))
