"""Settings of the tests: the product's own, in a folder of its own, with the slow parts made quick.

Each process (also each pytest-xdist worker) gets its own DATA_DIR, and so its own SQLite file.
`DATABASE_URL` chooses the database and `TEST_BROKER_URL` the broker of the tests marked `broker`.
"""

import atexit
import os
import shutil
import tempfile

TEST_FOLDER = tempfile.mkdtemp(prefix="nghitruong-test-")
atexit.register(shutil.rmtree, TEST_FOLDER, ignore_errors=True)
os.environ.update(
    DATA_DIR=TEST_FOLDER,
    DEBUG="1",  # pytest-django switches it off; until then it stands for harmless defaults
    CELERY_BROKER_URL="memory://",
    CACHE_URL="locmemcache://",
    EMAIL_URL="memorymail://",
    LOG_LEVEL="WARNING",
)
for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "STATIC_ROOT", "PORT"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403 - the environment above comes first
from config.settings import DATA_DIR, DATABASES  # noqa: E402

os.environ.pop("CELERY_BROKER_URL")  # Celery reads it by itself, and some tests change the broker
RULEBOOK_REFRESH_SECONDS = 0  # pages make the queries of their book, whenever they are asked
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the live server, threads and worker processes open it too.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
