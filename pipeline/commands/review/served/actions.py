"""What a page may ask the server to do, as JSON."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from pipeline.commands.review.served.annex_desk import AnnexDesk
from pipeline.commands.review.served.changes import Change
from pipeline.commands.review.served.doubts import Doubts
from pipeline.commands.review.served.pages import Pages
from pipeline.commands.review.served.refusals import RefusedError
from pipeline.files.strict_json import NotJsonError, decode_json

Json = dict[str, Any]
"""What is sent as JSON."""
T = TypeVar("T")


class _Tick(msgspec.Struct):
    record: str
    who: str
    checked: bool


class _Acceptance(msgspec.Struct):
    version: str
    who: str


def _decode(body: bytes, kind: type[T]) -> T:
    try:
        return decode_json(body, kind)
    except NotJsonError as error:
        raise RefusedError(f"the request is malformed ({error})") from error


def describe(line_ends: Mapping[str, list[bool]], doubts: Doubts) -> Json:
    """Of each field its line ends and its doubtful characters."""
    return {"lineEnds": line_ends, "doubts": msgspec.to_builtins(doubts)}


def _save(pages: Pages, desk: AnnexDesk, body: bytes) -> Json:
    changed = desk.save(_decode(body, Change))
    return {
        "version": changed.version,
        "records": pages.records(desk, changed.records),
        "checked": len(desk.ticks()),
        **describe(changed.line_ends, changed.doubts),
    }


def _tick(pages: Pages, desk: AnnexDesk, body: bytes) -> Json:
    asked = _decode(body, _Tick)
    return {"checked": desk.tick(asked.record, asked.who, asked.checked)}


def _accept(pages: Pages, desk: AnnexDesk, body: bytes) -> Json:
    asked = _decode(body, _Acceptance)
    return {"next": desk.accept(asked.version, asked.who)}


ACTIONS: Mapping[str, Callable[[Pages, AnnexDesk, bytes], Json]] = {
    "save": _save,
    "tick": _tick,
    "accept": _accept,
}
"""Last part of an address → what is done there: with the page's renderer, an annex, a request."""
