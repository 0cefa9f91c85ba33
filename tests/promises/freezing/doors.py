"""Ways into the database: each does one change, by another sort of statement."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from typing import Any

from django.db import connection, models

from .seen import key_of, model_of


@dataclass(frozen=True)
class Target:
    """A row; ``like`` is the key of a draft's row written alike."""

    table: str
    key: Any
    like: Any

    @property
    def model(self) -> type[models.Model]:
        return model_of(self.table)

    @property
    def row(self) -> models.Model:
        """The row as it was before any try: all of them are taken back."""
        return copy(_row(self))


@lru_cache(512)
def _row(target: Target) -> models.Model:
    return target.model._base_manager.get(pk=target.key)


Values = dict[models.Field, Any]
Door = Callable[[Target, Values], None]


@cache
def types(table: str) -> dict[str, str]:
    """The type of each column that can be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attgenerated = ''",
            [table],
        )
        return dict(cursor.fetchall())


def run(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def raw(field: models.Field, value: Any) -> Any:
    """A value as the driver takes it."""
    if isinstance(field, models.JSONField) and value is not None:
        return json.dumps(value)
    return value


def name(column: str) -> str:
    return connection.ops.quote_name(column)


def given(target: Target, values: Values) -> tuple[str, list[Any]]:
    """``a = %s::text, b = %s::date`` and its parameters."""
    kinds = types(target.table)
    pairs = [f"{name(f.column)} = %s::{kinds[f.column]}" for f in values]
    return ", ".join(pairs), [raw(f, value) for f, value in values.items()]


def selected(target: Target, values: Values) -> tuple[str, str, list[Any]]:
    """``a = v.a`` and ``SELECT %s::text AS a, %s AS the_key`` with its parameters."""
    kinds = types(target.table)
    sets = ", ".join(f"{name(f.column)} = v.{name(f.column)}" for f in values)
    columns = [f"%s::{kinds[f.column]} AS {name(f.column)}" for f in values]
    key = f"%s::{kinds[key_of(target.table)]} AS the_key"
    params = [raw(f, value) for f, value in values.items()]
    return sets, f"SELECT {', '.join([*columns, key])}", [*params, target.key]


# ---------- by statements of the database's language ----------


def update(target: Target, values: Values) -> None:
    sets, params = given(target, values)
    run(
        f"UPDATE {target.table} SET {sets} WHERE {key_of(target.table)} = %s",
        *params,
        target.key,
    )


def update_from(target: Target, values: Values) -> None:
    sets, select, params = selected(target, values)
    run(
        f"UPDATE {target.table} t SET {sets} FROM ({select}) v"
        f" WHERE t.{key_of(target.table)} = v.the_key",
        *params,
    )


def update_within(target: Target, values: Values) -> None:
    sets, params = given(target, values)
    run(
        f"WITH done AS (UPDATE {target.table} SET {sets}"
        f" WHERE {key_of(target.table)} = %s RETURNING 1) SELECT count(*) FROM done",
        *params,
        target.key,
    )


def merge(target: Target, values: Values) -> None:
    sets, select, params = selected(target, values)
    run(
        f"MERGE INTO {target.table} t USING ({select}) v"
        f" ON t.{key_of(target.table)} = v.the_key WHEN MATCHED THEN UPDATE SET {sets}",
        *params,
    )


def upsert(target: Target, values: Values) -> None:
    """A row like it is added with its key; on the conflict the row is changed."""
    key = key_of(target.table)
    columns = [column for column in types(target.table) if column != key]
    into = ", ".join(name(column) for column in columns)
    sets, params = given(target, values)
    run(
        f"INSERT INTO {target.table} ({name(key)}, {into}) SELECT %s, {into}"
        f" FROM {target.table} WHERE {key} = %s ON CONFLICT ({key})"
        f" DO UPDATE SET {sets}",
        target.key,
        target.like,
        *params,
    )


def at_a_cursor(target: Target, values: Values) -> None:
    sets, params = given(target, values)
    run(
        f"DECLARE here NO SCROLL CURSOR FOR SELECT * FROM {target.table}"
        f" WHERE {key_of(target.table)} = %s FOR UPDATE",
        target.key,
    )
    run("FETCH here")
    run(f"UPDATE {target.table} SET {sets} WHERE CURRENT OF here", *params)
    run("CLOSE here")


def composed(sql: str, params: list[Any]) -> str:
    return connection.ops.compose_sql(sql, params)


def in_a_block(target: Target, values: Values) -> None:
    """Whatever is refused is passed over in silence."""
    sets, params = given(target, values)
    change = composed(
        f"UPDATE {target.table} SET {sets} WHERE {key_of(target.table)} = %s",
        [*params, target.key],
    )
    run(
        f"DO $block$ BEGIN {change}; SET CONSTRAINTS ALL IMMEDIATE;"
        " EXCEPTION WHEN OTHERS THEN NULL; END $block$".replace("%", "%%")
    )


_plans = count()


def prepared(target: Target, values: Values) -> None:
    sets, params = given(target, values)
    key = key_of(target.table)
    kinds = types(target.table)
    # Nothing takes a plan back but the end of the session.
    plan = f"change_{next(_plans)}"
    kept = ", ".join([*(kinds[f.column] for f in values), kinds[key]])
    numbered = sets
    for number in range(len(values)):
        numbered = numbered.replace("%s", f"${number + 1}", 1)
    run(
        f"PREPARE {plan} ({kept}) AS UPDATE {target.table} SET {numbered}"
        f" WHERE {key} = ${len(values) + 1}"
    )
    marks = ", ".join(["%s"] * (len(values) + 1))
    run(composed(f"EXECUTE {plan} ({marks})", [*params, target.key]).replace("%", "%%"))


def replace(target: Target, values: Values) -> None:
    """The row is deleted and written anew, otherwise."""
    key = key_of(target.table)
    ((was,),) = run(
        f"SELECT to_jsonb(t)::text FROM {target.table} t WHERE {key} = %s", target.key
    )
    run(f"DELETE FROM {target.table} WHERE {key} = %s", target.key)
    into = ", ".join(name(column) for column in types(target.table))
    sets, params = given(target, values)
    run(
        f"INSERT INTO {target.table} ({into}) SELECT {into}"
        f" FROM jsonb_populate_record(NULL::{target.table}, %s)",
        was,
    )
    run(f"UPDATE {target.table} SET {sets} WHERE {key} = %s", *params, target.key)


# ---------- by the ORM ----------


def queryset_update(target: Target, values: Values) -> None:
    rows = target.model._base_manager.filter(pk=target.key)
    rows.update(**{field.attname: value for field, value in values.items()})


def _otherwise(target: Target, values: Values) -> models.Model:
    row = target.row
    for field, value in values.items():
        setattr(row, field.attname, value)
    return row


def save(target: Target, values: Values) -> None:
    _otherwise(target, values).save()


def save_fields(target: Target, values: Values) -> None:
    _otherwise(target, values).save(update_fields=[field.name for field in values])


def bulk_update(target: Target, values: Values) -> None:
    row = _otherwise(target, values)
    target.model._base_manager.bulk_update([row], [field.name for field in values])


def bulk_upsert(target: Target, values: Values) -> None:
    """bulk_create with update_conflicts; the row proposed is a draft's."""
    row = target.model._base_manager.get(pk=target.like)
    row.pk = target.key
    for field, value in values.items():
        setattr(row, field.attname, value)
    target.model._base_manager.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=[field.name for field in values],
    )


