"""`besshi review`."""

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from msgspec import Struct

from pipeline.batch.resource_limits import Limits
from pipeline.commands.options import FOLDER, limits_options
from pipeline.commands.results_folder import check_results
from pipeline.commands.terminal import print_line, print_message

_SERVE = click.option(
    "--serve",
    is_flag=True,
    help="Open the pages in a browser, where corrections are saved; Ctrl-C ends it.",
)
_WITH_SERVE = (
    click.option(
        "--no-open", is_flag=True, help="With --serve: only print the address, open no browser."
    ),
    click.option(
        "--port",
        default=0,
        show_default=True,
        type=click.IntRange(0, 65535),
        help="With --serve: port to listen on. 0: any free one.",
    ),
    click.option("--who", help="With --serve: your name.  [default: git's user.name]"),
    click.option(
        "--corrections",
        type=FOLDER,
        help="With --serve: folder of corrections.  [default: corrections, in the project]",
    ),
    click.option(
        "--project",
        default=".",
        show_default=True,
        type=FOLDER,
        help="With --serve: folder of the project, where annexes are accepted.",
    ),
)


class _Serving(Struct, frozen=True):
    """The options that need --serve."""

    no_open: bool
    port: int
    who: str | None
    corrections: Path | None
    project: Path


def _serving_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --serve and those that need it; the command receives a _Serving, or None."""

    @wraps(command)
    def served(*arguments: Any, serve: bool, **options: Any) -> Any:
        serving = _Serving(**{name: options.pop(name) for name in _Serving.__struct_fields__})
        if not serve:
            _refuse_given(_Serving.__struct_fields__)
        return command(*arguments, serving=serving if serve else None, **options)

    for option in reversed((_SERVE, *_WITH_SERVE)):
        served = option(served)
    return served


def _refuse_given(names: Iterable[str]) -> None:
    """Refuse options that a person gave, though they would do nothing."""
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name.replace('_', '-')} needs --serve")


@click.command()
@click.argument("folder", default="parsed", type=FOLDER)
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
    type=FOLDER,
    help="Folder to write to.",
)
@_serving_options
@limits_options
def review(folder: Path, pdfs: Path, out: Path, serving: _Serving | None, limits: Limits) -> None:
    """Show the records beside the PDFs on web pages, to compare and correct them."""
    from pipeline.commands.review.site import INDEX, write_site

    check_results(folder, takes_parts=False)
    if serving is not None:
        _serve(folder, pdfs, out, limits, serving)
        return
    for view in write_site(folder, pdfs, out, limits):
        if view.no_picture:
            print_message(f"besshi: warning: {view.annex}: no pictures: {view.no_picture}")
    print_line(str(out / INDEX))


def _serve(folder: Path, pdfs: Path, out: Path, limits: Limits, serving: _Serving) -> None:
    from pipeline.batch.discovery import CORRECTIONS
    from pipeline.commands.annex.accept import ask_git
    from pipeline.commands.annex.project import Project
    from pipeline.commands.review.pictures import find_pdfs
    from pipeline.commands.review.served.desk import Desk, Places
    from pipeline.commands.review.served.pages import Pages
    from pipeline.commands.review.served.server import ReviewServer
    from pipeline.commands.review.served.serving import serve
    from pipeline.errors import InputError

    who, root = serving.who, serving.project
    if who is None:
        try:
            who = ask_git(root)
        except InputError:
            who = ""  # the page asks
    corrections = serving.corrections or root / CORRECTIONS
    places = Places(folder, out / "pictures", corrections, Project(root))
    desk = Desk(places, find_pdfs(pdfs), limits)
    server = ReviewServer(desk, Pages(desk, who), serving.port)
    serve(server, desk, not serving.no_open, print_line)
