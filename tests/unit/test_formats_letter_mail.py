"""Mail: headers, text and pages of HTML are read, and go back treated with every other byte as it was."""

import base64
import quopri
from email import message_from_bytes, policy
from email.header import Header

import pyarrow as pa
import pytest

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.formats.options import Limits
from kouan.model.errors import KouanError

NAME = Header("欧阳甲", "gb18030").encode()
HTML = (
    "<html><head><style>p{}</style><title>题</title></head><body><!-- 注乙 --><p>尊敬的<b>欧阳</b>甲：&nbsp;您好<br>再见</p>"
    "<div><a href='mailto:jia@example.com' title=\"丙\">信</a></div><img src=cid:1 alt=丁></body></html>"
)
LETTER = "\r\n".join(
    [
        "Return-Path: <bounce@example.com>",
        "Received: from mail.example.com (192.0.2.7)",
        "\tby mx.example.com for <yi@example.com>; Sun, 1 Nov 2026 10:00:00 +0800",
        f"From: {NAME} <jia@example.com>",
        'To: "B, C" <bc@example.com>,',
        " yi@example.com",
        "Subject: =?utf-8?b?" + base64.b64encode("复查结果".encode()).decode() + "?=",
        "Date: Sun, 01 Nov 2026 10:00:00 +0800",
        "Message-ID: <abc@example.com>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/alternative; boundary="b 1"',
        "",
        "preamble of戊",
        "--b 1",
        "Content-Type: text/plain; charset=gb2312",
        "Content-Transfer-Encoding: base64",
        "",
        base64.encodebytes("欧阳甲：\r\n\r\n电话 13800000000。\r\n".encode("gb2312")).decode().strip(),
        "--b 1",
        "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        quopri.encodestring(HTML.encode()).decode().replace("\n", "\r\n"),
        "--b 1--",
        "",
    ]
).encode()
PERSONS = [
    "欧阳甲",
    "欧阳",
    "B, C",
    "复查",
    "注乙",
    "丙",
    "丁",
    "戊",
    "13800000000",
    "jia@",
    "bc@",
    "yi@",
    "bounce@",
    "192.0.2.7",
    "abc@",
]


@pytest.fixture
def opened(tmp_path):
    def make(data, name="a.eml", **options):
        (tmp_path / name).write_bytes(data)
        return open_source(tmp_path / name, name=name, options=ReadOptions(**options))

    return make


def rows(source):
    return {
        one.name: [tuple(row.values()) for batch in one.batches() for row in batch.to_pylist()]
        for one in source.entities
    }


def write(path, source, treat=lambda text: text, keep=lambda _row: True):
    with open_sink(path, source, schemas={one.name: one.schema for one in source.entities}) as sink:
        for one in source.entities:
            for batch in one.batches():
                columns = [
                    column
                    if field.name in {"part", "field"}
                    else pa.array([treat(text) if text else text for text in column.to_pylist()], pa.string())
                    for field, column in zip(batch.schema, batch.columns, strict=True)
                ]
                stays = pa.array([keep(tuple(row.values())) for row in batch.to_pylist()])
                sink.write(one.name, pa.RecordBatch.from_arrays(columns, schema=one.schema), stays)
    return path.read_bytes() if path.is_file() else None


def test_who_wrote_to_whom_and_what_is_read(opened):
    source = opened(LETTER)
    found = rows(source)
    assert (source.format, source.complete) == ("mail", True)
    assert found["message"] == [("复查结果", "2026-11-01T10:00:00+08:00", "<abc@example.com>")]
    assert found["addresses"] == [
        ("return-path", None, "bounce@example.com"),
        ("from", "欧阳甲", "jia@example.com"),
        ("to", "B, C", "bc@example.com"),
        ("to", None, "yi@example.com"),
    ]
    assert found["body"] == [
        ("text", "preamble of戊"), ("text", "欧阳甲："), ("text", "电话 13800000000。"),
        ("html", "题"), ("html", "尊敬的欧阳甲： 您好\n再见"), ("html", "信"),
    ]  # fmt: skip
    assert [name for name, _ in found["headers"]] == ["received"]
    assert {text for _, text in found["elsewhere"]} == {"注乙", "mailto:jia@example.com", "丙", "丁"}


def test_untreated_it_is_the_same_bytes(opened, tmp_path):
    assert write(tmp_path / "out.eml", opened(LETTER)) == LETTER


