"""The served review in a real browser: corrected, checked and accepted, by clicks and by keys."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.curation.corrections import parse_corrections
from tests.conftest import MakePdf
from tests.support.annexes import besshi
from tests.support.pdfs import OTA
from tests.support.serving import Client, serving

ANNEX = "ota_annex"
MOST_CLICKS = 8
PATIENCE = 60_000  # ms, on a busy machine

Open = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.fixture
def client(in_this_process: None, ota_run: Path, tmp_path: Path) -> Iterator[Client]:
    """A project whose annex is that of the mission, as `besshi run` has read it."""
    (tmp_path / "raw_pdfs").mkdir()
    shutil.copy(OTA, tmp_path / "raw_pdfs")
    shutil.copytree(ota_run, tmp_path / "parsed")
    with serving(tmp_path) as client:
        yield Client(client.server, client.project, ANNEX)


@pytest.fixture
def open_page(client: Client, browser: Browser) -> Iterator[Open]:
    """Open the server's first page; whatever goes wrong, or out to another place, fails the test.

    A refusal that the test asks for is an error of the console, too: it says so.
    """
    wrong: list[str] = []
    contexts = []

    def open_it(**options: Any) -> Page:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: None if "409" in m.text else wrong.append(m.text))
        page.on("request", lambda r: None if is_ours(r.url, client) else wrong.append(r.url))
        page.add_init_script(
            "window.clicks = 0; addEventListener('click', (e) => { clicks += e.isTrusted; }, true)"
        )
        page.goto(client.server.address)
        await_server(page)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert wrong == []


def await_server(page: Page) -> None:
    """Wait until the server has read the annex into its memory."""
    page.locator("body[data-loaded]").wait_for(timeout=PATIENCE)
    expect(page.locator(".record.current")).to_have_count(1)


def is_ours(url: str, client: Client) -> bool:
    return url.startswith((client.server.address, "data:"))


def text_of(page: Page, record: str, name: str) -> str:
    return str(page.locator(f"#{record} .field[data-field='{name}'] .text").first.text_content())


def correct(page: Page, record: str, name: str, old: str, new: str) -> None:
    """What a person does: point at a field, Correct…, type, Save."""
    field = page.locator(f"#{record} .field[data-field='{name}']").first
    field.locator(".text").hover()
    field.locator(".correct").click()
    right = page.locator("#correction-right")
    right.fill(right.input_value().replace(old, new))
    page.locator("#correction-save").click()


def turn_line_end(page: Page, record: str, name: str, place: int) -> None:
    """What a person does: point at a field, its line breaks, the one that is wrong, Save."""
    field = page.locator(f"#{record} .field[data-field='{name}']").first
    field.locator(".text").hover()
    field.locator(".show-breaks").click()
    field.locator(".turn").nth(place).click()
    field.locator(".save-line-ends").click()


def test_corrected_and_accepted_in_eight_clicks(open_page: Open, client: Client) -> None:
    """One wrong text, one wrong line break; no file is edited by hand."""
    page = open_page()
    before = text_of(page, "t1-r1", "original_text")
    correct(page, "t1-r3", "comment", "不十分", "十分でない")
    expect(page.locator("#told-what")).to_have_text("Saved.")
    expect(page.locator("#t1-r3 .flag-corrected")).to_be_visible()
    assert "十分でない" in text_of(page, "t1-r3", "comment")
    turn_line_end(page, "t1-r1", "original_text", 0)
    expect(page.locator("#t1-r1 .flag-corrected")).to_be_visible()
    after = text_of(page, "t1-r1", "original_text")
    assert (after.replace("\n", ""), after.count("\n")) == (
        before.replace("\n", ""),
        before.count("\n") - 1,
    )
    page.locator("#accept").click()
    page.locator("#acceptance-do").click()
    expect(page.locator("#acceptance-next")).to_contain_text("git add ")
    assert page.evaluate("clicks") <= MOST_CLICKS

    corrections = parse_corrections(client.corrections.read_bytes())
    assert [c.field for c in corrections] == ["comment", "original_text"]
    truth = json.loads((client.project / "tests/golden/ota_annex.json").read_text("utf-8"))
    assert truth["accepted"]["who"] == "山田"
    checked = besshi("annex", "check", "--project", client.project)
    assert checked.stdout == "ota_annex: same: 51 records\n"


def test_the_page_shows_the_same_when_it_is_loaded_again(open_page: Open) -> None:
    page = open_page()
    turn_line_end(page, "t1-r1", "original_text", 0)
    expect(page.locator("#t1-r1 .flag-corrected")).to_be_visible()
    shown = text_of(page, "t1-r1", "original_text")
    page.reload()
    await_server(page)
    assert text_of(page, "t1-r1", "original_text") == shown
    # The line end is shown as it is now, and turning it back takes the correction away.
    field = page.locator("#t1-r1 .field[data-field='original_text']")
    field.locator(".text").hover()
    field.locator(".show-breaks").click()
    expect(field.locator(".turn").first).to_contain_text("undone")
    field.locator(".turn").first.click()
    field.locator(".save-line-ends").click()
    expect(page.locator("#t1-r1 .flag-corrected")).to_have_count(0)


def test_what_was_saved_is_undone(open_page: Open, client: Client) -> None:
    page = open_page()
    before = text_of(page, "t1-r3", "comment")
    correct(page, "t1-r3", "comment", "不十分", "十分でない")
    page.locator("#told-undo").click()
    expect(page.locator("#told-what")).to_have_text("Undone.")
    assert text_of(page, "t1-r3", "comment") == before
    assert not client.corrections.exists()


def test_what_the_page_tells_is_in_japanese_for_who_reads_it(open_page: Open) -> None:
    page = open_page(locale="ja-JP")
    correct(page, "t1-r3", "comment", "不十分", "十分でない")
    expect(page.locator("#told-what")).to_have_text("保存しました。")
    page.keyboard.press("c")
    expect(page.locator("#correction-why")).to_have_value("1ページと見比べた")
    page.keyboard.press("Escape")
    page.locator("#told-undo").click()
    expect(page.locator("#told-what")).to_have_text("取り消しました。")
    sentence = "its revision is cut: 「甲」; revision ends in mid-sentence 「乙」"
    page.evaluate("(text) => besshi.tell(text)", sentence)
    expect(page.locator("#told-what")).to_have_text(
        "修正後 が途中で切れています: 「甲」; 修正後 文の途中で終わっています 「乙」"
    )


def test_what_a_phone_is_told_can_be_read(open_page: Open) -> None:
    page = open_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("(text) => besshi.tell(text, { reload: true })", "a sentence of words " * 6)
    bar = page.locator("#told").bounding_box()
    assert bar is not None
    assert bar["height"] < 390 / 2


def test_an_annex_without_records_is_shown_and_nothing_is_refused(
    in_this_process: None, browser: Browser, make_pdf: MakePdf, tmp_path: Path
) -> None:
    (tmp_path / "raw_pdfs").mkdir()
    make_pdf(lambda sheet: sheet.drawString(60, 60, "A letter."), name="raw_pdfs/letter.pdf")
    besshi("run", tmp_path / "raw_pdfs", "--out", tmp_path / "parsed")
    asked: list[str] = []
    with serving(tmp_path) as client, closing(browser.new_context()) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{client.server.address}annexes/letter.html")
        expect(page.locator(".records > .notice").first).to_contain_text("no comment table")
        page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/api/" in url]


def test_two_people_lose_nothing(open_page: Open, client: Client) -> None:
    """Who saves second is told, and finds what was typed again."""
    one, other = open_page(), open_page()
    correct(one, "t1-r3", "comment", "不十分", "十分でない")
    expect(one.locator("#t1-r3 .flag-corrected")).to_be_visible()
    correct(other, "t1-r2", "comment", "記載", "記述")
    expect(other.locator("#told-what")).to_contain_text("has changed since this page was loaded")
    other.locator("#told-reload").click()
    expect(other.locator("#correction")).to_be_visible()
    assert "記述" in other.locator("#correction-right").input_value()
    other.locator("#correction-save").click()
    expect(other.locator("#t1-r2 .flag-corrected")).to_be_visible()
    corrections = parse_corrections(client.corrections.read_bytes())
    assert [c.record for c in corrections] == ["ota_annex-t1-r3", "ota_annex-t1-r2"]


def test_checked_by_keys_least_sure_first(open_page: Open, client: Client) -> None:
    page = open_page()
    ids = page.locator(".record").evaluate_all("(all) => all.map((r) => r.id)")
    rows = {row["record_id"].removeprefix("ota_annex-"): row for row in client.rows()}
    assert ids == sorted(rows, key=lambda name: rows[name]["confidence"])
    for i in range(3):
        expect(page.locator(".record.current")).to_have_attribute("id", ids[i])
        page.keyboard.press("x")
        expect(page.locator("#checked-count")).to_have_text(f"{i + 1} of 51 checked")
    page.reload()
    expect(page.locator(".record.current")).to_have_attribute("id", ids[3])
    page.locator(f"#{ids[0]} .check").click()
    expect(page.locator("#checked-count")).to_have_text("2 of 51 checked")


def test_all_by_keys(open_page: Open, client: Client) -> None:
    page = open_page()
    page.keyboard.press("l")
    page.keyboard.press("l")
    page.keyboard.press("l")
    record = page.locator(".record.current").get_attribute("id")
    name = page.locator(".field.lit").get_attribute("data-field")
    page.keyboard.press("c")
    page.keyboard.press("Control+End")
    page.keyboard.type("x")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#{record} .flag-corrected")).to_be_visible()
    (read,) = parse_corrections(client.corrections.read_bytes())
    assert (read.field, read.right) == (name, f"{read.found}x")
    assert page.evaluate("clicks") == 0
