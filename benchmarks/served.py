"""How soon `besshi review --serve` shows a record of a long annex, and how soon it saves one."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Page, sync_playwright

PATIENCE = 300_000  # ms, on a busy machine


@dataclass(frozen=True, slots=True)
class Waited:
    """How long a person waits."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of the server and its processes, user and system."""

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.cpu:.1f} s of CPU)"


def measure_review(besshi: Sequence[str], project: Path) -> dict[str, Waited]:
    """Review the only annex of a project in Chromium.

    Args:
        besshi: The command.
        project: Has `raw_pdfs`, and in `parsed` what `besshi run` wrote.

    Returns:
        What a person waits for → how long.
    """
    with _served(besshi, project) as (address, cpu), sync_playwright() as playwright:
        # Root has no sandbox, as in the tests.
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), chromium_sandbox=False
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(PATIENCE)
        begin = time.perf_counter(), cpu()

        def waited() -> Waited:
            return Waited(time.perf_counter() - begin[0], cpu() - begin[1])

        page.goto(address, wait_until="commit")
        page.locator(".record .text").first.wait_for()
        found = {"the first record": waited()}
        page.locator("body[data-loaded]").wait_for()
        found["all read, ready to save"] = waited()
        saves = [_save(page, place, cpu) for place in range(3)]
        found["a save"] = min(saves, key=lambda save: save.wall)
        browser.close()
        return found


def _save(page: Page, place: int, cpu: Callable[[], float]) -> Waited:
    record = page.locator(".record").nth(place)
    field = record.locator(".field").filter(has=page.locator(".correct")).first
    field.locator(".text").hover()
    field.locator(".correct").click()
    right = page.locator("#correction-right")
    right.fill(f"{right.input_value()}。")
    begin = time.perf_counter(), cpu()
    page.locator("#correction-save").click()
    record.locator(".flag-corrected").wait_for()
    took = Waited(time.perf_counter() - begin[0], cpu() - begin[1])
    page.wait_for_timeout(3000)  # until the server has written the results, too
    return took


@contextmanager
def _served(besshi: Sequence[str], project: Path) -> Iterator[tuple[str, Callable[[], float]]]:
    """The address of the server, and what says how much CPU it has used."""
    command = [*besshi, "review", "--serve", "--no-open", "--who", "benchmark"]
    environment = {**os.environ, "LANGUAGE": "en"}
    with subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        process = psutil.Process(server.pid)

        def cpu() -> float:
            times = [process.cpu_times()]
            times += [child.cpu_times() for child in process.children(recursive=True)]
            ended = times[0].children_user + times[0].children_system
            return ended + sum(one.user + one.system for one in times)

        try:
            yield server.stdout.readline().strip(), cpu
        finally:
            server.terminate()  # a Ctrl-C would be lost while the server starts a process
