"""The three database roles, tried by setting them inside the test's transaction."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from newsroom import roles
from statements import wall
from statements.editorial import sealing
from statements.models import Citation, Quote
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def established():
    """The roles as ``db roles`` leaves them."""
    roles.establish(connection)


def attempt(role: str, statement: str) -> str:
    """What became of a statement under a role: "done", or the server's refusal."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(statement)
            cursor.execute("RESET ROLE")
    except ProgrammingError as error:
        if error.__cause__.sqlstate != "42501":  # insufficient_privilege
            raise
        return str(error).splitlines()[0]
    return "done"


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
        )
        return sorted(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("statement", "outcome"),
    [
        ("INSERT INTO taggit_tag (name, slug) VALUES ('Ports', 'ports')", "done"),
        ("SELECT name FROM taggit_tag", "done"),
        ("UPDATE taggit_tag SET slug = name", "done"),
        ("DELETE FROM taggit_tag", "done"),
        ("TRUNCATE taggit_tag CASCADE", "permission denied for table taggit_tag"),
        ("DROP TABLE taggit_tag", "must be owner of table taggit_tag"),
        ("ALTER TABLE taggit_tag ADD note text", "must be owner of table taggit_tag"),
        (
            "ALTER TABLE taggit_tag DISABLE TRIGGER ALL",
            "must be owner of table taggit_tag",
        ),
        ("CREATE TABLE mine (id int)", "permission denied for schema public"),
        ("CREATE INDEX mine ON taggit_tag (name)", "must be owner of table taggit_tag"),
        (
            "CREATE TRIGGER mine BEFORE INSERT ON taggit_tag FOR EACH ROW"
            " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "permission denied for table taggit_tag",
        ),
        ("SELECT name FROM published.tag", "permission denied for schema published"),
    ],
)
def test_the_application_changes_rows_and_nothing_else(established, statement, outcome):
    assert attempt(roles.APP, statement) == outcome


REFUSED = [
    "CREATE VIEW published.mine AS SELECT 1",
    "CREATE TABLE published.mine (id int)",
    "CREATE OR REPLACE VIEW published.quote AS SELECT 1 AS id",
    "DROP VIEW published.quote",
    "DROP SCHEMA published CASCADE",
    "ALTER SCHEMA published RENAME TO mine",
    "CREATE SCHEMA mine",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE mine",
    "ALTER ROLE newsroom_app SUPERUSER",
    "SET session_replication_role = replica",
    "ALTER TABLE edition DISABLE TRIGGER USER",
    "ALTER TABLE edition ENABLE REPLICA TRIGGER edition_guard",
    "ALTER TABLE edition DROP COLUMN live",
    "ALTER TABLE edition ALTER live DROP EXPRESSION",
    "DROP FUNCTION edition_record CASCADE",
    "DROP TABLE edition CASCADE",
    "TRUNCATE edition CASCADE",
    "TRUNCATE audit",
    "REINDEX TABLE quote",
    "COPY kind TO PROGRAM 'cat'",
    "SELECT pg_read_file('/etc/passwd')",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_application_gets_around_no_guard(established, live, statement):
    assert attempt(roles.APP, statement) != "done"


@pytest.mark.parametrize("table", ["edition", "quote", "citation"])
@pytest.mark.parametrize("value", ["tstzrange(NULL, NULL)", "'empty'", "NULL"])
def test_the_application_may_not_say_what_is_live(
    established, ready, author, editor, publisher, resolution, table, value
):
    """The database derives an edition's; its quotes and citations have the same."""
    builders.cite(ready, "strait", resolution, by=author)
    builders.review_and_publish(ready, editor=editor, publisher=publisher)
    assert Quote.objects.public().count() == Citation.objects.public().count() == 1

    script = f"""SET LOCAL ROLE {roles.APP};
        UPDATE {table} SET live = {value};
        SET CONSTRAINTS ALL IMMEDIATE"""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as raw:
        raw.execute(script)
    assert Quote.objects.public().count() == Citation.objects.public().count() == 1


def test_the_application_takes_seals_and_changes_none(established, live):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {roles.APP}")
    assert sealing.take().number == 1
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    for statement in ("UPDATE seal SET at = now()", "DELETE FROM seal"):
        assert attempt(roles.APP, statement) == "permission denied for table seal"
    said = attempt(roles.PUBLIC, "SELECT FROM public.seal")
    assert said == "permission denied for table seal"


def test_the_application_passes_no_right_on(established):
    """PostgreSQL answers such a GRANT with a warning and does nothing."""
    attempt(roles.APP, "GRANT SELECT ON quote TO newsroom_public")
    said = attempt(roles.PUBLIC, "SELECT FROM public.quote")
    assert said == "permission denied for table quote"


def test_what_the_application_may_do_it_still_does(
    established, ready, editor, publisher
):
    """The same role publishes a statement: what is refused above is not all."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {roles.APP}")
    builders.review_and_publish(ready, editor=editor, publisher=publisher)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert Quote.objects.public().count() == 1


def test_the_application_may_not_truncate_any_table(established):
    refused = {table: attempt(roles.APP, f"TRUNCATE {table}") for table in tables()}

    assert len(refused) > 20
    assert {said.partition(" for ")[0] for said in refused.values()} == {
        "permission denied"
    }


def test_the_public_reads_the_published_schema_and_no_table(established):
    assert attempt(roles.PUBLIC, "SELECT name FROM published.tag") == "done"
    assert attempt(roles.PUBLIC, "DELETE FROM published.tag") == (
        "permission denied for view tag"
    )
    for table in tables():
        said = attempt(roles.PUBLIC, f"SELECT FROM public.{table}")
        assert said.startswith("permission denied for table"), table


def test_tables_of_later_migrations_are_covered(established):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id int GENERATED ALWAYS AS IDENTITY)")
        cursor.execute("CREATE VIEW published.later AS SELECT id FROM later")

    assert attempt(roles.APP, "INSERT INTO later DEFAULT VALUES") == "done"
    assert attempt(roles.APP, "TRUNCATE later") == "permission denied for table later"
    assert attempt(roles.PUBLIC, "SELECT id FROM published.later") == "done"


def test_the_owner_may_migrate(established):
    statement = "ALTER TABLE taggit_tag ADD note text; CREATE TABLE more (id int)"

    assert attempt(roles.OWNER, statement) == "done"


def test_repeated_it_changes_nothing_and_leaves_a_password_alone(established):
    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE newsroom_app LOGIN PASSWORD 'of the operator'")
    before = roles.rights(connection)

    roles.establish(connection)

    assert roles.rights(connection) == before
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolcanlogin, rolpassword IS NOT NULL, rolsuper FROM pg_authid"
            " WHERE rolname = 'newsroom_app'"
        )
        assert cursor.fetchone() == (True, True, False)


def test_rights_are_what_the_database_answers(established):
    everything = len(tables())

    owner, app, public = roles.rights(connection)

    assert (owner.role, app.role, public.role) == (
        "newsroom_owner",
        "newsroom_app",
        "newsroom_public",
    )
    assert set(owner.tables.values()) == {everything}
    assert app.tables == {
        "SELECT": everything,
        "INSERT": everything,
        "UPDATE": everything - 1,  # seals are taken and stay
        "DELETE": everything - 1,
        "TRUNCATE": 0,
        "TRIGGER": 0,
    }
    assert set(public.tables.values()) == {0}
    assert (owner.creates, app.creates, public.creates) == (True, False, False)
    assert (owner.published, app.published, public.published) == (
        len(wall.ROWS),
        0,
        len(wall.ROWS),
    )