def test_treated_it_is_a_mail_that_any_program_reads(opened, tmp_path):
    data = write(
        tmp_path / "out.eml", opened(LETTER), lambda text: text.replace("欧阳甲", "［姓名］").replace("jia@", "x1@")
    )
    done = message_from_bytes(data, policy=policy.default)
    (sender,) = done["from"].addresses
    assert (sender.display_name, sender.addr_spec) == ("［姓名］", "x1@example.com")
    assert done["subject"] == "复查结果"
    plain, page = done.iter_parts()
    assert plain.get_content().splitlines() == ["［姓名］：", "", "电话 13800000000。"]
    assert page.get_content().rstrip("\n") == HTML.replace("<b>欧阳</b>甲", "<b>［姓名］</b>").replace(
        "jia@", "x1@"
    ).replace("&nbsp;", " ")
    assert [str(one[1]) for one in done.items() if one[0] == "To"] == ['"B, C" <bc@example.com>, yi@example.com']


def seen(data):
    texts = [data.decode("utf-8", "replace")]
    for part in message_from_bytes(data).walk():
        texts += [str(value) for value in part.values()]
        if not part.is_multipart():
            texts.append(part.get_payload(decode=True).decode(part.get_content_charset("utf-8"), "replace"))
    return "\n".join(texts)


def test_nothing_of_what_was_taken_out_is_left(opened, tmp_path):
    done = seen(write(tmp_path / "o.eml", opened(LETTER), lambda _text: "X"))
    assert [one for one in PERSONS if one in done] == []
    held = seen(write(tmp_path / "p.eml", opened(LETTER), keep=lambda row: row[0] == "to"))
    assert [one for one in PERSONS if one in held] == ["B, C", "bc@", "yi@"]
    assert write(tmp_path / "q.eml", opened(LETTER), keep=lambda _row: False) is None


def test_a_text_that_its_charset_lacks_becomes_utf8(opened, tmp_path):
    source = opened(b"From: a@example.com\nTo: b@example.com\n\nCall A B on Monday.\n")
    data = write(tmp_path / "o.eml", source, lambda text: text.replace("A B", "［姓名］"))
    done = message_from_bytes(data, policy=policy.default)
    assert done.get_content() == "Call ［姓名］ on Monday.\n"
    assert b"\r" not in data


def test_a_treated_header_makes_no_other(opened, tmp_path):
    data = write(
        tmp_path / "o.eml", opened(LETTER), lambda text: "x\r\nBcc: evil@example.com" if text == "复查结果" else text
    )
    assert message_from_bytes(data)["bcc"] is None


@pytest.mark.parametrize(
    ("new", "date"), [("2026-10-03T10:00:00+08:00", "Sat, 03 Oct 2026 10:00:00 +0800"), ("[some day]", "[some day]")]
)
def test_a_moved_date_is_written_as_mail_writes_it(opened, tmp_path, new, date):
    data = write(tmp_path / "o.eml", opened(LETTER), lambda text: new if text.startswith("2026-11-01T") else text)
    assert message_from_bytes(data)["date"] == date
    assert data.replace(date.encode(), b"Sun, 01 Nov 2026 10:00:00 +0800") == LETTER


def test_many_messages_in_one_file(opened, tmp_path):
    data = b"".join(
        b"From a%d@example.com Sun Nov  1 10:00:00 2026\n%s\n\n" % (n, LETTER.replace(b"\r\n", b"\n")) for n in range(3)
    )
    source = opened(data, "a.mbox")
    found = rows(source)
    assert source.format == "mbox"
    assert len(found["message"]) == 3
    assert [text for name, text in found["headers"] if name == "envelope"][
        1
    ] == "a1@example.com Sun Nov  1 10:00:00 2026"
    assert write(tmp_path / "o", source) == data
    treated = write(tmp_path / "p", source, lambda text: text.replace("a1@", "x@").replace("欧阳", "王"))
    assert treated.count(b"\nFrom x@example.com Sun") == 1
    assert treated.startswith(b"From a0@")


@pytest.mark.parametrize("new", ["", "[removed: e-mail] [removed: date]", "x"])
def test_messages_stay_apart_when_the_line_between_them_is_taken_out(opened, tmp_path, new):
    one = "From a@example.com Sun Nov  1 10:00:00 2026\nFrom: a@example.com\nTo: b@example.com\nSubject: s\n\nz\n\n"
    source = opened((one * 2).encode(), "a.mbox")
    data = write(tmp_path / "o.mbox", source, lambda text: new if text.endswith("2026") else text)
    assert b"2026" not in data
    assert len(rows(opened(data, "o.mbox"))["message"]) == 2


