"""Which of the optional libraries are there; none is imported for that."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from kouan.formats.remote.messages import DRIVER

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.model.text import Text

_MODULES = {
    "pdf": ("pypdfium2", "numpy"),
    "ocr": ("rapidocr_onnxruntime", "PIL"),
    "dicom": ("pydicom",),
}


def has(extra: str) -> bool:
    """Tell whether all libraries of an extra are installed."""
    try:
        return all(find_spec(module) is not None for module in _MODULES[extra])
    except (ImportError, ValueError):  # whoever forbids a module may raise
        return False


def need(path: Path, extra: str, kind: Text | str) -> None:
    """Raise K-FMT-102, with what to install, when an extra is missing."""
    if not has(extra):
        raise DRIVER.at(str(path), kind=kind, extra=extra)
