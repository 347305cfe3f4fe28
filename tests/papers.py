"""PDF files, pictures and DICOM files for tests, with invented content."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


class _Missing(MetaPathFinder):
    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname.split(".", maxsplit=1)[0] == self._name:
            raise ModuleNotFoundError(fullname)


@contextmanager
def without(name: str) -> Iterator[None]:
    """Make a library look as if it were not installed."""
    held = {module: sys.modules.pop(module) for module in list(sys.modules) if module.split(".")[0] == name}
    finder = _Missing(name)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        sys.modules.update(held)


def pdf(
    path: Path,
    pages: Sequence[Sequence[str]],
    *,
    info: Mapping[str, str] | None = None,
    claim: int | None = None,
    catalog: str = "",
    annotations: str = "",
    picture: tuple[int, int, bytes] | None = None,
    more: Sequence[bytes] = (),
) -> Path:
    """Write a plain PDF: each page lines of ASCII in Helvetica, 14 points apart.

    Args:
        path: where.
        pages: lines of each page.
        info: document properties.
        claim: number of pages that the file says it has.
        catalog, annotations: entries of the catalogue and of each page.
        picture: width, height and RGB bytes of a picture that fills every page.
        more: further objects, from number 10,000 on.
    """
    objects: dict[int, bytes] = {}
    kids = " ".join(f"{10 + 2 * place} 0 R" for place in range(len(pages)))
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    objects[2] = f"<< /Type /Pages /Kids [{kids}] /Count {claim or len(pages)} >>".encode()
    objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    entries = "".join(f"/{name} ({value})" for name, value in (info or {}).items())
    objects[4] = f"<< {entries} >>".encode()
    shown = ""
    if picture:
        width, height, data = picture
        packed = zlib.compress(data)
        objects[5] = (
            f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB "
            f"/BitsPerComponent 8 /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
            + packed
            + b"\nendstream"
        )
        shown = "q 595 0 0 842 0 0 cm /Im1 Do Q\n"
    resources = "/Font << /F1 3 0 R >>" + (" /XObject << /Im1 5 0 R >>" if picture else "")
    for place, lines in enumerate(pages):
        content = shown + "".join(
            f"BT /F1 11 Tf 60 {780 - 14 * row} Td ({line}) Tj ET\n" for row, line in enumerate(lines)
        )
        objects[10 + 2 * place] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> "
            f"/Contents {11 + 2 * place} 0 R {annotations} >>".encode()
        )
        objects[11 + 2 * place] = f"<< /Length {len(content)} >>\nstream\n{content}endstream".encode()
    objects |= {10_000 + place: data for place, data in enumerate(more)}
    path.write_bytes(_laid(objects))
    return path


def _laid(objects: Mapping[int, bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = {}
    for number, data in sorted(objects.items()):
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n".encode() + data + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(f"{number} 1\n{place:010} 00000 n \n".encode())
    out.write(f"trailer\n<< /Root 1 0 R /Info 4 0 R /Size {max(objects) + 1} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def page_of_words(lines: Sequence[str], size: tuple[int, int] = (827, 1169)) -> object:
    """Draw words on a page of paper as a scanner at 100 dots per inch gives it; needs Pillow."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(28)
    for place, line in enumerate(lines):
        pen.text((60, 60 + 60 * place), line, font=font, fill="black")
    return picture


def png_claim(width: int, height: int, data: bytes = bytes(1000)) -> bytes:
    """Return a PNG that claims so many pixels and holds few."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def dicom(path: Path, number: int = 1, *, private: bool = False, pixels: bool = True, **more: object) -> Path:
    """Write a DICOM file of an invented patient; needs pydicom."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.sequence import Sequence as Items
    from pydicom.uid import ExplicitVRLittleEndian

    data = Dataset()
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID = f"2.25.{10**20 + number}"
    data.SpecificCharacterSet = "GB18030"
    data.StudyInstanceUID = f"2.25.{10**19 + number // 4}"
    data.Modality = "CT"
    data.PatientName = f"Ceshi^Yi{number}=测^试{'一二三四五六七八九十'[number % 10]}"
    data.PatientID = f"MRN{number:06}"
    data.PatientBirthDate = f"19{50 + number % 50}0{1 + number % 9}15"
    data.PatientSex = "MF"[number % 2]
    data.PatientAge = f"{30 + number % 40:03}Y"
    data.StudyDate = "20240501"
    data.InstitutionName = "测试医院"
    data.ReferringPhysicianName = "Ceshi^Yisheng"
    data.OtherPatientIDs = [f"A{number}", f"B{number}"]
    request = Dataset()
    request.RequestingPhysician = "Kaidan^Yisheng"
    data.RequestAttributesSequence = Items([request])
    for name, value in more.items():
        setattr(data, name, value)
    if private:
        data.private_block(0x0011, "ACME 1.0", create=True).add_new(1, "LO", "hidden")
    if pixels:
        data.Rows = data.Columns = data.BitsAllocated = data.BitsStored = 8
        data.HighBit, data.PixelRepresentation, data.SamplesPerPixel = 7, 0, 1
        data.PhotometricInterpretation = "MONOCHROME2"
        data.PixelData = more.get("PixelData", bytes(64))
    data.save_as(path, enforce_file_format=True)
    return path
