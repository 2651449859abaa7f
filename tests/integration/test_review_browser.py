"""The review in a real browser (Debian's chromium, headless), by what a person does there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import asdict, replace
from playwright.sync_api import Browser, Locator, Page, expect

from pipeline.curation.corrections import parse_corrections
from pipeline.files.parquet import read_rows
from pipeline.model import AnnexHeader, Normalized
from tests.support.annexes import besshi
from tests.support.reviewing import MARKED, SCRIPT, Reviewed, marked_records, write_files

DESK = (1440, 900)
PHONE = (390, 844)  # CSS pixels of a usual one
HALF = 0.5  # points: what a person could see at a page's edge

Open = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def run(reviewed: Reviewed) -> Path:
    return reviewed.run


@pytest.fixture
def open_page(reviewed: Reviewed, browser: Browser) -> Iterator[Open]:
    """Open a page of the review; whatever goes wrong or out to a network fails the test."""
    wrong: list[str] = []
    contexts = []

    def open_it(
        page: str = "annexes/ota_annex.html",
        size: tuple[int, int] = DESK,
        anchor: str = "",
        **options: Any,
    ) -> Page:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        opened = context.new_page()
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on("console", lambda message: wrong.append(message.text))
        opened.on("requestfailed", lambda request: wrong.append(request.url))
        opened.on("request", lambda r: None if is_local(r.url) else wrong.append(r.url))
        opened.goto((reviewed.review / page).as_uri() + anchor)
        return opened

    yield open_it
    for context in contexts:
        context.close()
    assert wrong == []


def is_local(url: str) -> bool:
    return url.startswith(("file:", "data:"))


def record_rows(run: Path, annex: str = "ota_annex") -> dict[str, dict[str, Any]]:
    """Records by the ids that they have on the page."""
    rows = read_rows(run / "records" / f"{annex}.parquet")
    return {row["record_id"].removeprefix(f"{annex}-"): row for row in rows}


def lit_places(page: Page) -> list[tuple[int, list[float]]]:
    """Page and box (points) of every lit box, as the browser laid it over the picture."""
    places: list[tuple[int, list[float]]] = page.evaluate(
        """() => [...document.querySelectorAll(".boxes i.lit")].map((box) => {
            const page = box.closest(".page");
            const picture = page.querySelector("img").getBoundingClientRect();
            const place = box.getBoundingClientRect();
            const [width, height] = box.closest(".sheet").style.aspectRatio.split("/").map(Number);
            const across = width / picture.width, down = height / picture.height;
            return [Number(page.dataset.page), [
                (place.left - picture.left) * across, (place.top - picture.top) * down,
                (place.right - picture.left) * across, (place.bottom - picture.top) * down]];
        })"""
    )
    return places


def field(page: Page, record: str, name: str) -> Locator:
    return page.locator(f"#{record} .field[data-field='{name}']").first


def shown(page: Page) -> list[str]:
    """The ids of the records that are shown, from top to bottom."""
    records = page.locator(".record:not([hidden])")
    ids: list[str] = records.evaluate_all("(all) => all.map((record) => record.id)")
    return ids


def in_pane(element: Locator, pane: Locator) -> bool:
    inner, outer = element.bounding_box(), pane.bounding_box()
    assert inner and outer
    return inner["y"] >= outer["y"] - 1 and inner["y"] < outer["y"] + outer["height"]


@pytest.mark.parametrize(("record", "name"), [("t1-r4", "comment"), ("t2-r1", "revision")])
def test_a_field_that_is_clicked_shows_its_box(
    open_page: Open, run: Path, record: str, name: str
) -> None:
    page = open_page()
    field(page, record, name).locator(".locate").click()
    boxes = [box for box in record_rows(run)[record]["boxes"] if box["field"] == name]
    places = lit_places(page)
    assert [number for number, _ in places] == [box["page"] for box in boxes]
    for (_, place), box in zip(places, boxes, strict=True):
        expected = [box[side] for side in ("x0", "top", "x1", "bottom")]
        assert place == pytest.approx(expected, abs=HALF)
    lit = page.locator(".boxes i.lit").first
    page.wait_for_timeout(1000)  # until the pane has come to rest
    assert in_pane(lit, page.locator("#pages"))


def test_hovering_lights_the_other_side(open_page: Open, run: Path) -> None:
    page = open_page()
    comment = field(page, "t1-r1", "comment")
    comment.locator(".text").hover()
    box = page.locator(".boxes i.lit")
    expect(box).to_have_attribute("data-of", str(comment.get_attribute("id")))
    page.locator(".boxes i.role-response").first.hover()
    expect(comment).not_to_have_class("lit")
    lit = page.locator(".field.lit")
    expect(lit).to_have_attribute("data-field", "response")
    expect(lit.locator(".text")).to_have_text(record_rows(run)["t1-r1"]["response"])
    page.locator("#search").hover()
    expect(page.locator(".lit")).to_have_count(0)


def test_a_box_that_is_clicked_brings_its_record(open_page: Open) -> None:
    page = open_page(anchor="#page-7")
    box = page.locator("#page-7 .boxes i.role-comment").last
    box.click()
    (of,) = str(box.get_attribute("data-of")).split()
    expect(page.locator(f"#{of}")).to_have_class("field role-comment lit")
    page.wait_for_timeout(1000)
    assert in_pane(page.locator(f"#{of}"), page.locator("#records"))
    expect(page.locator(".record.current")).to_have_attribute("data-page", "7")


def test_a_merged_cell_goes_from_record_to_record(open_page: Open) -> None:
    page = open_page(f"annexes/{MARKED}.html")
    merged = page.locator(".boxes i.role-category")
    merged.hover()
    expect(page.locator(".field.lit")).to_have_count(2)
    for record in ("t1-r1", "t1-r2", "t1-r1"):
        merged.click()
        expect(page.locator(".record.current")).to_have_attribute("id", record)


def test_panes_move_together(open_page: Open) -> None:
    page = open_page()
    page.locator("#records").hover()
    page.locator("#records").evaluate("(pane) => pane.scrollTo(0, pane.scrollHeight)")
    expect(page.locator("#page-number")).to_have_text("10 / 10")
    page.locator("#pages").hover()
    page.wait_for_timeout(1000)
    page.locator("#pages").evaluate("(pane) => pane.scrollTo(0, 0)")
    expect(page.locator("#page-number")).to_have_text("1 / 10")
    page.wait_for_timeout(1000)
    assert in_pane(page.locator("#t1-r1"), page.locator("#records"))


def test_only_records_with_a_flag(open_page: Open, run: Path) -> None:
    page = open_page()
    rows = record_rows(run)
    for flags in (["low_confidence"], ["low_confidence", "clipped"]):
        page.locator(f".chip:has([value={flags[-1]}])").click()
        expected = [name for name, row in rows.items() if set(flags) & set(row["flags"])]
        assert shown(page) == expected
        expect(page.locator("#count")).to_have_text(f"{len(expected)} of {len(rows)} shown")
    away = page.locator(".boxes i.away").count()
    assert 0 < away < page.locator(".boxes i").count()
    page.keyboard.press("Escape")
    assert shown(page) == list(rows)


def test_search_finds_text_over_lines_and_widths(open_page: Open, run: Path) -> None:
    page = open_page()
    for words in ("実地監督", "情報ファイル 4", "ＬＯＧ", "ない言葉"):
        page.keyboard.press("/")
        page.locator("#search").fill(words)
        page.wait_for_timeout(300)
        wanted = "".join(words.lower().split()).replace("ｌｏｇ", "log")
        expected = [
            name
            for name, row in record_rows(run).items()
            if any(
                wanted in "".join((row[role] or "").lower().split())
                for role in ("comment", "original_text", "revision", "response", "submitter")
            )
        ]
        assert shown(page) == expected
        page.keyboard.press("Escape")
    expect(page.locator("#none")).to_be_hidden()


def test_what_was_found_is_marked(open_page: Open) -> None:
    page = open_page(f"annexes/{MARKED}.html")
    for typed, found in (("ガイド", "ｶﾞｲﾄﾞ"), ("abcを見直す", "ＡＢＣを見\n直す")):
        page.locator("#search").fill(typed)
        page.wait_for_timeout(300)
        assert shown(page) == ["t1-r2"]
        marked = page.evaluate("[...CSS.highlights.get('found')].map(String)")
        assert marked == [found]
    page.locator("#search").fill("ない")
    expect(page.locator("#none")).to_be_visible()
    page.locator("#clear").click()
    assert shown(page) == ["t1-r1", "t1-r2"]


def test_least_sure_first(open_page: Open, run: Path) -> None:
    page = open_page()
    rows = record_rows(run)
    page.keyboard.press("s")
    assert shown(page) == sorted(rows, key=lambda name: rows[name]["confidence"])
    page.keyboard.press("s")
    assert shown(page) == list(rows)


def test_headings_stand_over_records_that_are_shown(open_page: Open, run: Path) -> None:
    page = open_page()
    heads = page.locator(".table-head:visible")
    assert heads.count() == 4
    page.keyboard.press("s")
    expect(heads).to_have_count(0)
    page.locator(".chip:has([value=clipped])").click()
    page.keyboard.press("s")
    expect(heads).to_have_count(1)  # one record of the first table
    page.keyboard.press("Escape")
    expect(heads).to_have_count(4)


def test_records_and_fields_by_keys(open_page: Open) -> None:
    page = open_page()
    for key, record in zip("jjjk", ("t1-r1", "t1-r2", "t1-r3", "t1-r2"), strict=True):
        page.keyboard.press(key)
        expect(page.locator(".record.current")).to_have_attribute("id", record)
        expect(page.locator(f"#{record}")).to_be_focused()
    for key, name in zip("llh", ("number", "original_text", "number"), strict=True):
        page.keyboard.press(key)
        expect(page.locator(".field.lit")).to_have_attribute("data-field", name)
        expect(field(page, "t1-r2", name).locator(".locate")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("#page-number")).to_have_text("2 / 10")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("js")  # letters here, no commands
    expect(page.locator("#search")).to_have_value("js")


def test_the_redline_takes_the_place_of_both_texts(open_page: Open, run: Path) -> None:
    page = open_page()
    page.keyboard.press("r")
    for name, row in record_rows(run).items():
        redline = page.locator(f"#{name} .redline")
        if row["revision_kind"] in ("none", "note"):
            expect(redline).to_have_count(0)
            expect(field(page, name, "revision")).to_be_visible()
            continue
        expect(field(page, name, "original_text")).to_be_hidden()
        for tag, op in (("ins", "insert"), ("del", "delete")):
            runs = [run["text"] for run in row["redline"] if run["op"] == op]
            assert redline.locator(tag).all_text_contents() == runs
    page.locator("#t1-r1 .redline .locate").click()
    assert len(lit_places(page)) == 2


def test_line_breaks_and_why(open_page: Open, run: Path) -> None:
    page = open_page()
    ends = [
        row
        for row in read_rows(run / "breaks" / "ota_annex.parquet")
        if (row["record_id"], row["field"]) == ("ota_annex-t1-r1", "original_text")
    ]
    page.keyboard.press("j")
    page.keyboard.press("l")
    page.keyboard.press("l")
    page.keyboard.press("w")
    block = field(page, "t1-r1", "original_text").locator(".breaks")
    expect(block).to_be_visible()
    lines = [*(end["before"] for end in ends), ends[-1]["after"]]
    assert block.locator(".physical").all_text_contents() == lines
    for shown_end, end in zip(block.locator(".end").all(), ends, strict=True):
        expect(shown_end).to_contain_text("kept" if end["kept"] else "undone")
        geometry = f"geometry {'−' if end['geometry'] < 0 else '+'}{abs(end['geometry']):.1f}"
        assert (geometry in shown_end.inner_text()) == (abs(end["geometry"]) >= 0.05)
    page.keyboard.press("w")
    expect(block).to_have_count(0)


def test_a_correction_is_copied_as_yaml(open_page: Open) -> None:
    """What is pasted says, read as YAML, what stood there and what was typed."""
    page = open_page(f"annexes/{MARKED}.html", permissions=["clipboard-read", "clipboard-write"])
    record = marked_records()[0]
    texts = {
        "number": record.number,
        "category": record.category,
        "comment": record.comment,
        "response": record.response,
        **record.extra,
    }
    for name, text in texts.items():
        value = page.locator(f"#t1-r1 .field[data-field='{name}']")
        value.hover()
        value.locator(".correct").click()
        right = f"{text or '一行目'}\n二行目: 'x' \"y\"\n- z"
        page.locator("#correction-right").fill(right)
        page.locator("#correction-why").fill("原本は: # そう")
        page.locator("#correction-who").fill("山田")
        page.locator("#correction-copy").click()
        expect(page.locator("#correction-done")).to_have_text("Copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
        (read,) = parse_corrections(copied.encode())  # as a run reads it
        (entry,) = yaml.safe_load(copied)
        assert asdict(read) == entry
        assert entry == {
            "record": record.record_id,
            "field": name,
            "found": text,
            "right": right,
            "why": "原本は: # そう",
            "who": "山田",
        }
        page.keyboard.press("Escape")
    page.locator("#t1-r2 .locate").first.click()
    page.keyboard.press("c")
    expect(page.locator("#correction-who")).to_have_value("山田")  # remembered


def test_markup_in_cells_is_shown_and_not_run(open_page: Open) -> None:
    for path in ("index.html", f"annexes/{MARKED}.html"):
        page = open_page(path)
        assert page.title() != "run"
        assert page.get_by_text(SCRIPT).count() > 0
    expect(field(page, "t1-r1", "comment").locator(".text")).to_have_text(SCRIPT)


def test_light_and_dark(open_page: Open) -> None:
    def paper(page: Page) -> int:
        """How light the first record is, 0-255."""
        color = page.locator(".record").first.evaluate("(r) => getComputedStyle(r).backgroundColor")
        return int(color.removeprefix("rgb(").split(",")[0])

    light, dark = (open_page(color_scheme=scheme) for scheme in ("light", "dark"))
    assert paper(light) > 200
    assert paper(dark) < 60
    dark.keyboard.press("d")
    assert paper(dark) > 200
    dark.reload()
    assert paper(dark) > 200  # remembered


@pytest.mark.parametrize("path", ["index.html", "annexes/ota_annex.html"])
def test_a_phone_has_nothing_beside_the_screen(open_page: Open, path: str) -> None:
    page = open_page(path, PHONE, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    if path != "index.html":
        comment = field(page, "t1-r2", "comment")
        comment.locator(".locate").tap()
        page.wait_for_timeout(1000)
        assert in_pane(page.locator(".boxes i.lit"), page.locator("#pages"))
        assert in_pane(comment, page.locator("#records"))
        expect(comment.locator(".correct")).to_be_visible()  # no mouse is needed for it


def test_from_the_list_to_an_issues_place(open_page: Open) -> None:
    page = open_page("index.html")
    names = page.locator(".annex h3").all_text_contents()
    assert names == ["broken", MARKED, "ota_annex"]
    issues = page.locator(".annex", has_text="ota_annex").locator(".issues")
    issues.locator("summary").click()
    issues.locator("a").first.click()
    expect(page.locator(".record.current")).to_have_attribute("id", "t1-r20")
    page.locator(".back").click()
    expect(page.locator(".annexes")).to_be_visible()


def test_pictures_are_loaded_as_they_come_into_view(open_page: Open) -> None:
    page = open_page(size=(1440, 500))
    loaded = "[...document.querySelectorAll('.sheet img')].map((i) => i.complete)"
    page.wait_for_timeout(300)
    first = page.evaluate(loaded)
    assert first[0] and not first[-1]
    page.locator("#page-10").scroll_into_view_if_needed()
    page.wait_for_function(f"() => {loaded}.at(-1)")


def test_zoom_keeps_boxes_on_their_place(open_page: Open, run: Path) -> None:
    page = open_page()
    page.keyboard.press("j")
    page.keyboard.press("l")
    page.keyboard.press("l")
    before = lit_places(page)
    width = page.locator("#page-1").evaluate("(page) => page.clientWidth")
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert page.locator("#page-1").evaluate("(p) => p.clientWidth") == pytest.approx(1.5 * width, 2)
    ((number, place),) = lit_places(page)
    assert (number, place) == (before[0][0], pytest.approx(before[0][1], abs=HALF))


def write_many_pages(ota: Normalized, run: Path) -> None:
    """The annex of the mission 40 times over: 400 pages and 2,040 records."""
    records, pages = [], []
    for copy in range(40):
        shift = 10 * copy
        for one in ota.records:
            table = one.table_index + 4 * copy
            records.append(
                replace(
                    one,
                    annex="many",
                    record_id=f"many-t{table}-r{one.row_index}",
                    table_index=table,
                    page_first=one.page_first + shift,
                    page_last=one.page_last + shift,
                    boxes=[replace(box, page=box.page + shift) for box in one.boxes],
                )
            )
        pages += [replace(page, annex="many", page=page.page + shift) for page in ota.pages]
    write_files(Normalized(AnnexHeader("many", "0" * 64), records=records, pages=pages), run)


class Work:
    """What a page has done since it was asked last, counted: the same on every machine."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        for command in ("Performance.enable", "Profiler.enable"):
            self._session.send(command)
        self._session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
        self._last: dict[str, float] = {}

    def done(self) -> dict[str, float]:
        """Blocks of script that were run, styles and layouts computed; and what there is now."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        now = {metric["name"]: float(metric["value"]) for metric in metrics}
        before, self._last = self._last, now
        scripts = self._session.send("Profiler.takePreciseCoverage")["result"]  # since the last
        return {
            "blocks": sum(
                block["count"]
                for script in scripts
                if script["url"].startswith("file:")
                for function in script["functions"]
                for block in function["ranges"]
            ),
            "layouts": now["LayoutCount"] - before.get("LayoutCount", 0),
            "styles": now["RecalcStyleCount"] - before.get("RecalcStyleCount", 0),
            "nodes": now["Nodes"],
            "boxes": now["LayoutObjects"],
        }


def assert_within(done: dict[str, float], **most: float) -> None:
    assert {name: done[name] for name in most if done[name] > most[name]} == {}


FRAMES = 60
SCROLL = """([name, frames]) => new Promise((done) => {
    const pane = document.querySelector(name);
    const step = () => {
        pane.scrollTop += 100;
        if (--frames) requestAnimationFrame(step); else done();
    };
    step();
})"""


@pytest.mark.slow
def test_400_pages_stay_fluid(ota_normalized: Normalized, browser: Browser, tmp_path: Path) -> None:
    """What is not in view costs no layout, a frame or a key next to no script.

    Measured when this was written: see the numbers behind the limits.
    """
    write_many_pages(ota_normalized, tmp_path / "run")
    assert besshi("review", tmp_path / "run", "--out", tmp_path / "out").exit_code == 0
    page = browser.new_page()
    work = Work(page)
    page.goto((tmp_path / "out" / "annexes" / "many.html").as_uri())
    assert page.locator(".page").count() == 400
    # 12,000 blocks; 335,000 nodes, of which only what is in view has a box: 6,000
    assert_within(work.done(), blocks=40_000, nodes=500_000, boxes=20_000, layouts=40)
    for pane in ("#pages", "#records"):
        page.locator(pane).hover()
        work.done()
        page.evaluate(SCROLL, [pane, FRAMES])
        # a frame: 40 blocks, 1 layout, 2 styles; boxes 10,000 in all
        assert_within(
            work.done(), blocks=200 * FRAMES, layouts=3 * FRAMES, styles=6 * FRAMES, boxes=30_000
        )
    # 70 blocks for j, 28 a record for s, 6 for r, 700 a record for the first search
    for keys, blocks in (("j", 1000), ("s", 200_000), ("r", 1000), ("/通知カード", 5_000_000)):
        work.done()
        page.keyboard.press(keys[0])
        page.keyboard.type(keys[1:])
        page.wait_for_timeout(300)
        assert_within(work.done(), blocks=blocks, layouts=30, styles=60, boxes=40_000)
    assert 0 < len(shown(page)) < 2040
    page.context.close()


ENGLISH = """
    () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const text = walker.currentNode.data.trim();
        const parent = walker.currentNode.parentElement;
        const data = parent.closest("script, .text, .issues, h1, [lang]:not(html)");
        if (/[A-Za-z]{2,} [a-z]{2,}/.test(text) && !data) found.push(text);
      }
      return found;
    }
