"""The files that a law pack may hold, and what each of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.neglist import NegativeList
from kouan.model.pack import PackHead, Parameters
from kouan.model.provision import Clocks, Conditions, Duties, Notes, Papers, Rules, Triggers
from kouan.model.reading import Readings
from kouan.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

HEAD = "pack.yaml"
LIST = "list.yaml"
PACK_FILES: Mapping[str, type[BaseModel]] = {
    HEAD: PackHead,
    LIST: NegativeList,
    "vocabulary.yaml": Vocabulary,
    "parameters.yaml": Parameters,
    "rules.yaml": Rules,
    "duties.yaml": Duties,
    "conditions.yaml": Conditions,
    "papers.yaml": Papers,
    "triggers.yaml": Triggers,
    "clocks.yaml": Clocks,
    "notes.yaml": Notes,
    "readings.yaml": Readings,
}
"""By name of the file; all but head and list hold one list of entries, named by the model's first field."""
