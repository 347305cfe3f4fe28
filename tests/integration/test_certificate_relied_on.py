"""A transfer that rests on a certificate of effect: evidence by default, lighter only under an adopted reading."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from kouan.clearance.certify import certify, withdraw
from kouan.clearance.journey import clear
from kouan.clearance.register import Register
from kouan.clearance.release import release
from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from kouan.model.decision import DecisionPair, Pathway
from kouan.model.errors import KouanError
from kouan.model.files import read_document
from tests.commands import Transfer, kouan
from tests.integration.attacking import copied, seal_again, settings_of
from tests.integration.test_certificates import evaluation

LATER = dt.datetime(2026, 12, 29, 3, 0, tzinfo=dt.UTC)
READING = "readings: {anonymised-proof: certificate}\n"


@pytest.fixture
def certified(tmp_path):
    """A transfer of rows that many persons share, cleared once, and the certificate that says "anonymised"."""
    transfer = Transfer.lay(tmp_path / "transfer")
    rows = [f"{sex},{part}" for sex in ("男", "女") for part in ("研发部", "市场部") for _ in range(60)]
    transfer.data.write_text("\n".join(["性别,部门", *rows]) + "\n", "utf-8")
    settings = settings_of(transfer.home)
    clear(transfer.declaration, transfer.out, settings=settings)
    (tmp_path / "evaluation.yaml").write_text(evaluation() + "months: 1\n", "utf-8")
    issued = certify(transfer.out, tmp_path / "evaluation.yaml", settings=settings)
    assert issued.certificate.effect.value == "anonymised"
    return transfer, issued.certificate.number


def relying(transfer, number, more=""):
    text = transfer.declaration.read_text("utf-8")
    transfer.declaration.write_text(f"{text}anonymised: {{certificate: {number}}}\n{more}", "utf-8")


def again(transfer, name="again", **settings):
    folder = transfer.folder / name
    clear(transfer.declaration, folder, settings=settings_of(transfer.home, **settings))
    return folder


def decision(folder):
    found = read_document(folder / "decision.json", DecisionPair).treated
    assert found is not None
    return found


def test_what_if_goes_by_the_reading_that_the_transfer_adopted(certified):
    transfer, number = certified
    relying(transfer, number, READING)
    alone = json.loads(kouan("what-if", transfer.declaration, "--json", home=transfer.home).stdout)
    assert ["not_regulated"] not in [
        one["options"] for one in alone["possible"]
    ]  # the raw data are nobody's certificate
    folder = again(transfer, "transfer-clearance")
    assert decision(folder).options == (Pathway.NOT_REGULATED,)
    told = kouan("what-if", transfer.declaration, "--json", home=transfer.home)
    found = json.loads(told.stdout)
    assert [one["options"] for one in found["possible"]] == [["not_regulated"]]
    assert found["alternatives"] == []
    withdraw(number, by="王某", why="数据有误", settings=settings_of(transfer.home))
    refused = kouan("what-if", transfer.declaration, "--json", home=transfer.home)
    assert refused.returncode != 0
    assert number in refused.stderr


def refusal(transfer, **settings):
    with pytest.raises(KouanError) as caught:
        again(transfer, **settings)
    assert not (transfer.folder / "again").exists()
    return caught.value


def test_a_certificate_alone_makes_nothing_lighter_and_shows_what_the_reading_would(certified):
    transfer, number = certified
    before = decision(transfer.out)
    assert Pathway.NOT_REGULATED not in before.options
    relying(transfer, number)
    folder = again(transfer)
    found = decision(folder)
    assert found.options == before.options
    (point,) = [one for one in found.open_points if one.id == "anonymised-proof"]
    assert (point.chosen, point.adopted) == ("data", False)
    options = {
        one.id: (one.confidence, {path for out in one.possible for path in out.options}) for one in point.options
    }
    assert options["certificate"] == ("L", {Pathway.NOT_REGULATED})
    page = (folder / "report.html").read_text("utf-8")
    assert number in page
    assert "Supporting evidence only" in page
    assert kouan("verify", folder, home=transfer.home).returncode == 0


def test_an_adopted_reading_counts_is_shown_and_asks_a_named_person_at_release(certified):
    transfer, number = certified
    relying(transfer, number, READING)
    folder = again(transfer)
    found = decision(folder)
    assert found.options == (Pathway.NOT_REGULATED,)
    assert found.adopted == {"anonymised-proof": "certificate"}
    facts = {fact.name: fact.value for flow in found.facts.flows for fact in flow.facts}
    assert facts["flow.personal"] is True  # what was observed stays in the record
    (owed,) = [one.id for one in found.conditions if one.id == "pipl-73-anonymised"]
    assert "confidence L" in (folder / "report.html").read_text("utf-8")
    assert not verify_folder(folder, TrustStore.of_home(transfer.home)).problems
    attested = {one.id: "no 7" for one in found.conditions} | {owed: f"certificate {number}"}
    with pytest.raises(KouanError):
        release(folder, settings=settings_of(transfer.home), pathway=None, attested={}, by="Li")
    release(folder, settings=settings_of(transfer.home), pathway=None, attested=attested, by="Li")
    assert kouan("verify", folder, home=transfer.home).returncode == 0


def test_without_a_certificate_the_reading_changes_nothing(certified):
    transfer, _ = certified
    before = decision(transfer.out)
    text = transfer.declaration.read_text("utf-8")
    transfer.declaration.write_text(text + READING, "utf-8")
    assert decision(again(transfer)).options == before.options
    told = text + READING + "facts: {flow.certified_anonymised: true}\n"
    transfer.declaration.write_text(told.replace("facts:\n", "was:\n", 1), "utf-8")
    assert kouan(*transfer.clear, home=transfer.home).returncode == 2


def test_withdrawn_expired_unknown_and_another_effect_are_refused_with_a_remedy(certified):
    transfer, number = certified
    relying(transfer, number, READING)
    late = refusal(transfer, now=LATER)
    assert late.code == "K-CLR-175"
    assert "kouan certify" in late.fix.en
    settings = settings_of(transfer.home)
    (transfer.folder / "open.yaml").write_text(evaluation(M5="{answer: null}"), "utf-8")
    other = certify(transfer.out, transfer.folder / "open.yaml", settings=settings).certificate
    transfer.declare(number, other.number)
    assert refusal(transfer).code == "K-CLR-177"
    transfer.declare(other.number, "C20260101-0123456789")
    assert refusal(transfer).code == "K-CLR-124"
    transfer.declare("C20260101-0123456789", number)
    withdraw(number, by="Li", why="用途改变", settings=settings)
    gone = refusal(transfer)
    assert gone.code == "K-CLR-174"
    assert "用途改变" in gone.why.zh


def test_a_line_of_the_register_that_points_at_another_certificate_is_refused(certified):
    transfer, _ = certified
    register, forged = Register(transfer.home), "C20261122-0123456789"
    (entry,) = register.entries()
    register.add(entry.model_copy(update={"number": forged}))
    relying(transfer, forged, READING)
    assert refusal(transfer).code == "K-CLR-178"


def test_other_data_another_recipient_and_another_purpose_are_refused(certified):
    transfer, number = certified
    relying(transfer, number, READING)
    whole = transfer.declaration.read_text("utf-8")
    further = "{role: recipient, name: B AG, country: DE}"
    for old, new in (
        ("B AG", "C AG"),
        ("country: DE", "country: US"),
        (further, further + "\n  - {role: onward_recipient, name: D AG, country: US}"),
        ("name: 甲公司, ciio: false}", "name: 甲公司, ciio: false}\n  - {role: exporter, name: 乙公司, ciio: false}"),
        ("scenario: hr_management}", "scenario: hr_management, mode: public}"),
        ("purpose: 人力资源管理", "purpose: 市场分析"),
    ):
        assert old in whole
        transfer.declaration.write_text(whole.replace(old, new, 1), "utf-8")
        assert refusal(transfer).code == "K-CLR-176"
    transfer.declaration.write_text(whole, "utf-8")
    transfer.data.write_text(transfer.data.read_text("utf-8") + "女,研发部\n", "utf-8")
    assert refusal(transfer).code == "K-CLR-176"


def test_a_withdrawal_after_the_clearing_stops_the_release_and_the_next_run(certified):
    transfer, number = certified
    relying(transfer, number, READING)
    folder = again(transfer)
    withdraw(number, by="Li", why="用途改变", settings=settings_of(transfer.home))
    attested = {one.id: "no 7" for one in decision(folder).conditions}
    with pytest.raises(KouanError) as caught:
        release(folder, settings=settings_of(transfer.home), pathway=None, attested=attested, by="Li")
    assert caught.value.code == "K-CLR-174"
    assert not (folder / "released").exists()
    with pytest.raises(KouanError) as caught:
        again(transfer)
    assert caught.value.code == "K-CLR-174"


def test_a_key_that_still_exists_speaks_against_the_certificate(tmp_path, monkeypatch):
    transfer = Transfer.lay(tmp_path / "transfer")
    rows = [f"E-{at:07d},{sex}" for sex in ("男", "女") for at in range(60)]
    transfer.data.write_text("\n".join(["工号,性别", *rows]) + "\n", "utf-8")
    settings = settings_of(transfer.home)
    clear(transfer.declaration, transfer.out, settings=settings)
    (tmp_path / "evaluation.yaml").write_text(evaluation() + "gates: []\nattacks_at_most: 0.99\n", "utf-8")
    monkeypatch.setattr("kouan.clearance.certify.key_is_held", lambda *_: False)  # as if evaluated elsewhere
    issued = certify(transfer.out, tmp_path / "evaluation.yaml", settings=settings).certificate
    assert issued.effect.value == "anonymised", [gate.id for gate in issued.gates if gate.outcome != "pass"]
    relying(transfer, issued.number, READING)
    assert refusal(transfer).code == "K-CLR-179"


def test_a_certificate_spoilt_in_the_folder_is_found_by_whoever_verifies(certified, tmp_path):
    transfer, number = certified
    relying(transfer, number, READING)
    folder = again(transfer)
    for place, change in enumerate(("valid_to", "inputs", "effect")):
        copy = copied(folder, tmp_path / f"copy{place}")
        path = copy / "certificate.json"
        document = json.loads(path.read_text("utf-8"))
        body = document["body"]
        body[change] = {"valid_to": body["valid_from"], "inputs": [], "effect": "open"}[change]
        body["valid_from"] = "2026-01-01"
        if change == "valid_to":
            body["valid_to"] = "2026-02-01"
        path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        seal_again(copy, transfer.home)
        assert "K-CLR-178" in [one.code for one in verify_folder(copy, TrustStore.of_home(transfer.home)).problems]


def test_an_attestation_that_cites_a_certificate_is_held_to_it(certified):
    transfer, number = certified
    found = decision(transfer.out)
    (path,) = found.possible[0].options[:1]
    attested = {one.id: f"see {number}" for one in found.conditions}
    withdraw(number, by="Li", why="用途改变", settings=settings_of(transfer.home))
    with pytest.raises(KouanError) as caught:
        release(transfer.out, settings=settings_of(transfer.home), pathway=path, attested=attested, by="Li")
    assert caught.value.code == "K-CLR-174"
