"""Full text search by tantivy over plain data: knows neither Django nor the database.

An index is derived and may be lost. What it answers are keys; what is shown is read from the
database, so an index that lags behind never shows what was withdrawn. tantivy is a wheel that
may be missing: then there is no index, and the database answers.
"""

import importlib.util


def is_installed() -> bool:
    """Whether tantivy is there; import the modules of this package only then."""
    return importlib.util.find_spec("tantivy") is not None
