"""What is fuzzed beside readers: files that people write (hierarchies, plans, profiles, evaluations of effect).

A file may be refused with an error of ours. One that is taken is used: a plan treats a small table, a profile makes a
plan, an evaluation issues a certificate.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kouan.clearance.certify import _evaluated, _setting, template
from kouan.clearance.certifying import Evaluated, certificate_of
from kouan.clearance.desk import Desk
from kouan.clearance.journey import clear
from kouan.clearance.opening import open_staged
from kouan.clearance.settings import load_settings
from kouan.deidentify import apply_plan, check_plan, make_plan, plan_yaml, preview, read_hierarchies, read_plan
from kouan.deidentify.hierarchy import read_hierarchy
from kouan.dossier.certificate import certificate_docx
from kouan.evidence import FileKeyStore
from kouan.model.evaluation import Evaluation
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.plan import Action, RowRules
from kouan.model.strictyaml import parse
from kouan.model.treatment import Treatment
from kouan.packs import load_sectors, read_profile
from kouan.packs.profiles import builtin_profiles
from kouan.risk import measure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kouan.formats import Source

_DECLARATION = """transfer: {name: t, scenario: retail_analytics, standing: true, mode: controlled}
parties:
  - {role: exporter, name: 某某示例有限公司, uscc: "91110108YY0000028L", ciio: false}
  - {role: recipient, name: Example Ltd, country: IE, contact: privacy@example.com}
purpose: 分析
basis: [consent]
sources:
  - {path: members.csv, subjects: [member], min_age: {member: 14}}
