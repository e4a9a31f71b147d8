"""Chairs who sign at the same moment get numbers without gap or collision."""

import threading

import pytest
from django.db import connection

from council.models import Job, Role
from resolutions.models import NumberSeries, Resolution
from resolutions.services import signing
from tests.cast import GRANTED, PASSWORD
from tests.resolutions.stage import build_stage, drafted, ready_to_sign

MANY = 12
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_resolutions_signed_by_two_at_once_are_numbered_without_gap() -> None:
    stage = build_stage()
    Role.objects.create(
        user=stage.user["clerk2"], council=stage.cast.council, kind="chair", granted_at=GRANTED
    )
    ready = [ready_to_sign(stage, drafted(stage, title=f"Về việc {n}")) for n in range(MANY)]
    together = threading.Barrier(2)
    faults: list[BaseException] = []

    def sign_all(name: str, resolutions: list[Resolution]) -> None:
        try:
            for resolution in resolutions:
                together.wait(20)
                signing.sign(resolution, password=PASSWORD, by=stage.user[name])
        except BaseException as fault:  # noqa: BLE001 - told to the main thread
            faults.append(fault)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=sign_all, args=("chair", ready[::2])),
        threading.Thread(target=sign_all, args=("clerk2", ready[1::2])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(50)
    assert faults == []
    numbers = sorted(Resolution.objects.values_list("number", flat=True))
    assert numbers == list(range(1, MANY + 1))
    assert NumberSeries.objects.get().last == MANY
    assert Job.objects.filter(name="resolutions.publish").count() == MANY


def test_one_resolution_signed_by_two_at_once_is_signed_once() -> None:
    stage = build_stage()
    Role.objects.create(
        user=stage.user["clerk2"], council=stage.cast.council, kind="chair", granted_at=GRANTED
    )
    resolution = ready_to_sign(stage)
    together = threading.Barrier(2)
    codes: list[str] = []

    def sign(name: str) -> None:
        try:
            together.wait(20)
            signing.sign(resolution, password=PASSWORD, by=stage.user[name])
            codes.append("signed")
        except Exception as fault:  # noqa: BLE001 - told to the main thread
            codes.append(getattr(fault, "code", repr(fault)))
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(name,)) for name in ("chair", "clerk2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(50)
    assert sorted(codes) == ["resolution.not_now", "signed"]
    assert NumberSeries.objects.get().last == 1
