"""The errors that besshi raises on purpose, each with the exit code that it gives a command.

Exit codes are part of the interface: 0 is success, 2 is left to the argument parser.
"""

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C (SIGINT) stopped; shells use 128 plus the signal's number."""

OUT_OF_MEMORY = "needs more memory than an annex may use; give more with --memory"
"""The message for a MemoryError."""


def describe_error(error: Exception) -> str:
    """What an error says that is not besshi's own, for messages: its kind and its text."""
    return f"{type(error).__name__}: {error}"


class BesshiError(Exception):
    """Something that a person has to act on; its message says what, where and what to do next.

    If that takes several lines, each further line is a note (`add_note`).
    """

    exit_code = 1
    code = "error"


class BusyError(BesshiError):
    """Another besshi is writing to the same folder."""

    code = "busy"


class InputError(BesshiError):
    """An input does not exist, or holds nothing to read."""

    exit_code = 3
    code = "no_input"


def no_results(folder: object) -> InputError:
    """The error about a folder of results that no run has written."""
    return InputError(f"{folder}: no run has written here; do `besshi run PDF… --out {folder}`")


class AnnexError(BesshiError):
    """One annex cannot be read; the others of the run are still written."""

    exit_code = 4
    code = "unreadable"


class NotAPdfError(AnnexError):
    """The file does not hold a PDF."""

    code = "not_a_pdf"


class EncryptedError(AnnexError):
    """The PDF needs a password."""

    code = "encrypted"


class DamagedError(AnnexError):
    """The PDF's structure cannot be followed."""

    code = "damaged"


class UnopenableError(DamagedError):
    """The PDF's objects or its pages cannot be found; PDFium may still find them."""


class NoTextError(AnnexError):
    """No page has a text layer (a scan), and the package that reads scans is not installed."""

    code = "no_text_layer"


class TooLargeError(AnnexError):
    """The annex has more pages, or would write more, than any real annex."""

    code = "too_large"


class TooSlowError(AnnexError):
    """The annex takes more time than its limit."""

    code = "too_slow"


class OutOfMemoryError(AnnexError):
    """The annex takes more memory than its limit."""

    code = "out_of_memory"


class CrashedError(AnnexError):
    """The process that worked on the annex crashed or was killed."""

    code = "crashed"


class SpecError(AnnexError):
    """The `.yml` beside the PDF, in which a person says what they know about it, is wrong."""

    code = "bad_yml"


class CorrectionError(AnnexError):
    """An annex's file of corrections is malformed."""

    code = "bad_corrections"


class OutdatedCorrectionError(AnnexError):
    """A correction is about a text that is not there: the PDF or besshi has changed."""

    code = "outdated_correction"


class FloorError(BesshiError):
    """A score is below its `--floor`."""

    exit_code = 5
    code = "floor_missed"


class Terminated(KeyboardInterrupt):
    """SIGTERM stopped the command. It is no `Exception`: nothing may take it for a bad annex."""

    exit_code = 143


class VerifyError(BesshiError):
    """`besshi verify` found an error in a folder of results."""

    exit_code = 10
    code = "not_verified"


class DataError(BesshiError):
    """A file that besshi reads as data (stage file, truth, vocabulary) is malformed."""

    exit_code = 6
    code = "bad_data"


class DiffersError(BesshiError):
    """The records of an annex differ from its truth."""

    exit_code = 7
    code = "differs"


class MissingError(BesshiError):
    """An annex has no PDF, or no truth that a person has accepted."""

    exit_code = 8
    code = "missing"


class UnrecognisedError(BesshiError):
    """An annex that has a truth can no longer be read: it fails, or no table is found in it."""

    exit_code = 9
    code = "unrecognised"
