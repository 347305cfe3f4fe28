"""Reading treatment profiles: every slip is refused with its file and line, and a user's own stands beside the others."""

from __future__ import annotations

import pytest

from kouan.model.errors import KouanError
from kouan.packs import builtin_root, find_profile, find_slips, open_profiles
from kouan.packs.profiles import builtin_profiles
from kouan.packs.thresholds import load_thresholds

OWN = """\
id: firm
version: 1.0.0
title: {zh: 本所, en: our own}
about: {zh: 试, en: for a test}
modes: [controlled]
instruments: {a: {zh: 某文件, en: some text}}
rules:
  - id: names
    meanings: [name]
    action: drop
    never: true
    why: {zh: 因, en: why}
    source: {instrument: a, place: "3", confidence: M}
"""


def _folder(root, text=OWN, name="firm.yaml"):
    (root / "profiles").mkdir(parents=True, exist_ok=True)
    (root / "profiles" / name).write_text(text, "utf-8")
    return root


def _refused(folder):
    with pytest.raises(KouanError) as caught:
        open_profiles(folder)
    assert [slip.code for slip in find_slips(builtin_root(), folder)] == [caught.value.code]
    return caught.value


def test_the_built_in_ones_are_named_like_their_files():
    packs = open_profiles()
    assert [one.ref.id for one in packs] == sorted(path.stem for path in builtin_profiles().glob("*.yaml"))
    assert not any(one.ref.user for one in packs)
    known = {one.id for one in load_thresholds().rules}
    assert all(one.profile.gates and set(one.profile.gates) <= known for one in packs)


def test_a_users_own_stands_beside_them_and_is_marked(tmp_path):
    packs = open_profiles(_folder(tmp_path))
    own = find_profile(packs, "firm", "x")
    assert own.ref.user
    assert own.data == OWN.encode()
    assert len(packs) == len(open_profiles()) + 1
    assert find_slips(builtin_root(), tmp_path) == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("instrument: a,", "instrument: b,", "K-PCK-082"),
        ("instrument: a,", "instrument: judgement,", "K-MOD-005"),  # our own judgement is never M
        ("action: drop", "action: pseudonym", "K-MOD-005"),  # what never leaves is dropped
        ("    meanings: [name]\n", "", "K-MOD-005"),
        ("    meanings: [name]\n", "    elements: [D.1]\n", "K-MOD-005"),
        ("    never: true\n", '    params: {accepted: "因"}\n', "K-MOD-005"),
        ("    never: true\n", "    params: {by: id}\n", "K-MOD-005"),
        ("id: firm", "id: health-beijing", "K-PCK-089"),
        ("modes: [controlled]", "modes: []", "K-MOD-005"),
        ("rules:", "gates: [gbt-42461]\nrules:", "K-PCK-091"),
    ],
)
def test_slips_are_refused(tmp_path, old, new, code):
    assert OWN.count(old) == 1
    assert _refused(_folder(tmp_path, OWN.replace(old, new))).code.startswith(code)


def test_a_built_in_one_is_not_replaced(tmp_path):
    text = OWN.replace("id: firm", "id: health-beijing")
    assert _refused(_folder(tmp_path, text, "health-beijing.yaml")).code == "K-PCK-085"


def test_two_rules_of_one_name_are_refused(tmp_path):
    rule = OWN[OWN.index("  - id: names") :]
    slip = _refused(_folder(tmp_path, OWN + rule))
    assert (slip.code, slip.where) == ("K-PCK-086", "firm.yaml:14")


@pytest.mark.parametrize("name", ["firm.yml", "firm.YAML"])
def test_a_file_of_another_suffix_is_not_silently_left_out(tmp_path, name):
    assert _refused(_folder(tmp_path, name=name)).code == "K-PCK-003"


def test_an_unknown_name_brings_the_nearest_one():
    with pytest.raises(KouanError) as caught:
        find_profile(open_profiles(), "hipaa-safe-harbour", "transfer.yaml:3")
    assert (caught.value.code, caught.value.where) == ("K-PCK-088", "transfer.yaml:3")
    assert "hipaa-safe-harbor?" in caught.value.what.en
