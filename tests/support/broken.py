"""PDFs that cannot be read, or not as they are, each written beside good ones in `in/`."""

import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from tests.support.annexes import COMMENTS, letter, picture
from tests.support.pdfs import Draw, MakePdf


def in_a_form(sheet: canvas.Canvas) -> None:
    """What stands on the page stands in a form XObject, as printer drivers write it."""
    sheet.beginForm("whole")
    COMMENTS(sheet)
    sheet.endForm()
    sheet.doForm("whole")


def write_png(path: Path, make_pdf: MakePdf) -> None:
    Image.new("L", (60, 80)).save(path, "PNG")


def write_nothing(path: Path, make_pdf: MakePdf) -> None:
    path.write_bytes(b"")


def write_locked(path: Path, make_pdf: MakePdf) -> None:
    encryption = StandardEncryption("secret", ownerPassword="owner")
    make_pdf(letter, name=f"in/{path.name}", encrypt=encryption)


def write_scan(path: Path, make_pdf: MakePdf) -> None:
    make_pdf(picture, picture, name=f"in/{path.name}")


def write_with_lost_content(path: Path, make_pdf: MakePdf) -> None:
    """The page names a content stream that is not there."""
    _write_changed(path, make_pdf, COMMENTS, rb"/Contents (\d+)", lambda digits: b"9" * len(digits))


def write_with_lost_page(path: Path, make_pdf: MakePdf) -> None:
    """Two pages are promised, one can be found."""
    made = make_pdf(COMMENTS, letter, name=f"in/{path.name}")
    data = made.read_bytes()
    kids = re.search(rb"/Kids \[ (\d+ 0 R) (\d+ 0 R) \]", data)
    assert kids
    made.write_bytes(data[: kids.start(2)] + b" " * len(kids[2]) + data[kids.end(2) :])


def write_with_damaged_page(path: Path, make_pdf: MakePdf) -> None:
    _write_changed(path, make_pdf, COMMENTS, rb"FlateDecode[^>]*>>\s*stream\s*(\S+?)~>", _damage)


def write_with_damaged_form(path: Path, make_pdf: MakePdf) -> None:
    form = rb"/Form[^>]*>>[^>]*>>\s*stream\s*(\S+?)~>"
    _write_changed(path, make_pdf, in_a_form, form, _damage)


def write_with_page_of_no_size(path: Path, make_pdf: MakePdf) -> None:
    """A page without a MediaBox: a reader would guess its size."""
    _write_changed(path, make_pdf, COMMENTS, rb"/(MediaBox)", lambda name: b"Unnamed" + name[7:])


def _damage(stream: bytes) -> bytes:
    """Still ASCII85, no longer what was compressed."""
    middle = len(stream) // 2
    return stream[:middle] + b"55555" + stream[middle + 5 :]


def _write_changed(
    path: Path, make_pdf: MakePdf, draw: Draw, pattern: bytes, change: Callable[[bytes], bytes]
) -> None:
    made = make_pdf(draw, name=f"in/{path.name}", pageCompression=1)
    data = made.read_bytes()
    found = re.search(pattern, data)
    assert found
    changed = change(found[1])
    assert changed != found[1]
    assert len(changed) == len(found[1])
    made.write_bytes(data[: found.start(1)] + changed + data[found.end(1) :])
