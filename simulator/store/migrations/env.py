"""What Alembic runs: the revisions, inside the transaction that `simulator.store.schema` began."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
