"""Writes the review pages from templates, with the assets that they need."""

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec.structs import replace

from pipeline import __version__
from pipeline.batch.resource_limits import Limits
from pipeline.commands.progress_display import showing_progress
from pipeline.commands.review.annex_view import AnnexView, JsonRow, trust_of
from pipeline.commands.review.pictures import add_pictures, find_pdfs
from pipeline.commands.review.views import list_annexes, read_annex, read_issues
from pipeline.commands.translation.catalogue import open_catalogue
from pipeline.files.atomic import write_content
from pipeline.model import HIGH_CONFIDENCE, LOW_CONFIDENCE

INDEX = "index.html"
_ANNEXES, _PICTURES, _ASSETS = "annexes", "pictures", "assets"


def write_site(run: Path, pdfs: Path, out: Path, limits: Limits) -> Iterator[AnnexView]:
    """Write the review of a run.

    Args:
        pdfs: The folder of the PDFs; folders below are searched too.
        limits: Of drawing an annex's pages: PDFium also draws content that besshi does not read.

    Yields:
        Each annex after its page is written; the index is written last.

    Raises:
        DataError: A file in it is no Parquet file.
    """
    templates = make_templates()
    views = []
    issues = read_issues(run)
    annexes = list_annexes(run, issues)
    read = (read_annex(run, annex, issues.get(annex, [])) for annex in annexes)
    with showing_progress("review", annexes) as display:
        for view in add_pictures(
            read, run, find_pdfs(pdfs), out / _PICTURES, limits, display.watch
        ):
            views.append(replace(view, breaks=None))  # the index needs no line breaks
            page = templates.get_template("annex.html").render(view=view, served=None)
            write_content(out / _ANNEXES / f"{view.annex}.html", page)
            if view.breaks is not None:
                write_content(out / _ANNEXES / f"{view.annex}.breaks.js", write_script(view.breaks))
            display.finish(view.annex)
            yield view
    for name, text in {**read_assets(), **write_languages()}.items():
        write_content(out / _ASSETS / name, text)
    views.sort(key=lambda view: view.doubt, reverse=True)
    write_content(
        out / INDEX, templates.get_template(INDEX).render(views=views, run=run, served=None)
    )


def read_assets(package: str = __package__) -> dict[str, str]:
    """Name → content of the files that the pages load, and that are the same for all annexes.

    Args:
        package: That has the files; by default those of the static pages.
    """
    return {file.name: file.read_text("utf-8") for file in (files(package) / _ASSETS).iterdir()}


def write_languages() -> dict[str, str]:
    """Name → content of the script with the pages' messages in Japanese.

    A value of a message is its number between two NUL there. Browsers let a page on disk load
    scripts, but no JSON.
    """
    catalogue = open_catalogue("ja")
    templates = [
        [
            one.literals,
            one.values,
            one.translation.format(*(f"\0{n}\0" for n in range(len(one.values)))),
        ]
        for one in catalogue.templates
    ]
    data = _to_json({"fixed": catalogue.fixed, "templates": templates})
    return {"japanese.js": f"besshi.japanese = {data};\n"}


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def make_templates() -> Environment:
    """The templates, with autoescape: what comes from a PDF is text, even if it looks like HTML."""
    templates = Environment(
        loader=PackageLoader("pipeline.commands.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"url": quote, "percent": _percent}
    templates.globals |= {
        "version": __version__,
        "sure_from": HIGH_CONFIDENCE,
        "unsure_below": LOW_CONFIDENCE,
        "trust_of": trust_of,
    }
    return templates


def _percent(share: float) -> str:
    """A confidence in percent; rounded down, so that 99.97 % does not become 100 %."""
    return f"{int(share * 1000 + 1e-6) / 10:g} %"


def write_script(breaks: dict[str, Sequence[JsonRow]]) -> str:
    """Line breaks as a script."""
    return f"besshi.showBreaks({_to_json(breaks)});\n"
