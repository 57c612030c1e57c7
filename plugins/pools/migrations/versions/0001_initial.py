"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "pools_pool",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("takes", sa.String(length=40), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("open_to_all", sa.Boolean(), nullable=False),
        sa.Column("claimable", sa.Boolean(), nullable=False),
        sa.Column("shows_held", sa.Boolean(), nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.Column("limit", sa.BigInteger(), nullable=True),
        sa.Column("count_won", sa.Boolean(), nullable=False),
        sa.Column("ban_days", sa.BigInteger(), nullable=False),
        sa.Column("remind_days", sa.BigInteger(), nullable=False),
        sa.Column("exempt_won", sa.Boolean(), nullable=False),
        sa.Column("clears", sa.String(length=500), nullable=True),
        sa.Column("clears_team", sa.Boolean(), nullable=False),
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
            name=op.f("fk_pools_pool_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_pool_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pools_pool_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pools_pool")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_pools_pool_company_id_name")),
    )
    op.create_table(
        "pools_member",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("pool_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("limit", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_member_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "pool_id"],
            ["pools_pool.company_id", "pools_pool.id"],
            name=op.f("fk_pools_member_company_id_pool_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "team_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_pools_member_company_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_member_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_member_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pools_member_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pools_member")),
    )
    op.create_table(
        "pools_rule",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("pool_id", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("counts", sa.String(length=40), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
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
            name=op.f("fk_pools_rule_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "pool_id"],
            ["pools_pool.company_id", "pools_pool.id"],
            name=op.f("fk_pools_rule_company_id_pool_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_rule_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pools_rule_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pools_rule")),
    )
    op.create_table(
        "pools_place",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("pool_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("lead_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("former_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("locked_until", sa.Date(), nullable=True),
        sa.Column("reminded", sa.Date(), nullable=True),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("industry", sa.String(length=100), nullable=True),
        sa.Column("city", sa.String(length=100), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("country", sa.String(length=100), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
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
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_pools_place_company_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_place_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "former_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_place_company_id_former_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "lead_id"],
            ["crm_lead.company_id", "crm_lead.id"],
            name=op.f("fk_pools_place_company_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_place_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "pool_id"],
            ["pools_pool.company_id", "pools_pool.id"],
            name=op.f("fk_pools_place_company_id_pool_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_place_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pools_place_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pools_place")),
        sa.UniqueConstraint(
            "company_id", "account_id", name=op.f("uq_pools_place_company_id_account_id")
        ),
        sa.UniqueConstraint(
            "company_id", "lead_id", name=op.f("uq_pools_place_company_id_lead_id")
        ),
    )
    op.create_table(
        "pools_change",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("pool_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=True),
        sa.Column("to_id", sa.BigInteger(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("rule", sa.String(length=300), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_change_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_change_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "from_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_change_company_id_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "place_id"],
            ["pools_place.company_id", "pools_place.id"],
            name=op.f("fk_pools_change_company_id_place_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "pool_id"],
            ["pools_pool.company_id", "pools_pool.id"],
            name=op.f("fk_pools_change_company_id_pool_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "to_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_change_company_id_to_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pools_change_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pools_change_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pools_change")),
    )
    op.create_index(
        op.f("ix_pools_pool_company_id_title_key"),
        "pools_pool",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_member_company_id_pool_id"),
        "pools_member",
        ["company_id", "pool_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_member_company_id_team_id"),
        "pools_member",
        ["company_id", "team_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_member_company_id_user_id"),
        "pools_member",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_rule_company_id_pool_id"),
        "pools_rule",
        ["company_id", "pool_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_rule_company_id_title_key"),
        "pools_rule",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_place_company_id_account_id"),
        "pools_place",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_place_company_id_former_id"),
        "pools_place",
        ["company_id", "former_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_place_company_id_lead_id"),
        "pools_place",
        ["company_id", "lead_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_place_company_id_owner_id"),
        "pools_place",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_place_company_id_owner_id_state"),
        "pools_place",
        ["company_id", "owner_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_place_company_id_pool_id"),
        "pools_place",
        ["company_id", "pool_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_place_company_id_pool_id_state"),
        "pools_place",
        ["company_id", "pool_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_place_company_id_title_key"),
        "pools_place",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_change_company_id_by_id"),
        "pools_change",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_change_company_id_from_id"),
        "pools_change",
        ["company_id", "from_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_change_company_id_on"), "pools_change", ["company_id", "on"], unique=False
    )
    op.create_index(
        op.f("ix_pools_change_company_id_place_id"),
        "pools_change",
        ["company_id", "place_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_change_company_id_place_id_at"),
        "pools_change",
        ["company_id", "place_id", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_change_company_id_pool_id"),
        "pools_change",
        ["company_id", "pool_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pools_change_company_id_to_id"),
        "pools_change",
        ["company_id", "to_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("pools_change")
    op.drop_table("pools_place")
    op.drop_table("pools_rule")
    op.drop_table("pools_member")
    op.drop_table("pools_pool")
