"""`kouan verify`: files, receipt and signature as sealed; then everything replayed that follows from it."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.clearance import messages, verify_messages
from kouan.clearance.certificatecheck import certificate_problems
from kouan.clearance.ownlaw import KnownLaw
from kouan.clearance.replay import Replayed, replay
from kouan.clearance.tool import tool
from kouan.evidence import check_folder
from kouan.model.errors import Exit, KouanError
from kouan.model.files import FULL

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.evidence import FolderCheck, TrustStore
    from kouan.model.decision import Decision, Override


@dataclass(frozen=True, slots=True)
class Verified:
    """Result of a verification.

    Attributes:
        problems: everything that is wrong, each naming its file; empty means the folder is as it was sealed.
        files: number of files checked.
        signer: name of the trusted key that signed, or an empty text.
        check: what the seal's check found.
        documents: what the replay read, each file checked against the seal.
    """

    problems: tuple[KouanError, ...]
    files: int
    signer: str
    check: FolderCheck
    documents: Replayed

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that were replayed."""
        pair = self.documents.decisions
        return () if pair is None else tuple(filter(None, (pair.original, pair.treated)))

    @property
    def is_certificate(self) -> bool:
        """Whether it is a certificate's folder: nothing in it was measured again."""
        return self.check.manifest is not None and self.check.manifest.kind == "certificate"

    @property
    def sealed_with(self) -> str:
        """Name and version of the software that sealed it; empty where no seal was read."""
        return "" if self.check.manifest is None else self.check.manifest.tool

    @property
    def other_edition(self) -> str:
        """Edition that made a certificate whose words and requirements this one cannot compare; empty otherwise."""
        made = self.check.manifest.tool if self.is_certificate and self.check.manifest is not None else tool()
        return "" if made == tool() else made

    @property
    def user_packs(self) -> tuple[str, ...]:
        """Packs, as `id version`, that the exporter added to Kouan's; what they loosen stands in the decision."""
        refs = dict.fromkeys(ref for decision in self.decisions for ref in decision.packs if ref.user)
        purpose = self.documents.necessity.purpose if self.documents.necessity is not None else None
        if purpose is not None and purpose.user:
            refs[purpose] = None
        return tuple(f"{ref.id} {ref.version}" for ref in refs)

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What user packs loosened."""
        return tuple(dict.fromkeys(one for decision in self.decisions for one in decision.overrides))

    @property
    def foreign_packs(self) -> tuple[str, ...]:
        """Packs, as `id version`, given as Kouan's own that are of no edition the verifier knows; `- id`: left out.

        Without a problem the verifier's own packs come to the same result.
        """
        return self.documents.unknown

    @property
    def foreign_thresholds(self) -> str:
        """Edition of the thresholds of the risk report, where it is none that the verifier knows; else empty.

        Without a problem the verifier's own thresholds come to the same grade and outcomes.
        """
        return short(self.documents.thresholds)

    @property
    def papers_of_another_edition(self) -> tuple[str, ...]:
        """Report and papers that this edition makes otherwise than the edition that is said to have sealed them."""
        return () if self.problems else self.documents.papers

    @property
    def status(self) -> Exit:
        """0 or 5."""
        return Exit.VERIFICATION_FAILED if self.problems else Exit.OK


def short(edition: str) -> str:
    """Return an edition of thresholds as people read it: id, version and the beginning of the digest."""
    *head, digest = edition.split(" ")
    return " ".join([*head, digest[:12]])


def verify_folder(folder: Path, trust: TrustStore, known: KnownLaw | None = None) -> Verified:
    """Verify a clearance folder offline, or a certificate's: of that the seal, and that its papers agree.

    Args:
        folder: what `kouan clear` (and perhaps `kouan release`) or `kouan certify` left.
        trust: keys that the verifier trusts; a key inside the folder proves nothing.
        known: packs that the verifier knows from elsewhere; None means those of this Kouan.

    Raises:
        KouanError: K-CLR-013 when there is no room for copies, K-CLR-020 when it is no clearance folder at all.
    """
    if not folder.is_dir() or not (folder / "manifest.json").exists():
        raise messages.NOT_A_CLEARANCE.at(str(folder), missing="manifest.json")
    check = check_folder(folder, trust)
    problems = check.all_problems
    done = Replayed()
    if not problems and check.manifest is not None and check.manifest.kind == "certificate":
        problems = certificate_problems(check)
    elif not problems:
        try:
            done = replay(check, known or KnownLaw.of())
        except OSError as error:
            if error.errno in FULL:  # of the documents' copies: it says nothing of the folder
                raise messages.DISK_FULL.at(tempfile.gettempdir(), problem=os.strerror(error.errno)) from None
            problems = (messages.DECISION_DIFFERS.at(str(folder)),)
        except KouanError as error:
            problems = (error,)
    if done.departs and check.manifest is not None:
        names, tool = ", ".join(done.unknown), check.manifest.tool
        problems = (messages.LAW_DEPARTS.at("packs/", names=names, tool=tool),)
    if done.verdicts and check.manifest is not None:
        rules, tool = ", ".join(done.verdicts), check.manifest.tool
        own = verify_messages.THRESHOLDS_DEPART.at("risk.json", edition=short(done.thresholds), rules=rules, tool=tool)
        problems = (*problems, own)
    return Verified(
        problems=problems + done.problems,
        files=sum(len(one.manifest.files) for one in (check, *check.inner) if one.manifest is not None),
        signer=check.signed_by.label if check.signed_by is not None else "",
        check=check,
        documents=done,
    )
