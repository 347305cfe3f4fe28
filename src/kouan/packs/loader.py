"""Reads packs: files, strict YAML, digest, and the checks across packs."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kouan.model import strictyaml
from kouan.model.decision import PackRef, SourceRef
from kouan.model.errors import KouanError
from kouan.model.packfiles import HEAD, LIST, PACK_FILES
from kouan.packs import messages
from kouan.packs.checks import PROVISIONS, Checker
from kouan.packs.neglists import check_list, expand
from kouan.packs.packset import PackSet, Place, name_of
from kouan.packs.profiles import PROFILES, open_profiles
from kouan.packs.purposes import PURPOSES, open_purposes
from kouan.packs.reading import plain_bytes
from kouan.packs.tightening import loosened, without_overridden

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kouan.model.pack import PackHead
    from kouan.model.provision import Provision
    from kouan.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of one list of one file.

    Attributes:
        value: the entry, validated.
        head: head of its pack.
        loaded, at: the file and the entry's place in it, for `file:line`.
    """

    value: Any
    head: PackHead
    loaded: strictyaml.Loaded
    at: strictyaml.Location

    def line(self, *steps: str | int) -> str:
        """Return `file:line` of a part of the entry."""
        return self.loaded.at((*self.at, *steps))


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack as it was read: raw files, and their entries by file."""

    head: PackHead
    where: str
    files: Mapping[str, bytes]
    parts: Mapping[str, tuple[Part, ...]]
    list: Part | None


def builtin_root() -> Path:
    """Return the folder of the packs that come with Kouan."""
    return Path(__file__).parent / "cn"


def pack_ids(root: Path) -> tuple[str, ...]:
    """Return the ids of the packs in and under a folder, as far as their heads can be read."""
    found = []
    for folder in _folders(root)[1]:
        try:
            value = strictyaml.load(_text(plain_bytes(folder / HEAD, HEAD), HEAD), HEAD).value
        except KouanError:
            continue
        found.append(str(value.get("id")) if isinstance(value, dict) else "")
    return tuple(found)


def roots_for(root: Path) -> tuple[Path, ...]:
    """Return what to load with a folder: itself where it holds a built-in pack's version, else the built-in ones too.

    Raises:
        KouanError: K-PCK-001 where the folder holds no pack.
    """
    own = set(pack_ids(builtin_root()))
    return (root,) if own & set(pack_ids(root)) else (builtin_root(), root)


def load_packs(*roots: Path, allow_override: bool = False, users: Collection[str] | None = None) -> PackSet:
    """Read every pack (a folder with `pack.yaml`) in and under the roots and check them together.

    Args:
        roots: folders; none means the built-in packs alone. To add packs, give `builtin_root()` as well.
        allow_override: whether user packs may loosen the others; what they loosen is named in the result.
        users: ids of the user packs; None means those outside `builtin_root()`, where that is among the roots.

    Raises:
        KouanError: K-PCK-… or K-MOD-001 to K-MOD-005, with file and line.
    """
    packs, own = _packs(roots, users)
    for slip in _twice(packs):
        raise slip
    base = [pack for pack in packs if pack.head.id not in own]
    mine = [pack for pack in packs if pack.head.id in own]
    loose = list(loosened(base, mine))
    if loose and not allow_override:
        raise loose[0].error
    lists = _lists(packs)
    parts = _joined(base, mine, lists)
    Checker(parts).check()
    for key in PROVISIONS:
        parts[key] = [part for part in parts[key] if part.head.status == "in_force"]
    provisions = [part for key in PROVISIONS for part in parts[key]]
    return PackSet(
        refs=tuple(_ref(pack, user=pack.head.id in own) for pack in packs),
        facts={part.value.name: part.value for part in parts["facts"]},
        parameters={part.value.name: part.value for part in parts["parameters"]},
        rules=tuple(part.value for part in parts["rules"]),
        duties=tuple(part.value for part in parts["duties"]),
        conditions=tuple(part.value for part in parts["conditions"]),
        papers=tuple(part.value for part in parts["papers"]),
        triggers=tuple(part.value for part in parts["triggers"]),
        clocks=tuple(part.value for part in parts["clocks"]),
        notes=tuple(part.value for part in parts["notes"]),
        readings=tuple(part.value for part in parts["readings"]),
        lists={part.value.id: part.head.list for part in provisions if part.head.list is not None},
        pack_of={part.value.id: part.head.id for part in provisions},
        editions={name: part.value for name, part in lists.items() if part.head.status == "in_force"},
        sources={part.value.id: _source(part.value, part.head) for part in (*provisions, *parts["readings"])},
        files={pack.head.id: pack.files for pack in packs},
        heads={pack.head.id: pack.head for pack in packs},
        places={
            (key, name_of(part.value)): Place(part.head.id, part.line) for key, found in parts.items() for part in found
        },
        overrides=tuple(one.override for one in loose),
    )


def load_copied(folder: Path, refs: Iterable[PackRef]) -> PackSet:
    """Read packs that `PackSet.copy_to` wrote, as those who decided by them had loaded them."""
    return load_packs(folder, allow_override=True, users={ref.id for ref in refs if ref.user})


def find_slips(*roots: Path, allow_override: bool = False) -> tuple[KouanError, ...]:
    """Return everything for which `load_packs` would refuse the roots, in their order.

    While a file cannot be read as what it is, the packs are not checked against each other: what is missing in it
    would be reported as unknown everywhere else.
    """
    found = [slip for root in roots for folder in _folders(root)[1] for slip in _file_slips(folder, root)]
    if found:
        return tuple(found)
    packs, own = _packs(roots, None)
    base = [pack for pack in packs if pack.head.id not in own]
    mine = [pack for pack in packs if pack.head.id in own]
    found += _twice(packs)
    try:
        open_purposes(*(root for root in roots if root.resolve() != builtin_root()), allow_override=allow_override)
        open_profiles(*(root for root in roots if root.resolve() != builtin_root()))
    except KouanError as slip:
        found.append(slip)
    try:
        found += [one.error for one in loosened(base, mine) if not allow_override]
        parts = _joined(base, mine, _lists(packs))
    except KouanError as slip:
        return (*found, slip)
    return tuple({(slip.code, slip.where): slip for slip in (*found, *Checker(parts).slips())}.values())


def _packs(roots: Sequence[Path], users: Collection[str] | None) -> tuple[list[Pack], frozenset[str]]:
    """Return all packs by id, and the ids of those that a user brought."""
    builtin = builtin_root().resolve()
    found = [(root, folder) for root in (roots or (builtin_root(),)) for folder in _folders(root)[1]]
    packs = [(root.resolve() == builtin, _read(folder, root)) for root, folder in found]
    beside = any(ours for ours, _ in packs)
    own = {pack.head.id for ours, pack in packs if beside and not ours} if users is None else users
    return sorted((pack for _, pack in packs), key=lambda pack: pack.head.id), frozenset(own)


def _twice(packs: Sequence[Pack]) -> Iterator[KouanError]:
    for before, pack in itertools.pairwise(packs):
        if before.head.id == pack.head.id:
            yield messages.DUPLICATE.at(pack.where, name=pack.head.id, other=before.where)


def _file_slips(folder: Path, root: Path) -> list[KouanError]:
    where = folder.relative_to(root.parent).as_posix()
    known = ", ".join(PACK_FILES)
    stray = _stray(folder)
    found = [messages.STRAY_FILE.at(f"{where}/{name}", name=name, known=known) for name in stray]
    for name, model in PACK_FILES.items():
        if not (folder / name).exists():
            continue
        place = f"{where}/{name}"
        try:
            loaded = strictyaml.load(_text(plain_bytes(folder / name, place), place), place)
        except KouanError as slip:
            found.append(slip)
            continue
        found += strictyaml.problems(model, loaded, "pack")
    return found


def _joined(base: Sequence[Pack], own: Sequence[Pack], lists: Mapping[str, Part]) -> dict[str, list[Part]]:
    """Return the entries of all packs by file, with the provisions that the lists come to."""
    parts = {key: without_overridden(base, own, key) for key in _keys()}
    for key, part in _expanded(lists):
        parts[key].append(part)
    return parts


def _keys() -> tuple[str, ...]:
    return tuple(next(iter(model.model_fields)) for name, model in PACK_FILES.items() if name not in {HEAD, LIST})


def _lists(packs: Sequence[Pack]) -> dict[str, Part]:
    """Return the negative lists by id, checked."""
    found: dict[str, Part] = {}
    for pack in packs:
        part = pack.list
        if part is None:
            continue
        if part.value.id != pack.head.list or part.value.id in found:
            raise messages.LIST_HEAD.at(part.line("id"), name=part.value.id)
        found[part.value.id] = part
    for part in found.values():
        check_list(part.value, part.loaded, lists=found)
    return found


def _expanded(lists: Mapping[str, Part]) -> Iterator[tuple[str, Part]]:
    """Yield the provisions that the lists come to, each with its place in list.yaml."""
    for name, part in lists.items():
        earlier = (other for other in lists if name in _later(other, lists))
        for key, provision, at in expand(part.value, earlier):
            yield key, Part(value=provision, head=part.head, loaded=part.loaded, at=at)


def _later(name: str, lists: Mapping[str, Part]) -> list[str]:
    """Return the editions that replace a list, one after the other."""
    found: list[str] = []
    following = lists[name].value.superseded_by
    while following is not None and following not in found:
        found.append(following)
        following = lists[following].value.superseded_by
    return found


def _folders(root: Path) -> tuple[Path, list[Path]]:
    found = sorted(path.parent for path in root.rglob(HEAD) if not _left_over(path.relative_to(root)))
    alone = (path for kind in (PURPOSES, PROFILES) for path in root.rglob(f"{kind}/*.[yY]*[mM][lL]"))
    if not found and not any(alone):
        raise messages.NO_PACK.at(str(root))
    return root, found


def _left_over(path: Path) -> bool:
    """Tell whether a killed import left it, which was on its way to a draft."""
    return any(part.startswith(".draft-") for part in path.parts)


def _read(folder: Path, root: Path) -> Pack:
    where = folder.relative_to(root.parent).as_posix()
    stray = _stray(folder)
    if stray:
        raise messages.STRAY_FILE.at(where, name=stray[0], known=", ".join(PACK_FILES))
    there = [name for name in sorted(PACK_FILES) if (folder / name).exists()]
    files = {name: plain_bytes(folder / name, f"{where}/{name}") for name in there}
    head = _parsed(files, HEAD, where=where)[0]
    parts: dict[str, tuple[Part, ...]] = {}
    for name, model in PACK_FILES.items():
        if name in {HEAD, LIST}:
            continue
        key = next(iter(model.model_fields))
        entries, loaded = _parsed(files, name, where=where) if name in files else (None, None)
        listed = getattr(entries, key) if entries is not None else ()
        parts[key] = tuple(
            Part(value=value, head=head, loaded=loaded, at=(key, index))
            for index, value in enumerate(listed)
            if loaded is not None
        )
    listed = None
    if LIST in files:
        value, loaded = _parsed(files, LIST, where=where)
        listed = Part(value=value, head=head, loaded=loaded, at=())
    return Pack(head=head, where=where, files=files, parts=parts, list=listed)


def _stray(folder: Path) -> list[str]:
    """Return the files that look like rules and are none, however their suffix is cased."""
    found = (path.name for path in folder.iterdir() if path.suffix.lower() in {".yaml", ".yml"})
    return sorted(name for name in found if name not in PACK_FILES)


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise messages.UNREADABLE.at(where) from None


def _parsed(files: Mapping[str, bytes], name: str, *, where: str) -> tuple[Any, strictyaml.Loaded]:
    place = f"{where}/{name}"
    loaded = strictyaml.load(_text(files[name], place), place)
    return strictyaml.validate(PACK_FILES[name], loaded, "pack"), loaded


def _ref(pack: Pack, *, user: bool) -> PackRef:
    """Digest as `sha256sum FILES | sha256sum` gives it, files by name."""
    lines = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in pack.files.items())
    digest = hashlib.sha256(lines.encode()).hexdigest()
    return PackRef(id=pack.head.id, version=pack.head.version, sha256=f"sha256:{digest}", user=user)


def _source(provision: Provision | Reading, head: PackHead) -> SourceRef:
    instrument = head.instruments[provision.source.instrument]
    return SourceRef(
        instrument=provision.source.instrument,
        title=instrument.title,
        article=provision.article,
        url=instrument.url,
        confidence=provision.source.confidence,
    )
