"""What the data is: items, their meaning and sensitivity, and the persons that stand in them."""

from kouan.recognize.inputs import SourceInput
from kouan.recognize.inspection import inspect
from kouan.recognize.keys import person_hash

__all__ = ["SourceInput", "inspect", "person_hash"]
