"""Hierarchies of generalisation that come with Kouan: plain files that a plan names as `kouan:NAME`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, RootModel

from kouan.model import strictyaml
from kouan.model.base import Frozen
from kouan.model.text import Text  # noqa: TC001 - the model reads its types at run time

BUILTIN = "kouan:"
"""What the name of such a file begins with in a plan."""
_FOLDER = Path(__file__).parent / "hierarchies"


class HierarchyInfo(Frozen):
    """What a hierarchy is and where its groups come from."""

    title: Text
    source: str
    confidence: Literal["H", "M", "L"]


class _Index(RootModel[dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")], HierarchyInfo]]):
    pass


def builtin_hierarchies() -> dict[str, HierarchyInfo]:
    """Return what each of them is, by its name in a plan. Raises KouanError K-MOD-001 to 005 for a damaged index."""
    loaded = strictyaml.load((_FOLDER / "index.yaml").read_text("utf-8"), "index.yaml")
    return {BUILTIN + name: info for name, info in _Index.model_validate(loaded.value).root.items()}


def builtin_hierarchy(name: str) -> Path | None:
    """Return the file of a name in a plan, or None where there is no such one."""
    return _FOLDER / f"{name.removeprefix(BUILTIN)}.csv" if name in builtin_hierarchies() else None
