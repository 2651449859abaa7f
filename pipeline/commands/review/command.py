"""`besshi review`."""

from pathlib import Path

import click

from pipeline.batch.resource_limits import Limits
from pipeline.commands.options import limits_options
from pipeline.commands.progress import check_results
from pipeline.commands.terminal import print_line, print_message


@click.command()
@click.argument("folder", default="parsed", type=click.Path(path_type=Path))
@click.option(
    "--pdfs",
    default="raw_pdfs",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder of the PDFs, to draw pictures of their pages.",
)
@click.option(
    "--out",
    default="review",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to.",
)
@click.option(
    "--serve",
    is_flag=True,
    help="Open the pages in a browser, where corrections are saved; Ctrl-C ends it.",
)
@click.option(
    "--no-open", is_flag=True, help="With --serve: only print the address, open no browser."
)
@click.option(
    "--port",
    default=0,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="With --serve: port to listen on. 0: any free one.",
)
@click.option("--who", help="With --serve: your name.  [default: git's user.name]")
@click.option(
    "--corrections",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --serve: folder of corrections.  [default: corrections, in the project]",
)
@click.option(
    "--project",
    default=".",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="With --serve: folder of the project, where annexes are accepted.",
)
@limits_options
def review(
    folder: Path,
    pdfs: Path,
    out: Path,
    serve: bool,
    limits: Limits,
    no_open: bool,
    port: int,
    who: str | None,
    corrections: Path | None,
    project: Path,
) -> None:
    """Show the records beside the PDFs on web pages, to compare and correct them."""
    from pipeline.commands.review.site import INDEX, write_site

    check_results(folder)
    if serve:
        _serve(folder, pdfs, out, limits, not no_open, port, who, corrections, project)
        return
    for view in write_site(folder, pdfs, out, limits):
        if view.no_picture:
            print_message(f"besshi: warning: {view.annex}: no pictures: {view.no_picture}")
    print_line(str(out / INDEX))


def _serve(
    folder: Path,
    pdfs: Path,
    out: Path,
    limits: Limits,
    open_browser: bool,
    port: int,
    who: str | None,
    corrections: Path | None,
    root: Path,
) -> None:
    from pipeline.batch.discovery import CORRECTIONS
    from pipeline.commands.annex.accept import ask_git
    from pipeline.commands.annex.project import Project
    from pipeline.commands.review.pictures import find_pdfs
    from pipeline.commands.review.served.desk import Desk, Places
    from pipeline.commands.review.served.pages import Pages
    from pipeline.commands.review.served.server import ReviewServer
    from pipeline.commands.review.served.serving import serve
    from pipeline.errors import InputError

    if who is None:
        try:
            who = ask_git(root)
        except InputError:
            who = ""  # the page asks
    places = Places(folder, out / "pictures", corrections or root / CORRECTIONS, Project(root))
    desk = Desk(places, find_pdfs(pdfs), limits)
    server = ReviewServer(desk, Pages(desk, who), port)
    serve(server, desk, open_browser, print_line)
