"""Whom a column speaks of: the employee of the row, or a child, spouse, contact that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from kouan.recognize.naming import ordinal, split_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.naming import NameMatch

Said: TypeAlias = tuple[str, tuple[str, ...]]
"""A role, and the words of a name that say it."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The roles of one table.

    Attributes:
        main: role of the person a row is about.
        declared: roles the declaration names.
        default: role of columns that name nobody; differs from `main` in a table of relatives.
        beside: by role and by the words that say so, which person of that role it is, of those who stand beside the one
            a row is about.
    """

    main: str
    declared: tuple[str, ...]
    default: str
    beside: Mapping[Said, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Role of a column's person, and which of several relatives of that role (0: the only one)."""

    role: str
    slot: int = 0


def cast_of(
    table: str, *, declared: Sequence[str], keys: Sequence[str], naming: Sequence[NameMatch], lexicon: Lexicon
) -> Cast:
    """Return the roles of a table.

    Args:
        table: name of the table or sheet.
        declared: roles that the declaration gives for the source; the first is the main one.
        keys: what the subject keys of the table number, such as `employee`.
        naming: of the columns that name or number somebody, in order.
        lexicon: for the words.
    """
    main = declared[0] if declared else next(iter(keys), "person")
    group = _group(split_name(table, lexicon.vocabulary.han), lexicon, kin_only=True)
    default = named_as(group, declared, lexicon) if group else main
    return Cast(main, tuple(declared), default, _beside(naming, lexicon))


def _beside(naming: Sequence[NameMatch], lexicon: Lexicon) -> dict[Said, int]:
    """Return who is named beside the person of a row; where nobody else is named, the first of them is that person.

    A purchase order names the supplier's representative, its contact and our buyer: three persons in one row.
    """
    said = [_who(match, lexicon) for match in naming]
    others = any(one is None or one[0] not in lexicon.beside | lexicon.kin for one in said)
    named = list(dict.fromkeys(one for one in said if one is not None and one[0] in lexicon.beside))
    return {one: place for place, one in enumerate(named) if others or place}


def place(match: NameMatch, meaning: str, cast: Cast, *, lexicon: Lexicon) -> Place:
    """Return whose data a column holds."""
    said = None if meaning == "relation" else _who(match, lexicon)
    # A driver's number is no customer's: under one person, whoever shares a driver would be one customer.
    if meaning in lexicon.subject_keys and said not in cast.beside and not _is_kin(match, lexicon):
        return Place(cast.main)
    if said is None:
        return Place(cast.default)
    group = said[0]
    if group in lexicon.kin:
        return Place(named_as(group, cast.declared, lexicon), ordinal(match.tokens, lexicon.vocabulary))
    named = named_as(group, cast.declared, lexicon)
    if said in cast.beside:
        return Place(named, cast.beside[said])
    return Place(named if named in cast.declared else cast.main)


def _who(match: NameMatch, lexicon: Lexicon) -> Said | None:
    """Return whom a column speaks of; of those who serve, other words are another person (经办人, 审批人)."""
    said = _said(match.tokens, lexicon, kin_only=False)
    if said is None and match.meaning in lexicon.subject_keys:
        said = _begun(match.tokens, lexicon)
    return said if said is None or said[0] in lexicon.serving else (said[0], ())


def _begun(tokens: tuple[str, ...], lexicon: Lexicon) -> Said | None:
    """Return whom a number is of, of those beside the person of a row: 司机编号 is one word and begins with 司机."""
    heads = [(token[:end],) for token in tokens for end in range(len(token), 0, -1)]
    head = next((one for one in heads if lexicon.subjects.get(one) in lexicon.beside), None)
    return None if head is None else (lexicon.subjects[head], head)


def is_kin(role: str, lexicon: Lexicon) -> bool:
    """Tell whether a role is one of relatives, under whatever name the declaration gives it."""
    return role in lexicon.kin or _group(split_name(role, lexicon.vocabulary.han), lexicon, kin_only=True) is not None


def group_beside(role: str, lexicon: Lexicon) -> str | None:
    """Return the group of a role that may stand beside the person of a row; None for any other."""
    group = _group(split_name(role, lexicon.vocabulary.han), lexicon, kin_only=False)
    return group if group in lexicon.beside else None


def is_child(role: str, lexicon: Lexicon) -> bool:
    """Tell whether a role is that of a child."""
    return _group(split_name(role, lexicon.vocabulary.han), lexicon, kin_only=True) == "child"


def key_domain(match: NameMatch, lexicon: Lexicon) -> str:
    """Return what a subject key numbers: `member` for `loyalty_id`; the name itself when the lexicon does not say."""
    return lexicon.keys.get(match.matched) or "_".join(match.tokens)


def _is_kin(match: NameMatch, lexicon: Lexicon) -> bool:
    return _group(match.tokens, lexicon, kin_only=True) is not None


def _group(tokens: tuple[str, ...], lexicon: Lexicon, *, kin_only: bool) -> str | None:
    said = _said(tokens, lexicon, kin_only=kin_only)
    return None if said is None else said[0]


def _said(tokens: tuple[str, ...], lexicon: Lexicon, *, kin_only: bool) -> Said | None:
    """Return the role that the longest known run of tokens names; relatives before the person they belong to."""
    found: list[tuple[bool, int, str, tuple[str, ...]]] = []
    longest = max(map(len, lexicon.subjects), default=0)
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + longest, len(tokens)) + 1):
            role = lexicon.subjects.get(tokens[start:end])
            if role is not None and (role in lexicon.kin or not kin_only):
                found.append((role in lexicon.kin, end - start, role, tokens[start:end]))
    return max(found)[2:] if found else None


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
