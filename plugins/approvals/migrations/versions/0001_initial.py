"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "approvals_rule",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("move", sa.String(length=100), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("figure", sa.String(length=100), nullable=True),
        sa.Column("at_least", ScaledDecimal(4), nullable=True),
        sa.Column("below", ScaledDecimal(4), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
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
            name=op.f("fk_approvals_rule_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_rule_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_approvals_rule_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_approvals_rule")),
    )
    op.create_table(
        "approvals_request",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("move", sa.String(length=100), nullable=False),
        sa.Column("about_model", sa.String(length=100), nullable=False),
        sa.Column("about_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=True),
        sa.Column("figure", ScaledDecimal(4), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("hours", ScaledDecimal(2), nullable=True),
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
            name=op.f("fk_approvals_request_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_request_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "rule_id"],
            ["approvals_rule.company_id", "approvals_rule.id"],
            name=op.f("fk_approvals_request_company_id_rule_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_request_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_approvals_request_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_approvals_request")),
    )
    op.create_table(
        "approvals_step",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("at_least", ScaledDecimal(4), nullable=True),
        sa.Column("remind_hours", sa.BigInteger(), nullable=False),
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
            name=op.f("fk_approvals_step_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "person_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_step_company_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "role_id"],
            ["core_role.company_id", "core_role.id"],
            name=op.f("fk_approvals_step_company_id_role_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "rule_id"],
            ["approvals_rule.company_id", "approvals_rule.id"],
            name=op.f("fk_approvals_step_company_id_rule_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_step_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_approvals_step_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_approvals_step")),
    )
    op.create_table(
        "approvals_decision",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("asker_id", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("to_id", sa.BigInteger(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("remind_hours", sa.BigInteger(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
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
            ["company_id", "asker_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_decision_company_id_asker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_decision_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_decision_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_decision_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "request_id"],
            ["approvals_request.company_id", "approvals_request.id"],
            name=op.f("fk_approvals_decision_company_id_request_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "to_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_decision_company_id_to_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_approvals_decision_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_approvals_decision_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_approvals_decision")),
    )
    op.create_index(
        op.f("ix_approvals_rule_company_id_title_key"),
        "approvals_rule",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_request_company_id_about_model_about_id_state"),
        "approvals_request",
        ["company_id", "about_model", "about_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_request_company_id_owner_id"),
        "approvals_request",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_request_company_id_owner_id_state"),
        "approvals_request",
        ["company_id", "owner_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_request_company_id_rule_id"),
        "approvals_request",
        ["company_id", "rule_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_request_company_id_title_key"),
        "approvals_request",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_step_company_id_person_id"),
        "approvals_step",
        ["company_id", "person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_step_company_id_role_id"),
        "approvals_step",
        ["company_id", "role_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_step_company_id_rule_id"),
        "approvals_step",
        ["company_id", "rule_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_step_company_id_rule_id_position"),
        "approvals_step",
        ["company_id", "rule_id", "position"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_step_company_id_title_key"),
        "approvals_step",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_decision_company_id_asker_id"),
        "approvals_decision",
        ["company_id", "asker_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_decision_company_id_by_id"),
        "approvals_decision",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_decision_company_id_owner_id"),
        "approvals_decision",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_decision_company_id_owner_id_state"),
        "approvals_decision",
        ["company_id", "owner_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_decision_company_id_request_id"),
        "approvals_decision",
        ["company_id", "request_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_decision_company_id_state_due_at"),
        "approvals_decision",
        ["company_id", "state", "due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_decision_company_id_title_key"),
        "approvals_decision",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approvals_decision_company_id_to_id"),
        "approvals_decision",
        ["company_id", "to_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("approvals_decision")
    op.drop_table("approvals_step")
    op.drop_table("approvals_request")
    op.drop_table("approvals_rule")
