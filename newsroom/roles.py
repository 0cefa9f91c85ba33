"""Three database roles: who may change tables, who rows, and who only reads.

=================  ======================================================
newsroom_owner     owns every object: migrations and commands
newsroom_app       reads and writes rows; no DDL, no TRUNCATE, no triggers
newsroom_public    SELECT in the schema ``published``, where there is one
=================  ======================================================

They are roles to grant, not to sign in with: an operator gives one LOGIN and a
password, or grants it to the role that DATABASE_URL names. On the embedded socket,
which trusts its one user, they guard against our own mistakes and not against code
that runs as that user.
"""

from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

OWNER, APP, PUBLIC = "newsroom_owner", "newsroom_app", "newsroom_public"

# Statements that make newsroom_owner the owner. What an extension brought stays the
# extension's, and a sequence that belongs to a column follows its table.
UNOWNED = """
SELECT format('ALTER %s %s OWNER TO newsroom_owner', CASE it.relkind
         WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
         WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
       it.oid::regclass)
  FROM pg_class it JOIN pg_namespace n ON n.oid = it.relnamespace
 WHERE n.nspname IN ('public', 'published') AND it.relkind IN ('r','p','v','m','f','S')
   AND it.relowner <> 'newsroom_owner'::regrole
   AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = it.oid
                      AND (d.deptype = 'e'
                           OR it.relkind = 'S' AND d.deptype IN ('a', 'i')))
UNION ALL
SELECT format('ALTER ROUTINE %s OWNER TO newsroom_owner', it.oid::regprocedure)
  FROM pg_proc it JOIN pg_namespace n ON n.oid = it.pronamespace
 WHERE n.nspname IN ('public', 'published')
   AND it.proowner <> 'newsroom_owner'::regrole
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                      AND d.objid = it.oid AND d.deptype = 'e')
UNION ALL
SELECT format('ALTER TEXT SEARCH CONFIGURATION %I.%I OWNER TO newsroom_owner',
              n.nspname, it.cfgname)
  FROM pg_ts_config it JOIN pg_namespace n ON n.oid = it.cfgnamespace
 WHERE n.nspname IN ('public', 'published')
   AND it.cfgowner <> 'newsroom_owner'::regrole
"""

# Relations of a schema: tables and views, or sequences.
RELATIONS = """
SELECT it.oid::regclass::text
  FROM pg_class it JOIN pg_namespace n ON n.oid = it.relnamespace
 WHERE n.nspname = %s AND it.relkind::text = ANY(%s)
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                      AND d.objid = it.oid AND d.deptype = 'e')
 ORDER BY 1
"""
#: Tables to which the application adds rows, and nothing else.
ONLY_GROW = {"seal"}
TABLES, SEQUENCES = ["r", "p", "v", "m", "f"], ["S"]


@dataclass(frozen=True)
class Rights:
    """What one role may do, as the database itself answers.

    ``tables`` counts, for each privilege, the tables of schema public on which the
    role holds it; ``published`` counts the relations it may read in that schema.
    """

    role: str
    tables: dict[str, int]
    creates: bool
    published: int


def establish(connection: BaseDatabaseWrapper) -> None:
    """Create the roles if need be, and give each what the table above says.

    May be repeated at any time, and should be after a migration. The caller wraps it
    in a transaction. LOGIN and passwords that an operator has set are left alone.
    """
    with connection.cursor() as cursor:

        def listed(query: str, *values: Any) -> list[str]:
            cursor.execute(query, values or None)
            return [row[0] for row in cursor.fetchall()]

        def do(*statements: str) -> None:
            for statement in statements:
                cursor.execute(statement)

        (database,) = listed("SELECT quote_ident(current_database())")
        known = listed("SELECT rolname FROM pg_roles")
        for role in (OWNER, APP, PUBLIC):
            if role not in known:
                do(f"CREATE ROLE {role} NOLOGIN NOCREATEDB NOCREATEROLE")
        (member,) = listed(f"SELECT pg_has_role(current_user, '{OWNER}', 'USAGE')")
        if not member:
            do(f"GRANT {OWNER} TO CURRENT_USER")
        schemas = listed("SELECT nspname FROM pg_namespace WHERE nspname = 'published'")

        do(
            f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
            f"GRANT CONNECT ON DATABASE {database} TO {OWNER}, {APP}, {PUBLIC}",
            f"GRANT CREATE, TEMPORARY ON DATABASE {database} TO {OWNER}",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            f"REVOKE ALL ON SCHEMA public FROM {APP}, {PUBLIC}",
            # The public calls functions that lie there; its tables stay closed to it.
            f"GRANT USAGE ON SCHEMA public TO {APP}, {PUBLIC}",
            f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}",
        )
        if schemas:
            do(f"GRANT USAGE, CREATE ON SCHEMA published TO {OWNER}")
        do(*listed(UNOWNED))
        for table in listed(RELATIONS, "public", TABLES):
            do(
                f"REVOKE ALL ON {table} FROM PUBLIC, {APP}, {PUBLIC}",
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}",
            )
            if table.rpartition(".")[2] in ONLY_GROW:
                do(f"REVOKE UPDATE, DELETE ON {table} FROM {APP}")
        for sequence in listed(RELATIONS, "public", SEQUENCES):
            do(
                f"REVOKE ALL ON SEQUENCE {sequence} FROM PUBLIC, {APP}, {PUBLIC}",
                f"GRANT USAGE ON SEQUENCE {sequence} TO {APP}",
            )
        # Tables of later migrations, whether made by this role or by the owner.
        for maker in ("CURRENT_USER", OWNER):
            do(
                f"ALTER DEFAULT PRIVILEGES FOR ROLE {maker} IN SCHEMA public"
                f" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
                f"ALTER DEFAULT PRIVILEGES FOR ROLE {maker} IN SCHEMA public"
                f" GRANT USAGE ON SEQUENCES TO {APP}",
            )
            if schemas:
                do(
                    f"ALTER DEFAULT PRIVILEGES FOR ROLE {maker} IN SCHEMA published"
                    f" GRANT SELECT ON TABLES TO {PUBLIC}"
                )
        if schemas:
            do(f"GRANT USAGE ON SCHEMA published TO {PUBLIC}")
            for view in listed(RELATIONS, "published", TABLES):
                do(f"GRANT SELECT ON {view} TO {PUBLIC}")


PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER")


def rights(connection: BaseDatabaseWrapper) -> list[Rights]:
    """What each of the roles may do now, asked of the database."""
    found = []
    with connection.cursor() as cursor:

        def count(schema: str, role: str, privilege: str) -> int:
            cursor.execute(RELATIONS, [schema, TABLES])
            names = [row[0] for row in cursor.fetchall()]
            cursor.execute(
                "SELECT count(*) FROM unnest(%s::text[]) AS name"
                " WHERE has_table_privilege(%s, name, %s)",
                [names, role, privilege],
            )
            return int(cursor.fetchone()[0])

        for role in (OWNER, APP, PUBLIC):
            cursor.execute(
                "SELECT has_schema_privilege(%s, 'public', 'CREATE')", [role]
            )
            creates = cursor.fetchone()[0]
            tables = {it: count("public", role, it) for it in PRIVILEGES}
            published = count("published", role, "SELECT")
            found.append(Rights(role, tables, creates, published))
    return found
