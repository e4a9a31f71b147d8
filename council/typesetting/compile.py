"""One door to typst: a template of ours and plain data in, a tagged PDF/A-2a out.

The data reach the template as JSON, so that no text is ever read as markup. Only the Tinos faces
beside this module are known to the compiler: neither system fonts nor typst's own ones, because
a fallback would mix faces within Vietnamese words. Same template, data and moment: same bytes.
"""

import json
import os
import re
import threading
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

import typst

from council.rules.refusals import Refusal, gettext_noop

ROOT: Final = Path(__file__).resolve().parents[2]
FONTS: Final = Path(__file__).resolve().parent / "fonts"
FAMILY: Final = "Tinos"
STANDARD: Final = "a-2a"

_LETTER_MISSING: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_one_at_a_time: Final = threading.Lock()


@cache
def _compiler() -> tuple[int, typst.Compiler]:
    """The process that made the compiler, and the compiler."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    nowhere = FONTS / "no-packages"
    compiler = typst.Compiler(
        root=ROOT,
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )
    return os.getpid(), compiler


def _compiler_of_this_process() -> typst.Compiler:
    owner, compiler = _compiler()
    if owner != os.getpid():
        # typst's thread pool does not survive a fork: the child would wait for ever.
        message = "typst was used before this process was forked; fork first, then typeset"
        raise RuntimeError(message)
    return compiler


def compile_pdf(template: str, data: Mapping[str, object], *, created: datetime) -> bytes:
    """Typeset one document as tagged PDF/A-2a.

    Args:
        template: path of a ``.typ`` file from the project's root, with forward slashes.
        data: what the template reads as ``json(bytes(sys.inputs.data))``: strings, numbers,
            booleans, None, lists and mappings of these. Text is brought to NFC.
        created: the moment written into the metadata, with a time zone; nothing else in the
            document knows the time.

    Raises:
        Refusal: ``document.letter_missing`` if a letter is not in the documents' typeface.
        ValueError: if `created` has no time zone.
        typst.TypstError: if the template itself is wrong.
    """
    if created.tzinfo is None:
        message = "created must have a time zone"
        raise ValueError(message)
    text = unicodedata.normalize("NFC", json.dumps(data, ensure_ascii=False))
    compiler = _compiler_of_this_process()
    try:
        with _one_at_a_time:  # the compiler refuses a second caller with "Already borrowed"
            pdf = compiler.compile(
                input=str(ROOT / template),
                format="pdf",
                sys_inputs={"data": text},
                pdf_standards=[STANDARD],
                timestamp=int(created.timestamp()),
            )
    except typst.TypstError as error:
        raise _explained(error) from error
    if not isinstance(pdf, bytes):
        message = f"{template} did not become one PDF"
        raise TypeError(message)
    return pdf


def _explained(error: typst.TypstError) -> Exception:
    letters = sorted(set(_LETTER_MISSING.findall(error.diagnostic)))
    if not letters:
        return error
    return Refusal(
        "document.letter_missing",
        gettext_noop(
            "Phông chữ của văn bản không có ký tự: %(letters)s. "
            "Hãy thay bằng ký tự khác rồi in lại."
        ),
        params={"letters": " ".join(letters)},
    )
