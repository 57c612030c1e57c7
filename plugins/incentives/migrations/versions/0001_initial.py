"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "incentives_payout",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
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
            name=op.f("fk_incentives_payout_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_payout_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_payout_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_payout")),
        sa.UniqueConstraint(
            "company_id", "name", name=op.f("uq_incentives_payout_company_id_name")
        ),
    )
    op.create_table(
        "incentives_plan",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("rate_of", sa.String(length=40), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
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
            name=op.f("fk_incentives_plan_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_plan_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_plan_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_plan")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_incentives_plan_company_id_name")),
    )
    op.create_table(
        "incentives_adjustment",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_id", sa.BigInteger(), nullable=True),
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
            ["company_id", "asked_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_adjustment_company_id_asked_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_adjustment_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "decided_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_adjustment_company_id_decided_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_id"],
            ["incentives_plan.company_id", "incentives_plan.id"],
            name=op.f("fk_incentives_adjustment_company_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_adjustment_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_adjustment_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_adjustment_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_adjustment")),
    )
    op.create_table(
        "incentives_statement",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("pay_currency", sa.String(length=3), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("payout_id", sa.BigInteger(), nullable=True),
        sa.Column("pay_rate", ScaledDecimal(10), nullable=True),
        sa.Column("rate_on", sa.Date(), nullable=True),
        sa.Column("pay_amount", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_incentives_statement_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "payout_id"],
            ["incentives_payout.company_id", "incentives_payout.id"],
            name=op.f("fk_incentives_statement_company_id_payout_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_id"],
            ["incentives_plan.company_id", "incentives_plan.id"],
            name=op.f("fk_incentives_statement_company_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_statement_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_statement_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_statement_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_statement")),
        sa.UniqueConstraint(
            "company_id",
            "plan_id",
            "user_id",
            "start",
            name=op.f("uq_incentives_statement_company_id_plan_id_user_id_start"),
        ),
    )
    op.create_table(
        "incentives_version",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("cap", sa.BigInteger(), nullable=True),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column("by_calendar", sa.Boolean(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
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
            name=op.f("fk_incentives_version_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_id"],
            ["incentives_plan.company_id", "incentives_plan.id"],
            name=op.f("fk_incentives_version_company_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_version_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_version_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_version")),
        sa.UniqueConstraint(
            "company_id",
            "plan_id",
            "number",
            name=op.f("uq_incentives_version_company_id_plan_id_number"),
        ),
    )
    op.create_table(
        "incentives_component",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("plan_version_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("credit", sa.String(length=40), nullable=False),
        sa.Column("only_by", sa.String(length=60), nullable=True),
        sa.Column("only", sa.String(length=60), nullable=True),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("each_by", sa.String(length=60), nullable=True),
        sa.Column("most_each", sa.BigInteger(), nullable=True),
        sa.Column("earned_over", sa.BigInteger(), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("rate", ScaledDecimal(4), nullable=True),
        sa.Column("each", sa.BigInteger(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("rated_by", sa.String(length=60), nullable=True),
        sa.Column("variable", sa.BigInteger(), nullable=True),
        sa.Column("quota", ScaledDecimal(4), nullable=True),
        sa.Column("formula", sa.String(length=300), nullable=True),
        sa.Column("second_measure", sa.String(length=100), nullable=True),
        sa.Column("second_quota", ScaledDecimal(4), nullable=True),
        sa.Column("least", ScaledDecimal(4), nullable=True),
        sa.Column("least_by", sa.String(length=40), nullable=False),
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
            name=op.f("fk_incentives_component_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_version_id"],
            ["incentives_version.company_id", "incentives_version.id"],
            name=op.f("fk_incentives_component_company_id_plan_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_component_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_component_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_component")),
    )
    op.create_table(
        "incentives_dispute",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("statement_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
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
            name=op.f("fk_incentives_dispute_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "statement_id"],
            ["incentives_statement.company_id", "incentives_statement.id"],
            name=op.f("fk_incentives_dispute_company_id_statement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_dispute_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_dispute_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_dispute_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_dispute")),
    )
    op.create_table(
        "incentives_participant",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("draw", sa.BigInteger(), nullable=True),
        sa.Column("recovered", sa.Boolean(), nullable=False),
        sa.Column("paid_in", sa.String(length=3), nullable=True),
        sa.Column("ramp", sa.String(length=100), nullable=True),
        sa.Column("acknowledged_id", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "acknowledged_id"],
            ["incentives_version.company_id", "incentives_version.id"],
            name=op.f("fk_incentives_participant_company_id_acknowledged_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_participant_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_id"],
            ["incentives_plan.company_id", "incentives_plan.id"],
            name=op.f("fk_incentives_participant_company_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_participant_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_participant_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_participant_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_participant")),
        sa.UniqueConstraint(
            "company_id",
            "plan_id",
            "user_id",
            "starts_on",
            name=op.f("uq_incentives_participant_company_id_plan_id_user_id_starts_on"),
        ),
    )
    op.create_table(
        "incentives_verdict",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("plan_version_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("said", sa.String(length=40), nullable=False),
        sa.Column("estimate", ScaledDecimal(2), nullable=True),
        sa.Column("low", ScaledDecimal(2), nullable=True),
        sa.Column("high", ScaledDecimal(2), nullable=True),
        sa.Column("treated", sa.BigInteger(), nullable=False),
        sa.Column("control", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("result", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_verdict_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_verdict_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_version_id"],
            ["incentives_version.company_id", "incentives_version.id"],
            name=op.f("fk_incentives_verdict_company_id_plan_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_verdict_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_verdict_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_verdict")),
    )
    op.create_table(
        "incentives_entry",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("statement_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_version_id", sa.BigInteger(), nullable=True),
        sa.Column("component_id", sa.BigInteger(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("whole", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("base", ScaledDecimal(6), nullable=False),
        sa.Column("rate", ScaledDecimal(10), nullable=False),
        sa.Column("step", ScaledDecimal(6), nullable=True),
        sa.Column("each_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "component_id"],
            ["incentives_component.company_id", "incentives_component.id"],
            name=op.f("fk_incentives_entry_company_id_component_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_entry_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_id"],
            ["incentives_plan.company_id", "incentives_plan.id"],
            name=op.f("fk_incentives_entry_company_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_version_id"],
            ["incentives_version.company_id", "incentives_version.id"],
            name=op.f("fk_incentives_entry_company_id_plan_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "statement_id"],
            ["incentives_statement.company_id", "incentives_statement.id"],
            name=op.f("fk_incentives_entry_company_id_statement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_entry_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_entry_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_entry_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_entry")),
        sa.UniqueConstraint(
            "company_id",
            "plan_id",
            "user_id",
            "start",
            "number",
            name=op.f("uq_incentives_entry_company_id_plan_id_user_id_start_number"),
        ),
    )
    op.create_table(
        "incentives_rate",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("component_id", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rate", ScaledDecimal(4), nullable=False),
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
            ["company_id", "component_id"],
            ["incentives_component.company_id", "incentives_component.id"],
            name=op.f("fk_incentives_rate_company_id_component_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_rate_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_rate_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_rate_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_rate")),
        sa.UniqueConstraint(
            "company_id",
            "component_id",
            "value",
            name=op.f("uq_incentives_rate_company_id_component_id_value"),
        ),
    )
    op.create_table(
        "incentives_step",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("component_id", sa.BigInteger(), nullable=False),
        sa.Column("start", ScaledDecimal(4), nullable=False),
        sa.Column("second_start", ScaledDecimal(4), nullable=False),
        sa.Column("rate", ScaledDecimal(4), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "component_id"],
            ["incentives_component.company_id", "incentives_component.id"],
            name=op.f("fk_incentives_step_company_id_component_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_step_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_incentives_step_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_incentives_step_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_incentives_step")),
        sa.UniqueConstraint(
            "company_id",
            "component_id",
            "start",
            "second_start",
            name=op.f("uq_incentives_step_company_id_component_id_start_second_start"),
        ),
    )
    op.create_index(
        op.f("ix_incentives_payout_company_id_title_key"),
        "incentives_payout",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_plan_company_id_title_key"),
        "incentives_plan",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_adjustment_company_id_asked_id"),
        "incentives_adjustment",
        ["company_id", "asked_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_adjustment_company_id_decided_id"),
        "incentives_adjustment",
        ["company_id", "decided_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_adjustment_company_id_plan_id"),
        "incentives_adjustment",
        ["company_id", "plan_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_adjustment_company_id_state"),
        "incentives_adjustment",
        ["company_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_adjustment_company_id_title_key"),
        "incentives_adjustment",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_adjustment_company_id_user_id"),
        "incentives_adjustment",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_statement_company_id_payout_id"),
        "incentives_statement",
        ["company_id", "payout_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_statement_company_id_plan_id"),
        "incentives_statement",
        ["company_id", "plan_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_statement_company_id_state_start"),
        "incentives_statement",
        ["company_id", "state", "start"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_statement_company_id_title_key"),
        "incentives_statement",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_statement_company_id_user_id"),
        "incentives_statement",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_statement_company_id_user_id_start"),
        "incentives_statement",
        ["company_id", "user_id", "start"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_version_company_id_plan_id"),
        "incentives_version",
        ["company_id", "plan_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_version_company_id_state_valid_from"),
        "incentives_version",
        ["company_id", "state", "valid_from"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_version_company_id_title_key"),
        "incentives_version",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_component_company_id_plan_version_id"),
        "incentives_component",
        ["company_id", "plan_version_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_component_company_id_plan_version_id_position"),
        "incentives_component",
        ["company_id", "plan_version_id", "position"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_component_company_id_title_key"),
        "incentives_component",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_dispute_company_id_state_due_on"),
        "incentives_dispute",
        ["company_id", "state", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_dispute_company_id_statement_id"),
        "incentives_dispute",
        ["company_id", "statement_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_dispute_company_id_title_key"),
        "incentives_dispute",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_dispute_company_id_user_id"),
        "incentives_dispute",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_participant_company_id_acknowledged_id"),
        "incentives_participant",
        ["company_id", "acknowledged_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_participant_company_id_plan_id"),
        "incentives_participant",
        ["company_id", "plan_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_participant_company_id_user_id"),
        "incentives_participant",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_verdict_company_id_by_id"),
        "incentives_verdict",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_verdict_company_id_plan_version_id"),
        "incentives_verdict",
        ["company_id", "plan_version_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_verdict_company_id_plan_version_id_day"),
        "incentives_verdict",
        ["company_id", "plan_version_id", "day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_entry_company_id_component_id"),
        "incentives_entry",
        ["company_id", "component_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_entry_company_id_plan_id"),
        "incentives_entry",
        ["company_id", "plan_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_entry_company_id_plan_version_id"),
        "incentives_entry",
        ["company_id", "plan_version_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_entry_company_id_statement_id"),
        "incentives_entry",
        ["company_id", "statement_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_entry_company_id_user_id"),
        "incentives_entry",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_entry_company_id_user_id_posted_on"),
        "incentives_entry",
        ["company_id", "user_id", "posted_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_rate_company_id_component_id"),
        "incentives_rate",
        ["company_id", "component_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_rate_company_id_title_key"),
        "incentives_rate",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_incentives_step_company_id_component_id"),
        "incentives_step",
        ["company_id", "component_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("incentives_step")
    op.drop_table("incentives_rate")
    op.drop_table("incentives_entry")
    op.drop_table("incentives_verdict")
    op.drop_table("incentives_participant")
    op.drop_table("incentives_dispute")
    op.drop_table("incentives_component")
    op.drop_table("incentives_version")
    op.drop_table("incentives_statement")
    op.drop_table("incentives_adjustment")
    op.drop_table("incentives_plan")
    op.drop_table("incentives_payout")
