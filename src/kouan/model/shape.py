"""How a standard's documents are cut into records: which elements open one, and what tells repeated elements apart."""

from __future__ import annotations

import itertools
import re
from typing import Annotated

from pydantic import Field

from kouan.model.base import Frozen

TreePath = Annotated[str, Field(pattern=r"^([^/\s]+(/[^/\s]+)*)?$")]
"""Steps from the document's root, which is not named itself, separated by `/`; empty means the root."""
_CHOICE = re.compile(r"(?<=[a-z])(?=[A-Z])")


class RecordShape(Frozen):
    """A kind of record; every value belongs to its nearest ancestor that opens one, and the root always does.

    Attributes:
        name: of the table these records form; None where `name_by` or the last step `*` names it.
        at: element or object that opens a record; a step without a key takes any, a last step `*` any element and
            its name.
        name_by: member or attribute that names the record, such as `resourceType`; without it none is opened.
    """

    name: str | None = None
    at: TreePath
    name_by: str | None = None


class AbsentShape(Frozen):
    """What a standard lets stand where an element that it requires has been taken out.

    Attributes:
        by: member that names the kind of an object in JSON, such as `resourceType`; in XML the element's name does.
        json: content, as JSON, of a required element; a plain value gets it in a member of its name after `_`.
        xml: content, as XML, of a required element.
        required: kind -> paths below it, steps without keys; `value*` is a choice of types, and what stands under `*`
            holds at the end of any path.
    """

    by: str
    json_mark: str = Field(alias="json")
    xml_mark: str = Field(alias="xml")
    required: dict[str, frozenset[str]]

    def requires(self, kind: str, path: str) -> bool:
        """Tell whether an element must stand; what nests in itself (`item/item`) may be one step of the path."""
        once = "/".join(step for step, _ in itertools.groupby(path.split("/")))
        return self._requires(kind, path) or (once != path and self._requires(kind, once))

    def _requires(self, kind: str, path: str) -> bool:
        above, slash, last = path.rpartition("/")
        end = f"{above.rpartition('/')[2]}{slash}"
        names = (last, *(f"{last[: at.start()]}*" for at in _CHOICE.finditer(last)))
        wanted, anywhere = self.required.get(kind, frozenset()), self.required.get("*", frozenset())
        return any(f"{above}{slash}{name}" in wanted or f"{end}{name}" in anywhere for name in names)


class TreeShape(Frozen):
    """The shape of one standard's documents, in XML, JSON or both.

    Attributes:
        id: of the sector schema it belongs to.
        elements: names of the root element in XML.
        namespaces: namespaces of that root, any of them; none means whatever it is.
        members: members that the root object has in JSON.
        records: kinds of records.
        keyed: element or member -> where inside it stands what tells it from its siblings, such as
            `{subjectOf2/observation: code/@code, extension: url}`; its step is then written `observation(29)`. A name
            counts wherever it stands, `parent/name` only in that parent: an `observation` of the history is told
            apart by its diagnosis, which must not become the name of a column. Of a web address what follows its last
            `/` is the key.
        structural: attribute or member that the standard itself fixes, such as `classCode` -> pattern of its values;
            where the whole value fits it is no item, so the pattern must have no room for what describes a person.
        value_attribute: attribute that is the value of its element (`value` in FHIR XML); it has the element's path.
        withheld: attribute and value that take the place of a value that is withheld, such as `(nullFlavor, MSK)`;
            none means that the element or member is taken out.
        absent: what stands instead of a required element; None where the standard has nothing for it.
        withheld_at: patterns (regular expressions) of `table#path` where the standard allows that mark; elsewhere the
            element is taken out. None at all means that it is allowed everywhere.
    """

    id: str
    elements: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    records: tuple[RecordShape, ...] = ()
    keyed: dict[str, str] = Field(default_factory=dict)
    structural: dict[str, str] = Field(default_factory=dict)
    value_attribute: str | None = None
    withheld: tuple[str, str] | None = None
    withheld_at: tuple[str, ...] = ()
    absent: AbsentShape | None = None

    def may_mark(self, table: str, path: str) -> bool:
        """Tell whether the mark of a withheld value may stand in the place of this one."""
        if self.withheld is None:
            return False
        return not self.withheld_at or any(re.fullmatch(one, f"{table}#{path}") for one in self.withheld_at)
