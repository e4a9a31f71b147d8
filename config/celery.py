"""The Celery application.

The worker is a process of its own, with beat inside it:
    celery -A config worker -B -s DATA_DIR/beat/schedule --concurrency $WORKER_CONCURRENCY
"""

import os

from celery import Celery

from config import embedded_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
embedded_broker.register()
app = Celery("nghitruong")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
