"""IPv4 and IPv6 addresses; versions, sections, times and names of code."""

from __future__ import annotations

import ipaddress

import pytest

from tests.recognizing import scanned


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("203.0.113.77", [0, 1, 0, 0]),
        ("192.168.1.10", [0, 1, 0, 0]),
        ("来自 203.0.113.77:8080", [0, 0, 0, 1]),
        ("登录IP：8.8.8.8", [0, 0, 0, 1]),
        ("8.8.8.80", [1, 0, 0, 0]),
        ("10.20.3.40", [1, 0, 0, 0]),
        ("1.2.3.4", None),
        ("2.10.3.31", None),
        ("参见 1.2.3.4 节", None),
        ("version 203.0.113.77", None),
        ("v1.2.3.4", None),
        ("1.2.3.4.5", None),
        ("1.2.3", None),
        ("256.1.1.1", None),
        ("192.168.01.1", None),
        ("120.0.6099.109", None),
        ("0.0.0.0", None),
        ("127.0.0.1", None),
        ("224.0.0.251", None),
        ("python-3.11.100.200", None),
    ],
)
def test_ipv4(value: str, counts: list[int] | None) -> None:
    assert scanned([value]).get("ip") == counts
    if counts == [0, 1, 0, 0]:
        assert ipaddress.IPv4Address(value)


@pytest.mark.parametrize(
    "value", ["10.0.0.8", "172.20.1.1", "192.168.1.10", "100.64.1.1", "169.254.7.7", "8.8.8.80", "172.32.99.99"]
)
def test_private_ranges_are_counted_apart(value: str) -> None:
    inner = any(
        ipaddress.ip_address(value) in ipaddress.ip_network(one)
        for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16")
    )
    assert ("ip.private" in scanned([value], asked=frozenset({"ip.private"}))) is inner


def test_where_it_is_asked_for_its_numbers_may_be_small() -> None:
    values = ["10.0.0.8", "1.2.3.4", "256.1.1.1", "127.0.0.1"]
    assert scanned(values, asked=frozenset({"ip.named"}))["ip.named"] == [0, 2, 0, 0]


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("2001:db8::8a2e:370:7334", [0, 1, 0, 0]),
        ("2001:0DB8:85A3:0000:0000:8A2E:0370:7334", [0, 1, 0, 0]),
        ("fe80::1ff:fe23:4567:890a", [0, 1, 0, 0]),
        ("from [2001:db8::8a2e:370:7334]", [0, 0, 0, 1]),
        ("2001::7334", [1, 0, 0, 0]),
        ("std::vector", None),
        ("a::b", None),
        ("12:30:45", None),
        ("00:1A:2B:3C:4D:5E:6F:70", None),
        ("2001:db8:::1", None),
        ("1:2:3:4:5:6:7:8:9", None),
        ("2001:db8:85a3:12345::1", None),
    ],
)
def test_ipv6(value: str, counts: list[int] | None) -> None:
    assert scanned([value]).get("ipv6") == counts
    if counts in ([0, 1, 0, 0], [1, 0, 0, 0]):
        assert ipaddress.IPv6Address(value)
