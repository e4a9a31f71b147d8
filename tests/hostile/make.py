"""Write the hostile files into a folder: `python -m tests.hostile.make FOLDER`.

They are made up, by these scripts alone; opening them with anything but the tests is unwise.
"""

import sys
from pathlib import Path

from tests.hostile import office_files, pdf_files, picture_files
from tests.hostile.kit import Hostile

ALL: list[Hostile] = [*pdf_files.ALL, *office_files.ALL, *picture_files.ALL]


def write(folder: Path) -> None:
    """One file an entry, named by its key; the bad names stay in the list."""
    folder.mkdir(parents=True, exist_ok=True)
    for hostile in ALL:
        suffix = Path(hostile.filename.replace("\x00", "")).suffix
        (folder / f"{hostile.key}{suffix}").write_bytes(hostile.build())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
