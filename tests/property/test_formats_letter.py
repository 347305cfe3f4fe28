"""Documents, texts and mail written back: untreated the same bytes, treated what was given and nothing else."""

import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.formats import ReadOptions, open_sink, open_source
from tests.letters import docx, paragraph, parts_of, run, table

RUN = st.text(st.sampled_from(list("甲乙丙ab1 <&>\"'")), min_size=1, max_size=5)
PARAGRAPH = st.lists(RUN, min_size=1, max_size=4)
NEW = st.text(st.sampled_from(list("甲丁x2<&\t ")), max_size=6)
LINE = st.text(st.sampled_from(list("甲乙。ab1 ,;\t")), max_size=6)


def treated(path, source, news):
    """Write every filled cell as the next of some texts; returns the texts by table."""
    given_texts = {}
    turn = iter(news)
    with open_sink(path, source, schemas={one.name: one.schema for one in source.entities}) as sink:
        for one in source.entities:
            for batch in one.batches():
                columns = []
                for field, column in zip(batch.schema, batch.columns, strict=True):
                    texts = [next(turn, text) if text and field.name != "part" else text for text in column.to_pylist()]
                    given_texts.setdefault(one.name, []).extend(texts if field.name != "part" else [])
                    columns.append(pa.array(texts, pa.string()))
                sink.write(one.name, pa.RecordBatch.from_arrays(columns, schema=one.schema))
    return given_texts


def said(texts):
    return [tidy for text in texts if (tidy := "".join((text or "").split()))]


@settings(max_examples=120, deadline=None)
@given(
    paragraphs=st.lists(PARAGRAPH, min_size=1, max_size=4),
    news=st.lists(NEW, max_size=8),
    rows=st.lists(RUN, max_size=3),
)
def test_a_word_document(paragraphs, news, rows):
    body = "".join(paragraph(*(run(text) for text in texts)) for texts in paragraphs)
    data = docx(paragraph("z") + body + table(["姓名", "备注"], *([text, "注"] for text in rows)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        path.write_bytes(data)
        source = open_source(path, name="a.docx", options=ReadOptions())
        treated(path.with_name("same.docx"), source, [])
        assert path.with_name("same.docx").read_bytes() == data
        wanted = treated(path.with_name("new.docx"), source, ["z", *news])
        done = path.with_name("new.docx").read_bytes()
        again = open_source(path.with_name("new.docx"), name="a.docx", options=ReadOptions())
        found = {
            one.name: [text for batch in one.batches() for text in batch.column(batch.num_columns - 1).to_pylist()]
            for one in again.entities
        }
    assert said(found["body"])[: len(said(wanted["body"]))] == said(wanted["body"])
    assert parts_of(done)["[Content_Types].xml"] == parts_of(data)["[Content_Types].xml"]


@settings(max_examples=120, deadline=None)
@given(
    lines=st.lists(st.tuples(LINE, st.sampled_from(["\n", "\r\n", "\r"])), max_size=8),
    news=st.lists(st.text(st.sampled_from(list("甲x,")), min_size=1, max_size=4), max_size=8),
    codec=st.sampled_from(["utf-8", "gb18030"]),
)
def test_a_text(lines, news, codec):
    text = "他来了，说：好。\n" + "".join(line + ending for line, ending in lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(text.encode(codec))
        source = open_source(path, name="a.txt", options=ReadOptions(columns=frozenset({"text"}), encoding=codec))
        assert source.format == "text"
        treated(path.with_name("same"), source, [])
        assert path.with_name("same").read_bytes() == text.encode(codec)
        (wanted,) = treated(path.with_name("new"), source, news).values()
        done = path.with_name("new").read_bytes().decode(codec)
    assert [line for line in done.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()] == wanted
    assert len(done.splitlines()) == len(text.splitlines())