CHANGE: dict[str, Door] = {
    "UPDATE": update,
    "queryset.update()": queryset_update,
    "UPDATE … FROM": update_from,
    "save()": save,
    "WITH (UPDATE)": update_within,
    "save(update_fields)": save_fields,
    "MERGE": merge,
    "bulk_update()": bulk_update,
    "ON CONFLICT DO UPDATE": upsert,
    "bulk_create(update_conflicts)": bulk_upsert,
    "WHERE CURRENT OF": at_a_cursor,
    "DO block": in_a_block,
    "EXECUTE": prepared,
    "DELETE and INSERT": replace,
}


# ---------- rows less ----------


def delete(target: Target) -> None:
    run(f"DELETE FROM {target.table} WHERE {key_of(target.table)} = %s", target.key)


def delete_using(target: Target) -> None:
    key = key_of(target.table)
    run(
        f"DELETE FROM {target.table} t USING {target.table} o"
        f" WHERE t.{key} = o.{key} AND o.{key} = %s",
        target.key,
    )


def delete_within(target: Target) -> None:
    run(
        f"WITH gone AS (DELETE FROM {target.table} WHERE {key_of(target.table)} = %s"
        " RETURNING 1) SELECT count(*) FROM gone",
        target.key,
    )


def merge_delete(target: Target) -> None:
    key = key_of(target.table)
    run(
        f"MERGE INTO {target.table} t USING (SELECT %s::{types(target.table)[key]}"
        f" AS the_key) v ON t.{key} = v.the_key WHEN MATCHED THEN DELETE",
        target.key,
    )


