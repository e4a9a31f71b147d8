"""Hà Đông's session, played through the services once a process and copied for each test."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from council.models import Council
from portal.management.demo import ha_dong, stage
from portal.services import open_data, published_objects, search
from tests import template_database


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the session, once played, is kept: the database and the files."""
    return tmp_path_factory.mktemp("ha-dong")


@pytest.fixture
def ha_dong_told(transactional_db: None, kept: Path, settings: Any) -> None:
    """Hà Đông's session, played through the services once; later tests get a copy."""
    database, copy, files = connection.settings_dict["NAME"], kept / "database", kept / "files"
    if copy.exists():
        connection.close()
        template_database.copy_file(copy, database)
        shutil.copytree(files, settings.MEDIA_ROOT)
        return
    ha_dong.tell(stage.accounts())
    search.reindex()
    council = Council.objects.get(slug="ha-dong")
    published_objects.follow_council(council)
    open_data.make(council)
    template_database.copy_file(database, copy)
    shutil.copytree(settings.MEDIA_ROOT, files)
