"""SAS transport files of invented rows, packed by hand from TS-140 so that tests do not trust the writer they test."""

from __future__ import annotations

import struct
from dataclasses import dataclass

STAMP = b"01JAN26:00:00:00"
MISSING_A = b"A".ljust(8, b"\0")
DOT = b".".ljust(8, b"\0")


@dataclass(frozen=True)
class Var:
    """One variable; text unless numeric."""

    name: str
    length: int
    numeric: bool = False
    label: str = ""
    format: str = ""
    width: int = 0
    position: int | None = None
    kind: int | None = None
    rest: bytes = bytes(52)


def header(kind: str, digits: str = "0" * 30) -> bytes:
    return b"HEADER RECORD*******" + kind.ljust(8).encode() + b"HEADER RECORD!!!!!!!" + digits.encode() + b"  "


def namestr(var: Var, number: int, position: int, codec: str) -> bytes:
    kind = var.kind if var.kind is not None else 1 if var.numeric else 2
    at = position if var.position is None else var.position
    return struct.pack(
        ">hhhh8s40s8shhh2s8shhi52s",
        kind,
        0,
        var.length,
        number,
        var.name.encode(codec).ljust(8),
        var.label.encode(codec).ljust(40),
        var.format.encode().ljust(8),
        var.width,
        0,
        0,
        b"\0\0",
        b" " * 8,
        0,
        0,
        at,
        var.rest,
    )


def member(name: str, variables: list[Var], rows: list[list[bytes]], *, codec: str = "utf-8") -> bytes:
    """Pack one data set; every cell is given as its bytes, texts without their padding."""
    names, position = b"", 0
    for number, var in enumerate(variables, 1):
        names += namestr(var, number, position, codec)
        position += var.length
    data = b"".join(
        cell.ljust(var.length, b"\0" if var.numeric else b" ")
        for row in rows
        for cell, var in zip(row, variables, strict=True)
    )
    return (
        header("MEMBER", "000000000000000001600000000140")
        + header("DSCRPTR")
        + (b"SAS     " + name.encode().ljust(8) + b"SASDATA 9.4     X64     ").ljust(64)
        + STAMP
        + STAMP.ljust(80)
        + header("NAMESTR", f"000000{len(variables):04d}" + "0" * 20)
        + padded(names)
        + header("OBS")
        + padded(data)
    )


def library(*members: bytes) -> bytes:
    """Pack a file."""
    system = b"SAS     SAS     SASLIB  9.4     X64     ".ljust(64) + STAMP
    return header("LIBRARY") + system + STAMP.ljust(80) + b"".join(members)


def padded(data: bytes) -> bytes:
    return data + b" " * (-len(data) % 80)


def ibm(value: float, length: int = 8) -> bytes:
    """Pack a number, by long division."""
    if value == 0:
        return bytes(length)
    sign, value, exponent = (0x80 if value < 0 else 0), abs(value), 64
    while value >= 1:
        value, exponent = value / 16, exponent + 1
    while value < 1 / 16:
        value, exponent = value * 16, exponent - 1
    return (bytes([sign | exponent]) + int(value * 2**56).to_bytes(7, "big"))[:length]
