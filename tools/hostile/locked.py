"""PDFs that are encrypted, or that carry what wants to be run or extracted."""

import io

import pikepdf

from tools.hostile.structures import SMALL
from tools.hostile.writing import write_pdf, write_stream


def _encrypt(user: str, strength: int) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(write_pdf(SMALL))) as pdf:
        metadata = strength >= 4  # older readers know no other
        locks = pikepdf.Encryption(
            owner="owner", user=user, R=strength, aes=metadata, metadata=metadata
        )
        pdf.save(made, encryption=locks)
    return made.getvalue()


def locked_with_rc4() -> bytes:
    return _encrypt("secret", 3)


def locked_with_aes() -> bytes:
    return _encrypt("secret", 6)


def encrypted_without_password() -> bytes:
    return _encrypt("", 6)


def encrypted_by_nobody() -> bytes:
    """A security handler that is not there, with parts that are no strings."""
    return write_pdf({**SMALL, 10: b"<</Filter/Nobody/V 9/R 99/O 1/U[]/P(x)>>"}, b"/Encrypt 10 0 R")


def encrypted_with_giant_key() -> bytes:
    parts = b"/O(%b)/U(%b)" % ((b"x" * 32,) * 2)
    entries = b"<</Filter/Standard/V 2/R 3/Length 2000000000/P -4%b>>" % parts
    return write_pdf({**SMALL, 10: entries}, b"/Encrypt 10 0 R/ID[(a)(a)]")


def script() -> bytes:
    """JavaScript, a program to start, an address to open and a form to send, all at once."""
    return write_pdf(
        {
            **SMALL,
            1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 10 0 R/AA<</WC 11 0 R>>"
            b"/Names<</JavaScript<</Names[(x) 10 0 R]>>>>>>",
            10: b"<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))/Next 11 0 R>>",
            11: b"<</S/Launch/F(/bin/touch)/Win<</F(calc.exe)>>/Next 12 0 R>>",
            12: b"<</S/URI/URI(http://127.0.0.1:9/)/Next 13 0 R>>",
            13: b"<</S/SubmitForm/F<</FS/URL/F(http://127.0.0.1:9/)>>>>",
        }
    )


def embedded_file() -> bytes:
    """A file whose name leads out of the folder."""
    return write_pdf(
        {
            **SMALL,
            1: b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(x) 10 0 R]>>>>>>",
            10: b"<</Type/Filespec/F(../../embedded.txt)/EF<</F 11 0 R>>>>",
            11: write_stream(b"embedded", b"/Type/EmbeddedFile"),
        }
    )


def content_in_another_file() -> bytes:
    """A content stream whose data are those of a file of the system."""
    return write_pdf({**SMALL, 4: write_stream(b"", b"/F(/etc/passwd)/FFilter/FlateDecode")})
