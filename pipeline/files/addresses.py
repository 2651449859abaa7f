"""Addresses of files: paths on this machine, and addresses on file systems that fsspec knows."""

import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import InputError
from pipeline.files.web import is_web

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)::?//")
_LOCAL = "file://"


def is_remote(address: str) -> bool:
    """Whether an address is for fsspec."""
    return bool(_SCHEME.match(address)) and not address.startswith(_LOCAL)


def local_path(address: str) -> Path:
    """The path of an address on this machine."""
    return Path(address.removeprefix(_LOCAL))


def with_suffix(address: str, suffix: str) -> str:
    """The address of the file of the same name with another suffix (such as `.yml`)."""
    folder, slash, name = address.rpartition("/")
    return f"{folder}{slash}{PurePosixPath(name).stem}{suffix}"


def absolute(address: str) -> str:
    """The one address, of all that lead to the same place; the same wherever besshi is started."""
    if is_web(address):
        return address
    if is_remote(address):
        fs, path = connect(address)
        return str(fs.unstrip_protocol(path)).rstrip("/")
    # Links are not resolved: under DVC an annex may be a link into its cache.
    return os.path.abspath(address.removeprefix(_LOCAL))  # noqa: PTH100


def is_below(address: str, folder: str) -> bool:
    """Whether an absolute address lies inside a folder, at any depth."""
    return address.startswith(folder.rstrip("/") + "/")


def connect(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path on it.

    Raises:
        InputError: No installed package knows such addresses, or it is one of a web server.
    """
    if is_web(address):
        raise InputError(
            f"{address}: is on a web server, which besshi can read PDFs from and nothing else; "
            "name a folder"
        )
    try:
        from fsspec.core import url_to_fs

        fs, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(
            f"{address}: cannot be reached ({error}); pip install 'besshi[cluster]' "
            "and the package that the message names"
        ) from error
    return fs, str(path)
