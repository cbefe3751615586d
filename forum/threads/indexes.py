"""Indexes of a part of the replies."""

from sqlalchemy import Index, text

# Without parameters: with them, databases would not see that an index answers what is asked.
# Withdrawn, and its words not erased yet:
ERASABLE = text("state = 'withdrawn' AND source <> ''")
# Answers that differ:
DIFFERING = text("kind = 'differing' AND answers_id IS NOT NULL")


def first_level(*columns: str) -> Index:
    """Return an index of the replies of the first level. Partial: PostgreSQL does not read `IS NULL` as an order."""
    first = text("root_id IS NULL")
    return Index(f"ix_replies_{'_'.join(columns)}", *columns, "id", sqlite_where=first, postgresql_where=first)


def first_voices(column: str) -> Index:
    """Return an index of the first replies of those who were new: in fair turn they may stand first."""
    lite, post = text("newcomer = 1"), text("newcomer")
    name = f"ix_replies_newcomer_{column}"
    return Index(name, column, "created_at", sqlite_where=lite, postgresql_where=post)
