"""The local server: answers the browser of this machine, and nobody else.

Only who knows the token in the address is answered; a page of another origin is not, even if it
knows it. Nothing that a request says becomes a path of a file.
"""

import json
import secrets
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from pipeline.commands.review.served.actions import ACTIONS, Json, describe
from pipeline.commands.review.served.desk import Desk
from pipeline.commands.review.served.pages import Pages
from pipeline.commands.review.served.refusals import ConflictError, RefusedError, UnknownError
from pipeline.commands.review.site import read_assets, write_languages
from pipeline.commands.terminal import print_message
from pipeline.errors import BesshiError

HOST = "127.0.0.1"
_MAX_BODY = 1_000_000
"""Bytes of a request; judgement: a hundred times the longest field known."""
_IDLE = 60  # seconds after which a silent connection is closed; judgement: a browser opens another
_TYPES = {"css": "text/css", "js": "text/javascript", "html": "text/html", "webp": "image/webp"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class ReviewServer(ThreadingHTTPServer):
    """Serves a desk on a port of this machine."""

    daemon_threads = True

    def __init__(self, desk: Desk, pages: Pages, port: int = 0) -> None:
        """Listen.

        Args:
            port: 0: any free one.

        Raises:
            BesshiError: The port is taken, or this user may not listen on it.
        """
        self.desk, self.pages = desk, pages
        self.assets = read_assets() | write_languages() | read_assets(__package__)
        self.token = secrets.token_urlsafe(24)
        self.changed = threading.Event()
        """Set when somebody has saved something."""
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise BesshiError(
                f"--port {port}: nothing can listen there ({error.strerror}); name another port, "
                "or leave --port out"
            ) from error

    @property
    def origin(self) -> str:
        """What its addresses begin with."""
        return f"http://{HOST}:{self.server_port}"

    @property
    def address(self) -> str:
        """Where its first page is."""
        return f"{self.origin}/{self.token}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser closes connections as it likes, and all else is answered."""


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    server_version, sys_version = "besshi", ""

    def do_GET(self) -> None:
        if (path := self._allowed()) is not None:
            self._answer(lambda: self._get(path))

    def do_POST(self) -> None:
        if (path := self._allowed(changes=True)) is None:
            return
        try:
            length = int(self.headers.get("Content-Length", ""))
        except ValueError:
            length = -1
        if not 0 <= length <= _MAX_BODY:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        body = self.rfile.read(length)
        self._answer(lambda: self._post(path, body))

    # --- who is answered

    def _allowed(self, changes: bool = False) -> list[str] | None:
        """The parts of the path behind the token; None: the request was refused."""
        token, *path = urlsplit(self.path).path.lstrip("/").split("/")
        origin = self.headers.get("Origin", "" if changes else self.server.origin)
        site = self.headers.get("Sec-Fetch-Site", "same-origin")
        is_ours = (
            self.headers.get("Host") == self.server.origin.removeprefix("http://")
            and origin == self.server.origin
            and site in ("same-origin", "none")
            and secrets.compare_digest(token.encode(), self.server.token.encode())
        )
        if changes and self.headers.get_content_type() != "application/json":
            is_ours = False  # a form of another page can send all else
        if is_ours:
            return [unquote(part) for part in path]
        self._refuse(HTTPStatus.FORBIDDEN)
        return None

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True  # what it sends behind its head is not read
        self._send(status, "text/plain", f"{status.phrase}\n".encode())

    # --- what is answered

    def _answer(self, work: Callable[[], None]) -> None:
        try:
            work()
        except UnknownError as error:
            self._send_json({"error": str(error)}, HTTPStatus.NOT_FOUND)
        except ConflictError as error:
            self._send_json({"error": str(error), "conflict": True}, HTTPStatus.CONFLICT)
        except (RefusedError, BesshiError, OSError) as error:
            if not isinstance(error, ConnectionError):  # else nobody listens any more
                self._send_json({"error": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)
        except Exception as error:  # a bug of besshi must cost this request only
            what = f"besshi failed ({type(error).__name__}: {error}); please report it"
            print_message(f"besshi: error: {self.command} {what}")
            self._send_json({"error": what}, HTTPStatus.INTERNAL_SERVER_ERROR)

    def _get(self, path: list[str]) -> None:
        pages = self.server.pages
        match path:
            case [""] if len(self.server.desk.annexes) == 1:
                self._redirect(f"annexes/{self.server.desk.annexes[0]}.html")
            case [""] | ["index.html"]:
                self._send_text("html", pages.index())
            case ["annexes", name] if name.endswith(".breaks.js"):
                self._send_text("js", pages.breaks(name.removesuffix(".breaks.js")))
            case ["annexes", name] if name.endswith(".html"):
                self._send_text("html", pages.annex(name.removesuffix(".html")))
            case ["assets", name] if name in self.server.assets:
                self._send_text(name.rpartition(".")[2], self.server.assets[name])
            case ["pictures", annex, name]:
                data = self.server.desk.picture(f"{annex}/{name}")
                self._send(HTTPStatus.OK, _TYPES["webp"], data, "private, max-age=86400")
            case ["api", annex, "details"]:
                self._send_json(describe(*self.server.desk.open(annex).details()))
            case _:
                raise UnknownError("there is no such page")

    def _post(self, path: list[str], body: bytes) -> None:
        match path:
            case ["api", annex, ("save" | "tick" | "accept") as what]:
                desk = self.server.desk.open(annex)
                self._send_json(ACTIONS[what](self.server.pages, desk, body))
                self.server.changed.set()
            case _:
                raise UnknownError("there is no such page")

    # --- how it is sent

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", quote(address))
        self._end(b"", "no-store")

    def _send_text(self, kind: str, text: str) -> None:
        self._send(HTTPStatus.OK, f"{_TYPES[kind]}; charset=utf-8", text.encode())

    def _send_json(self, content: Json, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(status, "application/json", json.dumps(content, ensure_ascii=False).encode())

    def _send(self, status: HTTPStatus, kind: str, data: bytes, cache: str = "no-store") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self._end(data, cache)

    def _end(self, data: bytes, cache: str) -> None:
        for name, value in (_HEADERS | {"Cache-Control": cache}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the terminal has the address only."""