"""
"""The texts of a page that are still in English."""


@pytest.mark.parametrize("path", ["index.html", "annexes/ota_annex.html"])
def test_the_pages_are_in_japanese_for_who_reads_it(open_page: Open, path: str) -> None:
    page = open_page(path, locale="ja-JP")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    assert page.evaluate(ENGLISH) == []
    if path != "index.html":
        expect(page.locator("#count")).to_have_text("51件中51件を表示")
        expect(page.locator("figcaption").first).to_contain_text("1ページ 文字情報 · 2,661字")
        for key in "jllw":
            page.keyboard.press(key)
        expect(page.locator(".end b").first).to_have_text("↵ 維持")
        assert page.evaluate(ENGLISH) == []


def test_a_name_is_no_word_of_the_page(open_page: Open) -> None:
    page = open_page("index.html", locale="ja-JP")
    name = page.locator("h3 a").first
    name.evaluate("(link) => { link.firstChild.data = 'comment'; }")
    expect(page.locator("dt").first).to_have_text("別紙")
    expect(name).to_have_text("comment")


def test_on_paper_there_are_the_records_and_no_controls(open_page: Open) -> None:
    page = open_page()
    page.emulate_media(media="print")
    for control in (".tools", ".pane:has(#pages)", "#help-button", "#language"):
        expect(page.locator(control)).to_be_hidden()
    expect(page.locator(".record .text").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight > 10 * innerHeight")


def test_the_language_is_switched_and_stays(open_page: Open) -> None:
    page = open_page()
    toggle = page.locator("#unsure-first")
    expect(toggle).to_have_text("Least sure first")
    page.get_by_role("button", name="日本語").click()
    expect(toggle).to_have_text("確信度の低い順")
    page.reload()
    expect(toggle).to_have_text("確信度の低い順")
    page.get_by_role("button", name="English").click()
    expect(toggle).to_have_text("Least sure first")
