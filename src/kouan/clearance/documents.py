"""Read our own documents back from a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kouan.model.base import Frozen
from kouan.model.document import Document

if TYPE_CHECKING:
    from pathlib import Path

B = TypeVar("B", bound=Frozen)


def load(path: Path, kind: type[B]) -> B:
    """Return the body of a document.

    Raises:
        OSError: when the file cannot be read.
        pydantic.ValidationError: when it is not such a document.
    """
    return Document[kind].model_validate_json(path.read_bytes()).body  # type: ignore[valid-type]
