"""Reading a picture by Pillow, in the process apart: its words, and what the camera or a program wrote beside."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from PIL import ExifTags, Image, ImageOps, ImageSequence, IptcImagePlugin

from kouan.formats.apart.child import RefusedError
from kouan.formats.picture.words import is_ready, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KINDS = ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "MPO"]
_GPS, _CAMERA = 0x8825, 0x8769
_WIDE = re.compile(r"XP[A-Z][a-z]+")
_MARKUP = re.compile(r"<!--.*?-->|<\?.*?\?>|xmlns(?::\w+)?=\"[^\"]*\"", re.DOTALL)
_SAID = re.compile(r">([^<>]+)<|=\"([^\"]+)\"")
_LONGEST = 20_000
_NAMES = {"Artist": "author name", "XPAuthor": "author name (XP)", "CameraOwnerName": "owner name"}
_NAMES |= {"XPTitle": "heading", "Title": "heading", "Author": "author name"}
"""Names under which recognition knows them."""
_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d)( \d\d:\d\d:\d\d)")
_LAYOUT = {
    *("ImageWidth", "ImageLength", "BitsPerSample", "Compression", "PhotometricInterpretation", "StripOffsets"),
    *("SamplesPerPixel", "RowsPerStrip", "StripByteCounts", "PlanarConfiguration", "TileWidth", "TileLength"),
    *("TileOffsets", "TileByteCounts", "XResolution", "YResolution", "ResolutionUnit", "ColorMap", "SampleFormat"),
    *("FillOrder", "Orientation", "Predictor", "ExtraSamples", "JPEGTables", "YCbCrSubSampling", "YCbCrPositioning"),
    *("ReferenceBlackWhite", "ExifImageWidth", "ExifImageHeight", "ColorSpace", "ExifVersion", "FlashPixVersion"),
    *("ComponentsConfiguration", "InterColorProfile", "NewSubfileType", "compression", "TransferFunction"),
}
"""How a picture is laid out; it says nothing of anybody."""
_IPTC = {
    (2, 5): "IPTC.ObjectName",
    (2, 25): "IPTC.Keywords",
    (2, 80): "IPTC author name",
    (2, 90): "IPTC.City",
    (2, 92): "IPTC.Sublocation",
    (2, 95): "IPTC.ProvinceState",
    (2, 101): "IPTC.CountryName",
    (2, 105): "IPTC.Headline",
    (2, 110): "IPTC.Credit",
    (2, 115): "IPTC.Source",
    (2, 116): "IPTC.CopyrightNotice",
    (2, 118): "IPTC.Contact",
    (2, 120): "IPTC.Caption",
    (2, 122): "IPTC.CaptionWriter",
}
"""Data sets of the application record that are read (IPTC-IIM 4.2, chapter 6)."""


def read(stream: BinaryIO, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the words and the properties of a picture.

    Args:
        stream: its bytes.
        request: `pixels`, most of one frame; `frames`, most that are read.

    Raises:
        RefusedError: `large`, `damaged`; `engine` when it does not run here.
    """
    Image.MAX_IMAGE_PIXELS = None  # counted here, before a pixel is unpacked
    warnings.simplefilter("ignore")
    try:
        with Image.open(stream, formats=_KINDS) as picture:
            _check(picture, request)
            if not is_ready():
                raise RefusedError("engine")
            properties = _properties(picture)
            if properties:
                yield {"entity": "properties", "rows": [properties]}
            count = getattr(picture, "n_frames", 1)
            if count > request["frames"]:
                yield {"note": "frames", "count": count}
            yield from _lines(picture, request)
    except (OSError, ValueError, SyntaxError, EOFError):
        raise RefusedError("damaged") from None


def _check(picture: Any, request: Mapping[str, Any]) -> None:
    width, height = picture.size
    if width * height > request["pixels"]:
        raise RefusedError("large", pixels=width * height)


