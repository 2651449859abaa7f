"""Stage files: what a stage hands to the next, as JSON that is checked when it is read."""

import gzip
import zlib
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.checks import CheckError, check
from pipeline.errors import DataError
from pipeline.files.atomic import write_content
from pipeline.files.strict_json import NotJsonError, decode_json

T = TypeVar("T")


def encode_stage(content: object) -> bytes:
    """The content of a stage file: a struct as JSON."""
    return msgspec.json.encode(content, enc_hook=list)  # of the edges of a line's characters


def decode_stage(file: str, data: bytes, kind: type[T]) -> T:
    """The struct in the content of a stage file.

    Args:
        file: Its name, for the message.
        kind: The class that the previous stage wrote.

    Raises:
        DataError: It does not hold a `kind`.
    """
    try:
        return check(decode_json(data, kind))
    except (NotJsonError, CheckError) as error:
        raise DataError(
            f"{file}: is no {kind.__name__} of this besshi ({error}); run the previous stage again"
        ) from error


def write_packed(path: Path, content: object) -> None:
    """Write a struct as compressed JSON."""
    write_content(path, gzip.compress(encode_stage(content), compresslevel=3, mtime=0))


def read_packed(path: Path, kind: type[T]) -> T:
    """Read what `write_packed` wrote.

    Raises:
        DataError: It does not hold a `kind`.
    """
    try:
        return decode_json(gzip.decompress(path.read_bytes()), kind)
    except (NotJsonError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DataError(f"{path}: is no {kind.__name__} of this besshi ({error})") from error
