"""Files on web servers, which can be read and neither listed nor written."""

import errno
import time
from pathlib import PurePosixPath
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit

from pipeline import __version__
from pipeline.errors import InputError

_SCHEMES = ("http://", "https://")
_AGENT = f"besshi/{__version__}"
_PATIENCE = 60.0
"""Seconds without a byte; judgement: offices' servers are slow, and none needs a minute."""
LARGEST = 500_000_000
"""Bytes of a file; judgement: ten times the largest annex that is known."""
_VALIDATORS = ("ETag", "Last-Modified")
_KEPT = "%:/?#[]@!$&'()*+,;=~"
"""What an address may contain; standard: RFC 3986, section 2. Other characters are encoded."""
_GONE = (404, 410)
"""Codes of HTTP for what is not there; standard: RFC 9110, sections 15.5.5 and 15.5.11."""


def is_web(address: str) -> bool:
    """Whether an address is for a web server."""
    return address.lower().startswith(_SCHEMES)


def web_stem(address: str) -> str:
    """The name of the file at an address, without its ending: `…/plan%201.pdf` gives `plan 1`."""
    return PurePosixPath(unquote(urlsplit(address).path)).stem


def look_up_web(address: str) -> tuple[int, str]:
    """The size of a file in bytes (0: the server does not say), and a text that tells its version.

    Raises:
        InputError: The server cannot be reached, or has no such file.
    """
    try:
        if not web_stem(address):
            raise InputError(f"{address}: names no file; give the address of the PDF itself")
        with _open(address) as response:
            headers = response.headers
    except HTTPError as error:
        what = "there is no such file" if error.code in _GONE else "the server refuses it"
        raise InputError(
            f"{address}: {what} ({error.code} {error.reason}); check the address"
        ) from error
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise InputError(
            f"{address}: the server cannot be reached ({reason}); check the address and the "
            "network, or download the file yourself"
        ) from error
    version = "-".join(headers[name] for name in _VALIDATORS if headers[name])
    # A server that tells no version may have another file at any time: it is read again.
    return int(headers["Content-Length"] or 0), version or f"unknown-{time.time_ns()}"


def read_web(address: str) -> bytes:
    """The content of a file.

    Raises:
        OSError: It cannot be read, or is larger than any annex.
    """
    with _open(address) as response:
        data: bytes = response.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError(errno.EFBIG, f"is larger than {LARGEST // 1_000_000} MB", address)
    return data


def _open(address: str) -> Any:
    from urllib.request import Request, urlopen  # loads TLS: only for who reads from the web

    request = Request(quote(address, _KEPT), headers={"User-Agent": _AGENT})
    return urlopen(request, timeout=_PATIENCE)
