"""`besshi review --serve` as a user starts and ends it."""

import contextlib
import http.client
import json
import signal
import socket
import subprocess
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipeline.commands.review.served.serving import serve
from pipeline.files import digest
from tests.support.annexes import COMMENTS, FIRST, SECOND, START, besshi, comments_of
from tests.support.pdfs import MakePdf


@pytest.mark.slow
def test_what_was_saved_is_written_when_it_ends(make_pdf: MakePdf, tmp_path: Path) -> None:
    (tmp_path / "raw_pdfs").mkdir()
    make_pdf(COMMENTS, name="raw_pdfs/made.pdf")
    besshi("run", tmp_path / "raw_pdfs", "--out", tmp_path / "parsed")
    command = [*START, "review", "--serve", "--no-open", "--who", "山田"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        text=True,
        **pipes,
        # What a shell starts behind the scenes (`make test &`) is deaf to Ctrl-C, and so is this.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().strip())
        assert address.hostname == "127.0.0.1"
        change = {
            "record": "made-t1-r1",
            "field": "comment",
            "shown": FIRST[1],
            "right": "x",
            "why": "y",
            "who": "z",
            "version": digest(b""),
        }
        headers = {
            "Content-Type": "application/json",
            "Origin": f"http://{address.netloc}",
        }
        with contextlib.closing(http.client.HTTPConnection(address.netloc)) as connection:
            path = f"{address.path}api/made/save"
            connection.request("POST", path, json.dumps(change), headers)
            answer = connection.getresponse()
            assert answer.status == 200, answer.read()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in said
    assert comments_of(tmp_path / "parsed", "made") == ["x", SECOND[1]]


class _Desk:
    """A desk with one annex, which is slow to write."""

    def __init__(self, changed: threading.Event) -> None:
        self.annexes, self.changed, self.written = ("a", "b"), changed, 0
        self.is_writing = threading.Event()

    def opened(self) -> list["_Desk"]:
        return [self]

    def write(self) -> None:
        self.written += 1
        self.is_writing.set()
        if self.written == 1:  # until it is told that the server has stopped
            assert self.changed.wait(10)

    def close(self) -> None:
        """There is nothing to end."""


class _Server:
    """A server that stops while the results of a first save are written."""

    address = "http://127.0.0.1"

    def __init__(self) -> None:
        self.changed = threading.Event()
        self.desk = _Desk(self.changed)

    def serve_forever(self) -> None:
        self.changed.set()
        assert self.desk.is_writing.wait(10)

    def server_close(self) -> None:
        """There is no socket."""


def test_what_is_saved_while_results_are_written_is_written_at_the_end() -> None:
    server: Any = _Server()
    serve(server, server.desk, open_browser=False, tell=lambda _: None)
    assert server.desk.written == 2


def test_a_port_that_is_taken_is_said(make_pdf: MakePdf, tmp_path: Path) -> None:
    assert besshi("run", make_pdf(COMMENTS), "--out", tmp_path / "parsed").exit_code == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = besshi("review", tmp_path / "parsed", "--serve", "--no-open", "--port", port)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"besshi: --port {port}: nothing can listen there (")


def test_a_folder_of_no_run_is_said(tmp_path: Path) -> None:
    result = besshi("review", tmp_path, "--serve", "--no-open", "--project", tmp_path)
    assert (result.exit_code, "no run has written here" in result.stderr) == (3, True)
