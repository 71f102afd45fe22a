"""Changes what a CHECK constraint allows, on both databases, without touching a row."""

from alembic import op


def replace_check(table: str, name: str, old: str, new: str) -> None:
    """Give constraint `name` of `table` the condition `new`; `old` is the one that it was made with, letter by letter.

    SQLite knows no ALTER for it, and making the table anew would break what refers to it. Its documentation names
    this way for changes that alter nothing on disk: https://www.sqlite.org/lang_altertable.html#otheralter
    """
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(name, table, type_="check")
        op.create_check_constraint(name, table, new)
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?",
        (f"CHECK ({old})", f"CHECK ({new})", table),
    )
    # Every open connection reads the schema anew when this number has changed.
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
