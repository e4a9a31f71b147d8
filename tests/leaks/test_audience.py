"""Every text of the database has a line that says who may read it."""

from council.services.access import PERMISSIONS
from portal.management.probe import audience, places
from portal.management.probe.words import Words, canaries_in

DOORS = {audience.PUBLIC, audience.SIGNED_IN, audience.SUPERUSER, audience.ADMINISTRATORS}


def test_every_text_field_stands_in_exactly_one_table() -> None:
    typed, made = places.table("TYPED"), places.table("MADE")
    fields = {f"{model._meta.label}.{one.name}" for model, one in places.text_fields()}
    assert fields - set(typed) - set(made) == set(), "say in audience.py who may read these"
    assert (set(typed) | set(made)) - fields == set(), "these fields are gone"
    assert set(typed) & set(made) == set()


def test_the_tables_speak_of_verbs_that_exist() -> None:
    verbs = {verb.removesuffix("*") for verb in places.table("TYPED").values()}
    assert verbs - DOORS - set(PERMISSIONS) == set()
    starred = {key.rpartition(".")[0] for key, verb in places.table("TYPED").items() if "*" in verb}
    assert starred == set(audience.PUBLISHED)


def test_the_seed_decides_every_word() -> None:
    def some(seed: int) -> list[str]:
        words = Words(seed)
        return [words.word(), words.person(), words.text("Về việc"), str(words.number(1, 10**9))]

    assert some(7) == some(7)
    assert not set(some(7)) & set(some(8))


def test_a_canary_is_found_in_whatever_case() -> None:
    word = Words(1).word()
    assert canaries_in(f"VỀ VIỆC {word.upper()}, {word.capitalize()}.") == {word}
    assert canaries_in("zq và chữ khác") == set()


def test_a_reader_may_read_what_its_roles_in_the_council_say() -> None:
    staff_text = places.Place("x", "y", "a", "staff.read")
    clerk, other = (places.Reader({slug: frozenset({"clerk"})}) for slug in ("a", "b"))
    delegate = places.Reader({"a": frozenset({"delegate"})})
    assert clerk.may_read(staff_text)
    assert not other.may_read(staff_text)
    assert not delegate.may_read(staff_text)
    assert delegate.may_read(places.Place("x", "y", "a", "delegate.read"))
    assert not clerk.may_read(places.Place("x", "y", "a", "superuser"))
    assert places.Reader(is_superuser=True).may_read(staff_text)
