#!/usr/bin/env python3
"""Writes the filled stores of tests/older_stores_test as text: dump_store.py FILLED VERSION INTO (tests/fixtures/db/README.md)."""
import pathlib
import re
import sqlite3
import sys

filled, version, into = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])

store = sqlite3.connect(filled / "store.sqlite")
virtual = dict(store.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"))
# What a full-text index keeps for itself is made anew from its content.
own = [f"{name}_{part}" for name in virtual for part in ("data", "idx", "docsize", "config", "content")] + list(virtual)
statements = []
for statement in store.iterdump():
    if "writable_schema" in statement or any(re.match(rf"(CREATE TABLE '?|INSERT INTO \"){each}\b", statement) for each in own):
        continue
    if statement.startswith("INSERT INTO sqlite_master"):
        continue
    statements.append(statement)
statements[-1:-1] = [f"{sql};\nINSERT INTO {name} ({name}) VALUES ('rebuild');" for name, sql in virtual.items()]
(into / f"{version}.sqlite.sql").write_text("\n".join(statements) + "\n")

# Without the schema that the store stood in, so that it goes into any.
lines = (filled / "store.postgresql.sql").read_text().splitlines()
schema = next(re.match(r"CREATE SCHEMA (\w+);", line).group(1) for line in lines if line.startswith("CREATE SCHEMA"))
left_out = re.compile(r"--|\\(un)?restrict|CREATE SCHEMA|SELECT pg_catalog\.set_config\('search_path'")
kept = [line.replace(schema + ".", "") for line in lines if line and not left_out.match(line)]
(into / f"{version}.postgresql.sql").write_text("\n".join(kept) + "\n")
