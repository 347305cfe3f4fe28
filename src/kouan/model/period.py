"""Days from one to another."""

from __future__ import annotations

from pydantic import Field, model_validator

from kouan.model.base import Frozen
from kouan.model.time import LegalDay


class Period(Frozen):
    """Days from `from` to `to`, both included; no `to` means no end."""

    start: LegalDay = Field(alias="from")
    end: LegalDay | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> Period:
        if self.end is not None and self.end < self.start:
            raise ValueError("`to` is before `from`")
        return self

    def holds(self, day: LegalDay) -> bool:
        """Whether the day lies inside."""
        return self.start <= day and (self.end is None or day <= self.end)
