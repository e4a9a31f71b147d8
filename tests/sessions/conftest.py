"""The hall as a fixture."""

from collections.abc import Iterator

import pytest

from tests.sessions.hall import Hall, morning


@pytest.fixture
def hall(db: None) -> Iterator[Hall]:
    """The opening morning of a session with 35 delegates, none of them there yet."""
    with morning() as found:
        yield found
