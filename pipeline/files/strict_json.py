"""Reads JSON as a value of a known type."""

from typing import TypeVar

import msgspec

T = TypeVar("T")


class NotJsonError(ValueError):
    """The content is no JSON of the type; the message says why and where."""


def decode_json(data: bytes, kind: type[T]) -> T:
    """The value that a JSON text spells.

    Raises:
        NotJsonError: It is no UTF-8, no JSON, nested too deep, or of another type.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except UnicodeDecodeError as error:  # no DecodeError: it would be taken for a bug
        raise NotJsonError("not UTF-8; save it in that encoding") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise NotJsonError(str(error)) from error
