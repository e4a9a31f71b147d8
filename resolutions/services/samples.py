"""Certificates for trying out electronic signatures; only where `DEBUG` is on."""

import datetime as dt
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from council import queries as council_queries
from council.models import Council, OfficeKind, Person, RoleKind, User
from council.services import access
from resolutions.models import TrustedRoot
from resolutions.services import certificates
from resolutions.signing import samples
from resolutions.signing.testca import Issued, TestAuthority

FOLDER: Final = "chung-thu-mau"
PASSPHRASE: Final = "nghitruong"  # noqa: S105 - keys that are made here and trusted nowhere else
SECOND_ADMINISTRATOR: Final = "quantri2"


def make(council: Council) -> Path:
    """Make an authority, certificates for chair and seal, an expired one and a time stamp's.

    They lie under the data folder; the council's are registered, the authority is trusted by the
    two administrators of the demo. A second call makes new ones beside the old.

    Raises:
        PermissionError: `DEBUG` is off.
    """
    if not settings.DEBUG:
        message = "sample certificates are for DEBUG only"
        raise PermissionError(message)
    now = timezone.now()
    authority = TestAuthority("Tổ chức cấp chứng thư MẪU", begins=now - dt.timedelta(days=400))
    folder = Path(settings.DATA_DIR) / FOLDER / council.slug
    folder.mkdir(parents=True, exist_ok=True)
    chair = _chair(council)
    seal_name = f"Hội đồng nhân dân {council.unit}"
    made = {
        "chu-tich": authority.issue(f"{chair.full_name} (MẪU)"),
        "con-dau": authority.issue(f"{seal_name} (MẪU)"),
        "het-han": authority.issue(f"{chair.full_name} (HẾT HẠN)", ends=now - dt.timedelta(days=1)),
        "dau-thoi-gian": authority.issue("Dấu thời gian MẪU", is_timestamp=True),
    }
    for name, issued in made.items():
        (folder / f"{name}.p12").write_bytes(issued.pkcs12(PASSPHRASE))
        (folder / f"{name}.cer").write_bytes(issued.der)
    (folder / "goc.cer").write_bytes(authority.der)
    one, other = _administrators(council)
    with transaction.atomic():
        root = certificates.propose_root(authority.der, is_for_timestamps=False, by=one)
        certificates.approve_root(TrustedRoot.objects.get(pk=root.pk), by=other)
        _register(council, made, chair, by=one)
    return folder


def timestamp_key(council: Council) -> Issued:
    """The key of the sample time-stamp server, from the folder where `make` left it."""
    path = Path(settings.DATA_DIR) / FOLDER / council.slug / "dau-thoi-gian.p12"
    key, certificate, others = pkcs12.load_key_and_certificates(
        path.read_bytes(), PASSPHRASE.encode()
    )
    if not isinstance(key, rsa.RSAPrivateKey) or certificate is None:
        message = f"{path} holds no RSA key"
        raise ValueError(message)
    return Issued(key, certificate, tuple(others))


def _register(council: Council, made: dict[str, Issued], chair: Person, *, by: User) -> None:
    for name, person in (("chu-tich", chair), ("het-han", chair), ("con-dau", None)):
        der = made[name].certificate.public_bytes(serialization.Encoding.DER)
        picture = samples.signature() if person else samples.seal()
        certificates.register(
            council, data=der, person=person, picture=picture, seal_mm=36, key_label="", by=by
        )


def _chair(council: Council) -> Person:
    tenures = council_queries.tenures_on(council, timezone.localdate())
    return tenures.filter(office__kind=OfficeKind.COUNCIL_CHAIR)[0].person


def _administrators(council: Council) -> tuple[User, User]:
    role = council.roles.filter(kind=RoleKind.ADMINISTRATOR, revoked_at=None)
    one = role.select_related("user")[0].user
    other = User.objects.filter(username=SECOND_ADMINISTRATOR).first()
    if other is None:
        other = User.objects.create_user(
            SECOND_ADMINISTRATOR, password=PASSPHRASE, full_name="Quản trị viên thứ hai (mẫu)"
        )
    access.grant(other, council=council, kind=RoleKind.ADMINISTRATOR)
    return one, other
