"""An archive of three annexes, what a run does of it, and a browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from pipeline.batch import process_annex as annex_module
from pipeline.batch.tasks import Job, Task
from tests.support.annexes import COMMENTS, HEADER, THIRD, letter, ruled_table
from tests.support.pdfs import MakePdf


@pytest.fixture
def archive(make_pdf: MakePdf, tmp_path: Path) -> Path:
    """Three annexes in a folder; files so old that their hashes may be remembered."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    make_pdf(COMMENTS, name="in/good.pdf")
    make_pdf(ruled_table(HEADER, THIRD), name="in/deep/third.pdf")
    make_pdf(letter, name="in/letter.pdf")
    (folder / "letter.yml").write_text("title: a letter\n", encoding="utf-8")
    return folder


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The annexes whose work was done, in order."""
    names: list[str] = []
    write = annex_module.write_results

    def watch(job: Job, task: Task, *rest: object) -> object:
        names.append(task.files.annex)
        return write(job, task, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(annex_module, "write_results", watch)
    return names


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser
        browser.close()
