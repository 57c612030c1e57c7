"""Pieces come back."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables to this revision."""
    with op.batch_alter_table("samples_sample") as batch_op:
        batch_op.add_column(sa.Column("returned", sa.BigInteger(), nullable=True))
    sample = sa.table("samples_sample", sa.column("returned", sa.BigInteger()))
    op.execute(sa.update(sample).values(returned=0))
    with op.batch_alter_table("samples_sample") as batch_op:
        batch_op.alter_column("returned", existing_type=sa.BigInteger(), nullable=False)


def downgrade() -> None:
    """Take them back to the one before."""
    with op.batch_alter_table("samples_sample") as batch_op:
        batch_op.drop_column("returned")
