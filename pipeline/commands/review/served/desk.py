"""All annexes of a folder of results, as the server shows them."""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.batch.process_pool import LostItem, Worker
from pipeline.batch.resource_limits import Limits
from pipeline.commands.annex.project import Project
from pipeline.commands.review.annex_view import AnnexView
from pipeline.commands.review.pictures import draw_page, find_pdf, name_picture
from pipeline.commands.review.served.annex_desk import AnnexDesk
from pipeline.commands.review.served.refusals import RefusedError, UnknownError
from pipeline.commands.review.served.source import find_source
from pipeline.commands.review.served.ticks import CHECKED, Ticks
from pipeline.commands.review.views import list_annexes, read_annex, read_issues
from pipeline.errors import BesshiError


class Places(Struct, frozen=True):
    """Where everything is."""

    run: Path
    """The folder of results."""
    pictures: Path
    """The folder of pictures; they are drawn when a page shows them."""
    corrections: Path
    """The folder of corrections; that of the ticks is beside it."""
    project: Project

    @property
    def checked(self) -> Path:
        """The folder of the files that say which records are checked."""
        return self.corrections.parent / CHECKED


class _Picture(Struct, frozen=True):
    pdf: Path
    digest: str
    page: int
    origin: str
    out: Path


class Desk:
    """The annexes of a folder; each is opened when its page is asked for."""

    def __init__(self, places: Places, pdfs: Mapping[str, Sequence[Path]], limits: Limits) -> None:
        """Open a folder.

        Args:
            pdfs: Annex → the PDFs of its name.
            limits: Of reading a PDF and of drawing a page.
        """
        self.places, self._pdfs, self._limits = places, pdfs, limits
        self._issues = read_issues(places.run)
        self.annexes = list_annexes(places.run, self._issues)
        self._open: dict[str, AnnexDesk] = {}
        self._pictures: dict[str, _Picture] = {}
        self._lock = threading.Lock()
        self._worker = Worker(limits)
        # The system ends the worker with the thread that started it. That of a request may end,
        # with its connection, while another request waits for a picture.
        self._drawing = ThreadPoolExecutor(max_workers=1)

    def open(self, annex: str) -> AnnexDesk:
        """An annex.

        Raises:
            UnknownError: There is none of that name.
        """
        if annex not in self.annexes:
            raise UnknownError(f"there is no annex {annex}")
        with self._lock:
            if annex not in self._open:
                self._open[annex] = self._make(annex)
            return self._open[annex]

    def opened(self) -> list[AnnexDesk]:
        """The annexes that were asked for."""
        with self._lock:
            return list(self._open.values())

    def _make(self, annex: str) -> AnnexDesk:
        places, pdfs = self.places, self._pdfs.get(annex, ())
        view = read_annex(places.run, annex, self._issues.get(annex, []))
        view = self._add_pictures(view, pdfs)
        try:
            source = find_source(places.run, annex, pdfs) if view.records else "there is no record"
        except BesshiError as error:
            source = str(error)
        ticks = Ticks(places.checked / f"{annex}.json")
        file = places.corrections / f"{annex}.yml"
        return AnnexDesk(view, source, places.project, file, ticks, self._limits)

    def _add_pictures(self, view: AnnexView, pdfs: Sequence[Path]) -> AnnexView:
        """The view with the names of its pictures, none of which need be there yet."""
        if not view.pages:
            return view
        try:
            pdf, digest = find_pdf(self.places.run, view.annex, pdfs)
        except BesshiError as error:
            return replace(view, no_picture=str(error))
        pages = []
        for page in view.pages:
            name = f"{view.annex}/{name_picture(digest, page.number)}"
            out = self.places.pictures / name
            self._pictures[name] = _Picture(pdf, digest, page.number, page.source, out)
            pages.append(replace(page, picture=name))
        return replace(view, pages=pages)

    def picture(self, name: str) -> bytes:
        """The picture of a page, drawn if it is not there yet.

        Raises:
            UnknownError: No page that was asked for has a picture of that name.
            RefusedError: It cannot be drawn.
        """
        picture = self._pictures.get(name)
        if picture is None:
            raise UnknownError(f"there is no picture {name}")
        if not picture.out.exists():
            try:
                self._drawing.submit(self._draw, picture).result()
            except CancelledError as error:
                raise RefusedError("the server is being stopped") from error
        return picture.out.read_bytes()

    def _draw(self, picture: _Picture) -> None:
        if picture.out.exists():  # another request has drawn it meanwhile
            return
        try:
            self._worker.call(_draw, picture)
            answer = self._worker.answer()
        except BesshiError as error:
            raise RefusedError(str(error)) from error
        if isinstance(answer, LostItem):
            raise RefusedError(f"{picture.pdf}: {answer.error}")

    def close(self) -> None:
        """End the process that draws, whether or not it has drawn its picture."""
        self._drawing.shutdown(wait=False, cancel_futures=True)
        self._worker.close()


def _draw(picture: _Picture) -> None:
    draw_page(picture.pdf, picture.digest, picture.page, picture.origin, picture.out)
