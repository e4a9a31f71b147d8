"""The worker's configuration: nothing is lost, nobody waits for a broker that is down."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.celery import app
from tests.processes import ROOT, sending_to


def configuration(broker_url: str, folder: Path) -> str:
    """Broker URL and options as a fresh process reads them from the environment."""
    code = "from config.celery import app; c = app.conf; "
    code += "print(c.broker_url, c.broker_transport_options, c.worker_enable_remote_control)"
    environment = os.environ | {
        "CELERY_BROKER_URL": broker_url,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        text=True,
        check=True,
        capture_output=True,
    ).stdout


def test_a_task_is_acknowledged_after_its_work_and_comes_again_when_its_worker_dies() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost


def test_the_sweeper_runs_often() -> None:
    swept = [
        entry for entry in app.conf.beat_schedule.values() if entry["task"] == "council.sweep_jobs"
    ]
    assert [entry["schedule"] <= 15 for entry in swept] == [True]


def test_redis_delivers_again_later_than_the_longest_task(tmp_path: Path) -> None:
    assert "'visibility_timeout': 300" in configuration("redis://127.0.0.1:1/0", tmp_path)
    assert app.conf.task_time_limit < 300


def test_rabbitmq_confirms_what_it_took(tmp_path: Path) -> None:
    assert "'confirm_publish': True" in configuration("amqp://127.0.0.1:1//", tmp_path)


def test_the_default_broker_lies_in_the_data_folder(tmp_path: Path) -> None:
    found = configuration("embedded://", tmp_path)
    assert f"'folder': '{tmp_path}/broker'" in found
    assert found.endswith("False\n"), "it has no broadcast for remote control"


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "amqp://127.0.0.1:1//"])
def test_announcing_to_a_broker_that_is_down_fails_within_a_second(url: str) -> None:
    from council.services import jobs

    with sending_to(url):
        assert "127.0.0.1:1/" in app.connection_for_write().as_uri()
        started = time.monotonic()
        jobs.announce("council.sweep_jobs", 1)
        assert time.monotonic() - started < 1
