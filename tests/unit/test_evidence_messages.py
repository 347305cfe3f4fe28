import re

from kouan.evidence import messages
from kouan.model.errors import Message

CATALOGUE = {name: value for name, value in vars(messages).items() if isinstance(value, Message)}


def test_every_message_has_its_own_code_and_both_languages():
    codes = [message.code for message in CATALOGUE.values()]
    assert len(set(codes)) == len(codes) > 30
    for message in CATALOGUE.values():
        assert re.fullmatch(r"K-EVI-\d{3}", message.code)
        for text in (message.what, message.why, message.fix):
            zh, en = text.placeholders()
            assert zh == en
            assert re.search(r"[\u4e00-\u9fff]", text.zh)
            assert not re.search(r"[\u4e00-\u9fff]", text.en)
