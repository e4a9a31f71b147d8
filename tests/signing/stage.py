"""A council whose chair and seal have certificates that two administrators' installation trusts."""

from datetime import UTC, datetime, timedelta
from functools import cache

from django.utils import timezone

from council.models import Council, User
from council.services import access
from resolutions.models import Resolution, SigningCertificate
from resolutions.services import certificates
from resolutions.signing import samples
from resolutions.signing.testca import Issued, TestAuthority
from tests.resolutions.stage import Stage, approved, build_stage

PASSPHRASE = "mật khẩu của tệp khóa"
BEGINS = datetime(2025, 1, 1, tzinfo=UTC)


@cache
def authority() -> TestAuthority:
    return TestAuthority("CA KIỂM THỬ", begins=BEGINS)


@cache
def issued(name: str) -> Issued:
    return authority().issue(name)


@cache
def stamp_server() -> Issued:
    return authority().issue("Dấu thời gian kiểm thử", is_timestamp=True)


def two_administrators(council: Council) -> tuple[User, User]:
    found = []
    for name in ("quantri-mot", "quantri-hai"):
        user, _created = User.objects.get_or_create(username=name, defaults={"full_name": name})
        access.grant(user, council=council, kind="administrator")
        found.append(user)
    return found[0], found[1]


def trusting(stage: Stage) -> None:
    """The installation trusts the authority."""
    one, other = two_administrators(stage.cast.council)
    root = certificates.propose_root(authority().der, is_for_timestamps=False, by=one)
    certificates.approve_root(root, by=other)


def registered(stage: Stage, name: str, *, is_seal: bool = False, **given) -> SigningCertificate:
    one, _other = two_administrators(stage.cast.council)
    person = None if is_seal else stage.cast.people[0]
    values = {
        "data": issued(name).der, "person": person, "seal_mm": 36, "key_label": "",
        "picture": samples.seal() if is_seal else samples.signature(),
    }  # fmt: skip
    return certificates.register(stage.cast.council, by=one, **(values | given))


def key_of(name: str) -> dict[str, object]:
    return {"key_file": issued(name).pkcs12(PASSPHRASE), "passphrase": PASSPHRASE}


def ready() -> tuple[Stage, Resolution]:
    """An approved resolution, its chair's and council's certificates registered and trusted."""
    stage = build_stage()
    trusting(stage)
    registered(stage, "Chủ tịch")
    registered(stage, "Con dấu", is_seal=True)
    return stage, approved(stage)


def soon() -> datetime:
    return timezone.now() + timedelta(days=1)
