"""A new SAS transport file from Arrow tables, without a source to be like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats import messages
from kouan.formats.landing import Landing, writing
from kouan.formats.xport.columns import DAY, numbers_of, padded
from kouan.formats.xport.layout import (
    MOST_TEXT,
    RECORD,
    Variable,
    arranged,
    library_header,
    namestrs,
    new_member,
    variable,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,7}")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAY_FORMAT = ("DATE", 9, 0)
_MOMENT_FORMAT = ("DATETIME", 20, 0)


def write_xport(
    path: Path,
    tables: Mapping[str, pa.Table],
    *,
    labels: Mapping[tuple[str, str], str] | None = None,
    created: dt.datetime,
) -> None:
    """Write tables as the data sets of a SAS transport file, version 5; the same input gives the same bytes.

    Strings become character variables as long as their longest value (UTF-8), whatever else is a number of 8 bytes;
    days get the format DATE9., moments DATETIME20.. Null texts are blank and null numbers `.`.

    Args:
        path: file to write, whole or not at all.
        tables: by name; names of tables and columns are SAS names (up to 8 of A-Z, 0-9, _), written in capitals.
        labels: (table, column) -> label of the column, up to 40 bytes; (table, "") -> label of the table. Without one,
            the field's metadata `label` serves.
        created: time that the headers give.

    Raises:
        KouanError: K-FMT-027, 028; 034 for texts over 200 bytes; 035 for numbers that IBM's floating point cannot hold.
        ValueError: a name or label is none, or a column is neither text, number, day nor moment.
    """
    stamp = f"{created:%d}{_MONTHS[created.month - 1]}{created:%y:%H:%M:%S}".encode("ascii")
    landing = Landing(path)
    try:
        with writing(path):
            landing.stream.write(library_header(stamp))
            for name, table in tables.items():
                landing.stream.write(_member(path, name, table, labels=labels or {}, stamp=stamp))
        landing.land()
    except BaseException:
        landing.abandon()
        raise


def _member(path: Path, name: str, table: pa.Table, *, labels: Mapping[tuple[str, str], str], stamp: bytes) -> bytes:
    member = new_member(_sas_name(name), labels.get((name, ""), "").encode(), stamp)
    variables, blocks = [], []
    for field in table.schema:
        own = (field.metadata or {}).get(b"label", b"").decode()
        column = table.column(field.name).combine_chunks()
        one = _variable(path, field, column, labels.get((name, field.name), own))
        variables.append(one)
        blocks.append(_bytes_of(path, column, one))
    rows = np.concatenate(blocks, axis=1).tobytes() if blocks else b""
    return member.header + namestrs(member, arranged(variables)) + rows + b" " * (-len(rows) % RECORD)


def _variable(path: Path, field: pa.Field, column: pa.Array, label: str) -> Variable:
    kind = field.type
    text = pa.types.is_string(kind)
    number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)
    moment = pa.types.is_timestamp(kind) and kind.unit in {"s", "us"}
    if not (text or number or moment or kind == DAY):
        raise ValueError(f"{field.name}: {kind}")
    length = 8 if not text else max(1, pc.max(pc.binary_length(column)).as_py() or 0)
    if text and length > MOST_TEXT:
        raise messages.XPORT_TEXT.at(str(path), column=field.name, bytes=length, limit=MOST_TEXT)
    form = _DAY_FORMAT if kind == DAY else _MOMENT_FORMAT if moment else ("", 0, 0)
    return variable(_sas_name(field.name), label.encode(), numeric=not text, length=length, form=form)


def _bytes_of(path: Path, column: pa.Array, one: Variable) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    if not one.numeric:
        return padded(column, one.length)
    try:
        return numbers_of(column, column.type)
    except OverflowError:
        raise messages.XPORT_NUMBER.at(str(path), column=one.name.decode()) from None


def _sas_name(name: str) -> bytes:
    if not _NAME.fullmatch(name):
        raise ValueError(f"no SAS name of at most 8 characters: {name}")
    return name.upper().encode("ascii")
