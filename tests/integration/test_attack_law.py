"""Other packs sealed as Kouan's own: whoever holds the key may do it, and verify does not take their word for it."""

from __future__ import annotations

import json
import shutil

import pytest

from kouan.clearance.journey import clear
from kouan.clearance.ownlaw import KnownLaw
from kouan.clearance.release import release
from kouan.clearance.verify import verify_folder
from kouan.cli.dispatch import run_command
from kouan.evidence import TrustStore
from kouan.law import decide
from kouan.model.decision import DecisionPair
from kouan.model.document import Input
from kouan.model.errors import KouanError
from kouan.model.files import read_document, write_document
from kouan.packs import builtin_root, load_packs, load_purposes, read_purpose
from tests.commands import Transfer
from tests.integration.attacking import clear_example, copied, seal_again, settings_of

HEAD = """\
id: {id}
version: 1.0.0
title: {{zh: 某规定, en: some rules}}
instruments:
  FIRM: {{title: {{zh: 某规定, en: some rules}}, rank: law, in_force: 2025-01-01}}
"""
RULE = """\
rules:
  - id: free
    article: "1"
    label: {{zh: 规则, en: rule}}
    when: {{fact: flow.personal, is: true}}
    {more}
    reason: {{zh: 理由, en: reason}}
    in_force: {{from: 2025-01-01}}
    source: {{instrument: FIRM, confidence: H}}
"""


GONE = "cn.order-13"
"""Its conditions and duties go with it: the standard contract need not be filed any more."""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("law")
    clear_example(folder, "hr")
    return folder


def _add(folder, more="gives: exempt\n    groups: [o16-3-to-6]", name="cn.some-rules"):
    pack = folder / "packs" / name
    pack.mkdir()
    (pack / "pack.yaml").write_text(HEAD.format(id=name), "utf-8")
    (pack / "rules.yaml").write_text(RULE.format(more=more), "utf-8")


def _decide_again(folder, users=frozenset()):
    """Make every document follow from the packs in the folder, as a maker with the key could."""
    packs = load_packs(folder / "packs", allow_override=True, users=users)
    pair = read_document(folder / "decision.json", DecisionPair, kind="decision")
    inputs = json.loads((folder / "decision.json").read_text("utf-8"))["inputs"]
    pair = DecisionPair(
        original=decide(pair.original.facts, packs, adopted=pair.original.adopted),
        treated=decide(pair.treated.facts, packs, adopted=pair.treated.adopted),
    )
    write_document(folder / "decision.json", "decision", pair, tuple(Input.model_validate(one) for one in inputs))
    return pair


def _verified(folder, home, *known):
    return verify_folder(folder, TrustStore.of_home(home), KnownLaw.of(*known))


def _codes(result):
    return [problem.code for problem in result.problems]


@pytest.fixture
def hidden(root, tmp_path):
    """A folder that a rule makes lighter, sealed as if the rule were Kouan's own."""
    folder = copied(root / "hr", tmp_path / "hidden")
    before = read_document(folder / "decision.json", DecisionPair, kind="decision")
    _add(folder)
    after = _decide_again(folder)
    assert (after.original.overrides, [ref for ref in after.original.packs if ref.user]) == ((), [])
    assert after.original.possible != before.original.possible
    seal_again(folder, root / "home")
    return folder


def test_a_user_pack_that_hides_among_the_builtin_ones_is_no_verified_folder(hidden, root, monkeypatch, capsys):
    result = _verified(hidden, root / "home")
    assert (_codes(result), int(result.status)) == (["K-CLR-093"], 5)
    assert result.foreign_packs == ("cn.some-rules 1.0.0",)
    monkeypatch.setenv("KOUAN_HOME", str(root / "home"))
    for lang, word in (("zh", "仅凭文件夹无法分辨"), ("en", "of another edition")):
        assert run_command(["verify", str(hidden), "--lang", lang]) == 5
        said = " ".join(capsys.readouterr().out.split())
        assert word in said.replace("文件夹 ", "文件夹")
        assert "--known-packs" in said
        assert "cn.some-rules 1.0.0" in said
    assert run_command(["verify", str(hidden), "--json"]) == 5
    assert json.loads(capsys.readouterr().out)["verified"] is False


def test_it_is_not_released_either(hidden, root):
    with pytest.raises(KouanError) as caught:
        release(hidden, settings=settings_of(root / "home"), pathway=None, attested={}, by="Li")
    assert caught.value.code == "K-CLR-093"
    assert not (hidden / "released").exists()


def test_a_builtin_pack_that_is_left_out_shows(root, tmp_path):
    folder = copied(root / "hr", tmp_path / "less")
    pair = read_document(folder / "decision.json", DecisionPair, kind="decision")
    of = load_packs().pack_of
    name = next(of[duty.id] for duty in pair.original.duties if of[duty.id] == GONE)
    shutil.rmtree(folder / "packs" / name)
    _decide_again(folder)
    seal_again(folder, root / "home")
    result = _verified(folder, root / "home")
    assert _codes(result) == ["K-CLR-093"]
    assert result.foreign_packs == (f"- {GONE}",)


