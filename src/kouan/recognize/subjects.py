"""Whom a column speaks of: the employee of the row, or a child, spouse, contact that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.recognize.naming import ordinal, split_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.naming import NameMatch


@dataclass(frozen=True, slots=True)
class Cast:
    """The roles of one table.

    Attributes:
        main: role of the person a row is about.
        declared: roles the declaration names.
        default: role of columns that name nobody; differs from `main` in a table of relatives.
    """

    main: str
    declared: tuple[str, ...]
    default: str


@dataclass(frozen=True, slots=True)
class Place:
    """Role of a column's person, and which of several relatives of that role (0: the only one)."""

    role: str
    slot: int = 0


def cast_of(table: str, *, declared: Sequence[str], keys: Sequence[str], lexicon: Lexicon) -> Cast:
    """Return the roles of a table.

    Args:
        table: name of the table or sheet.
        declared: roles that the declaration gives for the source; the first is the main one.
        keys: what the subject keys of the table number, such as `employee`.
        lexicon: for the words.
    """
    main = declared[0] if declared else next(iter(keys), "person")
    group = _group(split_name(table, lexicon.vocabulary.han), lexicon, kin_only=True)
    default = named_as(group, declared, lexicon) if group else main
    return Cast(main, tuple(declared), default)


def place(match: NameMatch, meaning: str, cast: Cast, *, lexicon: Lexicon) -> Place:
    """Return whose data a column holds."""
    if meaning in lexicon.subject_keys and not _is_kin(match, lexicon):
        return Place(cast.main)
    group = None if meaning == "relation" else _group(match.tokens, lexicon, kin_only=False)
    if group is None:
        return Place(cast.default)
    if group in lexicon.kin:
        return Place(named_as(group, cast.declared, lexicon), ordinal(match.tokens, lexicon.vocabulary))
    named = named_as(group, cast.declared, lexicon)
    return Place(named if named in cast.declared else cast.main)


def is_kin(role: str, lexicon: Lexicon) -> bool:
    """Tell whether a role is one of relatives, under whatever name the declaration gives it."""
    return role in lexicon.kin or _group(split_name(role, lexicon.vocabulary.han), lexicon, kin_only=True) is not None


def is_child(role: str, lexicon: Lexicon) -> bool:
    """Tell whether a role is that of a child."""
    return _group(split_name(role, lexicon.vocabulary.han), lexicon, kin_only=True) == "child"


def key_domain(match: NameMatch, lexicon: Lexicon) -> str:
    """Return what a subject key numbers: `member` for `loyalty_id`; the name itself when the lexicon does not say."""
    return lexicon.keys.get(match.matched) or "_".join(match.tokens)


def _is_kin(match: NameMatch, lexicon: Lexicon) -> bool:
    return _group(match.tokens, lexicon, kin_only=True) is not None


def _group(tokens: tuple[str, ...], lexicon: Lexicon, *, kin_only: bool) -> str | None:
    """Return the role that the longest known run of tokens names; relatives before the person they belong to."""
    found: list[tuple[bool, int, str]] = []
    for start in range(len(tokens)):
        for end in range(start + 1, len(tokens) + 1):
            role = lexicon.subjects.get(tokens[start:end])
            if role is not None and (role in lexicon.kin or not kin_only):
                found.append((role in lexicon.kin, end - start, role))
    return max(found)[2] if found else None


def named_as(group: str, declared: Sequence[str], lexicon: Lexicon) -> str:
    """Return the declared role that stands for a group, else the group's own name.

    A child may be declared as a dependant and a dependant as the only kind of relative there is.
    """
    by_group = {_group(split_name(role, lexicon.vocabulary.han), lexicon, kin_only=False): role for role in declared}
    if group in by_group:
        return by_group[group]
    relatives = [role for key, role in by_group.items() if key in lexicon.kin and key != "emergency_contact"]
    if group == "dependant" and len(relatives) == 1:
        return relatives[0]
    if group in ("child", "spouse", "parent") and "dependant" in by_group:
        return by_group["dependant"]
    return group
