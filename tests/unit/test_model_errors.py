"""Every room's catalogue: codes unique and stable in shape, both languages, the same placeholders."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import kouan
from kouan.model.errors import KouanError, Message
from kouan.model.text import Text

SOURCE = Path(kouan.__file__).parent


def _catalogues() -> dict[str, dict[str, Message]]:
    rooms: dict[str, dict[str, Message]] = {}
    for path in SOURCE.glob("*/*messages.py"):
        module = importlib.import_module(f"kouan.{path.parent.name}.{path.stem}")
        entries = {name: value for name, value in vars(module).items() if isinstance(value, Message)}
        rooms[path.parent.name] = rooms.get(path.parent.name, {}) | entries
    return rooms


ROOMS = _catalogues()
ALL = [(room, name, message) for room, entries in ROOMS.items() for name, message in entries.items()]


@pytest.mark.parametrize(("room", "name", "message"), ALL, ids=lambda value: value if isinstance(value, str) else "")
def test_message_is_complete(room, name, message):
    assert re.fullmatch(r"K-[A-Z]{3}-\d{3}", message.code)
    for text in (message.what, message.why, message.fix):
        assert text.zh.strip()
        assert text.en.strip()
        zh, en = text.placeholders()
        assert zh == en, f"{message.code}: placeholders differ between languages"
    assert re.search(r"[\u4e00-\u9fff]", message.what.zh), message.code


def test_codes_are_unique():
    codes = [message.code for _, _, message in ALL]
    assert len(codes) == len(set(codes)), sorted(code for code in codes if codes.count(code) > 1)


def test_every_message_is_raised_somewhere_and_every_raised_one_exists():
    for room, entries in ROOMS.items():
        text = "\n".join(
            path.read_text("utf-8") for path in (SOURCE / room).rglob("*.py") if not path.name.endswith("messages.py")
        )
        unused = [name for name in entries if not re.search(rf"\b{name}\b", text)]
        assert not unused, f"{room}: never raised: {unused}"


def test_rooms_have_catalogues_of_their_own_code():
    for room, entries in ROOMS.items():
        prefixes = {message.code[:5] for message in entries.values()}
        assert len(prefixes) == 1, (room, prefixes)


def test_error_prints_what_where_why_and_remedy():
    message = Message(
        code="K-XXX-001",
        what=Text(zh="文件 {name} 坏了", en="file {name} is broken"),
        why=Text(zh="因", en="because"),
        fix=Text(zh="修", en="mend"),
    )
    error = message.at("a.csv:3", name="a.csv")
    assert isinstance(error, KouanError)
    assert error.lines("zh") == ("K-XXX-001 文件 a.csv 坏了 [a.csv:3]", "  原因: 因", "  请: 修")
    assert error.lines("en")[0] == "K-XXX-001 file a.csv is broken [a.csv:3]"
