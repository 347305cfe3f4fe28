"""A transfer on a ledger of consents: who has none standing stays here, and a withdrawal stops the release."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.commands import kouan

DAY = "2026-11-22"
DECLARATION = """\
transfer: {name: 药物警戒个例报告, scenario: pharmacovigilance}
parties:
  - {role: exporter, name: 某某制药（中国）有限公司, ciio: false}
  - {role: recipient, name: Global Safety AG, country: CH}
purpose: 向全球药物安全数据库报告不良反应
basis: [consent]
consent:
  ledger: consents.csv
  key:
    column: subject
    matches: [cases.csv!cases#患者编号, events.csv!events#患者编号]
  purposes: [药物警戒]
sources:
  - {path: cases.csv, subjects: [patient]}
  - {path: events.csv, subjects: [patient], items: {不良反应: {meaning: code}}}
year_to_date: {ordinary: 0, sensitive: 0, as_of: 2026-11-01}
facts: {data.important: false, data.hgr: false, transfer.collected_abroad: false, transfer.contract_party: false,
  transfer.emergency: false, transfer.trade_activity: false, hr.cross_border_management: false}
"""
CASES = """\
患者编号,姓名,出生日期,诊断
SUBJ-7300541,欧阳试验甲,1960-01-02,高血压
SUBJ-7300542,慕容试验乙,1971-03-04,糖尿病
SUBJ-7300543,司徒试验丙,1982-05-06,哮喘
SUBJ-7300544,端木试验丁,2016-07-08,哮喘
SUBJ-7300545,诸葛试验戊,2017-09-10,湿疹
,令狐试验己,1975-01-01,湿疹
"""
EVENTS = """\
患者编号,不良反应
SUBJ-7300541,皮疹之一
SUBJ-7300541,皮疹之二
SUBJ-7300542,头痛之三
SUBJ-7300543,恶心之四
SUBJ-7300545,呕吐之五
SUBJ-7300544,眩晕之六
"""
HEAD = "subject,purpose,recipient,agreed_on,withdrawn_on,separate_consent,guardian_consent,evidence"
LEDGER = f"""\
{HEAD}
SUBJ-7300541,药物警戒,Global Safety AG,2026-01-05,,是,,v3
 subj-none ,药物警戒,Global Safety AG,2026-01-05,,是,,v3
SUBJ-7300542,药物警戒,Global Safety AG,2026-01-05,2026-06-30,是,,v3
SUBJ-7300543,药物警戒,Another AG,2026-01-05,,是,,v3
SUBJ-7300544,药物警戒,Global Safety AG,2026-01-05,,是,,v3
SUBJ-7300545,药物警戒,Global Safety AG,2026-01-05,,是,是,
"""
NAMED = ("SUBJ-73005", "subj-none", "试验甲", "试验丁", "试验己")


def _lay(folder, *, ledger=LEDGER, declaration=DECLARATION):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("transfer.yaml", declaration),
        ("cases.csv", CASES),
        ("events.csv", EVENTS),
        ("consents.csv", ledger),
    ):
        (folder / name).write_text(text, "utf-8")
    return folder


def _clear(folder, *words):
    return kouan("clear", folder / "transfer.yaml", "--out", folder / "out", *words, home=folder / "home")


def _body(folder, name):
    return json.loads((folder / name).read_text("utf-8"))["body"]


def _attested(conditions):
    """Return the words that attest the conditions of the standard contract."""
    mine = (one["id"] for one in conditions if one["pathways"] in ([], ["standard_contract"]))
    return [word for name in mine for word in ("--attest", f"{name}=file 7")]


def _release(folder, *words):
    treated = _body(folder, "decision.json")["treated"]
    attested = _attested(treated["conditions"])
    words = (*attested, "--by", "Li", "--pathway", "standard_contract", *words)
    return kouan("release", folder, *words, home=folder.parent / "home")


@pytest.fixture(scope="module")
def cleared(tmp_path_factory):
    folder = _lay(tmp_path_factory.mktemp("consent") / "transfer")
    done = _clear(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done


@pytest.fixture
def copied(cleared, tmp_path):
    """The cleared transfer in a place of its own, with the home that cleared it."""
    folder = tmp_path / "transfer"
    shutil.copytree(cleared[0], folder)
    for place in (folder / "home" / "consents").iterdir():
        place.write_bytes(str(folder / "consents.csv").encode())
    return folder


def test_only_persons_with_standing_consent_are_staged(cleared):
    folder, _ = cleared
    staged = "".join(path.read_text("utf-8") for path in (folder / "out" / "staged").iterdir())
    assert "皮疹之一" in staged
    assert "呕吐之五" in staged
    for held in ("头痛之三", "恶心之四", "眩晕之六", "糖尿病"):
        assert held not in staged
    assert len((folder / "out" / "staged" / "cases.csv").read_text("utf-8").splitlines()) == 1 + 2


def test_the_summary_counts_everybody_once(cleared):
    folder, _ = cleared
    consent = _body(folder / "out", "consent.json")
    numbers = {name: consent[name] for name in ("persons", "standing", "withdrawn", "absent", "guardian_missing")}
    assert numbers == {"persons": 5, "standing": 2, "withdrawn": 1, "absent": 1, "guardian_missing": 1}
    assert consent["evidenced"] == 1
    assert [(one["entity"], one["rows"], one["held"], one["nameless"]) for one in consent["tables"]] == [
        ("cases", 6, 4, 1),
        ("events", 6, 3, 0),
    ]


def test_the_law_counts_the_persons_that_are_staged(cleared):
    treated = _body(cleared[0] / "out", "decision.json")["treated"]
    flow = {fact["name"]: fact["value"] for fact in treated["facts"]["flows"][0]["facts"]}
    assert flow["flow.persons"] == {"lo": 2, "hi": 2}
    assert flow["consent.separate_complete"] is True
    conditions = [one["id"] for one in treated["conditions"]]
    assert "pipl-39-consent-ledger" in conditions
    assert "pipl-39-separate-consent" not in conditions


def test_the_original_data_are_said_to_be_incomplete(cleared):
    original = _body(cleared[0] / "out", "decision.json")["original"]
    flow = {fact["name"]: fact["value"] for fact in original["facts"]["flows"][0]["facts"]}
    assert flow["consent.separate_complete"] is False
    assert "pipl-39-separate-consent" in [one["id"] for one in original["conditions"]]


def test_nothing_of_the_ledger_stands_in_the_folder(cleared):
    folder, done = cleared
    found = {
        path.name: word
        for path in (folder / "out").rglob("*")
        if path.is_file()
        for word in NAMED
        if word.encode() in path.read_bytes()
    }
    assert not found
    assert not [word for word in NAMED if word in done.stdout + done.stderr]
    home = b"".join(path.read_bytes() for path in (folder / "home").rglob("*") if path.is_file())
    assert not [word for word in NAMED if word.encode() in home]


def test_both_tracks_are_shown_side_by_side(cleared):
    folder, done = cleared
    page = (folder / "out" / "report.html").read_text("utf-8")
    assert 'id="track-export"' in page
    assert 'id="track-sector"' in page
    assert 'id="consent"' in page
    form = (folder / "out" / "dossier" / "conditions.md").read_text("utf-8")
    assert form.index("## 数据出境合规") < form.index("## 行业业务合规") < form.index("pharma-vigilance-report")
    assert "| 5 | 2 | 1 | 1 | 1 | 1 |" in (folder / "out" / "dossier" / "consent.md").read_text("utf-8")
    assert "ledger of consents: 5 persons in the data, 2 with standing consent" in " ".join(done.stdout.split())


def test_released_while_the_ledger_stands(copied):
    done = _release(copied / "out")
    assert done.returncode == 0, done.stderr
    verified = kouan("verify", copied / "out", home=copied / "home")
    assert verified.returncode == 0, verified.stdout


def test_the_sector_holds_the_release_too(copied):
    treated = _body(copied / "out", "decision.json")["treated"]
    words = _attested(one for one in treated["conditions"] if one["track"] == "export")
    words += ["--by", "Li", "--pathway", "standard_contract"]
    done = kouan("release", copied / "out", *words, home=copied / "home")
    assert done.returncode == 4
    assert "pharma-vigilance-report" in done.stderr
    assert "pipl-39-notice" not in done.stderr.splitlines()[0]
    done = kouan("release", copied / "out", "--by", "Li", "--pathway", "standard_contract", home=copied / "home")
    assert "Data export: o13-contract-in-force, " in done.stderr
    assert "; The sector: pharma-vigilance-report" in done.stderr
    assert not (copied / "out" / "released").exists()


def test_a_changed_ledger_stops_the_release(copied):
    text = LEDGER.replace(
        "SUBJ-7300541,药物警戒,Global Safety AG,2026-01-05,,",
        "SUBJ-7300541,药物警戒,Global Safety AG,2026-01-05,2026-11-20,",
    )
    assert text != LEDGER
    (copied / "consents.csv").write_text(text, "utf-8")
    done = _release(copied / "out")
    assert done.returncode == 4
    assert "K-CLR-044" in done.stderr
    assert not (copied / "out" / "released").exists()
    # What it says to do works: clear again, and the person is gone.
    assert _clear(copied).returncode == 0
    assert _body(copied / "out", "consent.json")["withdrawn"] == 2
    assert "皮疹之一" not in (copied / "out" / "staged" / "events.csv").read_text("utf-8")
    done = _release(copied / "out")
    assert done.returncode == 0, done.stderr


def test_a_lost_ledger_stops_the_release_until_it_is_named(copied, tmp_path):
    (copied / "consents.csv").rename(tmp_path / "moved.csv")
    done = _release(copied / "out")
    assert done.returncode == 4
    assert "K-CLR-043" in done.stderr
    assert _release(copied / "out", "--ledger", tmp_path / "moved.csv").returncode == 0


def test_an_announced_withdrawal_stops_the_release_when_its_day_has_come(tmp_path):
    ledger = LEDGER.replace(
        "SUBJ-7300541,药物警戒,Global Safety AG,2026-01-05,,",
        "SUBJ-7300541,药物警戒,Global Safety AG,2026-01-05,2026-11-10,",
    )
    folder = _lay(tmp_path / "transfer", ledger=ledger)
    done = _clear(folder, "--as-of", "2026-11-05")
    assert done.returncode == 0, done.stderr
    assert _body(folder / "out", "consent.json")["standing"] == 2
    done = _release(folder / "out")
    assert done.returncode == 4
    assert "K-CLR-044" in done.stderr


def test_verification_finds_a_record_of_consents_that_does_not_follow(cleared):
    from kouan.clearance.consentcheck import agrees
    from kouan.clearance.declare import read_declaration
    from kouan.model.consent import Consent
    from kouan.model.files import read_document
    from kouan.model.inventory import Inventory

    out = cleared[0] / "out"
    declaration = read_declaration(out / "declaration.yaml")[0]
    consent = read_document(out / "consent.json", Consent)
    raw, treated = (read_document(out / f"{name}.json", Inventory) for name in ("inventory", "inventory-treated"))
    given = {"inventory": raw, "treated": treated, "day": consent.as_of}
    assert agrees(consent, declaration, **given)
    assert not agrees(None, declaration, **given)
    assert not agrees(consent.model_copy(update={"ledger": "other.csv"}), declaration, **given)
    fewer = tuple(one.model_copy(update={"held": 0, "nameless": 0}) for one in consent.tables)
    assert not agrees(consent.model_copy(update={"tables": fewer}), declaration, **given)
    assert not agrees(consent, declaration.model_copy(update={"consent": None}), **given)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("basis: [consent]", "basis: [legal_duty]", "K-CLR-038"),
        ("  purposes: [药物警戒]", "  purposes: [药物警戒]\n  applies_to: [patient]", "K-CLR-038"),
        ("  purposes: [药物警戒]", "", "K-CLR-037"),
        ("column: subject", "column: patient", "K-CLR-035"),
        (", events.csv!events#患者编号]", "]", "K-CLR-039"),
        ("cases.csv!cases#患者编号", "cases.csv!cases#编号", "K-CLR-039"),
        ("  purposes: [药物警戒]", "  purposes: [药物警戒]\n  columns: {under_14: 儿童}", "K-CLR-035"),
        ("  purposes: [药物警戒]", "  purposes: [药物警戒]\n  columns: {recipient: purpose}", "K-CLR-042"),
        ("ledger: consents.csv", "ledger: consent.csv", "K-FMT-"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, old, new, code):
    assert DECLARATION.count(old) == 1
    folder = _lay(tmp_path, declaration=DECLARATION.replace(old, new))
    done = _clear(folder)
    assert done.returncode == 2, done.stdout
    assert code in done.stderr
    assert not (folder / "out").exists()
    assert not [word for word in NAMED if word in done.stderr]


@pytest.mark.parametrize(
    "row",
    [
        "SUBJ-7300541,药物警戒,Global Safety AG,2026-13-05,,是,,",
        "SUBJ-7300541,药物警戒,Global Safety AG,2026-01-05,soon,是,,",
        "SUBJ-7300541,药物警戒,Global Safety AG,2026-01-05,,perhaps,,",
        ",药物警戒,Global Safety AG,,2026-01-05,,,",
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_number_alone(tmp_path, row):
    folder = _lay(tmp_path, ledger=f"{LEDGER}{row}\n")
    done = _clear(folder)
    assert done.returncode == 2
    assert "K-CLR-036" in done.stderr
    assert "Row 7" in done.stderr
    assert not [word for word in (*NAMED, "soon", "perhaps", "2026-13-05") if word in done.stderr]


def test_two_grounds_and_consent_for_one_role(tmp_path):
    text = DECLARATION.replace("basis: [consent]", "basis: [legal_duty, consent]")
    text = text.replace("  purposes: [药物警戒]", "  purposes: [药物警戒]\n  applies_to: patient")
    text = text.replace(", events.csv!events#患者编号]", "]").replace(
        "{path: events.csv, subjects: [patient], items: {不良反应: {meaning: code}}}",
        "{path: events.csv, subjects: [reporter], items: {不良反应: {meaning: code}}}",
    )
    text += "necessity: {items: {患者编号: 按编号衔接同一报告人的多次报告}}\n"
    folder = _lay(tmp_path, declaration=text)
    done = _clear(folder)
    assert done.returncode in {0, 3}, done.stderr
    treated = _body(folder / "out", "decision.json")["treated"]
    flows = {flow["id"]: {fact["name"]: fact["value"] for fact in flow["facts"]} for flow in treated["facts"]["flows"]}
    assert flows["patient"]["consent.separate_complete"] is True
    assert flows["reporter"]["basis.consent"] is False
    assert (folder / "out" / "staged" / "events.csv").read_text("utf-8").count("\n") == 7


def test_where_nobody_consents_nothing_of_anybody_is_staged(tmp_path):
    rows = [row.replace("2026-01-05,,", "2026-01-05,2026-02-02,") for row in LEDGER.splitlines()]
    folder = _lay(tmp_path, ledger="\n".join(rows) + "\n")
    done = _clear(folder)
    assert done.returncode in {0, 3}, done.stderr
    staged = [path.read_text("utf-8").splitlines() for path in (folder / "out" / "staged").iterdir()]
    assert [len(lines) for lines in staged] == [1, 1]
    assert kouan("verify", folder / "out", home=folder / "home").returncode == 0


def test_decide_and_the_portfolio_read_the_ledger_and_leave_nothing(tmp_path):
    folder = _lay(tmp_path / "transfer")
    (folder / "portfolio.yaml").write_text("transfers: [transfer.yaml]\n", "utf-8")
    done = kouan("decide", folder / "transfer.yaml", home=tmp_path / "home")
    assert "5 persons in the data, 2 with standing consent" in " ".join(done.stdout.split())
    for name, place in (
        ("transfer.yaml", lambda one: one),
        ("portfolio.yaml", lambda one: one["entries"][0]["decision"]),
    ):
        done = kouan("decide", folder / name, "--json", home=tmp_path / "home")
        assert done.returncode in (0, 3), done.stderr
        assert not any(value in done.stdout for value in NAMED)
        told = [
            (fact["value"], fact["evidence"])
            for flow in place(json.loads(done.stdout))["facts"]["flows"]
            for fact in flow["facts"]
            if fact["name"] == "consent.separate_complete"
        ]
        assert told == [(False, "consent ledger")]
    assert not (tmp_path / "home" / "consents").exists()
    assert not (tmp_path / "home" / "keys").exists()
