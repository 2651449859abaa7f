"""PDFs on a web server."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.files import find_files, is_web, look_up_file, open_folder, read_file, web_stem
from pipeline.files import web as reading
from tests.support.annexes import COMMENTS, assert_whole, besshi
from tests.support.pdfs import MakePdf

NOWHERE = "http://127.0.0.1:9/plan.pdf"  # the port "discard", where nobody listens


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path.startswith("/secret"):
            self.send_error(403, "Forbidden")
        else:
            super().do_GET()


class _Unversioned(_Quiet):
    def send_header(self, keyword: str, value: str) -> None:
        if keyword != "Last-Modified":
            super().send_header(keyword, value)


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a server of the test's folder."""
    handler = partial(getattr(request, "param", _Quiet), directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_an_annex_is_read_from_its_address(site: str, make_pdf: MakePdf, tmp_path: Path) -> None:
    make_pdf(COMMENTS, name="別紙.pdf")
    (tmp_path / "別紙.yml").write_text("records: 7\n", encoding="utf-8")  # nobody asked for it
    out = tmp_path / "out"
    for address in (f"{site}/別紙.pdf", f"{site}/%E5%88%A5%E7%B4%99.pdf?download=1"):
        result = besshi("run", address, "--out", out)
        assert result.exit_code == 0, result.stderr
        assert_whole(out, "別紙")


def test_what_has_not_changed_is_not_fetched(
    site: str, make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_pdf(COMMENTS, name="plan.pdf")
    for _ in range(2):
        result = besshi("run", f"{site}/plan.pdf", "--out", tmp_path / "out")
        monkeypatch.setattr(reading, "LARGEST", 0)  # whoever fetches it now fails
    assert result.exit_code == 0, result.stderr
    assert "unchanged 1" in result.stderr


@pytest.mark.parametrize("site", [_Unversioned], indirect=True)
def test_a_server_that_tells_no_version_is_asked_each_time(
    site: str, make_pdf: MakePdf, tmp_path: Path
) -> None:
    make_pdf(COMMENTS, name="plan.pdf")
    versions = {find_files(f"{site}/plan.pdf")[0].version for _ in range(2)}
    assert len(versions) == 2


def test_what_is_not_there_is_told_from_who_is_not_there(site: str, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"")
    for address, said in (
        (f"{site}/no.pdf", "there is no such file (404"),
        (f"{site}/secret.pdf", "the server refuses it (403 Forbidden)"),
        (NOWHERE, "the server cannot be reached ("),
        ("https://[", "the server cannot be reached ("),
        (f"{site}/", "names no file"),
    ):
        result = besshi("run", address, "--out", tmp_path / "out")
        assert result.exit_code == 3, address
        assert f"besshi: {address}: {said}" in result.stderr
        assert ("no such file" in result.stderr) == ("no.pdf" in address)


def test_a_file_beyond_all_annexes_is_refused(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.pdf").write_bytes(b"x" * 100)
    monkeypatch.setattr(reading, "LARGEST", 99)
    with pytest.raises(OSError, match="is larger than"):
        read_file(f"{site}/x.pdf")


def test_nothing_is_looked_up_or_written_there(site: str, tmp_path: Path) -> None:
    (tmp_path / "plan.yml").write_text("records: 2", encoding="utf-8")
    assert look_up_file(f"{site}/plan.yml") is None
    with pytest.raises(InputError, match="is on a web server"):
        open_folder(f"{site}/out")


def test_addresses() -> None:
    assert is_web("HTTPS://example.jp/x.pdf")
    assert not is_web("s3://bucket/x.pdf")
    assert web_stem("https://example.jp/a/plan%201.pdf?v=2#page=3") == "plan 1"


def test_a_store_that_does_not_answer_is_said_to_be_unreachable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Could not connect to the endpoint")

    monkeypatch.setattr(MemoryFileSystem, "find", fail)
    with pytest.raises(InputError, match=r"cannot be reached \(Could not connect"):
        find_files("memory://bucket/plan.pdf")
