"""The only place that names what the product offers: what is called, and the names that it gives to identifiers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kouan import inspect, open_source
from kouan.engine.maps import slices
from kouan.engine.threads import Threads
from kouan.model.declaration import SourceSpec
from kouan.model.inventory import Tier
from kouan.model.items import split_item_id
from kouan.recognize import SourceInput
from kouan.recognize.build import build_table
from kouan.recognize.days import as_number
from kouan.recognize.kernel.start import count_texts, numbers_of
from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.prose.find import find
from kouan.recognize.tables import profile_table
from kouan.recognize.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kouan.model.inventory import Inventory, Item

TODAY = dt.date(2026, 11, 23)
_KEY = bytes(32)
_PARTS = {"cn.uscc.sole", "uuid"}
"""Names left out: what counts cells already counted under another, and what is a form that names nobody."""
_IDENTITY = {"cn.ric", "cn.hmt_res"}
_FOUND = {
    "cn.hmt_res": _IDENTITY,
    "cn.ssn": _IDENTITY | {"cn.ssn", "social_security"},
    "cn.pr": {"cn.pr", "cn.pr15"},
    "driver_licence": _IDENTITY | {"driver_licence", "cn.driving_file"},
    "ip": {"ip", "ip.private", "ip.named"},
    "cn.plate": {"cn.plate", "cn.plate.embassy"},
    "mac": {"mac", "mac.bare"},
    "advertising_id": {"advertising_id", "device_uuid"},
    "account": {"account", "cn.wechat", "cn.qq", "cn.openid"},
    "credential": {"credential", "access_key", "api_token", "jwt", "private_key", "url_password"},
}
"""Identifier of the labelled set -> names under which the product may count it; else its own name."""
_MEANT = {
    "cn.ric15": {"cn.ric", "cn.ric15"},
    "cn.pr": {"cn.pr", "cn.pr15"},
    "cn.hmt_res": {"cn.ric", "cn.hmt_res"},
    "cn.landline": {"cn.landline", "cn.mobile"},  # the lexicon's name of any telephone
    "cn.ssn": {"cn.ssn", "social_security", "cn.ric"},
    "cn.medical": {"cn.medical", "patient_id", "social_security", "record_id"},
    "driver_licence": {"driver_licence", "cn.driving_file", "cn.ric"},
    "engine_no": {"engine_no", "serial_number"},
    "ip": {"ip", "ip.private", "ip.named", "account", "device_id"},
    "cn.plate": {"cn.plate", "cn.plate.embassy"},
    "credential": {"credential", "access_key", "api_token", "jwt", "private_key", "url_password"},
    "ipv6": {"ipv6", "ip", "account", "device_id"},
    "geo": {"geo", "location"},
    "bank_account": {"bank_account", "cn.bankcard"},
    "account": {"account", "person_id", "cn.wechat", "cn.qq", "cn.openid"},
    "mac": {"mac", "mac.bare", "device_id"},
    "advertising_id": {"advertising_id", "device_uuid", "device_id"},
    **{name: {name, "device_id"} for name in ("imei", "imsi", "iccid", "android_id")},
}
"""Identifier of the labelled set -> meanings that are right for a whole column; else its own name."""


def found_as(identifier: str) -> set[str]:
    """Return the names under which the product may count an identifier."""
    return _FOUND.get(identifier, {identifier})


def meant_as(identifier: str) -> set[str]:
    """Return the meanings that are right for a column of an identifier."""
    return _MEANT.get(identifier, {identifier})


def look(path: Path, threads: int = 1) -> Inventory:
    """Return what the product says of a file: the whole of `kouan.inspect`, from the file on."""
    source = open_source(path, name=path.name)
    given = SourceInput(spec=SourceSpec(path=path.name), source=source)
    return inspect([given], as_of=TODAY, person_key=_KEY, threads=threads)


def sure(item: Item) -> bool:
    """Tell whether the verdict on a column is confirmed."""
    return item.tier is Tier.CONFIRMED


def columns_only(path: Path, threads: int = 1) -> object:
    """Read a file and judge its columns, without counting persons."""
    source, lexicon = open_source(path, name=path.name), load_lexicon()
    given = SourceInput(spec=SourceSpec(path=path.name), source=source)
    entity = source.entities[0]
    profiles = profile_table(entity, lexicon=lexicon, today=TODAY, engine=Threads(threads), seen=lambda _: None)
    return build_table(given, entity, profiles, lexicon=lexicon, as_of=TODAY)


def found(item: Item) -> dict[str, tuple[int, int]]:
    """Return the cells of a column counted as (confirmed, suspected), by identifier: not what texts name."""
    numbers = (one for one in item.findings if one.looked is None and one.identifier not in _PARTS)
    return {one.identifier: (one.confirmed, one.suspected) for one in numbers}


def item_of(inventory: Inventory, column: str) -> Item:
    """Return the item of a column; of cells that are JSON, where each path is one, that in which most was found."""
    paths = {split_item_id(one.id)[2]: one for one in inventory.items}
    items = [one for path, one in paths.items() if path == column or path.startswith(f"{column}/")]
    return max(items, key=lambda one: sum(part.confirmed + part.suspected for part in one.findings))


def start() -> None:
    """Make ready what is loaded or compiled once in a process."""
    _count(pa.array(["1"]), compiled=True)
    numbers_of(pa.array(["1"]), "cn.ric", least=1, digits=17, modulus=10**17, today=as_number(TODAY), compiled=True)
    for _ in find(["客户王小明来电，地址北京市海淀区，请回复。", "Mr John Smith called from Beijing, please reply."]):
        pass


def kernel(path: Path, *, plain: bool = False) -> Callable[[], object]:
    """Read a file into memory and return what counts the identifiers of all its columns, compiled or not."""
    batches: Sequence[Any] = list(slices(open_source(path, name=path.name).entities[0]))

    def count() -> None:
        for batch in batches:
            for column in batch.columns:
                _count(texts_of(column, None)[0], compiled=not plain)

    return count


def read(path: Path) -> None:
    """Read a file as `kouan.inspect` reads it, and do nothing with it."""
    for _ in slices(open_source(path, name=path.name).entities[0]):
        pass


def _count(texts: Any, *, compiled: bool) -> object:
    words = load_lexicon().words["missing"]
    return count_texts(texts, None, words=words, today=as_number(TODAY), compiled=compiled)
