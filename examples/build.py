"""Making the examples in a folder, and only what is not there yet."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from examples import SEED, SMALL, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_STAMP = ".example.json"


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its declaration and the files it declares.

    Attributes:
        name: of its folder.
        files: data files that it holds, or patterns of them such as `cases/*.xml`: whatever fits a pattern is its own.
        write: writes them; takes the folder, the seed and the scale.
    """

    name: str
    files: tuple[str, ...]
    write: Callable[[Path, int, int], None]


def _hr(folder: Path, seed: int, scale: int) -> None:
    from examples.hr import write_hr  # noqa: PLC0415 - a second run makes nothing

    write_hr(folder, seed, scale=scale)


def _retail(folder: Path, seed: int, scale: int) -> None:
    from examples.retail import write_members, write_orders  # noqa: PLC0415 - a second run makes nothing

    write_members(folder, seed, scale=scale)
    write_orders(folder, seed, scale=scale)


def _retail_light(folder: Path, seed: int, scale: int) -> None:
    """Take the orders that the retail example has, when it is there; they are the same bytes."""
    from examples.retail import write_orders  # noqa: PLC0415 - a second run makes nothing

    beside = folder.parent / "retail" / "orders.parquet"
    stamp = _read_stamp(beside.parent)
    if stamp is None or not _is_current(stamp, seed=seed, scale=scale) or not beside.is_file():
        write_orders(folder, seed, scale=scale)
        return
    try:
        os.link(beside, folder / "orders.parquet")
    except OSError:  # a file system without hard links
        shutil.copyfile(beside, folder / "orders.parquet")


def _icsr(folder: Path, seed: int, scale: int) -> None:
    from examples.icsr.write import write_icsr  # noqa: PLC0415 - a second run makes nothing

    write_icsr(folder, seed, scale=scale)


def _trial(folder: Path, seed: int, scale: int) -> None:
    from examples.trial.write import write_trial  # noqa: PLC0415 - a second run makes nothing

    write_trial(folder, seed, scale=scale)


EXAMPLES = (
    Example("hr", ("employees.xlsx",), _hr),
    Example("hr-statistics", ("employees.xlsx",), _hr),
    Example("retail", ("members.parquet", "orders.parquet"), _retail),
    Example("retail-light", ("orders.parquet",), _retail_light),
    Example("icsr", ("cases/*.xml",), _icsr),
    Example("trial", ("*.xpt", "define.xml", "consents.csv"), _trial),
)
"""All examples, in the order in which they are told."""


def build(out: Path, *, only: Sequence[str] = (), small: bool = False, seed: int = SEED) -> list[Path]:
    """Make the examples under a folder and return the folders that had to be made anew.

    An example is made again when a data file is missing or is not the one that was made, or when the generator or the
    seed has changed. A `transfer.yaml` or `evaluation.yaml` that somebody has edited
    is left as it is.

    Args:
        out: parent of the examples' folders.
        only: names of examples; none means all.
        small: a hundredth of the rows; at least six reports and twelve subjects.
        seed: of the random digits.
    """
    scale = SMALL if small else 1
    chosen = [example for example in EXAMPLES if not only or example.name in only]
    return [folder for example in chosen if (folder := _make(example, out / example.name, seed=seed, scale=scale))]


def _make(example: Example, folder: Path, *, seed: int, scale: int) -> Path | None:
    stamp = _read_stamp(folder)
    before = stamp or {}
    folder.mkdir(parents=True, exist_ok=True)
    declared = _put(folder / "transfer.yaml", declaration(example.name), before.get("declaration"))
    evaluated = _put(folder / "evaluation.yaml", evaluation(example.name), before.get("evaluation"))
    current = stamp is not None and _is_current(stamp, seed=seed, scale=scale)
    if stamp and current and _is_untouched(example, folder, stamp["files"]):
        _write_stamp(folder, {**stamp, "declaration": declared, "evaluation": evaluated})
        return None
    (folder / _STAMP).unlink(missing_ok=True)
    for path in _files(example, folder):  # hard links: another example's file must not be written through
        path.unlink()
    example.write(folder, seed, scale)
    digests = {path.relative_to(folder).as_posix(): _sha256(path) for path in _files(example, folder)}
    what = {"version": VERSION, "seed": seed, "scale": scale, "files": digests}
    # Last: a folder without a stamp was interrupted and is made again.
    _write_stamp(folder, what | {"declaration": declared, "evaluation": evaluated})
    return folder


def _put(target: Path, text: str, before: str | None) -> str | None:
    """Write what people answer unless somebody has edited it; return the digest of the one that we wrote last."""
    ours = text.encode()
    if target.exists() and _sha256(target) not in {before, hashlib.sha256(ours).hexdigest()}:
        return before
    target.write_bytes(ours)
    return hashlib.sha256(ours).hexdigest()


def declaration(name: str) -> str:
    """Return the declaration of an example as it is written beside its data."""
    return files("examples").joinpath("declarations", f"{name}.yaml").read_text(encoding="utf-8")


def evaluation(name: str) -> str:
    """Return the answers to the evaluation of effect of an example."""
    return files("examples").joinpath("evaluations", f"{name}.yaml").read_text(encoding="utf-8")


def _is_current(stamp: dict[str, Any], *, seed: int, scale: int) -> bool:
    return bool(stamp["version"] == VERSION and stamp["seed"] == seed and stamp["scale"] == scale)


def _files(example: Example, folder: Path) -> list[Path]:
    """Return the data files of an example that are there, each once, in the order of the patterns and names."""
    found = {path: None for pattern in example.files for path in sorted(folder.glob(pattern)) if path.is_file()}
    return list(found)


def _is_untouched(example: Example, folder: Path, digests: dict[str, str]) -> bool:
    found = {path.relative_to(folder).as_posix(): path for path in _files(example, folder)}
    return found.keys() == digests.keys() and all(_sha256(found[name]) == digests[name] for name in digests)


def _read_stamp(folder: Path) -> dict[str, Any] | None:
    try:
        stamp = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    complete = isinstance(stamp, dict) and {"version", "seed", "scale", "files", "declaration"} <= stamp.keys()
    return stamp if complete else None


def _write_stamp(folder: Path, stamp: dict[str, Any]) -> None:
    (folder / _STAMP).write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