def test_a_user_pack_under_the_name_of_a_builtin_one_shows(root, tmp_path):
    folder = copied(root / "hr", tmp_path / "named")
    name = next(ref.id for ref in load_packs().refs if "16" in ref.id)
    head = folder / "packs" / name / "pack.yaml"
    head.write_text(head.read_text("utf-8") + "# ours\n", "utf-8")
    _decide_again(folder, users={name})
    seal_again(folder, root / "home")
    result = _verified(folder, root / "home")
    assert _codes(result) == ["K-CLR-093"]
    assert result.user_packs[0].startswith(name)


def test_another_edition_with_the_same_result_is_named_and_passes(root, tmp_path, monkeypatch, capsys):
    folder = copied(root / "hr", tmp_path / "older")
    for head in (folder / "packs").glob("*/pack.yaml"):
        head.write_text(head.read_text("utf-8") + "# an earlier edition\n", "utf-8")
    _decide_again(folder)
    seal_again(folder, root / "home")
    result = _verified(folder, root / "home")
    assert (_codes(result), int(result.status)) == ([], 0)
    assert len(result.foreign_packs) == len(load_packs().refs)
    monkeypatch.setenv("KOUAN_HOME", str(root / "home"))
    assert run_command(["verify", str(folder), "--lang", "en"]) == 0
    assert "are not those of this Kouan" in capsys.readouterr().out


def test_another_edition_that_the_verifier_has_from_elsewhere_passes(hidden, root, tmp_path):
    edition = tmp_path / "edition"
    shutil.copytree(builtin_root(), edition / "cn")
    shutil.copytree(hidden / "packs" / "cn.some-rules", edition / "cn" / "x")
    result = _verified(hidden, root / "home", edition)
    assert (_codes(result), result.foreign_packs) == ([], ())
    # An edition of which the folder took a part only is none that anybody published.
    (edition / "packs").mkdir()
    _add(edition, name="cn.more")
    rules = edition / "packs" / "cn.more" / "rules.yaml"
    rules.write_text(rules.read_text("utf-8").replace("id: free", "id: freer"), "utf-8")
    assert _codes(_verified(hidden, root / "home", edition)) == ["K-CLR-093"]


def test_a_user_pack_that_says_so_passes_and_shows(root, tmp_path, monkeypatch, capsys):
    folder = copied(root / "hr", tmp_path / "open")
    _add(folder, name="firm.own")
    _decide_again(folder, users={"firm.own"})
    seal_again(folder, root / "home")
    result = _verified(folder, root / "home")
    assert (_codes(result), result.foreign_packs, result.user_packs) == ([], (), ("firm.own 1.0.0",))
    assert {one.how for one in result.overrides} == {"gives", "prevails"}
    monkeypatch.setenv("KOUAN_HOME", str(root / "home"))
    assert run_command(["verify", str(folder), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "the exporter added the packs firm.own 1.0.0" in said
    assert "!! " in said


def test_a_purpose_that_was_written_wider_shows(root, tmp_path):
    folder = copied(root / "hr", tmp_path / "wide")
    path = folder / "packs" / "purpose.yaml"
    purpose = next(one for one in load_purposes() if one.data == path.read_bytes())
    path.write_text(path.read_text("utf-8") + "\n# wider\n", "utf-8")
    text = (folder / "necessity.json").read_text("utf-8")
    changed = read_purpose(path)
    (folder / "necessity.json").write_text(text.replace(purpose.ref.sha256, changed.ref.sha256), "utf-8")
    seal_again(folder, root / "home")
    result = _verified(folder, root / "home")
    assert _codes(result) == []
    assert result.foreign_packs == (f"{purpose.ref.id} {purpose.ref.version}",)


def test_a_release_names_all_exporters_and_only_those_declared(tmp_path, monkeypatch):
    transfer, settings = Transfer.lay(tmp_path), settings_of(tmp_path / "home")
    first = "  - {role: exporter, name: 甲公司, ciio: false}\n"
    transfer.declare(first, first + first.replace("甲", "乙"))
    clear(transfer.declaration, transfer.out, settings=settings)
    pair = read_document(transfer.out / "decision.json", DecisionPair, kind="decision")
    attested = dict.fromkeys((one.id for one in pair.treated.conditions), "no 7")
    answers = {"pathway": pair.treated.options[0], "attested": attested, "by": "Li"}
    other = copied(transfer.out, tmp_path / "other")
    done = release(transfer.out, settings=settings, **answers)
    assert (done.release.exporter, done.release.exporters) == ("甲公司", ("甲公司", "乙公司"))
    assert _codes(_verified(transfer.out, tmp_path / "home")) == []
    monkeypatch.setattr("kouan.clearance.release.exporter_names", lambda _: ("甲公司", "丙公司"))
    release(other, settings=settings, **answers)
    assert _codes(_verified(other, tmp_path / "home")) == ["K-CLR-033"]
