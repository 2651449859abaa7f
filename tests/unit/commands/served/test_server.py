"""The server answers who knows its address, on this machine and from its own pages: nobody else."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from pipeline.commands.review.served.server import HOST
from tests.support.annexes import COMMENTS, FIRST, besshi
from tests.support.pdfs import MakePdf
from tests.support.serving import Client, serving


@pytest.fixture
def client(in_this_process: None, make_pdf: MakePdf, tmp_path: Path) -> Iterator[Client]:
    (tmp_path / "raw_pdfs").mkdir()
    make_pdf(COMMENTS, name="raw_pdfs/made.pdf")
    besshi("run", tmp_path / "raw_pdfs", "--out", tmp_path / "parsed")
    with serving(tmp_path) as client:
        yield client


def test_it_listens_on_this_machine_only(client: Client) -> None:
    assert client.server.server_address[0] == HOST == "127.0.0.1"
    assert len(client.server.token) >= 32


def test_its_first_page_is_that_of_the_only_annex(client: Client) -> None:
    answer = client.ask("")
    assert (answer.status, answer.headers["Location"]) == (303, "annexes/made.html")
    page = client.ask("annexes/made.html")
    assert page.status == 200
    assert FIRST[1] in page.text
    assert "made" in client.ask("index.html").text
    assert client.ask("assets/served.js").status == 200
    assert client.ask("annexes/made.breaks.js").text.startswith("besshi.showBreaks(")


@pytest.mark.parametrize("token", ["", "x", "index.html", "%C3%A9", "%00", "\\"])
def test_only_who_knows_the_token_is_answered(client: Client, token: str) -> None:
    answer = client.ask("annexes/made.html", token=token)
    assert (answer.status, answer.body) == (403, b"Forbidden\n")
    assert client.ask("annexes/made.html", token=client.server.token[:-1]).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.jp"},  # a name that an attacker lets point to this machine
        {"Host": "127.0.0.1"},
        {"Origin": "http://example.jp"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_page_of_another_origin_is_not_answered(client: Client, headers: dict[str, str]) -> None:
    assert client.ask("annexes/made.html", **headers).status == 403
    change = {"record": "made-t1-r1", "who": "x", "checked": True}
    assert client.ask("api/made/tick", change, **headers).status == 403
    assert not (client.project / "checked").exists()
    assert client.ask("api/made/tick", change).status == 200


def test_a_form_of_another_page_changes_nothing(client: Client) -> None:
    change = b'{"record": "made-t1-r1", "who": "x", "checked": true}'
    for headers in ({"Content_Type": "text/plain"}, {"Origin": ""}):
        assert client.ask("api/made/tick", change, **headers).status == 403
    assert client.ask("api/made/tick").status == 404  # an image of another page asks so
    assert not (client.project / "checked").exists()


@pytest.mark.parametrize(
    "path",
    [
        "../parsed/issues.parquet",
        "assets/../../parsed/issues.parquet",
        "assets/..%2f..%2f..%2fpyproject.toml",
        "assets/%2e%2e/__init__.py",
        "assets//etc/passwd",
        "annexes/../made.html",
        "annexes/..%2fmade.html",
        "annexes/none.html",
        "annexes/none.breaks.js",
        "pictures/made/../made.pdf",
        "pictures/..%2f..%2fraw_pdfs/made.pdf",
        "pictures/made/made.pdf",
        "api/..%2fmade/details",
        "api/none/details",
        "%00",
        "index.html/",
    ],
)
def test_no_path_leads_out_of_the_pages(client: Client, path: str) -> None:
    answer = client.ask(path)
    assert answer.status == 404
    assert "error" in answer.json


def test_what_is_no_request_is_refused(client: Client) -> None:
    for content in (b"", b"{", b"[]", b"\xff", b'{"record": 1}'):
        for what in ("save", "tick", "accept"):
            answer = client.ask(f"api/made/{what}", content)
            assert (answer.status, "malformed" in answer.json["error"]) == (422, True)
    with closing(http.client.HTTPConnection(HOST, client.server.server_port)) as connection:
        connection.putrequest("POST", f"/{client.server.token}/api/made/save")
        for name, value in (
            ("Origin", client.server.origin),
            ("Content-Type", "application/json"),
            ("Content-Length", "99999999999"),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        assert connection.getresponse().status == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD", "TRACE"])
def test_other_methods_do_nothing(client: Client, method: str) -> None:
    with closing(http.client.HTTPConnection(HOST, client.server.server_port)) as connection:
        connection.request(method, f"/{client.server.token}/api/made/save")
        answer = connection.getresponse()
        assert answer.status == 501
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_every_answer_binds_the_browser(client: Client) -> None:
    for answer in (client.ask("annexes/made.html"), client.ask("x"), client.ask("", token="x")):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"  # the token stays here
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not any(name.startswith("Access-Control") for name in answer.headers)


def test_pictures_are_drawn_when_a_page_shows_them(client: Client) -> None:
    page = client.ask("annexes/made.html").text
    name = page.partition('src="../pictures/')[2].partition('"')[0]
    folder = client.project / "review" / "pictures"
    assert not folder.exists()
    answer = client.ask(f"pictures/{name}")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/webp")
    assert answer.body == (folder / name).read_bytes()
    assert client.ask(f"pictures/{name}").body == answer.body


def test_the_process_that_draws_outlives_the_request_that_started_it(client: Client) -> None:
    """Else a browser that closes one connection takes the picture away that another waits for."""
    before, others = set(psutil.Process().children()), set(threading.enumerate())
    name = client.ask("annexes/made.html").text.partition('src="../pictures/')[2].partition('"')[0]
    assert client.ask(f"pictures/{name}").status == 200
    (drawing,) = set(psutil.Process().children()) - before
    for request in set(threading.enumerate()) - others:
        if "process_request" in request.name:
            request.join()
    with pytest.raises(psutil.TimeoutExpired):
        drawing.wait(timeout=0.5)


def test_of_a_pdf_that_is_gone_the_records_are_shown(client: Client) -> None:
    (client.project / "raw_pdfs" / "made.pdf").unlink()
    with serving(client.project) as other:
        page = other.ask("annexes/made.html").text
        assert FIRST[1] in page
        assert "No pictures: made.pdf is not there" in page
        answer = other.save(shown=FIRST[1], right="x")
        assert (answer.status, "nothing can be saved" in answer.json["error"]) == (422, True)
