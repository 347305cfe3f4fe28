"""The dossier's folder: which papers, which are ready, and the tables that go into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.dossier import messages
from kouan.dossier.gate import CONDITIONS_FILE, CONSENT_FILE, conditions_markdown, consent_markdown
from kouan.dossier.papers import ITEMS_FILE, PERSONS_FILE, SUMMARY_FILE, papers_for
from kouan.dossier.people import people_of
from kouan.dossier.sheets import items_csv, persons_markdown
from kouan.model.canonical import file_bytes, readable_json
from kouan.model.document import Document, Input
from kouan.model.release import Dossier

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kouan.dossier.people import People
    from kouan.model.consent import Consent
    from kouan.model.decision import Decision
    from kouan.model.declaration import Declaration
    from kouan.model.inventory import Inventory
    from kouan.model.treatment import Treatment

DOSSIER_FILE = "dossier.json"


def make_dossier(decision: Decision, *, consented: bool = False) -> Dossier:
    """Return the papers of every pathway that is still possible; `options` stays empty while undetermined.

    Args:
        decision: the one that governs release.
        consented: whether a ledger of consents was compared, so that its summary serves as a paper.
    """
    pathways = dict.fromkeys(option for outcome in decision.possible for option in outcome.options)
    papers = tuple(paper for pathway in pathways for paper in papers_for(pathway, consented=consented))
    return Dossier(options=decision.options, papers=papers)


def write_dossier(
    declaration: Declaration,
    inventory: Inventory,
    *,
    decision: Decision,
    treatment: Treatment | None,
    out: Path,
    inputs: tuple[Input, ...] = (),
    consent: Consent | None = None,
) -> Dossier:
    """Write `dossier.json`, `items.csv`, `persons.json`, `persons.md`, `conditions.md`, and `consent.md`, into `out`.

    Args:
        declaration: names the transfer and the persons sent earlier this year.
        inventory: of the raw data; its masked samples are shown for items left as they are.
        decision: the one that governs release (on the treated data where there are any).
        treatment: what was done; None lists every item as it is.
        out: the dossier's folder, made when missing.
        inputs: digests for the envelope of `dossier.json`.
        consent: what the ledger of consents says; None where there is none.

    Raises:
        KouanError: K-DOS-001 when a file cannot be written.
    """
    dossier = make_dossier(decision, consented=consent is not None)
    people = people_of(inventory, decision)
    files = {
        DOSSIER_FILE: file_bytes(Document[Dossier](kind="dossier", version=1, inputs=inputs, body=dossier)),
        ITEMS_FILE: items_csv(inventory, treatment),
        PERSONS_FILE: _persons_json(declaration, decision, people),
        SUMMARY_FILE: persons_markdown(declaration, decision, people).encode(),
        CONDITIONS_FILE: conditions_markdown(decision).encode(),
    }
    if consent is not None:
        files[CONSENT_FILE] = consent_markdown(consent).encode()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (out / name).write_bytes(data)
    except OSError as error:
        raise messages.FOLDER_UNWRITABLE.at(str(out), problem=error.strerror or "OSError") from None
    return dossier


def _persons_json(declaration: Declaration, decision: Decision, people: Iterable[People]) -> bytes:
    before = declaration.year_to_date
    data = {
        "kind": "persons",
        "version": 1,
        "transfer": declaration.transfer.name,
        "scenario": declaration.transfer.scenario,
        "as_of": decision.as_of.isoformat(),
        "year_to_date_before": before.model_dump(mode="json") if before else None,
        "flows": [
            {
                "flow": row.id,
                "subjects": list(row.subjects),
                "persons": row.persons.model_dump() if row.persons else None,
                "ordinary": row.ordinary.model_dump() if row.ordinary else None,
                "sensitive": row.sensitive.model_dump() if row.sensitive else None,
                "under14": row.under14.model_dump() if row.under14 else None,
                "counted": row.counted,
            }
            for row in people
        ],
    }
    return readable_json(data).encode()
