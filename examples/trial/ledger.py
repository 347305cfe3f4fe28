"""The ledger of consents that lies beside the data sets: who agreed to the transfer, and who took it back."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from examples.trial import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from examples.trial.subjects import Subject

COLUMNS = ("受试者编号", "用途", "接收方", "同意日期", "单独同意", "撤回日期", "知情同意书版本")
"""As the exporter's ledger calls its columns."""

_EVERY = 100
_REVISED = dt.date(2024, 11, 1)


def ledger(subjects: Sequence[Subject]) -> str:
    """Return the ledger as CSV: of every hundred one has withdrawn and one never agreed to the transfer."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for place, subject in enumerate(subjects):
        writer.writerows(_entries(subject, place))
    return out.getvalue()


def _entries(subject: Subject, place: int) -> Iterator[tuple[str, ...]]:
    version = "V2.0/2024-11-01" if subject.signed >= _REVISED else "V1.1/2024-05-20"
    agreed = subject.signed.isoformat()
    own = place % _EVERY
    if own == 10:  # noqa: PLR2004 - one in a hundred agreed to the trial, not to the transfer
        yield subject.usubjid, words.PURPOSE, words.SPONSOR, agreed, "否", "", version
        return
    taken_back = (subject.signed + dt.timedelta(days=60)).isoformat() if own in {4, 30} else ""
    yield subject.usubjid, words.PURPOSE, words.SPONSOR, agreed, "是", taken_back, version
    if own == 30:  # noqa: PLR2004 - took it back and agreed again
        again = (subject.signed + dt.timedelta(days=75)).isoformat()
        yield subject.usubjid, words.PURPOSE, words.SPONSOR, again, "是", "", "V2.0/2024-11-01"
