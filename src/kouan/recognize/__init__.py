"""What the data is: items, their meaning and sensitivity, and the persons that stand in them."""

from kouan.recognize.inputs import SourceInput
from kouan.recognize.inspection import inspect

__all__ = ["SourceInput", "inspect"]
