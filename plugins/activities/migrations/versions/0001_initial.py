"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "activities_contact_rule",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("about_model", sa.String(length=40), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("every_days", sa.BigInteger(), nullable=False),
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
            name=op.f("fk_activities_contact_rule_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_contact_rule_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_contact_rule_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_contact_rule")),
    )
    op.create_table(
        "activities_kind",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("icon", sa.String(length=40), nullable=False),
        sa.Column("is_contact", sa.Boolean(), nullable=False),
        sa.Column("is_visit", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
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
            name=op.f("fk_activities_kind_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_kind_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_kind_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_kind")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_activities_kind_company_id_code")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_activities_kind_company_id_name")),
    )
    op.create_table(
        "activities_place",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("latitude", ScaledDecimal(6), nullable=False),
        sa.Column("longitude", ScaledDecimal(6), nullable=False),
        sa.Column("accuracy", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_place_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_place_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_place_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_place")),
        sa.UniqueConstraint(
            "company_id",
            "model",
            "record_id",
            name=op.f("uq_activities_place_company_id_model_record_id"),
        ),
    )
    op.create_table(
        "activities_plan",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("about_model", sa.String(length=40), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
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
            name=op.f("fk_activities_plan_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_plan_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_plan_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_plan")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_activities_plan_company_id_name")),
    )
    op.create_table(
        "activities_preference",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("mail", sa.Boolean(), nullable=False),
        sa.Column("digested_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_preference_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_preference_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_preference_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_preference_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_preference")),
        sa.UniqueConstraint(
            "company_id", "user_id", name=op.f("uq_activities_preference_company_id_user_id")
        ),
    )
    op.create_table(
        "activities_step_rule",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("about_model", sa.String(length=40), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("refuses", sa.Boolean(), nullable=False),
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
            name=op.f("fk_activities_step_rule_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_step_rule_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_step_rule_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_step_rule")),
    )
    op.create_table(
        "activities_activity",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("kind_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("priority", sa.String(length=40), nullable=False),
        sa.Column("about_model", sa.String(length=40), nullable=True),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("about", sa.String(length=300), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("start", UTCDateTime(), nullable=True),
        sa.Column("end", UTCDateTime(), nullable=True),
        sa.Column("location", sa.String(length=300), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("when", sa.String(length=40), nullable=True),
        sa.Column("stop", sa.BigInteger(), nullable=True),
        sa.Column("repeat", sa.String(length=40), nullable=True),
        sa.Column("repeat_rule", sa.String(length=200), nullable=True),
        sa.Column("repeat_until", sa.Date(), nullable=True),
        sa.Column("series_id", sa.BigInteger(), nullable=True),
        sa.Column("series_start", sa.Date(), nullable=True),
        sa.Column("remind", sa.String(length=40), nullable=True),
        sa.Column("remind_at", UTCDateTime(), nullable=True),
        sa.Column("external_id", sa.String(length=300), nullable=True),
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
            name=op.f("fk_activities_activity_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "kind_id"],
            ["activities_kind.company_id", "activities_kind.id"],
            name=op.f("fk_activities_activity_company_id_kind_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_activity_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_activity_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_activity_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_activity")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_activities_activity_company_id_external_id")
        ),
    )
    op.create_table(
        "activities_plan_step",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("work_days", sa.Boolean(), nullable=False),
        sa.Column("kind_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("priority", sa.String(length=40), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
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
            name=op.f("fk_activities_plan_step_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "kind_id"],
            ["activities_kind.company_id", "activities_kind.id"],
            name=op.f("fk_activities_plan_step_company_id_kind_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_id"],
            ["activities_plan.company_id", "activities_plan.id"],
            name=op.f("fk_activities_plan_step_company_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_plan_step_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_plan_step_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_plan_step")),
    )
    op.create_table(
        "activities_question",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("kind_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("options", sa.Text(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
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
            name=op.f("fk_activities_question_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "kind_id"],
            ["activities_kind.company_id", "activities_kind.id"],
            name=op.f("fk_activities_question_company_id_kind_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_question_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_question_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_question")),
    )
    op.create_table(
        "activities_answer",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_id", sa.BigInteger(), nullable=True),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
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
            ["company_id", "activity_id"],
            ["activities_activity.company_id", "activities_activity.id"],
            name=op.f("fk_activities_answer_company_id_activity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "asked_id"],
            ["activities_question.company_id", "activities_question.id"],
            name=op.f("fk_activities_answer_company_id_asked_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_answer_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_answer_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_answer_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_answer")),
        sa.UniqueConstraint(
            "company_id",
            "activity_id",
            "asked_id",
            name=op.f("uq_activities_answer_company_id_activity_id_asked_id"),
        ),
    )
    op.create_table(
        "activities_check",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("latitude", ScaledDecimal(6), nullable=True),
        sa.Column("longitude", ScaledDecimal(6), nullable=True),
        sa.Column("accuracy", sa.BigInteger(), nullable=True),
        sa.Column("distance", sa.BigInteger(), nullable=True),
        sa.Column("distance_accuracy", sa.BigInteger(), nullable=True),
        sa.Column("without", sa.String(length=40), nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "activity_id"],
            ["activities_activity.company_id", "activities_activity.id"],
            name=op.f("fk_activities_check_company_id_activity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_check_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_check_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_check_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_check_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_check")),
        sa.UniqueConstraint(
            "company_id",
            "activity_id",
            "key",
            name=op.f("uq_activities_check_company_id_activity_id_key"),
        ),
    )
    op.create_table(
        "activities_link",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "activity_id"],
            ["activities_activity.company_id", "activities_activity.id"],
            name=op.f("fk_activities_link_company_id_activity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_link_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_link_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_link_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_link")),
        sa.UniqueConstraint(
            "company_id",
            "activity_id",
            "model",
            "record_id",
            name=op.f("uq_activities_link_company_id_activity_id_model_record_id"),
        ),
    )
    op.create_table(
        "activities_participant",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "activity_id"],
            ["activities_activity.company_id", "activities_activity.id"],
            name=op.f("fk_activities_participant_company_id_activity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_participant_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_participant_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_activities_participant_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_activities_participant_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_activities_participant")),
        sa.UniqueConstraint(
            "company_id",
            "activity_id",
            "user_id",
            name=op.f("uq_activities_participant_company_id_activity_id_user_id"),
        ),
    )
    op.create_index(
        op.f("ix_activities_contact_rule_company_id_title_key"),
        "activities_contact_rule",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_kind_company_id_title_key"),
        "activities_kind",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_plan_company_id_title_key"),
        "activities_plan",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_preference_company_id_user_id"),
        "activities_preference",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_step_rule_company_id_title_key"),
        "activities_step_rule",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_activity_company_id_about_model_about_id"),
        "activities_activity",
        ["company_id", "about_model", "about_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_activity_company_id_kind_id"),
        "activities_activity",
        ["company_id", "kind_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_activity_company_id_owner_id"),
        "activities_activity",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_activity_company_id_owner_id_state_due"),
        "activities_activity",
        ["company_id", "owner_id", "state", "due"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_activity_company_id_state_done_on"),
        "activities_activity",
        ["company_id", "state", "done_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_activity_company_id_state_remind_at"),
        "activities_activity",
        ["company_id", "state", "remind_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_activity_company_id_title_key"),
        "activities_activity",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_plan_step_company_id_kind_id"),
        "activities_plan_step",
        ["company_id", "kind_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_plan_step_company_id_plan_id"),
        "activities_plan_step",
        ["company_id", "plan_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_plan_step_company_id_title_key"),
        "activities_plan_step",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_question_company_id_kind_id"),
        "activities_question",
        ["company_id", "kind_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_question_company_id_title_key"),
        "activities_question",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_answer_company_id_activity_id"),
        "activities_answer",
        ["company_id", "activity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_answer_company_id_asked_id"),
        "activities_answer",
        ["company_id", "asked_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_answer_company_id_title_key"),
        "activities_answer",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_check_company_id_activity_id"),
        "activities_check",
        ["company_id", "activity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_check_company_id_user_id"),
        "activities_check",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_link_company_id_activity_id"),
        "activities_link",
        ["company_id", "activity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_link_company_id_model_record_id_activity_id"),
        "activities_link",
        ["company_id", "model", "record_id", "activity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_participant_company_id_activity_id"),
        "activities_participant",
        ["company_id", "activity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_participant_company_id_user_id"),
        "activities_participant",
        ["company_id", "user_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("activities_participant")
    op.drop_table("activities_link")
    op.drop_table("activities_check")
    op.drop_table("activities_answer")
    op.drop_table("activities_question")
    op.drop_table("activities_plan_step")
    op.drop_table("activities_activity")
    op.drop_table("activities_step_rule")
    op.drop_table("activities_preference")
    op.drop_table("activities_plan")
    op.drop_table("activities_place")
    op.drop_table("activities_kind")
    op.drop_table("activities_contact_rule")
