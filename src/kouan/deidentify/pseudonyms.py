"""From a plan's line to the pseudonyms it means: codes, sealed values, surrogates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.deidentify import messages, seal_messages
from kouan.deidentify.blockcipher import CIPHERS, can_encrypt
from kouan.deidentify.params import BadParamsError, only, text, whole, word
from kouan.deidentify.pseudonym import ALGORITHMS, FORMS, LEAST_LENGTH, LENGTHS, Pseudonym
from kouan.deidentify.sealed import Sealed
from kouan.deidentify.shapes import CHECKED, OF_MEANINGS, SHAPES
from kouan.deidentify.surrogate import METHODS, Surrogate
from kouan.engine.persons import can_hash

if TYPE_CHECKING:
    from kouan.model.plan import PlanLine

_KIND = re.compile(r"[a-z][a-z0-9._-]*\Z")
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,7}\Z")
_MOST_DIGITS = 30
_ALL_FORMS = (*FORMS, "sealed", "surrogate")
_CHECKS = ("wrong", "right")


def pseudonym(line: PlanLine, *, meaning: str, key: bytes) -> Pseudonym | Sealed | Surrogate:
    """Return what `pseudonym` with the line's `form` means.

    Args:
        line: of a plan.
        meaning: of its item: the kind unless the line names another, and the shape of its surrogates.
        key: that the key store derives for the plan's `key`.

    Raises:
        BadParamsError: the parameters do not fit.
    """
    form = word(line, "form", _ALL_FORMS, default="code")
    kind = str(line.params.get("kind", meaning))
    if not _KIND.match(kind):
        raise BadParamsError(messages.PARAM_KIND)
    if form == "sealed":
        only(line, "kind", "form", "cipher")
        return Sealed(kind, key, _cipher(line))
    if form == "surrogate":
        return _surrogate(line, kind, meaning=meaning, key=key)
    only(line, "kind", "form", "algorithm", *(("length",) if form in LENGTHS else ()))
    most = _MOST_DIGITS if form == "digits" else LENGTHS["code"]
    length = whole(line, "length", LEAST_LENGTH, most, default=LENGTHS.get(form, most))
    return Pseudonym(kind, key, form, length if form in LENGTHS else None, _algorithm(line))


def _surrogate(line: PlanLine, kind: str, *, meaning: str, key: bytes) -> Surrogate:
    method = word(line, "method", METHODS, default="hash")
    shape = word(line, "shape", tuple(SHAPES), default=OF_MEANINGS.get(meaning, "characters"))
    own = "algorithm" if method == "hash" else "cipher"
    check = ("check",) if shape in CHECKED else ()
    only(line, "kind", "form", "shape", "method", own, "prefix", "unmarked", *check)
    right = bool(check) and word(line, "check", _CHECKS, default="wrong") == "right"
    prefix = text(line, "prefix") if "prefix" in line.params else ""
    if prefix and not _PREFIX.match(prefix):
        raise BadParamsError(seal_messages.PARAM_PREFIX)
    if "unmarked" in line.params:
        text(line, "unmarked")
    elif not prefix and (shape not in CHECKED or (right and shape == "card")):
        raise BadParamsError(seal_messages.PARAM_UNMARKED)
    hashed = ALGORITHMS[_algorithm(line)] if method == "hash" else "sha256"
    cipher = _cipher(line) if method == "ff1" else "aes"
    return Surrogate(kind, key, shape, method, cipher, right, prefix, hashed)


def _algorithm(line: PlanLine) -> str:
    algorithm = word(line, "algorithm", tuple(ALGORITHMS), default="hmac-sha256")
    if not can_hash(ALGORITHMS[algorithm]):
        raise BadParamsError(messages.PARAM_ALGORITHM.fill(name=algorithm))
    return algorithm


def _cipher(line: PlanLine) -> str:
    cipher = word(line, "cipher", tuple(CIPHERS), default="aes")
    if not can_encrypt(cipher):
        raise BadParamsError(seal_messages.PARAM_CIPHER.fill(name=cipher))
    return cipher
