"""The errors besshi raises on purpose, each with the exit code of the command that meets it.

Exit codes are part of the interface: 0 is success, 2 is left to the argument parser.
"""

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C (SIGINT) ended: 128 and the signal's number, as shells say."""

OUT_OF_MEMORY = "needs more memory than an annex may have; give more with --memory"
"""What to say where MemoryError is met."""


class BesshiError(Exception):
    """Something a person has to act on; its message says what, where and what to do next.

    Where that takes several lines, each of the others is a note (`add_note`).
    """

    exit_code = 1
    code = "error"


class BusyError(BesshiError):
    """Another besshi writes into the same folder."""

    code = "busy"


class InputError(BesshiError):
    """What the command was pointed at is not there or holds nothing to read."""

    exit_code = 3
    code = "no_input"


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


class NoTextError(AnnexError):
    """Not one page has a text layer (a scan)."""

    code = "no_text_layer"


class TooLargeError(AnnexError):
    """The annex holds, or would write, more than any real one."""

    code = "too_large"


class TooSlowError(AnnexError):
    """The annex takes more time than it may have."""

    code = "too_slow"


class OutOfMemoryError(AnnexError):
    """The annex takes more memory than it may have."""

    code = "out_of_memory"


class CrashedError(AnnexError):
    """The process that worked on the annex was ended."""

    code = "crashed"


class SpecError(AnnexError):
    """The file beside the PDF, which says what a person knows about it, is wrong."""

    code = "bad_yml"


class CorrectionError(AnnexError):
    """The file of an annex's corrections is not as it must be."""

    code = "bad_corrections"


class OutdatedCorrectionError(AnnexError):
    """The text that a correction is about is not there: the source or besshi has changed."""

    code = "outdated_correction"


class FloorError(BesshiError):
    """A score lies below the floor that was asked for."""

    exit_code = 5
    code = "floor_missed"


class Terminated(KeyboardInterrupt):
    """SIGTERM: the command is to end. No `Exception`, so that nothing takes it for a bad annex."""

    exit_code = 143


class VerifyError(BesshiError):
    """What is in a folder of results is not as it must be."""

    exit_code = 10
    code = "not_verified"


class DataError(BesshiError):
    """A file that besshi reads as data (stage file, truth, vocabulary) is not as it must be."""

    exit_code = 6
    code = "bad_data"


class DiffersError(BesshiError):
    """The records of an annex are not what its truth says."""

    exit_code = 7
    code = "differs"


class MissingError(BesshiError):
    """An annex has no PDF, or no truth that anybody vouches for."""

    exit_code = 8
    code = "missing"


class UnrecognisedError(BesshiError):
    """An annex that has a truth is not read any more: it fails, or no table is found."""

    exit_code = 9
    code = "unrecognised"
