"""How a record of an earlier release becomes one of this release: Alembic's revisions, oldest first."""
