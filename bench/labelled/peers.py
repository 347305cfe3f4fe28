"""`python -m bench.labelled.peers PEER FILE`: what others spend on the same table with the same patterns, as JSON.

Nine patterns, no check characters: none of these tools computes them. Reading Parquet is not counted; Hyperscan and
ripgrep read text from the file cache, which costs them little.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.csv as pc
import pyarrow.parquet as pq

from bench.labelled.makers import PROVINCES
from bench.measure import cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
BODIES = {
    "cn.ric": r"[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]",
    "cn.mobile": r"(?:86|0086)?1[3-9][0-9]{9}",
    "cn.bankcard": r"(?:62[0-9]{14,17}|[45][0-9]{15})",
    "cn.uscc": r"[159ANY][0-9]{7}[0-9A-HJ-NPQRTUWXY]{10}",
    "vin": r"[A-HJ-NPR-Z0-9]{17}",
    "cn.passport": r"E[0-9A-HJ-NP-Z][0-9]{7}",
    "cn.plate": rf"(?:{'|'.join(PROVINCES)})[A-HJ-NP-Z][A-HJ-NP-Z0-9]{{5,6}}",
    "email": r"[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,4}[A-Za-z]{2,18}",
    "ip": rf"{_BYTE}\.{_BYTE}\.{_BYTE}\.{_BYTE}",
}
"""Patterns without the boundaries, which every engine writes in its own way."""
PEERS = ("hyperscan", "ripgrep", "polars", "polars, each column its pattern", "presidio")
_SAMPLE = 2000
"""Rows that Presidio is given; the others read the whole table."""
_BLOCK = 16_000_000


def main() -> None:
    """Run one peer and print `cpu`, `counts`, `how`, and `rows`, `bytes`, `remarks` of a part; or `missing`."""
    name, path = sys.argv[1], Path(sys.argv[2])
    run: dict[str, Callable[[Path], dict[str, object]]] = {
        "hyperscan": _hyperscan,
        "ripgrep": _ripgrep,
        "polars": _polars,
        "polars, each column its pattern": _polars_typed,
        "presidio": _presidio,
    }
    try:
        answer = run[name](path)
    except (ImportError, FileNotFoundError) as error:
        answer = {"missing": f"{name.partition(',')[0]}: {error}"}
    print(json.dumps(answer, ensure_ascii=False))


def _csv(path: Path) -> Path:
    """Write the table as text, one line per row, and return where."""
    place = Path(tempfile.mkdtemp(prefix="kouan-peer-")) / "table.csv"
    file = pq.ParquetFile(path)
    options = pc.WriteOptions(include_header=False, quoting_style="none")
    with pc.CSVWriter(place, file.schema_arrow, write_options=options) as writer:
        for batch in file.iter_batches():
            writer.write_batch(batch)
    return place


def _blocks(place: Path) -> Iterator[bytes]:
    """Yield the file in blocks that end with a line."""
    with place.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block + file.readline()


def _hyperscan(path: Path) -> dict[str, object]:
    engine = import_module("hyperscan")
    place = _csv(path)
    names = list(BODIES)
    after = {"email": r"[^A-Za-z0-9.\-]", "ip": r"[^0-9A-Za-z.]"}
    shown = [
        rf"{'' if name == 'cn.plate' else '[^0-9A-Za-z]'}{body}{after.get(name, '[^0-9A-Za-z]')}"
        for name, body in BODIES.items()
    ]
    database = engine.Database(mode=engine.HS_MODE_BLOCK)
    database.compile(expressions=[one.encode() for one in shown], ids=list(range(len(names))), elements=len(names))
    counts = [0] * len(names)

    def seen(number: int, *_: object) -> None:
        counts[number] += 1

    def scan() -> None:
        for block in _blocks(place):
            database.scan(b"\n" + block, match_event_handler=seen)

    def scan_only() -> None:
        for block in _blocks(place):
            database.scan(b"\n" + block)

    cpu, alone = cpu_seconds(scan), cpu_seconds(scan_only)
    shutil.rmtree(place.parent)
    how = f"Hyperscan {metadata.version('hyperscan')} (Python binding), nine patterns in one database, blocks of text"
    how += f"; without a call for each match {alone:.2f} cpu-s"
    return {"cpu": cpu, "counts": dict(zip(names, counts, strict=True)), "how": how}


def _ripgrep(path: Path) -> dict[str, object]:
    program = shutil.which("rg")
    if program is None:
        raise FileNotFoundError("rg is not installed: apt-get install ripgrep")
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    place = _csv(path)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    patterns = [mark for name, body in BODIES.items() for mark in ("-e", _rust(name, body))]
    command = [
        program,
        "--no-config",
        "--text",
        "--only-matching",
        "--no-filename",
        "--no-line-number",
        "--count-matches",
    ]
    done = subprocess.run([*command, *patterns, str(place)], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    shutil.rmtree(place.parent)
    how = f"ripgrep {version}, nine patterns in one pass, counts of all together"
    return {"cpu": cpu, "counts": {"all": int(done.stdout)}, "how": how}


def _rust(name: str, body: str) -> str:
    """Return a pattern with boundaries as Rust's engine writes them; before a province's character there is none."""
    return rf"{body}(?-u:\b)" if name == "cn.plate" else rf"(?-u:\b){body}(?-u:\b)"


def _polars(path: Path) -> dict[str, object]:
    engine = import_module("polars")
    table = engine.read_parquet(path)
    counts: Counter[str] = Counter()

    def scan() -> None:
        for name, body in BODIES.items():
            held = table.select(engine.all().str.contains(_rust(name, body)).sum())
            counts[name] = sum(held.row(0))

    cpu = cpu_seconds(scan)
    how = f"polars {metadata.version('polars')}, str.contains, nine patterns over thirteen columns"
    return {"cpu": cpu, "counts": dict(counts), "how": how}


def _polars_typed(path: Path) -> dict[str, object]:
    """Measure what nobody knows beforehand: which column holds which identifier."""
    engine = import_module("polars")
    from bench.labelled.table import COLUMNS  # noqa: PLC0415 - with the peers that do not need it left out

    table = engine.read_parquet(path, columns=list(COLUMNS.values()))
    counts: dict[str, int] = {}

    def scan() -> None:
        for name, column in COLUMNS.items():
            head = r"^(?:\+86)?" if name == "cn.mobile" else "^"
            counts[name] = table.get_column(column).str.contains(rf"{head}{BODIES[name]}$").sum()

    cpu = cpu_seconds(scan)
    size = pq.read_table(path, columns=list(COLUMNS.values())).nbytes
    how = f"polars {metadata.version('polars')}, str.contains, anchored, each column its own pattern, no remarks"
    return {"cpu": cpu, "counts": counts, "bytes": size, "remarks": False, "how": how}


def _presidio(path: Path) -> dict[str, object]:
    analyzer = _analyzer()
    names = pq.read_schema(path).names
    table = next(pq.ParquetFile(path).iter_batches(_SAMPLE))
    cells = [cell for name in names for cell in table.column(name).to_pylist() if cell]
    counts: Counter[str] = Counter()

    def scan() -> None:
        for cell in cells:
            counts.update(one.entity_type for one in analyzer.analyze(cell, language="zh", entities=list(BODIES)))

    cpu = cpu_seconds(scan)
    version = metadata.version("presidio-analyzer")
    how = f"Presidio {version}, own patterns, no language model, cell by cell, the first {len(table):,} rows"
    return {"cpu": cpu, "counts": dict(counts), "rows": len(table), "how": how}


def no_model(language: str) -> Any:
    """Return Presidio's place for a language model with nothing in it: patterns need none."""
    engine = import_module("presidio_analyzer.nlp_engine")

    class Nothing(engine.NlpEngine):  # type: ignore[misc, name-defined]
        """No language model."""

        def load(self) -> None: ...
        def is_loaded(self) -> bool:
            return True

        def process_text(self, text: str, language: str) -> Any:  # noqa: ARG002
            return engine.NlpArtifacts([], [], [], [], self, language)

        def process_batch(self, texts: Any, language: str, **_: Any) -> Any:
            return ((text, self.process_text(text, language)) for text in texts)

        def is_stopword(self, word: str, language: str) -> bool:  # noqa: ARG002
            return False

        def is_punct(self, word: str, language: str) -> bool:  # noqa: ARG002
            return False

        def get_supported_entities(self) -> list[str]:
            return []

        def get_supported_languages(self) -> list[str]:
            return [language]

    return Nothing()


def _analyzer() -> Any:
    presidio = import_module("presidio_analyzer")
    found = [
        presidio.PatternRecognizer(
            supported_entity=name,
            patterns=[presidio.Pattern(name, rf"(?<![0-9A-Za-z]){body}(?![0-9A-Za-z])" if name != "cn.plate"
                                       else rf"{body}(?![0-9A-Za-z])", 0.6)],
            supported_language="zh",
            global_regex_flags=0,
        )
        for name, body in BODIES.items()
    ]  # fmt: skip
    registry = presidio.RecognizerRegistry(recognizers=found, supported_languages=["zh"])
    return presidio.AnalyzerEngine(registry=registry, nlp_engine=no_model("zh"), supported_languages=["zh"])


if __name__ == "__main__":
    main()
