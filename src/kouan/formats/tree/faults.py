"""What is wrong with a document, by a word for the error message and the byte where it was seen."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Why a document cannot be read."""

    SYNTAX = "syntax"
    DEPTH = "depth"
    VALUE = "value"
    DECLARATIONS = "declarations"
    ENTITY = "entity"
    ENCODING = "encoding"


class ScanError(Exception):
    """A document cannot be scanned; holds no content of it.

    Attributes:
        fault: why.
        offset: byte in the UTF-8 text.
    """

    def __init__(self, fault: Fault, offset: int) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.offset = offset
