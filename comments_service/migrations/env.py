"""Alembic's entry: runs on the connection that `migrations.upgrade` and its siblings hand over."""

from alembic import context

from comments_service.migrations import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
