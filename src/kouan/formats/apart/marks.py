"""The first bytes of the files that are read in a process apart."""

from __future__ import annotations

_DICM = b"DICM"
_AFTER_PREAMBLE = 128
_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\0",
    b"MM\0*",
    b"II+\0\x08\0\0\0",
    b"MM\0+\0\x08\0\0",
    b"GIF87a",
    b"GIF89a",
)
_BITMAP_HEADERS = {12, 40, 52, 56, 64, 108, 124}


def kind_of(head: bytes) -> str | None:
    """Return `pdf`, `picture`, `dicom` or None, by at least 132 bytes.

    A DICOM file may open like a TIFF picture, so that both kinds of programs read it (DICOM PS3.10, section 7.1).
    """
    if head[_AFTER_PREAMBLE : _AFTER_PREAMBLE + len(_DICM)] == _DICM and 0 in head:
        return "dicom"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP") or _is_bitmap(head):
        return "picture"
    return None


def _is_bitmap(head: bytes) -> bool:
    """Tell a bitmap from a text that happens to begin with BM."""
    return (
        head.startswith(b"BM") and head[6:10] == bytes(4) and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS
    )
