from kouan.formats import messages, notes
from kouan.model.errors import Message
from kouan.model.text import Text


def test_codes_are_unique_and_both_languages_take_the_same_values():
    catalogue = [entry for entry in vars(messages).values() if isinstance(entry, Message)]
    codes = [entry.code for entry in catalogue]
    assert codes
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("K-FMT-") for code in codes)
    for entry in catalogue:
        for text in (entry.what, entry.why, entry.fix):
            zh, en = text.placeholders()
            assert zh == en


def test_notes_take_the_same_values_in_both_languages():
    for text in [entry for entry in vars(notes).values() if isinstance(entry, Text)]:
        zh, en = text.placeholders()
        assert zh == en
