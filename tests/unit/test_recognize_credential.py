"""Credentials: prefix and structure confirm; placeholders and everyday text do not. All of these are made up."""

from __future__ import annotations

import pytest

from tests.recognizing import scanned

BODY = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
HEADER, PAYLOAD = "eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0"
LONG_HEADER = "eyJhbGciOiJSUzI1NiIsImtpZCI6Im" + "x1" * 30


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE0", "private_key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3B1", "private_key"),
        ("AKIA" + "2345ABCD" * 2, "access_key"),
        ("LTAI5t" + "aB3" * 6, "access_key"),
        ("AKID" + BODY[:32], "access_key"),
        ("AIza" + "aB3-_" * 7, "access_key"),
        ("ghp_" + BODY, "api_token"),
        ("glpat-" + BODY[:20], "api_token"),
        ("sk_live_" + BODY[:24], "api_token"),
        (f"{HEADER}.{PAYLOAD}.abc-def_123", "jwt"),
        (f"{LONG_HEADER}.{PAYLOAD}.abc-def_123", "jwt"),
        ("mysql://root:Pa55w0rd@db.example.com:3306/x", "url_password"),
        ("redis://:s3cret@10.0.0.8/0", "url_password"),
        ("Server=db1;User Id=sa;Password=S3cret!;", "set_password"),
        ("jdbc:mysql://h1/db?user=a&password=geheim1", "set_password"),
    ],
)
def test_prefix_and_structure_confirm(value: str, kind: str) -> None:
    whole_suspected, whole, inside_suspected, inside = scanned([value])[kind]
    assert (whole_suspected, inside_suspected, whole + inside) == (0, 0, 1)


@pytest.mark.parametrize(
    "value",
    [
        "-----BEGIN CERTIFICATE-----\nMIIE0",
        "-----BEGIN PUBLIC KEY-----\nMIIE0",
        "AKIA1",
        "AKIA" + "2345abcd" * 2,
        "xAKIA" + "2345ABCD" * 2,
        "ghp_short1",
        "ghp_" + "a" * 36,
        "disk-" + BODY[:20],
        f"{HEADER}.{PAYLOAD}",
        f"{HEADER}.abc1.abc2",
        "https://${USER}:${PASSWORD}@h1.example.com",
        "https://u:<password>@h1.example.com",
        "https://x1.example.com/a:b@c1",
        "https://x1.example.com:8080/path@c1",
        "password=1",
        "Server=db1;Password=${PW};",
        "secret: 1234",
        "the token 12 of the ring",
        "密码：请联系管理员1",
    ],
)
def test_what_only_looks_like_one(value: str) -> None:
    kinds = {"private_key", "access_key", "api_token", "jwt", "url_password", "set_password", "set_secret"}
    assert not kinds & scanned([value]).keys()


def test_a_mixed_value_behind_a_word_is_suspected() -> None:
    assert scanned(["api_key=" + BODY])["set_secret"] == [0, 0, 1, 0]
    assert scanned(['{"secret": "' + BODY + '"}'])["set_secret"] == [0, 0, 1, 0]


def test_the_sample_of_the_documentation_is_not_confirmed() -> None:
    assert scanned(["AKIAIOSFODNN7EXAMPLE"])["access_key"] == [1, 0, 0, 0]


def test_the_password_before_a_host_is_no_mailbox() -> None:
    assert "email" not in scanned(["mysql://root:Pa55w0rd@db.example.com"])
    assert "email" in scanned(["https://example.com?to=a1@example.com"])
