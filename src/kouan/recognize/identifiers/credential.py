"""Credentials known by their form: private keys, keys of clouds, tokens, passwords in connection strings.

Prefix and structure confirm. How mixed a value is counts only where a word such as `secret` is set to it.
"""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import (
    CONFIRMED,
    LETTERS,
    LONGER,
    LOWER,
    MIXED,
    SUSPECTED,
    UPPER,
    Identifier,
    hit,
)
from kouan.recognize.nearby import packed, same

_ALNUM = bytes(chr(byte).isalnum() and byte < 128 for byte in range(256))
_URL_SAFE = bytes((chr(byte).isalnum() and byte < 128) or byte in b"_-" for byte in range(256))
_IN_VALUE = bytes((chr(byte).isalnum() and byte < 128) or byte in b"_-+/=.~" for byte in range(256))
_ENDS = bytes(byte <= 32 or byte in b"\"'<>`;,&|" for byte in range(256))
_PLACEHOLDER = bytes(byte in b"$<{*%[" for byte in range(256))
_DASHES, _KEY = b"-----", b"private key"
_HEADER = 48


def find_private(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find the header of a private key (PEM, OpenSSH, PGP): -----BEGIN … PRIVATE KEY … -----."""
    if at - lo < 5 or not same(data, at - 5, _DASHES, 0, 5) or end - at != 5 or not same(data, at, _BEGIN, 0, 5):
        return 0
    place, named = end, False
    while place < min(hi, end + _HEADER) and (_ALNUM[data[place]] or data[place] == 32):
        named = named or (hi - place >= 11 and same(data, place, _KEY, 0, 11))
        place += 1
    if not named or hi - place < 5 or not same(data, place, _DASHES, 0, 5):
        return 0
    return hit(CONFIRMED, at - 5, place + 5)


_BEGIN = b"begin"
_HEADS = (b"AKIA", b"ASIA", b"LTAI", b"AKID", b"AIza")
_CODES = tuple(int.from_bytes(one, "big") for one in _HEADS)
_SAMPLE = b"example"


def find_access_key(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade keys of clouds: AKIA, ASIA (Amazon), LTAI (Alibaba), AKID (Tencent), AIza (Google)."""
    if at > lo and _URL_SAFE[data[at - 1]]:
        return 0
    code = data[at] << 24 | data[at + 1] << 16 | data[at + 2] << 8 | data[at + 3]
    size = end - at
    amazon = code == _CODES[0] or code == _CODES[1]
    if amazon:
        fits = size == 20
        for place in range(at, end):
            fits = fits and (65 <= data[place] <= 90 or 50 <= data[place] <= 55)
        if size == 20 and same(data, end - 7, _SAMPLE, 0, 7):
            return hit(SUSPECTED, at, end)
        return hit(CONFIRMED, at, end) if fits else 0
    if code == _CODES[2]:
        return hit(CONFIRMED, at, end) if size in (16, 20, 24) else 0
    if code == _CODES[3]:
        return hit(CONFIRMED, at, end) if size == 36 else 0
    if code != _CODES[4]:
        return 0
    stop = end
    while stop < hi and _URL_SAFE[data[stop]]:
        stop += 1
    return hit(CONFIRMED, at, stop) if stop - at == 39 else 0


def _part(data: Any, at: int, hi: int) -> int:
    """Return the end of a part of a token."""
    while at < hi and _URL_SAFE[data[at]]:
        at += 1
    return at


def _is_object(data: Any, at: int, hi: int) -> bool:
    """Tell whether `eyJ` stands at a place: an object in base64."""
    return at + 3 <= hi and data[at] == 101 and data[at + 1] == 121 and data[at + 2] == 74


def find_jwt(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find a signed token (RFC 7519): two objects in base64 and a signature, with points between them."""
    if not _is_object(data, at, hi) or (at > lo and (_URL_SAFE[data[at - 1]] or data[at - 1] == 46)):
        return 0
    first = _part(data, at, hi)
    if first >= hi or data[first] != 46 or not _is_object(data, first + 1, hi):
        return 0
    second = _part(data, first + 1, hi)
    if second >= hi or data[second] != 46:
        return 0
    return hit(CONFIRMED, at, _part(data, second + 1, hi))


_PREFIXES = packed(
    *("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "npm_", "hf_", "pypi-"),
    *("sk_live_", "rk_live_", "sk-", "sk-proj-", "sk-ant-", "xoxb-", "xoxp-", "xoxa-", "dop_v1_", "tvly-"),
)
_FEWEST, _FEWEST_BARE = 16, 30
"""Characters of a value, and of one behind a prefix of three characters, which stands there by chance."""


def find_token(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find tokens of services by their prefix, such as ghp_, glpat-, sk_live_, with a long mixed run after it."""
    word = 0
    while word < len(_PREFIXES):
        length = _PREFIXES[word]
        start = at - length
        if start >= lo and same(data, start, _PREFIXES, word + 1, length):
            stop = _part(data, end, hi)
            fits = length > 3 or end - at >= _FEWEST_BARE
            if fits and (start == lo or not _URL_SAFE[data[start - 1]]) and _is_mixed(data, at, stop):
                return hit(CONFIRMED, start, stop)
        word += 1 + length
    return 0


def _is_mixed(data: Any, at: int, end: int) -> bool:
    """Tell whether a value has letters, digits, and ten different characters at the least."""
    seen, different, letters, digits = 0, 0, 0, 0
    for place in range(at, min(end, at + 64)):
        bit = 1 << data[place] % 61
        if seen & bit == 0:
            seen |= bit
            different += 1
        if 48 <= data[place] <= 57:
            digits += 1
        elif _ALNUM[data[place]]:
            letters += 1
    return letters > 0 and digits > 0 and different >= 10


_LONGEST_STRING = 256


def find_url_password(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find scheme://user:password@host by the run that follows `@`."""
    first = max(lo, at - _LONGEST_STRING)
    place, colon = at - 2, -1
    while place > first + 1 and not _ENDS[data[place]]:
        if data[place] == 58:
            if data[place + 1] == 47 and data[place + 2] == 47:
                break
            colon = place
        elif data[place] == 47 and data[place - 1] != 47 and data[place + 1] != 47:
            return 0  # a path: user and password stand before the host
        place -= 1
    if place <= first or data[place] != 58 or colon < 0 or colon + 1 >= at - 1 or _PLACEHOLDER[data[colon + 1]]:
        return 0
    start = place
    while start > lo and (_ALNUM[data[start - 1]] or data[start - 1] == 43):
        start -= 1
    stop = end
    while stop < hi and not _ENDS[data[stop]]:
        stop += 1
    return hit(CONFIRMED, start, stop) if start < place else 0


_PASSWORDS = packed("pwd", "password", "passwd")


def find_setting(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find ;password=… in a connection string or address: four characters at the least, no placeholder."""
    word, known = 0, False
    while word < len(_PASSWORDS):
        length = _PASSWORDS[word]
        known = known or (length == end - at and same(data, at, _PASSWORDS, word + 1, length))
        word += 1 + length
    first = end + 1
    if not known or first >= hi or _PLACEHOLDER[data[first]]:
        return 0
    stop = first
    while stop < hi and not _ENDS[data[stop]]:
        stop += 1
    return hit(CONFIRMED, at, stop) if stop - first >= 4 else 0


_NAMES = packed("secret", "token", "apikey", "password", "passwd", "pwd")
_KEYS = packed("secret_", "api_", "access_", "secret-", "api-", "access-")
_KEY_WORD = b"key"
_MARKS = bytes(byte in b"=:\"' " for byte in range(256))


def find_secret(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find a long mixed value that is set to a word such as secret, token or api_key; it is suspected only."""
    if not _is_secret_word(data, lo, at, end):
        return 0
    first = end
    while first < min(hi, end + 4) and _MARKS[data[first]]:
        first += 1
    stop = first
    while stop < min(hi, first + 256) and _IN_VALUE[data[stop]]:
        stop += 1
    return hit(SUSPECTED, at, stop) if stop - first >= _FEWEST and _is_mixed(data, first, stop) else 0


def _is_secret_word(data: Any, lo: int, at: int, end: int) -> bool:
    """Tell whether a run is such a word, or `key` behind secret_, api_ or access_."""
    word = 0
    while word < len(_NAMES):
        length = _NAMES[word]
        if length == end - at and same(data, at, _NAMES, word + 1, length):
            return True
        word += 1 + length
    if end - at != 3 or not same(data, at, _KEY_WORD, 0, 3):
        return False
    word = 0
    while word < len(_KEYS):
        length = _KEYS[word]
        if at - length >= lo and same(data, at - length, _KEYS, word + 1, length):
            return True
        word += 1 + length
    return False


_CONTEXT = (
    "密钥",
    "私钥",
    "令牌",
    "口令",
    "密码",
    "token",
    "secret",
    "private key",
    "access key",
    "api key",
    "password",
)
PRIVATE_KEY = Identifier(
    id="private_key",
    label=Text(zh="私钥", en="private key"),
    lengths=(5,),
    kinds=UPPER,
    find=find_private,
    source="RFC 7468; RFC 9580 (S)",
    before=b"-",
    after=b" ",
    context=_CONTEXT,
)
ACCESS_KEY = Identifier(
    id="access_key",
    label=Text(zh="云服务访问密钥", en="access key of a cloud"),
    lengths=tuple(range(4, 40)),
    kinds=MIXED,
    needs=UPPER,
    first=b"AL",
    find=find_access_key,
    source="documentation of the clouds (P)",
    context=_CONTEXT,
)
JWT = Identifier(
    id="jwt",
    label=Text(zh="JWT 令牌", en="signed token (JWT)"),
    lengths=tuple(range(8, LONGER + 1)),
    kinds=MIXED,
    needs=LETTERS,
    find=find_jwt,
    source="RFC 7519; RFC 7515 (S)",
    after=b".-_",
    context=_CONTEXT,
)
TOKEN = Identifier(
    id="api_token",
    label=Text(zh="服务访问令牌", en="token of a service"),
    lengths=tuple(range(_FEWEST, LONGER + 1)),
    kinds=MIXED,
    find=find_token,
    source="documentation of the services (P)",
    before=b"_-",
    context=_CONTEXT,
)
URL_PASSWORD = Identifier(
    id="url_password",
    label=Text(zh="连接地址中的口令", en="password in an address"),
    lengths=tuple(range(1, LONGER)),
    kinds=MIXED,
    find=find_url_password,
    source="RFC 3986 clause 3.2.1 (S)",
    before=b"@",
    fraction=True,
    context=_CONTEXT,
)
SETTING = Identifier(
    id="set_password",
    label=Text(zh="连接串中的口令", en="password in a connection string"),
    lengths=(3, 6, 8),
    kinds=LETTERS,
    find=find_setting,
    source="ODBC and JDBC connection strings (P)",
    before=b";&? ",
    after=b"=",
    context=_CONTEXT,
)
SECRET = Identifier(
    id="set_secret",
    label=Text(zh="写明的密钥或令牌", en="secret that is set to a word"),
    lengths=(3, 5, 6, 8),
    kinds=LOWER | UPPER,
    find=find_secret,
    source="own rule: word, length, ten different characters (W)",
    after=b"=:\"'",
    context=_CONTEXT,
)
"""Strongest first; a value behind a word may have a form of its own, so that the word comes last."""
ALL = (PRIVATE_KEY, URL_PASSWORD, JWT, TOKEN, ACCESS_KEY, SETTING, SECRET)
