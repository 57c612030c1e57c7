"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "assignment_rule",
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
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("whose", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
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
            name=op.f("fk_assignment_rule_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_assignment_rule_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_assignment_rule_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_assignment_rule")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_assignment_rule_company_id_name")),
    )
    op.create_table(
        "assignment_member",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=True),
        sa.Column("territory", sa.String(length=1000), nullable=True),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_assignment_member_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "rule_id"],
            ["assignment_rule.company_id", "assignment_rule.id"],
            name=op.f("fk_assignment_member_company_id_rule_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_assignment_member_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_assignment_member_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_assignment_member_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_assignment_member")),
        sa.UniqueConstraint(
            "company_id",
            "rule_id",
            "user_id",
            name=op.f("uq_assignment_member_company_id_rule_id_user_id"),
        ),
    )
    op.create_table(
        "assignment_given",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("lead_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("shares", JSON, nullable=False),
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
            name=op.f("fk_assignment_given_company_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_assignment_given_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "lead_id"],
            ["crm_lead.company_id", "crm_lead.id"],
            name=op.f("fk_assignment_given_company_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "rule_id"],
            ["assignment_rule.company_id", "assignment_rule.id"],
            name=op.f("fk_assignment_given_company_id_rule_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_assignment_given_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_assignment_given_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_assignment_given_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_assignment_given")),
    )
    op.create_index(
        op.f("ix_assignment_rule_company_id_title_key"),
        "assignment_rule",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_member_company_id_rule_id"),
        "assignment_member",
        ["company_id", "rule_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_member_company_id_user_id"),
        "assignment_member",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_given_company_id_account_id"),
        "assignment_given",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_given_company_id_lead_id"),
        "assignment_given",
        ["company_id", "lead_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_given_company_id_on"),
        "assignment_given",
        ["company_id", "on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_given_company_id_rule_id"),
        "assignment_given",
        ["company_id", "rule_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_given_company_id_rule_id_on"),
        "assignment_given",
        ["company_id", "rule_id", "on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_given_company_id_title_key"),
        "assignment_given",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_given_company_id_user_id"),
        "assignment_given",
        ["company_id", "user_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("assignment_given")
    op.drop_table("assignment_member")
    op.drop_table("assignment_rule")