@pytest.mark.parametrize("name", ['name="甲.pdf"', "filename*=utf-8''%E7%94%B2.pdf", "filename=甲.pdf"])
def test_attachments_are_named_as_not_read_and_their_names_are_read(opened, tmp_path, name):
    data = (
        "From: a@example.com\nTo: b@example.com\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n好。\n--x\n"
        f"Content-Type: application/pdf\nContent-Disposition: attachment; {name}\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--x--\n"
    ).encode()
    source = opened(data)
    assert not source.complete
    assert "1 attachments" in source.notes[0].en
    assert ("attachment", "甲.pdf") in rows(source)["headers"]
    done = write(tmp_path / "o.eml", source, lambda text: text.replace("甲", "X"))
    assert ("attachment", "X.pdf") in rows(opened(done, "again.eml"))["headers"]
    assert "%E7" not in done.decode()


SIGNED = (
    b'From: a@example.com\nTo: b@example.com\nContent-Type: multipart/signed; boundary=x; protocol="application/pgp-signature"\n\n'
    b"--x\n\nhello\n--x\nContent-Type: application/pgp-signature\n\nabc\n--x--\n"
)
PGP = b"From: a@example.com\nTo: b@example.com\n\n-----BEGIN PGP MESSAGE-----\n\nabc\n"


@pytest.mark.parametrize("data", [SIGNED, PGP])
def test_signed_and_encrypted_mail_leaves_unchanged_or_not_at_all(opened, tmp_path, data):
    source = opened(data)
    assert not source.complete
    assert write(tmp_path / "o.eml", source) == data
    with pytest.raises(KouanError) as caught:
        write(tmp_path / "p.eml", source, lambda _text: "X")
    assert caught.value.code == "K-FMT-085"


def nested(levels):
    head = b"From: a@example.com\nTo: b@example.com\n"
    for level in range(levels):
        head += b"Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n" % (level, level)
    return head


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (nested(100), "K-FMT-086"),
        (nested(1) + b"\n--x0\n" * 20_000, "K-FMT-086"),
        (b"From: a@example.com\nTo: b@example.com\n\n" + b"x" * 5000, "K-FMT-082"),
    ],
)
def test_hostile_mail_is_refused(opened, data, code):
    with pytest.raises(KouanError) as caught:
        opened(data, limits=Limits(office_bytes=4096) if code == "K-FMT-082" else Limits())
    assert caught.value.code == code


def test_a_header_that_says_more_than_addresses_is_read_as_a_whole(opened):
    found = rows(opened(b"From: a@example.com (Jia Ouyang)\nTo: undisclosed-recipients:;\nSubject: x\n\ny\n"))
    assert ("from", "a@example.com (Jia Ouyang)") in found["headers"]


def test_mails_of_a_folder_are_one(tmp_path):
    folder = tmp_path / "mails"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.eml").write_bytes(LETTER)
    source = open_source(folder, name="mails", options=ReadOptions())
    assert len(rows(source)["addresses"]) == 8
    write(tmp_path / "out", source)
    assert (tmp_path / "out" / "b.eml").read_bytes() == LETTER


@pytest.mark.parametrize(
    "field",
    [
        "a " * 50_000,
        "x" + " " * 50_000 + "y",
        '"\\' * 20_000,
        "a@" * 20_000 + " b",
        '"a" ' * 20_000,
        "<a" * 50_000,
        "b," + " " * 50_000 + "y",
    ],
)
def test_a_long_field_is_read_in_one_pass(opened, field):
    source = opened(f"From: a@example.com\nTo: {field}\nSubject: s\n\nz\n".encode())
    assert ("to", field.strip()) in rows(source)["headers"]


def test_a_phrase_that_takes_a_name_s_place_is_quoted(opened, tmp_path):
    source = opened(b"From: Abc Def <a@example.com>\nTo: x@example.com,  Abc Def  <b@example.com>\n\nz\n")
    data = write(tmp_path / "o.eml", source, lambda text: text.replace("Abc Def", "[removed: name]"))
    assert [one.display_name for one in message_from_bytes(data, policy=policy.default)["from"].addresses] == [
        "[removed: name]"
    ]
    assert [one.display_name for one in message_from_bytes(data, policy=policy.default)["to"].addresses] == [
        "",
        "[removed: name]",
    ]


@pytest.mark.parametrize("page", ["<a " * 50_000, '<a "' * 50_000])
def test_a_page_of_tags_that_never_end_is_read_in_one_pass(opened, page):
    head = "From: a@example.com\nTo: b@example.com\nSubject: s\nContent-Type: text/html\n\n"
    assert rows(opened(f"{head}<p title='x'>hi</p>{page}".encode()))["body"][0] == ("html", "hi")
