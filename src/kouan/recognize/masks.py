"""Samples masked at the source: what is shown never is the value, and never leads to one."""

from __future__ import annotations

import re
import unicodedata

_PROVINCE = re.compile(r"^[㐀-鿿]{2,3}?(?:省|市|自治区)|^[㐀-鿿]{2}")
_YEAR = re.compile(r"^(?:18|19|20)\d{2}")
_MOBILE = re.compile(r"(?:00)?(?:86)?1[3-9]\d{9}\Z")
_STARS = "***"
_LONGEST = 24
_VIN = 17


def mask(value: str, meaning: str) -> str:
    """Return what may be shown of one value of a meaning."""
    text = unicodedata.normalize("NFKC", value).strip()
    special = _BY_MEANING.get(meaning)
    shown = special(text) if special else shape(text)
    return shape(text) if not shown or value in shown or text in shown else shown


def shape(text: str) -> str:
    """Return kinds of characters instead of characters: `AB-12李` becomes `XX-00字`; the length is cut at 24."""
    return "".join(_kind(char) for char in text[:_LONGEST]) + ("…" if len(text) > _LONGEST else "")


def _kind(char: str) -> str:
    if char.isdigit():
        return "#"
    if char.isascii():
        return ("X" if char.isupper() else "x") if char.isalpha() else char if char in " -_/.:,@" else "?"
    return "字" if char.isalpha() else "?"


def _name(text: str) -> str:
    return text[0] + ("*" if not text.isascii() else _STARS)


def _mobile(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return f"{digits[-11:-8]}****{digits[-4:]}" if _MOBILE.match(digits) and not _is_masked(text) else ""


def _ric(text: str) -> str:
    return f"{text[:4]}{'*' * 14}" if re.match(r"\d{6}", text) and not _is_masked(text) else ""


def _card(text: str) -> str:
    return f"{text[:4]}{'*' * 8}" if re.match(r"\d{10}", text) and not _is_masked(text) else ""


def _document(text: str) -> str:
    """Show the letters that say what kind of document it is, of a number without them its first digit."""
    letters = re.match(r"[A-Za-z]{1,3}(?=\d)", text)
    kind = letters[0] if letters else text[:1]
    return f"{kind}{'*' * 8}" if re.search(r"\d{4}", text) and kind.isascii() and not _is_masked(text) else ""


def _landline(text: str) -> str:
    area = re.match(r"\(?(?:\+?86)?[ -]?\(?(0?(?:10|2\d|[3-9]\d\d))[ )-]", text)
    return f"{area[1]}-****" if area and not _is_masked(text) else ""


def _officer(text: str) -> str:
    match = re.search(r"[军兵士文职]字第", text)
    return f"{match[0]}****号" if match and not _is_masked(text) else ""


def _wechat(text: str) -> str:
    return f"wxid_{_STARS}" if text.startswith("wxid_") and not _is_masked(text) else ""


def _email(text: str) -> str:
    _, mark, domain = text.partition("@")
    return f"{_STARS}@{_STARS}.{domain.rpartition('.')[2]}" if mark and "." in domain else ""


def _address(text: str) -> str:
    match = _PROVINCE.match(text)
    return f"{match[0]}{_STARS}" if match else ""


def _date(text: str) -> str:
    match = _YEAR.match(text)
    return f"{match[0]}-**-**" if match else ""


def _prose(text: str) -> str:
    han = sum(1 for char in text if not char.isascii() and char.isalpha())
    digits = sum(1 for char in text if char.isdigit())
    latin = sum(1 for char in text if char.isascii() and char.isalpha())
    return f"[{len(text)}: 字{han} #{digits} x{latin}]"


def _plate(text: str) -> str:
    return f"{text[0]}{_STARS}" if not text[:1].isascii() and not _is_masked(text) else ""


def _vin(text: str) -> str:
    return f"{text[:3]}{'*' * 14}" if len(text) == _VIN and not _is_masked(text) else ""


def _device(text: str) -> str:
    """The first four digits of an IMEI or ICCID tell its maker or network; the rest, and names, are not shown."""
    digits = re.match(r"(\d{4})[\d -]{10,}\Z", text)
    return f"{digits[1]}{'*' * 8}" if digits else _network(text) if ":" in text else ""


def _network(text: str) -> str:
    """The first part of an address, up to its first separator."""
    match = re.match(r"([0-9A-Fa-f]{1,4})([.:-])", text)
    return f"{match[1]}{match[2]}{_STARS}" if match and not _is_masked(text) else ""


def _is_masked(text: str) -> bool:
    return "*" in text


_BY_MEANING = {
    "name": _name,
    "cn.mobile": _mobile,
    "cn.landline": _landline,
    "cn.officer": _officer,
    "cn.wechat": _wechat,
    **dict.fromkeys(("cn.ric", "cn.ric15", "cn.hmt_res"), _ric),
    **dict.fromkeys(("cn.passport", "cn.pr", "cn.pr15", "cn.hkmo_permit", "cn.tw_permit"), _document),
    **dict.fromkeys(("hkid", "moid", "twid", "cn.ssn", "cn.driving_file"), _document),
    "cn.bankcard": _card,
    "bank_account": _card,
    "email": _email,
    "cn.plate": _plate,
    "vin": _vin,
    "ip": _network,
    "device_id": _device,
    "uuid": _prose,
    "address": _address,
    "birth_date": _date,
    "hire_date": _date,
    "event_date": _date,
    "date": _date,
    "free_text": _prose,
    "narrative": _prose,
    "unknown": _prose,
    "organisation": _prose,
    "source_code": _prose,
    "trade_secret": _prose,
    "health": _prose,
    "health_date": _date,
    "account_time": _date,
    "financial_account": _card,
    **dict.fromkeys(("biometric", "browsing", "communication", "credential", "credit", "genetic"), _prose),
    **dict.fromkeys(("criminal_record", "disability", "location", "property", "sexual", "url"), _prose),
}
