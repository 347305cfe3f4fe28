"""The envelope of every document of the journey: `{kind, version, inputs, body}`."""

from __future__ import annotations

from typing import Generic, TypeVar

from kouan.model.base import Frozen, Sha256

Body = TypeVar("Body", bound=Frozen)


class Input(Frozen):
    """A document or file that this one was made from, by digest of its raw bytes."""

    name: str
    sha256: Sha256


class Document(Frozen, Generic[Body]):
    """A typed, versioned document; the next stage reads nothing else.

    Attributes:
        kind: the stage's noun, such as "inventory".
        version: of the kind's schema; raised when a reader of the old one would misread the new one.
        inputs: what it was made from.
        body: the content.
    """

    kind: str
    version: int
    inputs: tuple[Input, ...] = ()
    body: Body
