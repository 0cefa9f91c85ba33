"""The cast: who works here, who speaks, and one statement.

Amina writes for the Strait desk, Edgar edits there, Petra publishes; Odile writes for
another desk and must see none of it. Ilse Okafor speaks for the Ministry.
"""

from __future__ import annotations

import datetime as dt
import gc

import pytest
from django.db import connections

from statements.models import (
    Appointment,
    Desk,
    Edition,
    Organization,
    Post,
    Resolution,
    Spokesperson,
    User,
)

from . import builders, stage, template

#: Where most of a test is what it makes before it begins, and so many of its cases that
#: the quick run tries: the first, the last, and those evenly between them.
SAMPLED = (
    "admin",
    "editorial",
    "management",
    "newsroom",
    "public",
    "security",
    "staff",
)
CASES = 3


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(stage.Copies())
    config.pluginmanager.register(stage.Scenes())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to ``make check`` what the quick run has no time for.

    A journey that fails in the browser is tried once more: a busy machine may answer
    later than the browser waits. The report names each that held only then.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        quick = not item.get_closest_marker("long")
        if quick and item.get_closest_marker("django_db"):
            name = item.nodeid.partition("[")[0]
            if name.split("/")[1] in SAMPLED:
                cases.setdefault(name, []).append(item)
    for found in cases.values():
        last = len(found) - 1
        kept = {round(number * last / (CASES - 1)) for number in range(CASES)}
        for number, item in enumerate(found):
            if number not in kept:
                item.add_marker(pytest.mark.long)


def pytest_collection_finish() -> None:
    """Nothing that is loaded by now goes before the end: no collector looks again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix,
    django_db_use_migrations,
    django_db_keepdb,
    django_db_createdb,
    django_db_blocker,
) -> None:
    """Have the databases of the tests copied from one that is migrated."""
    if django_db_use_migrations and (django_db_createdb or not django_db_keepdb):
        with django_db_blocker.unblock():
            connection = connections["default"]
            connection.settings_dict["TEST"]["TEMPLATE"] = template.ready(connection)


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _passwords_cost_little(settings):
    """The site's own way takes a second for each; test_sign_in.py tries that one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def strait_desk(db) -> Desk:
    return Desk.objects.create(name="Strait")


@pytest.fixture
def culture_desk(db) -> Desk:
    return Desk.objects.create(name="Culture")


@pytest.fixture
def author(strait_desk) -> User:
    return builders.make_user("amina", "Author", desk=strait_desk)


@pytest.fixture
def editor(strait_desk) -> User:
    return builders.make_user("edgar", "Editor", desk=strait_desk)


@pytest.fixture
def publisher(strait_desk) -> User:
    return builders.make_user("petra", "Publisher", desk=strait_desk)


@pytest.fixture
def outsider(culture_desk) -> User:
    return builders.make_user("odile", "Editor", desk=culture_desk)


@pytest.fixture
def steward(db) -> User:
    return builders.make_user("stefan", "Data steward")


@pytest.fixture
def administrator(db) -> User:
    return builders.make_user("ada", "Administrator")


@pytest.fixture
def system(db) -> User:
    return User.objects.system()


@pytest.fixture
def ministry(system) -> Organization:
    return builders.make_organization("Ministry of Foreign Affairs", by=system)


@pytest.fixture
def spokesperson_post(ministry, system) -> Post:
    return builders.make_post("Spokesperson", ministry, by=system)


@pytest.fixture
def okafor(system) -> Spokesperson:
    return builders.make_person("Ilse Okafor", gender="female", by=system)


@pytest.fixture
def okafors_office(okafor, spokesperson_post, system) -> Appointment:
    return builders.make_appointment(
        okafor, spokesperson_post, starts_on=dt.date(2024, 1, 1), by=system
    )


@pytest.fixture
def resolution(system) -> Resolution:
    return builders.make_resolution(by=system)


@pytest.fixture
def draft(author) -> Edition:
    """A draft of Amina's with one quotation in it, not yet confirmed."""
    return builders.make_draft(by=author)


@pytest.fixture
def ready(draft, author, okafor, okafors_office) -> Edition:
    """The draft with its quote confirmed: it lacks only a second person."""
    builders.quote_words(draft, "The ferries will sail,", by=author, speaker=okafor)
    return draft


@pytest.fixture
def live(ready, editor, publisher) -> Edition:
    """The statement, public."""
    return builders.review_and_publish(ready, editor=editor, publisher=publisher)