year_to_date: {ordinary: 0, sensitive: 0, as_of: 2026-11-01}
"""
_HIERARCHY = "女;任意\n男;任意\n"
_DEEP = "华北: {北京市: [朝阳区, 海淀区], 天津市: [和平区]}\n华东: {上海市: [黄浦区, 徐汇区]}\n"
_INTERVALS = "intervals: {from: 0, to: 100, widths: [5, 10, 20]}\n"
_BLANK = "kind: evaluation\nversion: 1\n"
_ROWS = (None, RowRules(sample="50%", by="member_id"), RowRules(k=2, over=("members.csv!members#性别",)))
_LINES: tuple[tuple[str, str, dict[str, int | str]], ...] = (
    ("性别", "generalise", {"to": "hierarchy", "file": "sex.csv", "level": 1, "other": "x"}),
    ("性别", "suppress", {"below": 5, "other": "其他"}),
    ("出生日期", "generalise", {"to": "five_years"}),
    ("出生日期", "shift", {"by": "member_id", "days": 365, "time": "drop"}),
    ("amount", "generalise", {"to": "bins", "width": 5, "top": 30, "bottom": 2}),
    ("amount", "generalise", {"to": "rounded", "base": 100}),
    ("amount", "generalise", {"to": "age_band", "width": 5, "top": 80}),
    ("amount", "noise", {"by": "member_id", "form": "laplace", "scale": "0.5", "decimals": 2, "bottom": 0}),
    ("amount", "microaggregate", {"k": 5, "decimals": 1}),
    ("amount", "replace", {"when": "性别", "equals": "女", "value": "x"}),
    ("手机号", "mask", {"keep_start": 3, "keep_end": 4}),
    ("手机号", "pseudonym", {"kind": "member_id", "form": "digits", "length": 11}),
    ("member_id", "pseudonym", {"kind": "member_id", "form": "sealed"}),
    ("备注", "scrub", {"dates": "year"}),
    ("备注", "keep", {"accepted": "理由"}),
)


@dataclass
class Room:
    """A small transfer on which files are tried; nothing of it is kept."""

    folder: Path

    def __post_init__(self) -> None:
        rows = [
            f"M{n:04d},王小{'明红刚'[n % 3]},1380000{n:04d},{'男女'[n % 2]},{1950 + n}-0{1 + n % 9}-11,{n},备注"
            for n in range(40)
        ]
        (self.folder / "members.csv").write_text(
            "\n".join(["member_id,姓名,手机号,性别,出生日期,amount,备注", *rows]) + "\n", encoding="utf-8"
        )
        (self.folder / "sex.csv").write_text(_HIERARCHY, encoding="utf-8")
        (self.folder / "transfer.yaml").write_text(_DECLARATION, encoding="utf-8")
        flags = {"home": str(self.folder / "home"), "as_of": "2026-11-01", "threads": "1", "text_model": "off"}
        self.settings = load_settings(flags, {}, folder=self.folder)
        self.keys = FileKeyStore.open(self.settings.home, create=True)
        self.desk = Desk.open(self.folder / "transfer.yaml", self.settings)
        self.inventory = self.desk.inspect(person_key=bytes(32))
        self.made = self.desk.plan(self.inventory)

    def hierarchy(self, path: Path) -> None:
        """Read a hierarchy and ask for its levels."""
        found = read_hierarchy(path)
        for level in range(found.height + 1):
            assert len(found.at(level)) == len(found.rows)

    def plan(self, path: Path) -> None:
        """Read a plan, treat by it, and write it down again."""
        text = path.read_bytes().decode("utf-8", "replace")
        plan = read_plan(text, "plan.yaml", made=self.made)
        files = read_hierarchies(plan, self.folder, "plan.yaml", made_from=text)
        check_plan(plan, self.inventory, "plan.yaml", text=text, hierarchies=files.read)
        assert read_plan(plan_yaml(plan, self.inventory, "zh"), "plan.yaml") == plan
        preview(plan, self.desk.sources, self.inventory, files.read)
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        sources, read = self.desk.sources, files.read
        apply_plan(plan, sources, self.inventory, keys=self.keys, out=out, threads=1, hierarchies=read)

    def profile(self, path: Path) -> None:
        """Read a profile and plan by it."""
        pack = read_profile(path, user=True)
        decision = self.desk.decide(self.inventory)
        plan = make_plan(self.inventory, decision, self.desk.declaration, load_sectors(), profile=pack)
        check_plan(plan, self.inventory, "plan.yaml", profile=pack)

    def evaluation(self, path: Path) -> None:
        """Read an evaluation and issue what it comes to, without entering it."""
        text = path.read_bytes().decode("utf-8", "replace")
        evaluation = parse(Evaluation, text, "evaluation.yaml", "evaluation")
        found, staged, treated = self._cleared
        setting = _setting(found.declaration, evaluation, found.plan)
        found = replace(found, risk=measure(staged, treated, setting, threads=1))
        certificate = certificate_of(found, evaluation, now=self.settings.clock())
        for lang in ("zh", "en"):
            certificate_docx(certificate, lang=lang)

    @cached_property
    def _cleared(self) -> tuple[Evaluated, tuple[Source, ...], Inventory]:
        out = self.folder / "cleared"
        clear(self.folder / "transfer.yaml", out, settings=self.settings)
        found = _evaluated(out, parse(Evaluation, _BLANK, "evaluation.yaml", "evaluation"), self.settings)
        treatment = read_document(out / "treatment.json", Treatment)
        staged = open_staged(treatment, out / "staged", self.desk.declaration, load_sectors())
        return found, staged, read_document(out / "inventory-treated.json", Inventory)


def _plans(room: Room) -> list[bytes]:
    """Return the plan as it was made, and others that use every transform."""
    made, name = room.made, room.made.lines[0].item.rpartition("#")[0]
    plans = [made.model_copy(update={"rows": rows}) for rows in _ROWS]
    for column, action, params in _LINES:
        changes = {"action": Action(action), "params": params}
        lines = [one.model_copy(update=changes if one.item == f"{name}#{column}" else {}) for one in made.lines]
        plans.append(made.model_copy(update={"lines": tuple(lines)}))
    return [plan_yaml(one, room.inventory, "zh").encode() for one in plans]


def _profiles(_: Room) -> list[bytes]:
    return [path.read_bytes() for path in sorted(builtin_profiles().glob("*.yaml"))]


def _evaluations(_: Room) -> list[bytes]:
    blank = template("en")
    team = "team:\n  - {name: 甲, kind: law, organisation: x}\napprover: {name: 乙, post: 总经理}"
    filled = blank.replace("answer: null, evidence: null", "answer: true, evidence: 第1号").replace("team: []", team)
    return [template("zh").encode(), filled.encode(), _BLANK.encode()]


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of file: its name's end, what to start from, and what is done with it."""

    suffix: str
    seeds: Callable[[Room], list[bytes]]
    used: Callable[[Room, Path], None]


PAPERS = {
    "hierarchy-csv": Paper(
        ".csv", lambda _: [_HIERARCHY.encode(), "1,0-4,*\n2,0-4,*\n".encode("gb18030")], Room.hierarchy
    ),
    "hierarchy-yaml": Paper(".yaml", lambda _: [_DEEP.encode(), _INTERVALS.encode()], Room.hierarchy),
    "plan": Paper(".yaml", _plans, Room.plan),
    "profile": Paper(".yaml", _profiles, Room.profile),
    "evaluation": Paper(".yaml", _evaluations, Room.evaluation),
}
