"""Names of files, tables and columns stand in every document and paper: they must not be personal values themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.deidentify.cells import distinct_texts, treated_type
from kouan.deidentify.scrub.known import Known
from kouan.formats import member_names
from kouan.model.inventory import OPEN_TEXTS, IdentityRole
from kouan.model.items import item_id
from kouan.model.masking import PERSONAL
from kouan.model.plan import Action
from kouan.model.text import Text
from kouan.recognize.prose.fold import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kouan.formats.source import Source
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan

_FILE = Text(zh="文件名", en="the name of the file")
_MEMBER = Text(zh="其中第 {number} 个文件的名称", en="the name of file {number} in it")
_TABLE = Text(zh="第 {number} 张表的名称", en="the name of table {number}")
_COLUMN = Text(zh="第 {table} 张表第 {number} 列的列名", en="the name of column {number} of table {table}")


def check_member_names(sources: Iterable[Source], inventory: Inventory, plan: Plan) -> None:
    """Refuse folders and archives whose files are named after the persons in them, where that does not leave as it is.

    Raises:
        KouanError: K-CLR-047, which says by number which file and repeats neither its name nor the value.
    """
    kept = {line.item for line in plan.lines if line.action is Action.KEEP}
    direct = {
        item.id: item
        for item in inventory.items
        if item.role is IdentityRole.DIRECT and item.meaning not in OPEN_TEXTS and item.id not in kept
    }
    for source in sources:
        names = [plain(name) for name in member_names(source)]
        known = _known(source, direct) if names else Known()
        for number, name in enumerate(names, start=1):
            if any(known.find(name)):
                raise messages.NAME_OF_PERSON.at(source.name, number=number)


def _known(source: Source, direct: Mapping[str, Item]) -> Known:
    known = Known()
    for entity in source.entities:
        ids = {field.name: item_id(source.name, entity.name, field.name) for field in entity.schema}
        wanted = [name for name, item in ids.items() if item in direct and treated_type(entity.schema.field(name).type)]
        for batch in entity.batches(wanted) if wanted else ():
            for name in wanted:
                known.add(distinct_texts(batch.column(name), ids[name]), direct[ids[name]].meaning)
    return known


def check_names(sources: Iterable[Source]) -> None:
    """Refuse names that hold a mobile number, a resident identity number or an e-mail address.

    Raises:
        KouanError: K-CLR-016, which says by number where it stands and does not repeat it.
    """
    for position, source in enumerate(sources, start=1):
        if PERSONAL.search(source.name):
            raise messages.NAME_PERSONAL.at(f"sources[{position}]", what=_FILE)
        for number, name in enumerate(member_names(source), start=1):
            if PERSONAL.search(name):
                raise messages.NAME_PERSONAL.at(source.name, what=_MEMBER.fill(number=number))
        for number, table in enumerate(source.entities, start=1):
            if PERSONAL.search(table.name):
                raise messages.NAME_PERSONAL.at(source.name, what=_TABLE.fill(number=number))
            for column, name in enumerate(table.schema.names, start=1):
                if PERSONAL.search(name):
                    raise messages.NAME_PERSONAL.at(source.name, what=_COLUMN.fill(table=number, number=column))