def _lines(picture: Any, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the words of each frame, as upright as the camera was held."""
    for place, frame in enumerate(ImageSequence.Iterator(picture)):
        if place >= request["frames"]:
            return
        _check(frame, request)
        upright = ImageOps.exif_transpose(frame) if place == 0 else frame
        found = words(np.asarray(_on_white(upright))[:, :, ::-1])
        yield {
            "entity": "lines",
            "rows": [{"page": place + 1, "text": one.text, "confidence": one.confidence} for one in found],
        }


def _on_white(picture: Any) -> Any:
    """Return a picture of three colours; what is transparent shows white, as on paper."""
    if picture.mode in {"I;16", "I", "F"}:
        values = np.asarray(picture, dtype=np.float64)
        low, high = float(values.min()), float(values.max())
        picture = Image.fromarray(((values - low) * (255 / max(high - low, 1e-9))).astype(np.uint8))
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        paper.alpha_composite(seen)
        picture = paper
    return picture.convert("RGB")


def _properties(picture: Any) -> dict[str, str]:
    """Return what stands beside the pixels, by the names of its standard."""
    found: dict[str, str] = {}
    exif = picture.getexif()
    camera, place = exif.get_ifd(_CAMERA), exif.get_ifd(_GPS)
    for tags, names in ((exif, ExifTags.TAGS), (camera, ExifTags.TAGS), (place, ExifTags.GPSTAGS)):
        for tag, value in tags.items():
            name = str(names.get(tag, f"tag {tag:#06x}"))
            text = _shown(name, value)
            if text and tag not in {_GPS, _CAMERA} and name not in _LAYOUT:
                found.setdefault(_NAMES.get(name, name), _MOMENT.sub(r"\1-\2-\3\4", text))
    for name, north, minus in (("latitude", 2, "S"), ("longitude", 4, "W")):
        with suppress(KeyError, TypeError, ValueError, ZeroDivisionError):
            degrees, minutes, seconds = (float(one) for one in place[north])
            sign = "-" if str(place.get(north - 1, "")).upper().startswith(minus) else ""
            found[name] = f"{sign}{degrees + minutes / 60 + seconds / 3600:.6f}"
        with suppress(KeyError):
            found.pop(f"GPS{name.capitalize()}")
            found.pop(f"GPS{name.capitalize()}Ref")
    for name, value in picture.info.items():  # text chunks of PNG, comments of JPEG and GIF
        text = _shown(str(name), value) if isinstance(value, str) or name == "comment" else ""
        if text and name not in {"xmp", "exif", *_LAYOUT}:
            found.setdefault(_NAMES.get(str(name), str(name)), text)
    return found | _iptc(picture) | _xmp(picture)


def _shown(name: str, value: Any) -> str:
    """Return a value as text; bytes only where they are one."""
    if isinstance(value, tuple | list):
        return " ".join(filter(None, (_shown(name, one) for one in value)))[:_LONGEST]
    if isinstance(value, bytes):
        if _WIDE.fullmatch(name):
            return value.decode("utf-16-le", "replace").strip("\0 ")
        if name == "UserComment":
            coded = {b"UNICODE\0": "utf-16", b"ASCII\0\0\0": "utf-8"}.get(value[:8])
            return value[8:].decode(coded or "utf-8", "replace").strip("\0 ")
        text = value.decode("utf-8", "replace").strip("\0 ")
        return text[:_LONGEST] if text.isprintable() and "\ufffd" not in text else ""
    return str(value).strip("\0 ")[:_LONGEST]


def _iptc(picture: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    with suppress(Exception):  # a damaged block beside the picture says nothing of the picture
        for key, value in (IptcImagePlugin.getiptcinfo(picture) or {}).items():
            values = value if isinstance(value, list) else [value]
            text = " ".join(one.decode("utf-8", "replace").strip("\0 ") for one in values)
            if key in _IPTC and text:
                found[_IPTC[key]] = text[:_LONGEST]
    return found


def _xmp(picture: Any) -> dict[str, str]:
    """Return what a block of XMP says, as one text without its marks."""
    raw = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
    said = [(one or other).strip() for one, other in _SAID.findall(_MARKUP.sub("", text[: 16 * _LONGEST]))]
    kept = dict.fromkeys(one for one in said if one and not one.startswith("http://ns.") and len(one) < _LONGEST)
    return {"XMP": "\n".join(kept)[:_LONGEST]} if kept else {}
