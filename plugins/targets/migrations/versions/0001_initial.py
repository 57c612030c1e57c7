"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "targets_target",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("quantity", ScaledDecimal(4), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("slot", sa.String(length=200), nullable=False),
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
            name=op.f("fk_targets_target_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "team_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_targets_target_company_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_targets_target_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_targets_target")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_targets_target_company_id_external_id")
        ),
        sa.UniqueConstraint("company_id", "slot", name=op.f("uq_targets_target_company_id_slot")),
    )
    op.create_index(
        op.f("ix_targets_target_company_id_measure_start"),
        "targets_target",
        ["company_id", "measure", "start"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_owner_id"),
        "targets_target",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_team_id"),
        "targets_target",
        ["company_id", "team_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_title_key"),
        "targets_target",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_user_id"),
        "targets_target",
        ["company_id", "user_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("targets_target")
