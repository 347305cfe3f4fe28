"""FF1, SM4 and SIV against what their standards print and against the cryptography library."""

from __future__ import annotations

import numpy as np
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.cmac import CMAC

from kouan.deidentify.blockcipher import BlockCipher, can_encrypt
from kouan.deidentify.ff1 import Ff1
from kouan.deidentify.siv import Siv

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
AES_KEY = bytes.fromhex("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94")
TEN = "39383736353433323130"
THIRTY_SIX = "3737373770717273373737"
SM4_KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")


def halves(text, radix, kind):
    at = len(text) // 2
    return np.array([int(text[:at], radix)], kind), np.array([int(text[at:], radix)], kind)


def written(pair, radix, length):
    parts = []
    for number, width in zip(pair, (length // 2, length - length // 2), strict=True):
        rest, part = int(number[0]), ""
        for _ in range(width):
            part, rest = LETTERS[rest % radix] + part, rest // radix
        parts.append(part)
    return "".join(parts)


@pytest.mark.parametrize(
    ("size", "radix", "tweak", "text", "sealed"),
    [
        (16, 10, "", "0123456789", "2433477484"),
        (16, 10, TEN, "0123456789", "6124200773"),
        (16, 36, THIRTY_SIX, "0123456789abcdefghi", "a9tv40mll9kdu509eum"),
        (24, 10, "", "0123456789", "2830668132"),
        (24, 10, TEN, "0123456789", "2496655549"),
        (24, 36, THIRTY_SIX, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"),
        (32, 10, "", "0123456789", "6657667009"),
        (32, 10, TEN, "0123456789", "1001623463"),
        (32, 36, THIRTY_SIX, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
    ],
)
def test_ff1_gives_the_samples_that_nist_published_for_it(size, radix, tweak, text, sealed):
    ff1 = Ff1(BlockCipher("aes", AES_KEY[:size]), bytes.fromhex(tweak), radix=radix, length=len(text))
    pair = halves(text, radix, ff1.kind)
    done = ff1.encrypt(*pair)
    assert written(done, radix, len(text)) == sealed
    assert written(ff1.decrypt(*done), radix, len(text)) == text


@pytest.mark.parametrize(("radix", "length"), [(10, 5), (2, 19), (26, 4)])
def test_domains_of_less_than_a_million_are_refused(radix, length):
    with pytest.raises(ValueError, match="million"):
        Ff1(BlockCipher("aes", AES_KEY), b"", radix=radix, length=length)


def plain_ff1(key, tweak, radix, text):
    """Algorithm 7 of SP 800-38G, word for word, on whole numbers."""
    n = len(text)
    u, v = n // 2, n - n // 2
    a, b = int(text[:u], radix), int(text[u:], radix)
    width = -(-(radix**v - 1).bit_length() // 8)
    drawn = 4 * -(-width // 4) + 4
    head = bytes([1, 2, 1]) + radix.to_bytes(3) + bytes([10, u % 256]) + n.to_bytes(4) + len(tweak).to_bytes(4)
    for i in range(10):
        q = tweak + bytes((-len(tweak) - width - 1) % 16) + bytes([i]) + b.to_bytes(width)
        run = Cipher(algorithms.AES(key), modes.CBC(bytes(16))).encryptor()
        r = run.update(head + q)[-16:]
        size = radix ** (v if i % 2 else u)
        a, b = b, (a + int.from_bytes(r[:drawn])) % size
    return a, b


@pytest.mark.parametrize("length", [6, 7, 10, 16, 19, 28, 32, 33, 34, 56])
@pytest.mark.parametrize("tweak", [b"", b"12345678", bytes(40)])
def test_ff1_of_any_length_is_the_algorithm_word_for_word(length, tweak):
    text = ("31415926535897932384626433832795028841971693993751058209749445923")[:length]
    ff1 = Ff1(BlockCipher("aes", AES_KEY), tweak, radix=10, length=length)
    done = ff1.encrypt(*halves(text, 10, ff1.kind))
    assert [int(one[0]) for one in done] == list(plain_ff1(AES_KEY, tweak, 10, text))
    assert written(ff1.decrypt(*done), 10, length) == text


def test_sm4_gives_the_example_of_its_standard():
    assert can_encrypt("sm4"), "the locked cryptography brings an OpenSSL with SM4: ./run setup"
    assert BlockCipher("sm4", SM4_KEY).one(SM4_KEY).hex() == "681edf34d206965e86b3e94f536e4246"
    many = BlockCipher("sm4", SM4_KEY).encrypt(np.frombuffer(SM4_KEY * 3, np.uint8).reshape(3, 16))
    assert many.tobytes().hex() == "681edf34d206965e86b3e94f536e4246" * 3


@pytest.mark.parametrize("blocks", [1, 2, 3, 9])
def test_siv_with_aes_is_the_librarys(blocks):
    key, about = bytes(range(64)), b"v1|person_id"
    told = np.arange(5 * blocks * 16, dtype=np.uint32).astype(np.uint8).reshape(5, blocks, 16)
    found = Siv("aes", key, about).encrypt(told)
    assert [one.tobytes() for one in found] == [AESSIV(key).encrypt(one.tobytes(), [about]) for one in told]


@pytest.mark.parametrize("blocks", [1, 2, 5])
def test_siv_with_sm4_is_the_construction_of_rfc_5297(blocks):
    """S2V and CTR written down from the RFC, over the library's CMAC and CTR with SM4."""
    assert can_encrypt("sm4"), "the locked cryptography brings an OpenSSL with SM4: ./run setup"
    key, about, message = bytes(range(32)), b"v1|person_id", bytes(range(100, 100 + 16 * blocks))

    def cmac(data):
        run = CMAC(algorithms.SM4(key[:16]))
        run.update(data)
        return int.from_bytes(run.finalize())

    def double(value):
        return (value << 1 ^ (0x87 if value >> 127 else 0)) & (1 << 128) - 1

    d = double(cmac(bytes(16))) ^ cmac(about)
    vector = cmac((int.from_bytes(message) ^ d).to_bytes(len(message)))
    start = vector & ~(1 << 63 | 1 << 31)
    stream = Cipher(algorithms.SM4(key[16:]), modes.CTR(start.to_bytes(16))).encryptor()
    wanted = vector.to_bytes(16) + stream.update(message)
    told = np.frombuffer(message, np.uint8).reshape(1, blocks, 16)
    siv = Siv("sm4", key, about)
    assert siv.encrypt(told)[0].tobytes() == wanted
    sealed = np.frombuffer(wanted, np.uint8).reshape(1, blocks + 1, 16)
    opened, right = siv.decrypt(sealed)
    assert (opened.tobytes(), right.tolist()) == (message, [True])
    for at in range(sealed.size):
        changed = sealed.copy().reshape(-1)
        changed[at] ^= 1
        assert not siv.decrypt(changed.reshape(sealed.shape))[1].any()
