"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "plans_report",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("good", sa.Text(), nullable=True),
        sa.Column("bad", sa.Text(), nullable=True),
        sa.Column("following", sa.Text(), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("submitted_at", UTCDateTime(), nullable=True),
        sa.Column("timing", sa.String(length=40), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("read_by_id", sa.BigInteger(), nullable=True),
        sa.Column("read_at", UTCDateTime(), nullable=True),
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
            name=op.f("fk_plans_report_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_report_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "read_by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_report_company_id_read_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_report_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_plans_report_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_plans_report")),
        sa.UniqueConstraint(
            "company_id",
            "owner_id",
            "kind",
            "start",
            name=op.f("uq_plans_report_company_id_owner_id_kind_start"),
        ),
    )
    op.create_table(
        "plans_strategy",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("hypothesis", sa.Text(), nullable=True),
        sa.Column("measure", sa.String(length=100), nullable=True),
        sa.Column("expected_change", ScaledDecimal(2), nullable=True),
        sa.Column("compared_with", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("baseline", ScaledDecimal(4), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("verdict", sa.String(length=40), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
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
            name=op.f("fk_plans_strategy_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_strategy_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_strategy_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_plans_strategy_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_plans_strategy")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_plans_strategy_company_id_external_id")
        ),
    )
    op.create_table(
        "plans_template",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
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
            name=op.f("fk_plans_template_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_template_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_plans_template_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_plans_template")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_plans_template_company_id_name")),
    )
    op.create_table(
        "plans_decision",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("strategy_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("hypothesis", sa.Text(), nullable=True),
        sa.Column("measure", sa.String(length=100), nullable=True),
        sa.Column("expected_change", ScaledDecimal(2), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("before", ScaledDecimal(4), nullable=True),
        sa.Column("after", ScaledDecimal(4), nullable=True),
        sa.Column("change", ScaledDecimal(2), nullable=True),
        sa.Column("per_day_change", ScaledDecimal(2), nullable=True),
        sa.Column("verdict", sa.String(length=40), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
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
            name=op.f("fk_plans_decision_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_decision_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "strategy_id"],
            ["plans_strategy.company_id", "plans_strategy.id"],
            name=op.f("fk_plans_decision_company_id_strategy_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_decision_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_plans_decision_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_plans_decision")),
    )
    op.create_table(
        "plans_link",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("strategy_id", sa.BigInteger(), nullable=False),
        sa.Column("mix", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("about_model", sa.String(length=100), nullable=True),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("narrows", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
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
            name=op.f("fk_plans_link_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "strategy_id"],
            ["plans_strategy.company_id", "plans_strategy.id"],
            name=op.f("fk_plans_link_company_id_strategy_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_link_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_plans_link_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_plans_link")),
    )
    op.create_table(
        "plans_objective",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("strategy_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=True),
        sa.Column("whose", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("target", sa.String(length=300), nullable=True),
        sa.Column("narrowed", sa.Boolean(), nullable=False),
        sa.Column("goal_amount", sa.BigInteger(), nullable=True),
        sa.Column("goal_quantity", ScaledDecimal(4), nullable=True),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("baseline", ScaledDecimal(4), nullable=True),
        sa.Column("final", ScaledDecimal(4), nullable=True),
        sa.Column("gap", ScaledDecimal(4), nullable=True),
        sa.Column("expected", ScaledDecimal(4), nullable=True),
        sa.Column("realised", ScaledDecimal(4), nullable=True),
        sa.Column("coverage", ScaledDecimal(2), nullable=True),
        sa.Column("covered", sa.String(length=40), nullable=False),
        sa.Column("counted_at", UTCDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
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
            name=op.f("fk_plans_objective_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_objective_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "strategy_id"],
            ["plans_strategy.company_id", "plans_strategy.id"],
            name=op.f("fk_plans_objective_company_id_strategy_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "team_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_plans_objective_company_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_objective_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_plans_objective_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_plans_objective")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_plans_objective_company_id_external_id")
        ),
    )
    op.create_table(
        "plans_template_step",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("template_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("start_day", sa.BigInteger(), nullable=False),
        sa.Column("due_day", sa.BigInteger(), nullable=False),
        sa.Column("work_days", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("after_id", sa.BigInteger(), nullable=True),
        sa.Column("share", ScaledDecimal(2), nullable=True),
        sa.Column("milestone", sa.Boolean(), nullable=False),
        sa.Column("risk", sa.String(length=40), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("resources", sa.String(length=500), nullable=True),
        sa.Column("repeat", sa.String(length=40), nullable=True),
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
            ["company_id", "after_id"],
            ["plans_template_step.company_id", "plans_template_step.id"],
            name=op.f("fk_plans_template_step_company_id_after_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_template_step_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "role_id"],
            ["core_role.company_id", "core_role.id"],
            name=op.f("fk_plans_template_step_company_id_role_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "template_id"],
            ["plans_template.company_id", "plans_template.id"],
            name=op.f("fk_plans_template_step_company_id_template_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_template_step_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_plans_template_step_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_plans_template_step")),
    )
    op.create_table(
        "plans_step",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("objective_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("promised", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("milestone", sa.Boolean(), nullable=False),
        sa.Column("risk", sa.String(length=40), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("spent", sa.BigInteger(), nullable=True),
        sa.Column("resources", sa.String(length=500), nullable=True),
        sa.Column("expected_amount", sa.BigInteger(), nullable=True),
        sa.Column("expected_quantity", ScaledDecimal(4), nullable=True),
        sa.Column("realised_amount", sa.BigInteger(), nullable=True),
        sa.Column("realised_quantity", ScaledDecimal(4), nullable=True),
        sa.Column("about_model", sa.String(length=100), nullable=True),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("about", sa.String(length=300), nullable=True),
        sa.Column("repeat", sa.String(length=40), nullable=True),
        sa.Column("repeat_until", sa.Date(), nullable=True),
        sa.Column("series_start", sa.Date(), nullable=True),
        sa.Column("carried", sa.BigInteger(), nullable=False),
        sa.Column("escalated_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
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
            name=op.f("fk_plans_step_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "objective_id"],
            ["plans_objective.company_id", "plans_objective.id"],
            name=op.f("fk_plans_step_company_id_objective_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_step_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_step_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_plans_step_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_plans_step")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_plans_step_company_id_external_id")
        ),
    )
    op.create_table(
        "plans_carry_over",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("from_due", sa.Date(), nullable=False),
        sa.Column("to_due", sa.Date(), nullable=False),
        sa.Column("periods", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_plans_carry_over_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_carry_over_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_carry_over_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "step_id"],
            ["plans_step.company_id", "plans_step.id"],
            name=op.f("fk_plans_carry_over_company_id_step_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_carry_over_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_plans_carry_over_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_plans_carry_over")),
    )
    op.create_table(
        "plans_dependency",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("before_id", sa.BigInteger(), nullable=False),
        sa.Column("lag", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "before_id"],
            ["plans_step.company_id", "plans_step.id"],
            name=op.f("fk_plans_dependency_company_id_before_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_dependency_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "step_id"],
            ["plans_step.company_id", "plans_step.id"],
            name=op.f("fk_plans_dependency_company_id_step_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_plans_dependency_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_plans_dependency_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_plans_dependency")),
        sa.UniqueConstraint(
            "company_id",
            "step_id",
            "before_id",
            name=op.f("uq_plans_dependency_company_id_step_id_before_id"),
        ),
    )
    op.create_index(
        op.f("ix_plans_report_company_id_kind_start_state"),
        "plans_report",
        ["company_id", "kind", "start", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_report_company_id_owner_id"),
        "plans_report",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_report_company_id_read_by_id"),
        "plans_report",
        ["company_id", "read_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_report_company_id_title_key"),
        "plans_report",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_strategy_company_id_owner_id"),
        "plans_strategy",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_strategy_company_id_state_review_on"),
        "plans_strategy",
        ["company_id", "state", "review_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_strategy_company_id_title_key"),
        "plans_strategy",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_template_company_id_title_key"),
        "plans_template",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_decision_company_id_by_id"),
        "plans_decision",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_decision_company_id_strategy_id"),
        "plans_decision",
        ["company_id", "strategy_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_decision_company_id_strategy_id_at"),
        "plans_decision",
        ["company_id", "strategy_id", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_link_company_id_about_model_about_id"),
        "plans_link",
        ["company_id", "about_model", "about_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_link_company_id_strategy_id"),
        "plans_link",
        ["company_id", "strategy_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_link_company_id_title_key"),
        "plans_link",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_objective_company_id_owner_id"),
        "plans_objective",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_objective_company_id_state_end"),
        "plans_objective",
        ["company_id", "state", "end"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_objective_company_id_strategy_id"),
        "plans_objective",
        ["company_id", "strategy_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_objective_company_id_team_id"),
        "plans_objective",
        ["company_id", "team_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_objective_company_id_title_key"),
        "plans_objective",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_template_step_company_id_after_id"),
        "plans_template_step",
        ["company_id", "after_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_template_step_company_id_role_id"),
        "plans_template_step",
        ["company_id", "role_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_template_step_company_id_template_id"),
        "plans_template_step",
        ["company_id", "template_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_template_step_company_id_template_id_start_day"),
        "plans_template_step",
        ["company_id", "template_id", "start_day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_template_step_company_id_title_key"),
        "plans_template_step",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_step_company_id_about_model_about_id"),
        "plans_step",
        ["company_id", "about_model", "about_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_step_company_id_objective_id"),
        "plans_step",
        ["company_id", "objective_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_step_company_id_owner_id"),
        "plans_step",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_step_company_id_owner_id_state_due"),
        "plans_step",
        ["company_id", "owner_id", "state", "due"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_step_company_id_state_due"),
        "plans_step",
        ["company_id", "state", "due"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_step_company_id_title_key"),
        "plans_step",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_carry_over_company_id_by_id"),
        "plans_carry_over",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_carry_over_company_id_on"),
        "plans_carry_over",
        ["company_id", "on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_carry_over_company_id_owner_id"),
        "plans_carry_over",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_carry_over_company_id_owner_id_on"),
        "plans_carry_over",
        ["company_id", "owner_id", "on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_carry_over_company_id_step_id"),
        "plans_carry_over",
        ["company_id", "step_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_dependency_company_id_before_id"),
        "plans_dependency",
        ["company_id", "before_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_plans_dependency_company_id_step_id"),
        "plans_dependency",
        ["company_id", "step_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("plans_dependency")
    op.drop_table("plans_carry_over")
    op.drop_table("plans_step")
    op.drop_table("plans_template_step")
    op.drop_table("plans_objective")
    op.drop_table("plans_link")
    op.drop_table("plans_decision")
    op.drop_table("plans_template")
    op.drop_table("plans_strategy")
    op.drop_table("plans_report")
