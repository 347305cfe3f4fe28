"""Report: what the page of a clearance shows that stands in no other document of its folder."""

from __future__ import annotations

from typing import Literal

from kouan.model.base import Frozen
from kouan.model.time import Instant
from kouan.model.whatif import WhatIf


class Report(Frozen):
    """Whatever `report.html` needs beside the documents, so that whoever has the folder can make the page again.

    Attributes:
        made_at: instant of the page.
        tool: name and version of the software.
        lang: shown first.
        folder: name of the clearance folder.
        signer: label of the key that signs.
        log_origin: origin line of its log.
        lighter: what a bounded search found that would make the decision lighter; None where none was made.
    """

    made_at: Instant
    tool: str
    lang: Literal["zh", "en"]
    folder: str
    signer: str
    log_origin: str
    lighter: WhatIf | None = None
