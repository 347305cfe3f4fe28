"""Whatever is done to the bytes of a PDF file, a DICOM file or a picture: a source comes out, or an error with a code."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kouan.formats import ReadOptions, open_source
from kouan.model.errors import KouanError
from tests.papers import dicom, page_of_words, pdf, without

WORD = "13800138000"


def _bytes_of(kind, folder):
    if kind == "pdf":
        return pdf(folder / "a.pdf", [["Words " + WORD], ["More"]], info={"Author": "Ceshi"}).read_bytes()
    if kind == "dicom":
        return dicom(folder / "a.dcm", PatientTelephoneNumbers=WORD, private=True).read_bytes()
    written = io.BytesIO()
    picture = page_of_words(["x"], (40, 40)).convert("P", palette=Image.Palette.ADAPTIVE)
    picture.save(written, "TIFF", artist=WORD)
    return written.getvalue()


def _said(path, missing):
    """Return what a person is told: the notes of the source, read to its end, or the error."""
    try:
        with without(missing):
            source = open_source(path, name="damaged", options=ReadOptions())
            for entity in source.entities:
                for _ in entity.batches():
                    pass
    except KouanError as error:
        return str(error)
    return " ".join([source.format, *(note.en for note in source.notes)])


@pytest.mark.parametrize("kind", ["pdf", "dicom", "picture"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_ends_in_a_source_or_a_code(tmp_path, kind, data):
    whole = bytearray(_bytes_of(kind, tmp_path))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    del whole[data.draw(st.one_of(st.just(len(whole)), st.integers(140, len(whole)))) :]
    path = tmp_path / "damaged"
    path.write_bytes(whole)
    said = _said(path, "rapidocr_onnxruntime" if kind == "pdf" else "nothing")
    assert said
    assert WORD not in said
