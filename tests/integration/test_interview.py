"""`kouan decide --ask` as people and programs use it: a pipe, a real terminal, JSON step by step."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import sys
import time

import pytest

from kouan.model import strictyaml
from tests.commands import DAY, Transfer, environment, kouan, start

NONE_OF = ("transfer.emergency", "transfer.collected_abroad", "transfer.contract_party", "list.in_zone", "data.hgr")


def converse(*words, lines, home, lang="zh", **options):
    """Run the command line with these lines on standard input."""
    with start("decide", "--ask", *words, home=home, lang=lang, stdin=-1, **options) as process:
        out, err = process.communicate("".join(f"{line}\n" for line in lines), timeout=120)
    assert "Traceback" not in out + err
    return process.returncode, out, err


def stepped(state, home):
    with start("decide", "--ask", "--json", home=home, stdin=-1) as process:
        out, _ = process.communicate(state if isinstance(state, str) else json.dumps(state), timeout=120)
    return process.returncode, json.loads(out)


@pytest.fixture
def opened(tmp_path):
    """A transfer whose declaration leaves two facts open."""
    transfer = Transfer.lay(tmp_path)
    transfer.declare("  data.important: false\n", "")
    transfer.declare("hr.collective_contract: true", "hr.collective_contract: unknown   # 工会在谈")
    return transfer


def test_important_data_decide_at_once(tmp_path):
    status, out, _ = converse(lines=["员工", "y"], home=tmp_path, cwd=tmp_path)
    assert status == 0
    assert "数据中是否包含重要数据？" in out
    assert "合规路径：申报数据出境安全评估" in out
    assert not (tmp_path / "interview.json").exists()


def test_help_why_back_unknown_and_nonsense_keep_the_conversation_going(tmp_path):
    lines = ["1, 12", "b", "?", "w", "maybe", "u", "b", "n", "q"]
    status, out, _ = converse(lines=lines, home=tmp_path, cwd=tmp_path, lang="en")
    assert status == 3
    assert "This is the first question." in out
    assert "Only data notified or published as important data" in out
    assert "These provisions ask for it:" in out
    assert "Art 7(1)(1)" in out
    assert "That was not understood. Answer y or n." in out
    assert out.count("Do the data include important data?") == 2
    kept = json.loads((tmp_path / "interview.json").read_text("utf-8"))
    assert [(one["fact"], one["value"]) for one in kept["answers"]] == [("data.important", False)]
    assert [flow["id"] for flow in kept["flows"]] == ["employee", "patient"]


def test_persons_are_added_later_taken_back_and_asked_about_like_the_others(tmp_path):
    lines = ["u", "f", "员工", "f", "员工，患者", "b", "f", "", "n", "q"]
    status, _, _ = converse(lines=lines, home=tmp_path, cwd=tmp_path)
    kept = json.loads((tmp_path / "interview.json").read_text("utf-8"))
    assert status == 3
    assert [flow["id"] for flow in kept["flows"]] == ["employee"]
    assert [one["fact"] for one in kept["answers"]] == ["data.important"]


def test_at_the_end_further_persons_reopen_the_questions(tmp_path):
    """With important data the end comes after one answer; whoever is added is decided, too."""
    status, out, _ = converse(lines=["员工", "y", "患者"], home=tmp_path, cwd=tmp_path)
    assert status == 0
    assert "已有：员工" in out
    assert "患者：申报数据出境安全评估" in out


def test_an_interview_goes_on_where_it_was_left(tmp_path):
    path = tmp_path / "mine.json"
    converse("--resume", path, lines=["u", "n"], home=tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    status, out, _ = converse("--resume", path, lines=["q"], home=tmp_path)
    assert status == 3
    assert out.lstrip().startswith("第 2 问")


def test_numbers_may_be_ranges_and_are_asked_again(tmp_path):
    state = {
        "as_of": DAY,
        "answers": [{"fact": name, "value": False} for name in ("data.important", *NONE_OF, "exporter.ciio")],
    }
    state["answers"] += [
        {"fact": "flow.personal", "flow": "data", "value": True},
        {"fact": "flow.employee", "flow": "data", "value": False},
    ]
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(state), "utf-8")
    status, out, _ = converse("--resume", path, lines=["5千-", "1-2万", "2万以上", "q"], home=tmp_path)
    assert out.count("没有看懂") == 2
    value = json.loads(path.read_text("utf-8"))["answers"][-1]["value"]
    assert value == {"lo": 20_000, "hi": None}
    assert status == 3


def test_a_declaration_is_asked_only_what_it_leaves_open_and_takes_the_answers(opened, tmp_path):
    before = opened.declaration.read_text("utf-8")
    out = tmp_path / "answered.yaml"
    # No important data, no emergency, a collective contract.
    status, said, _ = converse(opened.declaration, "--out", out, lines=["n", "n", "y"], home=opened.home, lang="en")
    assert status == 0
    assert said.count("> ") == 3
    assert opened.declaration.read_text("utf-8") == before
    written = out.read_text("utf-8")
    assert "hr.collective_contract: true   # 工会在谈" in written
    assert strictyaml.load(written, "").value["facts"]["data.important"] is False
    decided = kouan("decide", out, "--json", home=opened.home)
    assert json.loads(decided.stdout)["possible"][0]["options"] == ["exempt"]
    again = kouan("decide", "--ask", opened.declaration, "--out", out, home=opened.home)
    assert (again.returncode, again.stderr.split()[0]) == (2, "K-CLI-004")


def test_the_copy_is_offered_at_the_end(opened, tmp_path):
    lines = ["n", "n", "y", str(opened.declaration), str(tmp_path / "copy.yaml")]
    status, out, _ = converse(opened.declaration, lines=lines, home=opened.home, lang="en")
    assert status == 0
    assert "The file exists" in out
    assert "data.important: false" in (tmp_path / "copy.yaml").read_text("utf-8")


def test_a_program_walks_by_json(tmp_path):
    status, found = stepped({"as_of": DAY}, tmp_path)
    while found["questions"]:
        assert status == 3 or found["decision"]["determined"]
        one = found["questions"][0]
        value = one["fact"] == "flow.personal" if one["type"] == "bool" else {"lo": 20, "hi": 20}
        state = found["state"]
        state["answers"].append({"fact": one["fact"], "flow": one["flow"], "value": value})
        status, found = stepped(state, tmp_path)
    assert status == 0
    assert (found["least"], found["most"]) == (0, 0)
    assert found["decision"]["determined"]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("", "K-CLI-021"),
        ("[]", "K-CLI-021"),
        ('{"as_of": "2026-11-01", "as_of": "2026-11-02"}', "K-CLI-021"),
        ("{}", "K-MOD-004"),
        ('{"as_of": "2026-11-01", "answer": []}', "K-MOD-003"),
        ('{"as_of": "2026-11-01", "answers": [{"fact": "data.important", "value": 1.5}]}', "K-MOD-005"),
        ('{"as_of": "2026-11-01", "answers": [{"fact": "data.unimportant", "value": true}]}', "K-LAW-002"),
    ],
)
def test_a_state_that_cannot_be_read_is_refused(tmp_path, state, code):
    status, found = stepped(state, tmp_path)
    assert (status, found["error"]["code"]) == (2, code)


@pytest.mark.parametrize("words", [("decide",), ("decide", "--resume", "x"), ("decide", "--ask", "--out", "x")])
def test_words_that_do_not_go_together(tmp_path, words):
    done = kouan(*words, home=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("K-CLI-02")


class Terminal:
    """The command line on a real terminal."""

    def __init__(self, *words, home, cwd):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            environ = environment(home, lang="zh") | {"TERM": "xterm", "COLUMNS": "80", "LINES": "40"}
            os.execve(sys.executable, [sys.executable, "-m", "tests.noon", "decide", "--ask", *words], environ)
        self.seen = ""

    def expect(self, text):
        limit = time.monotonic() + 60
        while text not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0, limit - time.monotonic()))
            assert ready, self.seen
            try:
                data = os.read(self.master, 4096)
            except OSError:
                data = b""
            assert data, self.seen
            self.seen += data.decode("utf-8", errors="replace")
        self.seen = self.seen[self.seen.index(text) + len(text) :]

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.master)
        return status


def test_on_a_terminal(tmp_path):
    terminal = Terminal(home=tmp_path / "home", cwd=tmp_path)
    terminal.expect("> ")
    terminal.type("患者\n")
    terminal.expect("是否包含重要数据？")
    terminal.expect("> ")
    terminal.type("是\n")
    terminal.expect("还有哪些人的个人信息？")
    terminal.expect("> ")
    terminal.type("\n")
    terminal.expect("申报数据出境安全评估")
    assert terminal.end() == 0


@pytest.mark.parametrize("how", ["key", "signal", "end"])
def test_leaving_a_terminal_keeps_the_answers(tmp_path, how):
    terminal = Terminal(home=tmp_path / "home", cwd=tmp_path)
    terminal.expect("> ")
    terminal.type("u\n")
    terminal.expect("> ")
    terminal.type("n\n")
    terminal.expect("第 2 问")
    terminal.expect("> ")
    time.sleep(0.5)  # a signal between the prompt and the read that follows is noticed at the next key only
    if how == "signal":
        os.kill(terminal.pid, signal.SIGTERM)
    else:
        terminal.type("\x03" if how == "key" else "\x04")
    terminal.expect("--resume interview.json")
    assert terminal.end() == (3 if how == "end" else 130)
    assert len(json.loads((tmp_path / "interview.json").read_text("utf-8"))["answers"]) == 1
