"""The stage as a fixture."""

import pytest

from tests.resolutions.stage import Stage, build_stage


@pytest.fixture
def stage(db: None) -> Stage:
    """A session in progress, all delegates in the hall."""
    return build_stage()