def delete_in_a_block(target: Target) -> None:
    gone = composed(
        f"DELETE FROM {target.table} WHERE {key_of(target.table)} = %s", [target.key]
    )
    run(
        f"DO $block$ BEGIN {gone}; SET CONSTRAINTS ALL IMMEDIATE;"
        " EXCEPTION WHEN OTHERS THEN NULL; END $block$"
    )


def instance_delete(target: Target) -> None:
    target.row.delete()


def queryset_delete(target: Target) -> None:
    target.model._base_manager.filter(pk=target.key).delete()


def raw_delete(target: Target) -> None:
    rows = target.model._base_manager.filter(pk=target.key)
    rows._raw_delete(rows.db)


DELETE: dict[str, Callable[[Target], None]] = {
    "DELETE": delete,
    "DELETE … USING": delete_using,
    "WITH (DELETE)": delete_within,
    "MERGE … DELETE": merge_delete,
    "DO block": delete_in_a_block,
    "delete()": instance_delete,
    "queryset.delete()": queryset_delete,
    "_raw_delete()": raw_delete,
}


# ---------- rows more ----------


def _columns(values: Values) -> str:
    return ", ".join(name(field.column) for field in values)


def _marks(target: Target, values: Values) -> tuple[str, list[Any]]:
    kinds = types(target.table)
    marks = ", ".join(f"%s::{kinds[field.column]}" for field in values)
    return marks, [raw(field, value) for field, value in values.items()]


def insert(target: Target, values: Values) -> None:
    marks, params = _marks(target, values)
    run(f"INSERT INTO {target.table} ({_columns(values)}) VALUES ({marks})", *params)


def insert_select(target: Target, values: Values) -> None:
    marks, params = _marks(target, values)
    run(f"INSERT INTO {target.table} ({_columns(values)}) SELECT {marks}", *params)


def insert_within(target: Target, values: Values) -> None:
    marks, params = _marks(target, values)
    run(
        f"WITH more AS (INSERT INTO {target.table} ({_columns(values)})"
        f" VALUES ({marks}) RETURNING 1) SELECT count(*) FROM more",
        *params,
    )


def merge_insert(target: Target, values: Values) -> None:
    marks, params = _marks(target, values)
    run(
        f"MERGE INTO {target.table} t USING (SELECT 1 AS one) v ON false"
        f" WHEN NOT MATCHED THEN INSERT ({_columns(values)}) VALUES ({marks})",
        *params,
    )


def insert_in_a_block(target: Target, values: Values) -> None:
    marks, params = _marks(target, values)
    more = composed(
        f"INSERT INTO {target.table} ({_columns(values)}) VALUES ({marks})", params
    )
    run(
        f"DO $block$ BEGIN {more}; SET CONSTRAINTS ALL IMMEDIATE;"
        " EXCEPTION WHEN OTHERS THEN NULL; END $block$".replace("%", "%%")
    )


def copy_from(target: Target, values: Values) -> None:
    with connection.cursor() as cursor, connection.wrap_database_errors:
        sql = f"COPY {target.table} ({_columns(values)}) FROM STDIN"
        with cursor.copy(sql) as stream:
            stream.write_row([raw(field, value) for field, value in values.items()])


def _new(target: Target, values: Values) -> models.Model:
    return target.model(**{field.attname: value for field, value in values.items()})


def create(target: Target, values: Values) -> None:
    _new(target, values).save(force_insert=True)


def bulk_create(target: Target, values: Values) -> None:
    target.model._base_manager.bulk_create([_new(target, values)])


def bulk_create_ignoring(target: Target, values: Values) -> None:
    rows = target.model._base_manager
    rows.bulk_create([_new(target, values)], ignore_conflicts=True)


INSERT: dict[str, Door] = {
    "INSERT": insert,
    "create()": create,
    "INSERT … SELECT": insert_select,
    "bulk_create()": bulk_create,
    "WITH (INSERT)": insert_within,
    "bulk_create(ignore_conflicts)": bulk_create_ignoring,
    "MERGE … INSERT": merge_insert,
    "COPY FROM": copy_from,
    "DO block": insert_in_a_block,
}
