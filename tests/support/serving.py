"""A review server in a thread of the test, over a project whose annex has been run."""

import contextlib
import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.batch.resource_limits import Limits
from pipeline.commands.annex.project import Project
from pipeline.commands.review.pictures import find_pdfs
from pipeline.commands.review.served.desk import Desk, Places
from pipeline.commands.review.served.pages import Pages
from pipeline.commands.review.served.server import HOST, ReviewServer
from pipeline.files import digest
from pipeline.files.parquet import read_rows

WHO = "山田"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.body)
        return read

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Client:
    """A browser that says what a test wants it to say."""

    server: ReviewServer
    project: Path
    annex: str = "made"

    def ask(
        self,
        path: str,
        content: object = None,
        token: str | None = None,
        **headers: str,
    ) -> Answer:
        """GET a path behind the token; POST, if there is a content."""
        connection = http.client.HTTPConnection(HOST, self.server.server_port, timeout=60)
        token = self.server.token if token is None else token
        own = {} if content is None else {"Content-Type": "application/json"}
        if content is not None:
            own["Origin"] = self.server.origin
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        body = content if isinstance(content, bytes | None) else json.dumps(content).encode()
        with contextlib.closing(connection):
            method = "GET" if content is None else "POST"
            connection.request(method, f"/{token}/{path}", body, own)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read())

    def save(self, **change: object) -> Answer:
        """Change the comment of the first record; the page was loaded just now."""
        asked = {
            "record": f"{self.annex}-t1-r1",
            "field": "comment",
            "version": self.version,
            "why": "page 1",
            "who": WHO,
        }
        return self.ask(f"api/{self.annex}/save", asked | change)

    @property
    def corrections(self) -> Path:
        return self.project / "corrections" / f"{self.annex}.yml"

    @property
    def version(self) -> str:
        return digest(self.corrections.read_bytes() if self.corrections.exists() else b"")

    def write(self) -> None:
        """Write the results that are not written yet."""
        for desk in self.server.desk.opened():
            desk.write()

    def rows(self, run: str = "parsed") -> list[dict[str, Any]]:
        return read_rows(self.project / run / "records" / f"{self.annex}.parquet")


@contextlib.contextmanager
def serving(project: Path, run: str = "parsed", home: Path | None = None) -> Iterator[Client]:
    """Serve a folder of results of a project; annexes are accepted in it, or in another one."""
    places = Places(
        project / run,
        project / "review" / "pictures",
        project / "corrections",
        Project(home or project),
    )
    desk = Desk(places, find_pdfs(project / "raw_pdfs"), Limits())
    server = ReviewServer(desk, Pages(desk, WHO))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Client(server, project)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        desk.close()
