"""Bad and hostile input through the command line: a stable code, both languages, nothing half-written, no cell shown."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.cli import main
from tests.commands import DAY, DECLARATION, STAFF, Transfer, cells_in, environment, kouan, start

HAN = re.compile(r"[\u4e00-\u9fff]")
SPECIAL = "E-7300541"


@pytest.fixture
def transfer(tmp_path):
    return Transfer.lay(tmp_path / "transfer")


@pytest.fixture
def refused(monkeypatch, capfd):
    """Run a command line in both languages; it must be refused with this code, status and place."""

    def check(words, *, code, home, where="", status=2):
        monkeypatch.chdir(home.parent)
        for lang in ("zh", "en"):
            for name, value in environment(home, lang=lang).items():
                monkeypatch.setenv(name, value)
            got = main([str(word) for word in words])
            out, err = capfd.readouterr()
            assert (got, err.split(" ")[0]) == (status, code), err
            assert where in err.splitlines()[0]
            assert len(err.splitlines()) == 3
            assert bool(HAN.search(err.splitlines()[1])) is (lang == "zh")
            assert out == ""
            quiet(out + err)

    return check


def quiet(text):
    """No traceback and no cell of the data."""
    assert "Traceback" not in text
    assert not cells_in(text)


def nothing_under(out):
    assert not out.exists()
    assert not [path.name for path in out.parent.glob(f".{out.name}.*") if path.name != f".{out.name}.work"]


def _fifo(transfer):
    transfer.data.unlink()
    os.mkfifo(transfer.data)


def _folder(transfer):
    transfer.data.unlink()
    transfer.data.mkdir()


def _led_away(transfer):
    transfer.data.rename(transfer.folder.parent / "elsewhere.csv")
    transfer.data.symlink_to("../elsewhere.csv")


def _led_away_by_folder(transfer):
    (transfer.folder.parent / "elsewhere").mkdir()
    transfer.data.rename(transfer.folder.parent / "elsewhere" / "staff.csv")
    (transfer.folder / "data").symlink_to(transfer.folder.parent / "elsewhere")
    transfer.declare("path: staff.csv", "path: data/staff.csv")


def _parquet(transfer, *, keep):
    names = STAFF.splitlines()[0].split(",")
    rows = [row.split(",") for row in STAFF.splitlines()[1:]] * 500
    pq.write_table(pa.table(dict(zip(names, zip(*rows, strict=True), strict=True))), transfer.data)
    data = transfer.data.read_bytes()
    transfer.data.write_bytes(data[: int(len(data) * keep)])


def _overwrite_page(transfer):
    _parquet(transfer, keep=1)
    data = bytearray(transfer.data.read_bytes())
    data[40:400] = b"\xff" * 360
    transfer.data.write_bytes(data)


def _written(data):
    return lambda transfer: transfer.data.write_bytes(data if isinstance(data, bytes) else data.encode())


def _declared(text):
    return lambda transfer: transfer.declaration.write_bytes(text if isinstance(text, bytes) else text.encode())


def _changed(old, new):
    return lambda transfer: transfer.declare(old, new)


DECLARATIONS = {
    "none": (lambda transfer: transfer.declaration.unlink(), "K-CLR-001", "transfer.yaml"),
    "a folder": (lambda t: (t.declaration.unlink(), t.declaration.mkdir()), "K-CLR-001", "transfer.yaml"),
    "empty": (_declared(""), "K-MOD-005", "transfer.yaml"),
    "only a comment": (_declared("# nothing\n"), "K-MOD-005", "transfer.yaml"),
    "a list": (_declared("- a\n- b\n"), "K-MOD-005", "transfer.yaml:1"),
    "2 MB": (_declared(DECLARATION + "#" * (2 << 20)), "K-CLR-001", "transfer.yaml"),
    "binary": (_declared(b"\x00\x01\x02"), "K-MOD-001", "transfer.yaml"),
    "UTF-16": (_declared(DECLARATION.encode("utf-16")), "K-CLR-001", "transfer.yaml"),
    "GB18030": (_declared(DECLARATION.encode("gb18030")), "K-CLR-001", "transfer.yaml"),
    "two documents": (_declared(DECLARATION + "---\n" + DECLARATION), "K-MOD-001", "transfer.yaml:16"),
    "bad syntax": (_changed("purpose: 人", 'purpose: "人'), "K-MOD-001", "transfer.yaml:"),
    "bomb": (_declared("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"), "K-MOD-001", "transfer.yaml:2"),
    "merge": (_declared("a: {x: 1}\n<<: {y: 1}\n"), "K-MOD-001", "transfer.yaml:2"),
    "deep brackets": (_declared("[" * 200_000), "K-MOD-001", "transfer.yaml:1"),
    "deep dashes": (_declared("- " * 200_000), "K-MOD-001", "transfer.yaml:1"),
    "huge number": (_changed("ordinary: 0", "ordinary: " + "9" * 6_000), "K-MOD-005", "transfer.yaml:9"),
    "unknown field": (_changed("purpose:", "colour: red\npurpose:"), "K-MOD-003", "transfer.yaml:5"),
    "misspelt key": (_changed("subjects:", "subject:"), "K-MOD-003", "transfer.yaml:8"),
    "key twice": (_changed("purpose:", "purpose: x\npurpose:"), "K-MOD-002", "transfer.yaml:6"),
    "missing field": (_changed("purpose: 人力资源管理\n", ""), "K-MOD-004", "transfer.yaml"),
    "no recipient": (_changed("role: recipient", "role: exporter"), "K-MOD-005", "transfer.yaml:1"),
    "no sources": (_changed("  - {path: staff.csv, subjects: [employee]}\n", "  []\n"), "K-MOD-005", "transfer.yaml:7"),
    "in China": (_changed("country: DE", "country: CN"), "K-CLR-002", "transfer.yaml:4"),
    "nowhere": (_changed(", country: DE", ""), "K-CLR-003", "transfer.yaml:4"),
    "future": (_changed("2026-11-01", "2026-12-01"), "K-CLR-004", "transfer.yaml:9"),
    "last year": (_changed("2026-11-01", "2025-11-01"), "K-CLR-005", "transfer.yaml:9"),
    "no such day": (_changed("2026-11-01", "2026-02-30"), "K-MOD-001", "transfer.yaml:9"),
    "unknown fact": (_changed("hr.necessary", "hr.necesary"), "K-CLR-006", "transfer.yaml:15"),
    "path with NUL": (_changed("staff.csv", '"staff\\0.csv"'), "K-MOD-005", "transfer.yaml:8"),
    "path too long": (_changed("staff.csv", "x" * 5_000), "K-FMT-026", "x"),
    "source twice": (_changed("sources:\n", "sources:\n  - {path: ./staff.csv}\n"), "K-CLR-015", "transfer.yaml:9"),
    "hint for no column": (
        _changed("[employee]", "[employee], items: {名: {meaning: name}}"),
        "K-REC-001",
        "staff.csv",
    ),
    "need of no column": (_changed("[employee]", "[employee], needed: [部]"), "K-DEI-007", "sources[0].needed"),
}
DATA = {
    "missing": (lambda transfer: transfer.data.unlink(), "K-FMT-001", "staff.csv"),
    "a folder without files": (_folder, "K-FMT-040", "staff.csv"),
    "a pipe": (_fifo, "K-FMT-002", "staff.csv"),
    "a link away": (_led_away, "K-CLR-014", "transfer.yaml:8"),
    "under a link away": (_led_away_by_folder, "K-CLR-014", "transfer.yaml:8"),
    "empty": (_written(""), "K-FMT-004", "staff.csv"),
    "Parquet without its end": (lambda transfer: _parquet(transfer, keep=0.5), "K-FMT-017", "staff.csv"),
    "Parquet of four bytes": (_written(b"PAR1"), "K-FMT-017", "staff.csv"),
    "Parquet with a torn page": (_overwrite_page, "K-FMT-017", "staff.csv"),
    "a zip that is none": (_written(b"PK\x03\x04" + STAFF.encode()), "K-FMT-021", "staff.csv"),
    "gzip that is none": (_written(b"\x1f\x8b\x08" + STAFF.encode()), "K-FMT-049", "staff.csv"),
    "two encodings": (
        _written(STAFF.encode() + "E-7300544,诸葛试验丁,".encode("gb18030") + b"\xff\xff,,,\n"),
        "K-FMT-009",
        "staff.csv",
    ),
    "wrong encoding": (_written("名前;住所\n試験;東京都\n".encode("shift_jis") * 20), "K-FMT-010", "staff.csv"),
    "NUL": (_written(STAFF.replace("研发部", "研\0部")), "K-FMT-012", "staff.csv"),
    "ragged": (_written(STAFF + "E-7300544,诸葛试验丁,13600136003\n"), "K-FMT-013", "staff.csv"),
    "open quote": (_written(STAFF + 'E-7300544,"诸葛试验丁,13600136003,a,b,c\n'), "K-FMT-013", "staff.csv"),
}


@pytest.mark.parametrize("case", DECLARATIONS)
def test_declarations(transfer, refused, case):
    spoil, code, where = DECLARATIONS[case]
    spoil(transfer)
    refused(transfer.clear, code=code, where=where, home=transfer.home)
    nothing_under(transfer.out)


@pytest.mark.parametrize("case", DATA)
def test_data(transfer, refused, case):
    spoil, code, where = DATA[case]
    spoil(transfer)
    refused(transfer.clear, code=code, where=where, home=transfer.home)
    nothing_under(transfer.out)


@pytest.mark.parametrize("command", ["inspect", "decide", "plan", "assess", "deidentify"])
def test_other_commands_refuse_alike(transfer, refused, command):
    transfer.data.write_text(STAFF + "E-7300544,诸葛试验丁,13600136003\n")
    words = [command, transfer.declaration, *(["--out", transfer.out] if command == "deidentify" else [])]
    refused(words, code="K-FMT-013", where="staff.csv", home=transfer.home)
    nothing_under(transfer.out)


def _plan(transfer):
    path = transfer.folder / "plan.yaml"
    done = kouan("plan", transfer.declaration, "--out", path, home=transfer.home)
    assert done.returncode == 0, done.stderr
    return path


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('- item: "staff.csv!staff#姓名"', '- item: "staff.csv!staff#姓各"', "K-DEI-001"),
        ('- item: "staff.csv!staff#姓名"', '- item: "staff.csv!staff#工号"', "K-DEI-003"),
        ("action: pseudonym\n    params: {kind: name}", "action: keep", "K-DEI-005"),
        ("params: {to: year}", "params: {to: century}", "K-DEI-004"),
        ("action: pseudonym\n    params: {kind: name}", "action: burn", "K-MOD-005"),
        ("action: pseudonym\n    params: {kind: name}", "actoin: drop", "K-MOD-003"),
    ],
)
def test_plans(transfer, refused, old, new, code):
    path = _plan(transfer)
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), "utf-8")
    for words in (
        (*transfer.clear, "--plan", path),
        ("deidentify", transfer.declaration, "-o", transfer.out, "--plan", path),
    ):
        refused(words, code=code, where="plan.yaml:", home=transfer.home)
        nothing_under(transfer.out)


def test_plan_without_an_item(transfer, refused):
    path = _plan(transfer)
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("  # 薪资")], "utf-8")
    refused((*transfer.clear, "--plan", path), code="K-DEI-002", where="plan.yaml", home=transfer.home)
    refused((*transfer.clear, "--plan", path.with_name("none")), code="K-CLR-001", where="none", home=transfer.home)
    nothing_under(transfer.out)


def _foreign(transfer):
    transfer.out.mkdir()
    (transfer.out / "thesis.docx").write_text("mine")


def _linked(transfer):
    (transfer.folder / "mine").mkdir()
    transfer.out.symlink_to("mine")


@pytest.mark.parametrize(
    "spoil", [_foreign, _linked, lambda transfer: transfer.out.write_text("mine"), lambda t: t.out.symlink_to("/none")]
)
def test_what_stands_at_out_stays(transfer, refused, spoil):
    spoil(transfer)
    before = sorted(str(path.relative_to(transfer.out)) for path in transfer.out.rglob("*"))
    deidentify = ("deidentify", transfer.declaration, "--out", transfer.out)
    for words in (transfer.clear, deidentify):
        if words is deidentify and transfer.out.is_symlink() is False and transfer.out.is_file():
            continue
        refused(words, code="K-CLR-011", where="out", home=transfer.home)
    assert sorted(str(path.relative_to(transfer.out)) for path in transfer.out.rglob("*")) == before


@pytest.mark.parametrize("place", ["home", "home/keys", "home/log", "home/locks", "home/trust", "home/meter.sqlite/x"])
def test_home_that_cannot_be_used(transfer, refused, place):
    """A file where a folder belongs (or the reverse): also root is stopped by that."""
    spot = transfer.folder / place
    spot.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    spot.write_text("mine")
    code = {
        "home/keys": "K-EVI-015",
        "home/log": "K-EVI-015",
        "home/trust": "K-EVI-015",
        "home/meter.sqlite/x": "K-MTR-001",
    }
    refused(transfer.clear, code=code.get(place, "K-CLR-013"), where=place.removesuffix("/x"), home=transfer.home)
    nothing_under(transfer.out)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--as-of", "yesterday"), "K-CLR-040"),
        (("--threads", "0"), "K-CLR-040"),
        (("--packs", "/nonexistent"), "K-PCK-001"),
    ],
)
def test_settings(transfer, refused, words, code):
    refused((*transfer.clear, *words), code=code, home=transfer.home)
    nothing_under(transfer.out)


def test_folders_that_are_no_clearance(transfer, refused):
    for folder in (transfer.folder, transfer.data, transfer.folder / "none"):
        refused(("verify", folder), code="K-CLR-020", where=folder.name, home=transfer.home)
        refused(("release", folder), code="K-CLR-020", where=folder.name, home=transfer.home)


def test_release_words(transfer, refused):
    refused(("release", transfer.out, "--attest", "x"), code="K-CLI-002", home=transfer.home)
    refused(("release", transfer.out, "--pathway", "x"), code="K-CLI-003", home=transfer.home)


_SMALL = 256 << 10


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 256 KiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_SMALL}", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no disk may be mounted here: a limit on file size stands alone for a full disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _much(transfer):
    rows = [f"E-{number},欧阳试验{number},13{number:09d},研发部,1990-01-02,{number}" for number in range(30_000)]
    transfer.data.write_text("\n".join([STAFF.splitlines()[0], *rows]), "utf-8")


def _clear_without_room(command, transfer, out, **options):
    _much(transfer)
    done = kouan(command, transfer.declaration, "--out", out, home=transfer.home, **options)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.split(" ")[0] in {"K-CLR-013", "K-FMT-027", "K-EVI-014"}, done.stderr
    quiet(done.stdout + done.stderr)
    nothing_under(out)
    assert not [path for path in out.parent.rglob("*") if path.suffix in {".tmp", ".kouan-part"}]
    done = kouan(command, transfer.declaration, "--out", transfer.folder / "roomy", home=transfer.home)
    assert done.returncode in {0, 3}, done.stderr


@pytest.mark.parametrize("command", ["clear", "deidentify"])
def test_full_disk(transfer, small_disk, command):
    _clear_without_room(command, transfer, small_disk / "out")


@pytest.mark.parametrize("command", ["clear", "deidentify"])
def test_limit_on_file_size(transfer, command):
    _clear_without_room(command, transfer, transfer.out, limits={resource.RLIMIT_FSIZE: _SMALL})


def test_interrupted_in_the_middle(transfer):
    """At one stage after the other; each run resumes the one before it."""
    _much(transfer)
    work = transfer.folder / ".out.work"
    ends = []
    for stage in ("run.json", "inventory.json", "staged", "inventory-treated.json", "risk.json"):
        if (work / stage).exists() or transfer.out.exists():
            continue
        with start(*transfer.clear, home=transfer.home, lang="zh") as process:
            while not (work / stage).exists() and process.poll() is None:
                time.sleep(0.005)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        quiet(out + err)
        # Interrupted inside a string being executed (a dataclass being made), Python ends by the signal: 130 to a shell.
        ends.append(130 if process.returncode == -signal.SIGINT else process.returncode)
        if ends[-1] == 130:
            # Killed by the signal, the interpreter was on its way out of our code.
            assert err.startswith("K-CLI-130") or (process.returncode == -signal.SIGINT and not err)
            nothing_under(transfer.out)
    assert ends.count(130) >= 2, ends
    assert set(ends) <= {0, 3, 130}, ends
    done = kouan(*transfer.clear, home=transfer.home)
    assert done.returncode in {0, 3}, done.stderr
    assert kouan("verify", transfer.out, home=transfer.home).returncode == 0
    assert not list(transfer.folder.glob(".out.*"))


def test_a_file_that_changes_while_it_is_read(transfer):
    _much(transfer)
    with start(*transfer.clear, home=transfer.home) as process:
        while not transfer.home.exists() and process.poll() is None:
            time.sleep(0.01)
        with transfer.data.open("a") as stream:
            stream.write("\nE-1,欧阳试验甲,13800138000,x,1990-01-02,1")
        out, err = process.communicate(timeout=60)
    assert process.returncode == 2, out + err
    assert err.startswith("K-FMT-025")
    quiet(out + err)
    nothing_under(transfer.out)


def test_nothing_spoilt_is_cleared(transfer):
    done = kouan(*transfer.clear, home=transfer.home)
    assert done.returncode == 0, done.stderr
    assert DAY in (transfer.out / "decision.json").read_text("utf-8")
