"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "risk_appetite",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("loss", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_appetite_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_appetite_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_appetite_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_appetite")),
        sa.UniqueConstraint(
            "company_id", "category", name=op.f("uq_risk_appetite_company_id_category")
        ),
    )
    op.create_table(
        "risk_risk",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("event", sa.String(length=500), nullable=True),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("about_model", sa.String(length=100), nullable=True),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("about", sa.String(length=300), nullable=True),
        sa.Column("found", sa.Text(), nullable=True),
        sa.Column("identified_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("velocity", sa.String(length=40), nullable=True),
        sa.Column("inherent_likelihood", sa.BigInteger(), nullable=True),
        sa.Column("inherent_impact", sa.BigInteger(), nullable=True),
        sa.Column("inherent_probability", ScaledDecimal(2), nullable=True),
        sa.Column("inherent_low", sa.BigInteger(), nullable=True),
        sa.Column("inherent_loss", sa.BigInteger(), nullable=True),
        sa.Column("inherent_high", sa.BigInteger(), nullable=True),
        sa.Column("inherent_score", sa.BigInteger(), nullable=True),
        sa.Column("inherent_expected", sa.BigInteger(), nullable=True),
        sa.Column("current_likelihood", sa.BigInteger(), nullable=True),
        sa.Column("current_impact", sa.BigInteger(), nullable=True),
        sa.Column("current_probability", ScaledDecimal(2), nullable=True),
        sa.Column("current_low", sa.BigInteger(), nullable=True),
        sa.Column("current_loss", sa.BigInteger(), nullable=True),
        sa.Column("current_high", sa.BigInteger(), nullable=True),
        sa.Column("current_score", sa.BigInteger(), nullable=True),
        sa.Column("current_expected", sa.BigInteger(), nullable=True),
        sa.Column("residual_likelihood", sa.BigInteger(), nullable=True),
        sa.Column("residual_impact", sa.BigInteger(), nullable=True),
        sa.Column("residual_probability", ScaledDecimal(2), nullable=True),
        sa.Column("residual_low", sa.BigInteger(), nullable=True),
        sa.Column("residual_loss", sa.BigInteger(), nullable=True),
        sa.Column("residual_high", sa.BigInteger(), nullable=True),
        sa.Column("residual_score", sa.BigInteger(), nullable=True),
        sa.Column("residual_expected", sa.BigInteger(), nullable=True),
        sa.Column("likelihood", sa.BigInteger(), nullable=True),
        sa.Column("impact", sa.BigInteger(), nullable=True),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("priority", sa.BigInteger(), nullable=True),
        sa.Column("band", sa.String(length=40), nullable=True),
        sa.Column("expected_loss", sa.BigInteger(), nullable=True),
        sa.Column("over_appetite", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("escalated_on", sa.Date(), nullable=True),
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
            name=op.f("fk_risk_risk_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_risk_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_risk_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_risk_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_risk")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_risk_risk_company_id_external_id")
        ),
    )
    op.create_table(
        "risk_rule",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("share", ScaledDecimal(2), nullable=True),
        sa.Column("count", sa.BigInteger(), nullable=True),
        sa.Column("measure", sa.String(length=100), nullable=True),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("limit", ScaledDecimal(4), nullable=True),
        sa.Column("likelihood", sa.BigInteger(), nullable=False),
        sa.Column("impact", sa.BigInteger(), nullable=False),
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
            name=op.f("fk_risk_rule_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_rule_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_rule_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_rule_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_rule")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_risk_rule_company_id_name")),
    )
    op.create_table(
        "risk_control",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("risk_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("frequency", sa.String(length=40), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("effectiveness", sa.String(length=40), nullable=True),
        sa.Column("tested_on", sa.Date(), nullable=True),
        sa.Column("test_on", sa.Date(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
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
            name=op.f("fk_risk_control_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_control_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "risk_id"],
            ["risk_risk.company_id", "risk_risk.id"],
            name=op.f("fk_risk_control_company_id_risk_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_control_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_control_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_control")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_risk_control_company_id_external_id")
        ),
    )
    op.create_table(
        "risk_incident",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("risk_id", sa.BigInteger(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("near_miss", sa.Boolean(), nullable=False),
        sa.Column("loss", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("lesson", sa.Text(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
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
            name=op.f("fk_risk_incident_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_incident_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "risk_id"],
            ["risk_risk.company_id", "risk_risk.id"],
            name=op.f("fk_risk_incident_company_id_risk_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_incident_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_incident_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_incident")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_risk_incident_company_id_external_id")
        ),
    )
    op.create_table(
        "risk_indicator",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("risk_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("warn_at", ScaledDecimal(4), nullable=True),
        sa.Column("alarm_at", ScaledDecimal(4), nullable=False),
        sa.Column("value", ScaledDecimal(4), nullable=True),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=True),
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
            name=op.f("fk_risk_indicator_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_indicator_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "risk_id"],
            ["risk_risk.company_id", "risk_risk.id"],
            name=op.f("fk_risk_indicator_company_id_risk_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_indicator_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_indicator_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_indicator")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_risk_indicator_company_id_name")),
    )
    op.create_table(
        "risk_response",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("risk_id", sa.BigInteger(), nullable=False),
        sa.Column("strategy", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("given_up", sa.String(length=500), nullable=True),
        sa.Column("counterparty", sa.String(length=200), nullable=True),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("trigger", sa.String(length=500), nullable=True),
        sa.Column("contingency", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
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
            ["company_id", "approver_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_response_company_id_approver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_response_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_response_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "risk_id"],
            ["risk_risk.company_id", "risk_risk.id"],
            name=op.f("fk_risk_response_company_id_risk_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_response_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_response_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_response")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_risk_response_company_id_external_id")
        ),
    )
    op.create_table(
        "risk_score",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("risk_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("likelihood", sa.BigInteger(), nullable=True),
        sa.Column("impact", sa.BigInteger(), nullable=True),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("probability", ScaledDecimal(2), nullable=True),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("loss", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("expected_loss", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_score_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_score_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "risk_id"],
            ["risk_risk.company_id", "risk_risk.id"],
            name=op.f("fk_risk_score_company_id_risk_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_score_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_score_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_score")),
    )
    op.create_table(
        "risk_sighting",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("risk_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("ceased_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_sighting_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "risk_id"],
            ["risk_risk.company_id", "risk_risk.id"],
            name=op.f("fk_risk_sighting_company_id_risk_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "rule_id"],
            ["risk_rule.company_id", "risk_rule.id"],
            name=op.f("fk_risk_sighting_company_id_rule_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_sighting_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_sighting_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_sighting")),
        sa.UniqueConstraint("company_id", "key", name=op.f("uq_risk_sighting_company_id_key")),
    )
    op.create_table(
        "risk_action",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("risk_id", sa.BigInteger(), nullable=False),
        sa.Column("response_id", sa.BigInteger(), nullable=True),
        sa.Column("control_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
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
            ["company_id", "control_id"],
            ["risk_control.company_id", "risk_control.id"],
            name=op.f("fk_risk_action_company_id_control_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_action_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_action_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "response_id"],
            ["risk_response.company_id", "risk_response.id"],
            name=op.f("fk_risk_action_company_id_response_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "risk_id"],
            ["risk_risk.company_id", "risk_risk.id"],
            name=op.f("fk_risk_action_company_id_risk_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_action_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_action_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_action")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_risk_action_company_id_external_id")
        ),
    )
    op.create_table(
        "risk_control_test",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("control_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_control_test_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "control_id"],
            ["risk_control.company_id", "risk_control.id"],
            name=op.f("fk_risk_control_test_company_id_control_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_control_test_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_control_test_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_control_test_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_control_test")),
    )
    op.create_table(
        "risk_cover",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("control_id", sa.BigInteger(), nullable=False),
        sa.Column("risk_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "control_id"],
            ["risk_control.company_id", "risk_control.id"],
            name=op.f("fk_risk_cover_company_id_control_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_cover_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "risk_id"],
            ["risk_risk.company_id", "risk_risk.id"],
            name=op.f("fk_risk_cover_company_id_risk_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_cover_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_cover_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_cover")),
        sa.UniqueConstraint(
            "company_id",
            "control_id",
            "risk_id",
            name=op.f("uq_risk_cover_company_id_control_id_risk_id"),
        ),
    )
    op.create_table(
        "risk_reading",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("indicator_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", ScaledDecimal(4), nullable=True),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_reading_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "indicator_id"],
            ["risk_indicator.company_id", "risk_indicator.id"],
            name=op.f("fk_risk_reading_company_id_indicator_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_risk_reading_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_risk_reading_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_risk_reading")),
        sa.UniqueConstraint(
            "company_id",
            "indicator_id",
            "on",
            name=op.f("uq_risk_reading_company_id_indicator_id_on"),
        ),
    )
    op.create_index(
        op.f("ix_risk_risk_company_id_about_model_about_id"),
        "risk_risk",
        ["company_id", "about_model", "about_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_risk_company_id_owner_id"),
        "risk_risk",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_risk_company_id_owner_id_state"),
        "risk_risk",
        ["company_id", "owner_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_risk_company_id_priority_id"),
        "risk_risk",
        ["company_id", "priority", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_risk_company_id_state_likelihood_impact"),
        "risk_risk",
        ["company_id", "state", "likelihood", "impact"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_risk_company_id_state_priority_id"),
        "risk_risk",
        ["company_id", "state", "priority", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_risk_company_id_state_review_on"),
        "risk_risk",
        ["company_id", "state", "review_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_risk_company_id_title_key"),
        "risk_risk",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_rule_company_id_owner_id"),
        "risk_rule",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_rule_company_id_title_key"),
        "risk_rule",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_control_company_id_owner_id"),
        "risk_control",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_control_company_id_risk_id"),
        "risk_control",
        ["company_id", "risk_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_control_company_id_state_test_on"),
        "risk_control",
        ["company_id", "state", "test_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_control_company_id_title_key"),
        "risk_control",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_incident_company_id_on"), "risk_incident", ["company_id", "on"], unique=False
    )
    op.create_index(
        op.f("ix_risk_incident_company_id_owner_id"),
        "risk_incident",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_incident_company_id_risk_id"),
        "risk_incident",
        ["company_id", "risk_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_incident_company_id_title_key"),
        "risk_incident",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_indicator_company_id_owner_id"),
        "risk_indicator",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_indicator_company_id_risk_id"),
        "risk_indicator",
        ["company_id", "risk_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_indicator_company_id_title_key"),
        "risk_indicator",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_response_company_id_approver_id"),
        "risk_response",
        ["company_id", "approver_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_response_company_id_owner_id"),
        "risk_response",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_response_company_id_risk_id"),
        "risk_response",
        ["company_id", "risk_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_response_company_id_state_expires_on"),
        "risk_response",
        ["company_id", "state", "expires_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_response_company_id_title_key"),
        "risk_response",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_score_company_id_by_id"), "risk_score", ["company_id", "by_id"], unique=False
    )
    op.create_index(
        op.f("ix_risk_score_company_id_on"), "risk_score", ["company_id", "on"], unique=False
    )
    op.create_index(
        op.f("ix_risk_score_company_id_risk_id"),
        "risk_score",
        ["company_id", "risk_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_score_company_id_risk_id_level_id"),
        "risk_score",
        ["company_id", "risk_id", "level", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_sighting_company_id_risk_id"),
        "risk_sighting",
        ["company_id", "risk_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_sighting_company_id_rule_id"),
        "risk_sighting",
        ["company_id", "rule_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_action_company_id_control_id"),
        "risk_action",
        ["company_id", "control_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_action_company_id_owner_id"),
        "risk_action",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_action_company_id_response_id"),
        "risk_action",
        ["company_id", "response_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_action_company_id_risk_id"),
        "risk_action",
        ["company_id", "risk_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_action_company_id_state_due"),
        "risk_action",
        ["company_id", "state", "due"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_action_company_id_title_key"),
        "risk_action",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_control_test_company_id_by_id"),
        "risk_control_test",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_control_test_company_id_control_id"),
        "risk_control_test",
        ["company_id", "control_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_control_test_company_id_control_id_on"),
        "risk_control_test",
        ["company_id", "control_id", "on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_cover_company_id_control_id"),
        "risk_cover",
        ["company_id", "control_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_cover_company_id_risk_id"),
        "risk_cover",
        ["company_id", "risk_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_risk_reading_company_id_indicator_id"),
        "risk_reading",
        ["company_id", "indicator_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("risk_reading")
    op.drop_table("risk_cover")
    op.drop_table("risk_control_test")
    op.drop_table("risk_action")
    op.drop_table("risk_sighting")
    op.drop_table("risk_score")
    op.drop_table("risk_response")
    op.drop_table("risk_indicator")
    op.drop_table("risk_incident")
    op.drop_table("risk_control")
    op.drop_table("risk_rule")
    op.drop_table("risk_risk")
    op.drop_table("risk_appetite")
