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
    """Return each room's messages by module and name; what one catalogue takes from another is the other's."""
    rooms: dict[str, dict[str, Message]] = {}
    seen: set[int] = set()
    for path in sorted(SOURCE.glob("*/**/*messages.py"), key=lambda path: (-len(path.parts), path)):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        for name, value in vars(importlib.import_module(".".join(("kouan", *parts)))).items():
            if isinstance(value, Message) and id(value) not in seen:
                seen.add(id(value))
                rooms.setdefault(parts[0], {})[".".join((*parts[1:], name))] = value
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
    texts = {path: path.read_text("utf-8") for path in SOURCE.rglob("*.py") if not path.name.endswith("messages.py")}
    words = {path: set(re.findall(r"\w+", text)) for path, text in texts.items()}
    for room, entries in ROOMS.items():
        near = [one for path, one in words.items() if SOURCE / room in path.parents or f"kouan.{room}." in texts[path]]
        known = set().union(*near)
        unused = [name for name in entries if name.rpartition(".")[2] not in known]
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
