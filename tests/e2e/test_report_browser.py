"""The report in a real browser: no console error, no request, both languages, no sideways scrolling on a phone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.documents import hr_case, open_case
from tests.documents_retail import retail_case
from tests.pages import render

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.servers

INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr",
]
# Added to a copy whose policy is taken out: it uses the switch as a reader does and measures what is shown.
PROBE = """<script>
const shown = (one) => one.getClientRects().length > 0;
const count = (name) => [...document.querySelectorAll("." + name)].filter(shown).length;
const state = () => ({zh: count("zh"), en: count("en"), width: innerWidth, needed: document.documentElement.scrollWidth});
const first = state();
document.querySelector("label[for=lang-en]").click();
const second = state();
document.querySelector("label[for=lang-zh]").click();
document.body.dataset.probe = JSON.stringify([first, second, state()]);
</script>"""


@pytest.fixture(scope="module")
def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is None and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True, capture_output=True)
        subprocess.run(INSTALL, check=True, capture_output=True)
        found = shutil.which("chromium")
    if found is None:
        pytest.fail(f"this test needs Chromium; install it with: sudo {' '.join(INSTALL)}")
    return found


def browse(chromium: str, page: Path, *arguments: str, width: int = 1280) -> subprocess.CompletedProcess[str]:
    profile = page.parent / f"profile-{width}-{len(list(page.parent.iterdir()))}"
    command = [
        chromium,
        *FLAGS,
        f"--user-data-dir={profile}",
        f"--window-size={width},900",
        *arguments,
        page.as_uri(),
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("make", [hr_case, retail_case, open_case])
def test_page_opens_without_errors_or_requests(chromium, make, tmp_path):
    page = tmp_path / "report.html"
    page.write_text(render(make()), encoding="utf-8")
    log = tmp_path / "net.json"
    done = browse(chromium, page, "--dump-dom", f"--log-net-log={log}")
    assert "CONSOLE" not in done.stderr, done.stderr
    assert "<h1>" in done.stdout
    assert [url for url in _requests(log) if url != page.as_uri()] == []


def test_the_log_would_show_a_request(chromium, tmp_path):
    page = tmp_path / "report.html"
    page.write_text('<!doctype html><img src="https://kouan.example/a.png"><script>console.error("x")</script>')
    log = tmp_path / "net.json"
    done = browse(chromium, page, "--dump-dom", f"--log-net-log={log}")
    assert "CONSOLE" in done.stderr
    assert "https://kouan.example/a.png" in _requests(log)


@pytest.mark.parametrize("width", [500, 1280])
def test_switch_shows_one_language_and_nothing_overflows(chromium, width, tmp_path):
    first, english, again = _probe(chromium, render(hr_case()), width, tmp_path)
    assert first["zh"] > 100
    assert first["en"] == 0
    assert english["zh"] == 0
    assert english["en"] > 100
    assert again == first
    for state in (first, english):
        assert state["needed"] <= state["width"]


def test_a_table_of_any_width_scrolls_by_itself_on_a_phone(chromium, tmp_path):
    cells = "".join(f'<t{{0}} class="num">{"9" * 14} what it means, what would help</t{{0}}>' for _ in range(9))
    heads, row = cells.format("h"), cells.format("d")
    table = f'<table class="small"><thead><tr>{heads}</tr></thead><tbody><tr>{row}</tr></tbody></table>'
    page = render(hr_case()).replace('<section id="risk"', f'{table}<section id="risk"')
    assert table in page
    for state in _probe(chromium, page, 500, tmp_path):
        assert state["needed"] <= state["width"]


def test_narrow_phone_needs_no_sideways_scrolling(chromium, tmp_path):
    inner = _unlocked(render(retail_case())).replace("&", "&amp;").replace('"', "&quot;")
    frame = f'<!doctype html><iframe style="width:360px;height:800px;border:0" srcdoc="{inner}"></iframe>'
    measure = """<script>onload = () => {
const root = document.querySelector("iframe").contentDocument.documentElement;
document.body.dataset.probe = JSON.stringify([root.clientWidth, root.scrollWidth]); };</script>"""
    page = tmp_path / "phone.html"
    page.write_text(frame + measure, encoding="utf-8")
    done = browse(chromium, page, "--dump-dom")
    width, needed = _data(done.stdout)
    assert 320 <= width <= 360
    assert needed <= width


def test_screenshot_of_the_page_is_not_blank(chromium, tmp_path):
    page = tmp_path / "report.html"
    page.write_text(render(hr_case(), lang="en"), encoding="utf-8")
    shot = tmp_path / "shot.png"
    browse(chromium, page, f"--screenshot={shot}")
    assert shot.read_bytes().startswith(b"\x89PNG")
    assert shot.stat().st_size > 20_000


def _unlocked(page: str) -> str:
    """The page without its policy, which refuses the probe."""
    return re.sub(r"<meta http-equiv=[^>]*>", "", page)


def _probe(chromium: str, page: str, width: int, folder: Path) -> list[dict[str, int]]:
    path = folder / "probed.html"
    path.write_text(_unlocked(page).replace("</body>", PROBE + "</body>"), encoding="utf-8")
    return _data(browse(chromium, path, "--dump-dom", width=width).stdout)


def _data(dom: str) -> list:
    found = re.search(r'data-probe="([^"]*)"', dom)
    assert found, "the probe did not run"
    return json.loads(found[1].replace("&quot;", '"'))


def _requests(log: Path) -> list[str]:
    """URLs in a Chromium net log, less those the browser asks for itself at its maker's hosts."""
    data = json.loads(log.read_text())
    kinds = {number: name for name, number in data["constants"]["logEventTypes"].items()}
    urls = [
        event["params"]["url"]
        for event in data["events"]
        if kinds[event["type"]] in {"URL_REQUEST_START_JOB", "CORS_REQUEST"} and "url" in event.get("params", {})
    ]
    own = re.compile(r"chrome|data:|https?://([a-z0-9-]+\.)*(google|googleapis|gvt1)\.com/")
    return list(dict.fromkeys(url for url in urls if not own.match(url)))
