"""Errors as part of the product: a stable code, what, where, why, and what to do, in both languages.

Each room keeps its own catalogue in `kouan/<room>/messages.py` as `Message` constants and raises with
`raise CONSTANT.at("where", name=value)`. A test walks all catalogues.
"""

from __future__ import annotations

from enum import IntEnum

from kouan.model.base import Frozen
from kouan.model.masking import masked
from kouan.model.text import Text, shown


class Exit(IntEnum):
    """Exit statuses of the command line (DESIGN 4.9)."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    UNDETERMINED = 3
    PROHIBITED = 4
    VERIFICATION_FAILED = 5
    PARTLY_READ = 6
    INTERRUPTED = 130


class Message(Frozen):
    """One entry of a room's catalogue.

    Attributes:
        code: stable, `K-<ROOM>-<number>`; never reused.
        what: what happened, with `{placeholders}`.
        why: the reason it is refused.
        fix: what the reader should do now.
        status: exit status of a command that ends with it.
    """

    code: str
    what: Text
    why: Text
    fix: Text
    status: Exit = Exit.USAGE

    def at(self, where: str, **values: object) -> KouanError:
        """Return the error to raise; `where` is a path, a line or a document field, never a cell value.

        Whatever is quoted is masked: files that people write hold numbers of persons where nobody expects them.
        """
        return KouanError(self, where, values)


class KouanError(Exception):
    """An error that a user may read: no traceback is shown for it.

    Attributes:
        message: the catalogue entry.
        where: path, line or field.
        what, why, fix: the filled wordings.
    """

    def __init__(self, message: Message, where: str, values: dict[str, object]) -> None:
        super().__init__(message.code, masked(where))
        self.message = message
        self.where = masked(where)
        safe = {name: _masked(value) for name, value in values.items()}
        self.what = message.what.fill(**safe)
        self.why = message.why.fill(**safe)
        self.fix = message.fix.fill(**safe)

    @property
    def code(self) -> str:
        """The stable code."""
        return self.message.code

    @property
    def status(self) -> Exit:
        """The exit status of a command that ends with this error."""
        return self.message.status

    def lines(self, lang: str) -> tuple[str, str, str]:
        """Return three lines for a terminal: what and where, why, what to do."""
        why, fix = ("原因", "请") if lang == "zh" else ("why", "do")
        return (
            shown(f"{self.code} {self.what.of(lang)} [{self.where}]"),
            shown(f"  {why}: {self.why.of(lang)}"),
            shown(f"  {fix}: {self.fix.of(lang)}"),
        )

    def __str__(self) -> str:
        return "\n".join(self.lines("en"))


def _masked(value: object) -> Text | str:
    return Text(zh=masked(value.zh), en=masked(value.en)) if isinstance(value, Text) else masked(str(value))
