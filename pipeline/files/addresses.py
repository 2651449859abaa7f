"""Addresses: paths of this machine, and those of file systems that fsspec reaches."""

import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import InputError

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)::?//")
_LOCAL = "file://"


def is_remote(address: str) -> bool:
    """Whether an address is one for fsspec."""
    return bool(_SCHEME.match(address)) and not address.startswith(_LOCAL)


def local_path(address: str) -> Path:
    """The path of an address that is none for fsspec."""
    return Path(address.removeprefix(_LOCAL))


def with_ending(address: str, ending: str) -> str:
    """The address of the file that has the same name with another ending (`.yml`)."""
    folder, slash, name = address.rpartition("/")
    return f"{folder}{slash}{PurePosixPath(name).stem}{ending}"


def absolute(address: str) -> str:
    """An address in the one form of all that lead to the same place, wherever besshi is started."""
    if is_remote(address):
        fs, path = connect(address)
        return str(fs.unstrip_protocol(path)).rstrip("/")
    # Links stay: under DVC an annex may be one into its cache.
    return os.path.abspath(local_path(address))  # noqa: PTH100


def below(address: str, folder: str) -> bool:
    """Whether an absolute address lies below another."""
    return address.startswith(folder.rstrip("/") + "/")


def connect(address: str) -> tuple[Any, str]:
    """The file system of an address, as fsspec has it, and the path there.

    Raises:
        InputError: No package is installed that knows such addresses.
    """
    try:
        from fsspec.core import url_to_fs

        fs, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(
            f"{address}: cannot be reached ({error}); pip install 'besshi[cluster]' "
            "and the package that the message names"
        ) from error
    return fs, str(path)
