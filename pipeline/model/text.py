"""Text without its layout."""


def remove_white_space(text: str) -> str:
    """The characters of a text but white space: what headers and fields are compared by."""
    return "".join(text.split())
