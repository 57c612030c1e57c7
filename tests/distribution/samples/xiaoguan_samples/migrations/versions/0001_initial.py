"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "samples_sample",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("receiver", sa.String(length=200), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.Column(
            "title_key",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_samples_sample_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_samples_sample_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_samples_sample_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_samples_sample_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_samples_sample")),
    )
    op.create_index(
        op.f("ix_samples_sample_company_id_owner_id"),
        "samples_sample",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_samples_sample_company_id_title_key"),
        "samples_sample",
        ["company_id", "title_key"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("samples_sample")
