"""Which model reads texts beside the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.recognize.prose import tagger

if TYPE_CHECKING:
    from kouan.recognize.prose.find import Tagger


def model_of(wanted: str) -> Tagger | None:
    """Return the model that is wanted, or None to read by rules alone.

    Args:
        wanted: `lac`, `off`, or `auto` for the model where it is installed.

    Raises:
        KouanError: K-REC-009 when `lac` is wanted and not installed.
    """
    if wanted == "off" or (wanted == "auto" and not tagger.available()):
        return None
    return tagger.load()
