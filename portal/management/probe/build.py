"""Build the probe installation and describe it for outside testers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from council.models import Council, User
from elections.models import Poll
from elections.services import annulments
from portal.management.demo.stage import Stage, work_off
from portal.management.probe import addresses, archives, places, plot, rows, story, sweep
from portal.management.probe.words import Words
from portal.services import open_data, published_objects, search, search_index
from resolutions.models import ArchiveImport
from sessions.models import Session

ROLES: Final = {
    "clerk": "thuky", "approver": "vanphong", "chair": "chutoa", "counter": "kiemphieu1",
    "second_counter": "kiemphieu2", "delegate": "daibieu", "administrator": "quantri",
}  # fmt: skip
OTHERS: Final = {"other_clerk": "thuky", "other_delegate": "daibieu"}
ANONYMOUS: Final = "anonymous"


@dataclass
class Probe:
    """The two councils and who is who; `users` by the name of the role, nobody for anonymous."""

    own: Stage
    other: Stage
    users: dict[str, User | None]


def build(seed: int) -> Probe:
    """Fill an empty database: two councils of the same plot and different words."""
    words = Words(seed)
    root = story.root(words)
    today = timezone.localdate()
    stages = []
    for _council in range(2):
        stage = plot.tell(words, root, slug=words.word(), today=today)
        archives.bring(
            stage, words, Session.objects.filter(term=stage.term, state="closed").earliest("pk")
        )
        rows.fill(stage, words)
        stages.append(stage)
    own, other = stages
    annul(other, words)
    rows.installation(words, root, by=own.admin)
    sweep.into_all(words)
    search.reindex()
    work_off()
    search_index.catch_up()
    for council in Council.objects.all():
        published_objects.follow_council(council)
        open_data.make(council)
    users: dict[str, User | None] = {ANONYMOUS: None, "superuser": root}
    users |= {name: own.users[key] for name, key in ROLES.items()}
    users |= {name: other.users[key] for name, key in OTHERS.items()}
    return Probe(own, other, users)


def annul(stage: Stage, words: Words) -> None:
    """A published result that a document of the authority above took back."""
    poll = Poll.objects.filter(council_session__term=stage.term, state="published").latest("pk")
    annulments.by_document(
        poll, body=words.text("Thường trực"), document=words.word(),
        decided_on=timezone.localdate(), reason=words.text("Sai trình tự"), by=stage.chair,
    )  # fmt: skip


def described(probe: Probe) -> dict[str, Any]:
    """The description in the form of the contract; addresses are asked once for every account."""
    found = places.places()
    public = sorted(word for word in found if places.is_public(found[word]))
    held = addresses.reading_session()
    slug = held.term.council.slug
    archive = ArchiveImport.objects.filter(council__slug=slug).earliest("pk")
    editor = next(name for name, user in probe.users.items() if is_clerk(user, slug))
    return {
        "login": reverse("council:login"), "user_field": "username", "pass_field": "password",
        "roles": {
            name: [user.username, story.password_of(user.username)] if user else None
            for name, user in probe.users.items()
        },
        "urls": urls_of(probe),
        "canary_private": sorted(set(found) - set(public)),
        "canary_public": public,
        "upload": {"path": reverse("sessions:paper-add", args=[slug, held.pk]), "field": "file"},
        "edit": {
            "path": reverse("sessions:session-edit", args=[slug, held.pk]), "field": "place",
            "version_field": "version", "as": editor,
        },
        "export_csv": reverse("resolutions:archive-report", args=[slug, archive.pk, "csv"]),
        "search": {"path": reverse("portal:search"), "param": "q"},
        "logs": [str(path) for path in sorted(settings.DATA_DIR.glob("*.log"))],
        "dbfiles": [str(path) for path in database_files()],
    }  # fmt: skip


def is_clerk(user: User | None, slug: str) -> bool:
    """Whether the account is a clerk of the council."""
    reader = addresses.reader_of(user)
    return reader is not None and "clerk" in reader.roles.get(slug, ())


def urls_of(probe: Probe) -> list[dict[str, Any]]:
    """Each address with the roles that the permission table lets in and that get 200."""
    wanted = addresses.targets()
    got: dict[str, list[str]] = {target.path: [] for target in wanted}
    for name, user in probe.users.items():
        reader, client = addresses.reader_of(user), addresses.client_of(user)
        for target in wanted:
            if target.is_for(reader):
                response = client.get(target.path)
                if response.status_code == 200:  # noqa: PLR2004 - it is there
                    got[target.path].append(name)
                if response.streaming:
                    list(response)  # to its end: the file behind it is closed then
    return [
        {"path": target.path, "public": target.is_public, "roles": got[target.path]}
        for target in wanted
    ]


def database_files() -> list[Path]:
    """The files of a SQLite database; a server's lie elsewhere."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "django.db.backends.sqlite3":
        return []
    name = Path(str(database["NAME"]))
    return [path for path in (name, Path(f"{name}-wal"), Path(f"{name}-shm")) if path.exists()]


def is_empty() -> bool:
    """Whether nobody uses the installation yet."""
    return not (Council.objects.exists() or User.objects.exists())
