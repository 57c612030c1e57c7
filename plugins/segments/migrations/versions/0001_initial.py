"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "segments_cut",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("dimension", sa.String(length=40), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("limit", ScaledDecimal(4), nullable=False),
        sa.Column("fixed_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_cut_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_cut_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_cut_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_cut")),
        sa.UniqueConstraint(
            "company_id",
            "dimension",
            "score",
            name=op.f("uq_segments_cut_company_id_dimension_score"),
        ),
    )
    op.create_table(
        "segments_factor",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("none_at", sa.BigInteger(), nullable=False),
        sa.Column("full_at", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_factor_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_factor_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_factor_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_factor")),
        sa.UniqueConstraint("company_id", "kind", name=op.f("uq_segments_factor_company_id_kind")),
    )
    op.create_table(
        "segments_grading",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("a_share", ScaledDecimal(2), nullable=False),
        sa.Column("b_share", ScaledDecimal(2), nullable=False),
        sa.Column("c_share", ScaledDecimal(2), nullable=True),
        sa.Column("slack", ScaledDecimal(2), nullable=False),
        sa.Column("without", sa.String(length=40), nullable=False),
        sa.Column("nightly", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("ran_on", sa.Date(), nullable=True),
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
            name=op.f("fk_segments_grading_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_grading_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_grading_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_grading")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_segments_grading_company_id_name")),
    )
    op.create_table(
        "segments_persona",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("contact_condition", sa.String(length=1000), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("buying_role", sa.String(length=300), nullable=True),
        sa.Column("needs", sa.Text(), nullable=True),
        sa.Column("pains", sa.Text(), nullable=True),
        sa.Column("triggers", sa.Text(), nullable=True),
        sa.Column("objections", sa.Text(), nullable=True),
        sa.Column("channels", sa.String(length=300), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("playbook", sa.Text(), nullable=True),
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
            name=op.f("fk_segments_persona_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_persona_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_persona_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_persona")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_segments_persona_company_id_name")),
    )
    op.create_table(
        "segments_policy",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact_days", sa.BigInteger(), nullable=True),
        sa.Column("owner_level", sa.String(length=40), nullable=False),
        sa.Column("price_list", sa.String(length=200), nullable=True),
        sa.Column("answer_hours", sa.BigInteger(), nullable=True),
        sa.Column("care", sa.Text(), nullable=True),
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
            name=op.f("fk_segments_policy_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_policy_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_policy_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_policy")),
        sa.UniqueConstraint(
            "company_id", "grade", name=op.f("uq_segments_policy_company_id_grade")
        ),
    )
    op.create_table(
        "segments_retention",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("customers", sa.BigInteger(), nullable=False),
        sa.Column("stayed", sa.BigInteger(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_retention_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_retention_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_retention_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_retention")),
    )
    op.create_table(
        "segments_segment",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("cell", sa.String(length=40), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("members", sa.BigInteger(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
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
            name=op.f("fk_segments_segment_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_segment_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_segment_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_segment")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_segments_segment_company_id_name")),
    )
    op.create_table(
        "segments_grade_change",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("from_grade", sa.String(length=40), nullable=True),
        sa.Column("to_grade", sa.String(length=40), nullable=True),
        sa.Column("value", ScaledDecimal(4), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_segments_grade_change_company_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_grade_change_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_grade_change_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_grade_change_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_grade_change_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_grade_change")),
    )
    op.create_table(
        "segments_health",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("parts", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_segments_health_company_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_health_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_health_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_health_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_health")),
        sa.UniqueConstraint(
            "company_id",
            "account_id",
            "month",
            name=op.f("uq_segments_health_company_id_account_id_month"),
        ),
    )
    op.create_table(
        "segments_override",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=True),
        sa.Column("before", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_segments_override_company_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "asked_by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_override_company_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_override_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "decided_by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_override_company_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_override_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_override_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_override")),
    )
    op.create_table(
        "segments_score",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("cell", sa.String(length=40), nullable=False),
        sa.Column("r", sa.BigInteger(), nullable=False),
        sa.Column("f", sa.BigInteger(), nullable=False),
        sa.Column("m", sa.BigInteger(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("money", ScaledDecimal(4), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_segments_score_company_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_score_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_score_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_score_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_score")),
        sa.UniqueConstraint(
            "company_id", "account_id", name=op.f("uq_segments_score_company_id_account_id")
        ),
    )
    op.create_table(
        "segments_figure",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("segment_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("at_least", ScaledDecimal(4), nullable=True),
        sa.Column("at_most", ScaledDecimal(4), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_figure_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "segment_id"],
            ["segments_segment.company_id", "segments_segment.id"],
            name=op.f("fk_segments_figure_company_id_segment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_figure_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_figure_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_figure")),
    )
    op.create_table(
        "segments_membership",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("segment_id", sa.BigInteger(), nullable=False),
        sa.Column("joined", sa.Date(), nullable=True),
        sa.Column("left", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_segments_membership_company_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_membership_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "segment_id"],
            ["segments_segment.company_id", "segments_segment.id"],
            name=op.f("fk_segments_membership_company_id_segment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_membership_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_membership_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_membership")),
        sa.UniqueConstraint(
            "company_id",
            "segment_id",
            "account_id",
            "joined",
            name=op.f("uq_segments_membership_company_id_segment_id_account_id_joined"),
        ),
    )
    op.create_table(
        "segments_match",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("persona_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_segments_match_company_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_segments_match_company_id_contact_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_match_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "persona_id"],
            ["segments_persona.company_id", "segments_persona.id"],
            name=op.f("fk_segments_match_company_id_persona_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_match_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_match_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_match")),
        sa.UniqueConstraint(
            "company_id", "account_id", name=op.f("uq_segments_match_company_id_account_id")
        ),
    )
    op.create_table(
        "segments_standing",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("grading_id", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("computed", sa.String(length=40), nullable=True),
        sa.Column("value", ScaledDecimal(4), nullable=False),
        sa.Column("override_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_segments_standing_company_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_standing_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "grading_id"],
            ["segments_grading.company_id", "segments_grading.id"],
            name=op.f("fk_segments_standing_company_id_grading_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "override_id"],
            ["segments_override.company_id", "segments_override.id"],
            name=op.f("fk_segments_standing_company_id_override_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_segments_standing_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_segments_standing_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_segments_standing")),
        sa.UniqueConstraint(
            "company_id", "account_id", name=op.f("uq_segments_standing_company_id_account_id")
        ),
    )
    op.create_index(
        op.f("ix_segments_grading_company_id_title_key"),
        "segments_grading",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_persona_company_id_title_key"),
        "segments_persona",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_policy_company_id_title_key"),
        "segments_policy",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_segment_company_id_title_key"),
        "segments_segment",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_figure_company_id_segment_id"),
        "segments_figure",
        ["company_id", "segment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_grade_change_company_id_account_id"),
        "segments_grade_change",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_grade_change_company_id_account_id_at"),
        "segments_grade_change",
        ["company_id", "account_id", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_grade_change_company_id_by_id"),
        "segments_grade_change",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_grade_change_company_id_on"),
        "segments_grade_change",
        ["company_id", "on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_health_company_id_account_id"),
        "segments_health",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_health_company_id_month_change"),
        "segments_health",
        ["company_id", "month", "change"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_membership_company_id_account_id"),
        "segments_membership",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_membership_company_id_account_id_left"),
        "segments_membership",
        ["company_id", "account_id", "left"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_membership_company_id_segment_id"),
        "segments_membership",
        ["company_id", "segment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_membership_company_id_segment_id_left"),
        "segments_membership",
        ["company_id", "segment_id", "left"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_override_company_id_account_id"),
        "segments_override",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_override_company_id_account_id_state"),
        "segments_override",
        ["company_id", "account_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_override_company_id_asked_by_id"),
        "segments_override",
        ["company_id", "asked_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_override_company_id_decided_by_id"),
        "segments_override",
        ["company_id", "decided_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_override_company_id_state_until"),
        "segments_override",
        ["company_id", "state", "until"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_score_company_id_account_id"),
        "segments_score",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_score_company_id_cell"),
        "segments_score",
        ["company_id", "cell"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_score_company_id_r_f"),
        "segments_score",
        ["company_id", "r", "f"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_match_company_id_account_id"),
        "segments_match",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_match_company_id_contact_id"),
        "segments_match",
        ["company_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_match_company_id_persona_id"),
        "segments_match",
        ["company_id", "persona_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_standing_company_id_account_id"),
        "segments_standing",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_standing_company_id_grade"),
        "segments_standing",
        ["company_id", "grade"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_standing_company_id_grading_id"),
        "segments_standing",
        ["company_id", "grading_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_standing_company_id_grading_id_value"),
        "segments_standing",
        ["company_id", "grading_id", "value"],
        unique=False,
    )
    op.create_index(
        op.f("ix_segments_standing_company_id_override_id"),
        "segments_standing",
        ["company_id", "override_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("segments_standing")
    op.drop_table("segments_match")
    op.drop_table("segments_membership")
    op.drop_table("segments_figure")
    op.drop_table("segments_score")
    op.drop_table("segments_override")
    op.drop_table("segments_health")
    op.drop_table("segments_grade_change")
    op.drop_table("segments_segment")
    op.drop_table("segments_retention")
    op.drop_table("segments_policy")
    op.drop_table("segments_persona")
    op.drop_table("segments_grading")
    op.drop_table("segments_factor")
    op.drop_table("segments_cut")
