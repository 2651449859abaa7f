"""Coverage-guided fuzzing (atheris) of what reads a page's content and what is made of it.

python -m tools.fuzz [SECONDS]   60 seconds; what is found goes to tests/robustness/found/

atheris is no dependency of besshi: pip install -r tools/fuzz-requirements.lock
"""

import sys
from pathlib import Path

from tools import ROOT

FOUND = ROOT / "tests" / "robustness" / "found"
"""Contents that made besshi fail once; `tests/robustness/test_fuzzed.py` reads them all."""
_LONGEST = 4096  # bytes of a content: more is slower and finds no more

SEEDS = (
    b"BT /F 10 Tf 1 0 0 1 50 700 Tm (text) Tj [(a) -250 <4142>] TJ T* (b) ' 1 2 (c) \" ET",
    b"q 1 0 0 1 9 9 cm 0 0 m 9 0 l 9 9 l h S 10 10 50 20 re W n 1 0 0 rg 0 0 9 9 re f* Q",
    b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI /X Do /C cs .5 scn /G gs 3 Tr 90 Tz -2 Ts 1 Tc 2 Tw",
    b"0 0 m 1 2 3 4 5 6 c 1 2 3 4 v 5 6 7 8 y b % comment\n(a\\(b\\051\\\n(c)) Tj <4> Tj",
)


def read(content: bytes) -> None:
    """All that extract does with the content of a page; raises what it raises."""
    from pipeline.errors import AnnexError
    from pipeline.extract import extract_annex
    from pipeline.extract.ocr import dispatch as pictured
    from pipeline.model import AnnexHeader
    from tools.hostile.drawn import page_of

    pictured.is_installed = lambda: False  # recognising a picture takes seconds, and is not fuzzed
    try:
        extract_annex(AnnexHeader("fuzzed", ""), page_of(content))
    except AnnexError:
        return


def main(seconds: int) -> None:
    """Fuzz for so long; ends at the first content that makes besshi fail, which is kept."""
    import atheris

    with atheris.instrument_imports(include=["pipeline.extract"]):
        read(SEEDS[0])
    FOUND.mkdir(exist_ok=True)
    corpus = Path(".fuzz")
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(SEEDS):
        (corpus / f"seed{number}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-timeout=20"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={FOUND}/", str(corpus)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
