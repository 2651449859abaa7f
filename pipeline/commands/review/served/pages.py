"""Renders what the server shows, from the templates of the static pages."""

from collections.abc import Sequence

from msgspec import Struct

from pipeline.commands.review.annex_view import RecordView
from pipeline.commands.review.served.annex_desk import AnnexDesk
from pipeline.commands.review.served.desk import Desk
from pipeline.commands.review.served.ticks import Tick
from pipeline.commands.review.site import INDEX, make_templates, write_script


class Served(Struct, frozen=True):
    """What a page on the server knows besides the annex."""

    version: str
    """Of the file of corrections."""
    who: str
    """Who works here, as far as git knows."""
    ticks: dict[str, Tick]
    """Record id → who has checked it."""
    corrections: str
    """The file of corrections, as a person would write it."""
    alone: bool
    """There is no other annex to go back to."""


class Pages:
    """Renders the pages of a desk."""

    def __init__(self, desk: Desk, who: str) -> None:
        self._desk, self._who = desk, who
        self._templates = make_templates()

    def index(self) -> str:
        """The list of all annexes."""
        desks = {annex: self._desk.open(annex) for annex in self._desk.annexes}
        views = sorted((one.view() for one in desks.values()), key=lambda v: v.doubt, reverse=True)
        ticks = {annex: len(desk.ticks()) for annex, desk in desks.items()}
        template = self._templates.get_template(INDEX)
        return template.render(views=views, run=self._desk.places.run, served=ticks)

    def annex(self, annex: str) -> str:
        """The page of an annex."""
        desk = self._desk.open(annex)
        view = desk.view()
        return self._templates.get_template("annex.html").render(
            view=view, served=self._served(desk)
        )

    def breaks(self, annex: str) -> str:
        """The script with the line breaks of an annex."""
        return write_script(self._desk.open(annex).view().breaks or {})

    def records(self, desk: AnnexDesk, records: Sequence[RecordView]) -> dict[str, str]:
        """Id of a record on the page → the HTML of that record alone."""
        served = self._served(desk)
        template = self._templates.get_template("changed_record.html")
        return {one.id: template.render(record=one, served=served) for one in records}

    def _served(self, desk: AnnexDesk) -> Served:
        alone = len(self._desk.annexes) == 1
        return Served(desk.version, self._who, desk.ticks(), str(desk.file), alone)
