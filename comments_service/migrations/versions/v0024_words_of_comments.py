"""An index of the words of comments, for the queue's search. The database itself keeps it true, whoever writes."""

from alembic import op

revision = "0024"
down_revision = "0023"

# What PostgreSQL would take for parts of one address, host or number, and so not find by itself.
_DIVIDERS = "./@:-_&=?#%+~"

_TRIGGERS = {
    "inserted": "AFTER INSERT ON comments BEGIN {put_in} END",
    "deleted": "AFTER DELETE ON comments BEGIN {take_out} END",
    "changed": "AFTER UPDATE OF name, source ON comments WHEN old.name IS NOT new.name OR old.source IS NOT new.source"
    " BEGIN {take_out} {put_in} END",
}
_PUT_IN = "INSERT INTO comment_words (rowid, name, source) VALUES (new.id, new.name, new.source);"
_TAKE_OUT = (
    "INSERT INTO comment_words (comment_words, rowid, name, source) VALUES ('delete', old.id, old.name, old.source);"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        words = f"translate(name || ' ' || source, '{_DIVIDERS}', '{' ' * len(_DIVIDERS)}')".replace("%", "%%")
        op.execute(
            "ALTER TABLE comments ADD COLUMN words tsvector"
            f" GENERATED ALWAYS AS (to_tsvector('simple', {words})) STORED"
        )
        op.execute("CREATE INDEX ix_comments_words ON comments USING gin (words)")
        return
    # It holds no copy of the texts. Beginnings of two and three letters are ready; longer ones are few words each.
    op.execute(
        "CREATE VIRTUAL TABLE comment_words USING fts5 (name, source, content='comments', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )
    op.execute("INSERT INTO comment_words (comment_words) VALUES ('rebuild')")
    for name, body in _TRIGGERS.items():
        op.execute(f"CREATE TRIGGER comment_words_{name} {body.format(put_in=_PUT_IN, take_out=_TAKE_OUT)}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_comments_words", "comments")
        op.drop_column("comments", "words")
        return
    for name in _TRIGGERS:
        op.execute(f"DROP TRIGGER comment_words_{name}")
    op.execute("DROP TABLE comment_words")
