"""Project package; importing it makes the Celery app the current one for `shared_task`."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
