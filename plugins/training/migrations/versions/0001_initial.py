"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "training_ladder",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
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
            name=op.f("fk_training_ladder_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_ladder_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_ladder_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_ladder")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_training_ladder_company_id_name")),
    )
    op.create_table(
        "training_path",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
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
            name=op.f("fk_training_path_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "role_id"],
            ["core_role.company_id", "core_role.id"],
            name=op.f("fk_training_path_company_id_role_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_path_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_path_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_path")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_training_path_company_id_name")),
    )
    op.create_table(
        "training_quiz",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("intro", sa.Text(), nullable=True),
        sa.Column("pass_mark", ScaledDecimal(2), nullable=False),
        sa.Column("draw", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=True),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("reveal", sa.String(length=40), nullable=False),
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
            name=op.f("fk_training_quiz_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_quiz_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_quiz_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_quiz")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_training_quiz_company_id_name")),
    )
    op.create_table(
        "training_skill",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
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
            name=op.f("fk_training_skill_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_skill_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_skill_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_skill")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_training_skill_company_id_name")),
    )
    op.create_table(
        "training_course",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("skill_id", sa.BigInteger(), nullable=True),
        sa.Column("level", sa.BigInteger(), nullable=True),
        sa.Column("hours", ScaledDecimal(2), nullable=True),
        sa.Column("quiz_id", sa.BigInteger(), nullable=True),
        sa.Column("pretest", sa.Boolean(), nullable=False),
        sa.Column("needs_session", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("certificate", sa.Boolean(), nullable=False),
        sa.Column("valid_months", sa.BigInteger(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("fixed_cost", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("behaviours", sa.Text(), nullable=True),
        sa.Column("behaviour_days", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=True),
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
            name=op.f("fk_training_course_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "quiz_id"],
            ["training_quiz.company_id", "training_quiz.id"],
            name=op.f("fk_training_course_company_id_quiz_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "skill_id"],
            ["training_skill.company_id", "training_skill.id"],
            name=op.f("fk_training_course_company_id_skill_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_course_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_course_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_course")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_training_course_company_id_name")),
    )
    op.create_table(
        "training_level",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("ladder_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
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
            name=op.f("fk_training_level_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "ladder_id"],
            ["training_ladder.company_id", "training_ladder.id"],
            name=op.f("fk_training_level_company_id_ladder_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_level_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_level_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_level")),
        sa.UniqueConstraint(
            "company_id",
            "ladder_id",
            "position",
            name=op.f("uq_training_level_company_id_ladder_id_position"),
        ),
    )
    op.create_table(
        "training_question",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("quiz_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=1000), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("options", sa.Text(), nullable=True),
        sa.Column("correct", sa.String(length=500), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
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
            name=op.f("fk_training_question_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "quiz_id"],
            ["training_quiz.company_id", "training_quiz.id"],
            name=op.f("fk_training_question_company_id_quiz_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_question_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_question_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_question")),
    )
    op.create_table(
        "training_rating",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("skill_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
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
            name=op.f("fk_training_rating_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "skill_id"],
            ["training_skill.company_id", "training_skill.id"],
            name=op.f("fk_training_rating_company_id_skill_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_rating_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_rating_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_rating_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_rating")),
    )
    op.create_table(
        "training_requirement",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=False),
        sa.Column("skill_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_requirement_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "role_id"],
            ["core_role.company_id", "core_role.id"],
            name=op.f("fk_training_requirement_company_id_role_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "skill_id"],
            ["training_skill.company_id", "training_skill.id"],
            name=op.f("fk_training_requirement_company_id_skill_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_requirement_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_requirement_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_requirement")),
        sa.UniqueConstraint(
            "company_id",
            "role_id",
            "skill_id",
            name=op.f("uq_training_requirement_company_id_role_id_skill_id"),
        ),
    )
    op.create_table(
        "training_career",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("ladder_id", sa.BigInteger(), nullable=False),
        sa.Column("level_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("mentor_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
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
            name=op.f("fk_training_career_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "ladder_id"],
            ["training_ladder.company_id", "training_ladder.id"],
            name=op.f("fk_training_career_company_id_ladder_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "level_id"],
            ["training_level.company_id", "training_level.id"],
            name=op.f("fk_training_career_company_id_level_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "mentor_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_career_company_id_mentor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "target_id"],
            ["training_level.company_id", "training_level.id"],
            name=op.f("fk_training_career_company_id_target_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_career_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_career_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_career_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_career")),
        sa.UniqueConstraint(
            "company_id",
            "user_id",
            "ladder_id",
            name=op.f("uq_training_career_company_id_user_id_ladder_id"),
        ),
    )
    op.create_table(
        "training_coaching",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("coach_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("skill_id", sa.BigInteger(), nullable=True),
        sa.Column("level", sa.BigInteger(), nullable=True),
        sa.Column("level_before", sa.BigInteger(), nullable=True),
        sa.Column("level_after", sa.BigInteger(), nullable=True),
        sa.Column("measure", sa.String(length=100), nullable=True),
        sa.Column("goal", ScaledDecimal(4), nullable=True),
        sa.Column("before", ScaledDecimal(4), nullable=True),
        sa.Column("after", ScaledDecimal(4), nullable=True),
        sa.Column("course_id", sa.BigInteger(), nullable=True),
        sa.Column("actions", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
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
            ["company_id", "coach_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_coaching_company_id_coach_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "course_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_coaching_company_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_coaching_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "skill_id"],
            ["training_skill.company_id", "training_skill.id"],
            name=op.f("fk_training_coaching_company_id_skill_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_coaching_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_coaching_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_coaching_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_coaching")),
    )
    op.create_table(
        "training_criterion",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("level_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("skill_id", sa.BigInteger(), nullable=True),
        sa.Column("course_id", sa.BigInteger(), nullable=True),
        sa.Column("measure", sa.String(length=100), nullable=True),
        sa.Column("at_least", ScaledDecimal(2), nullable=True),
        sa.Column("months", sa.BigInteger(), nullable=False),
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
            ["company_id", "course_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_criterion_company_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_criterion_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "level_id"],
            ["training_level.company_id", "training_level.id"],
            name=op.f("fk_training_criterion_company_id_level_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "skill_id"],
            ["training_skill.company_id", "training_skill.id"],
            name=op.f("fk_training_criterion_company_id_skill_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_criterion_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_criterion_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_criterion")),
    )
    op.create_table(
        "training_enrolment",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("path_id", sa.BigInteger(), nullable=True),
        sa.Column("enrolled_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("before", ScaledDecimal(2), nullable=True),
        sa.Column("after", ScaledDecimal(2), nullable=True),
        sa.Column("gain", ScaledDecimal(2), nullable=True),
        sa.Column("extra", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
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
            ["company_id", "course_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_enrolment_company_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_enrolment_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "path_id"],
            ["training_path.company_id", "training_path.id"],
            name=op.f("fk_training_enrolment_company_id_path_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_enrolment_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_enrolment_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_enrolment_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_enrolment")),
        sa.UniqueConstraint(
            "company_id",
            "user_id",
            "course_id",
            "is_open",
            name=op.f("uq_training_enrolment_company_id_user_id_course_id_is_open"),
        ),
    )
    op.create_table(
        "training_lesson",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("measure", sa.String(length=100), nullable=True),
        sa.Column("at_least", ScaledDecimal(2), nullable=True),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
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
            ["company_id", "course_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_lesson_company_id_course_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_lesson_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_lesson_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_lesson_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_lesson")),
    )
    op.create_table(
        "training_path_step",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("path_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("due_days", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "course_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_path_step_company_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_path_step_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "path_id"],
            ["training_path.company_id", "training_path.id"],
            name=op.f("fk_training_path_step_company_id_path_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_path_step_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_path_step_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_path_step")),
        sa.UniqueConstraint(
            "company_id",
            "path_id",
            "course_id",
            name=op.f("uq_training_path_step_company_id_path_id_course_id"),
        ),
    )
    op.create_table(
        "training_rule",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=True),
        sa.Column("path_id", sa.BigInteger(), nullable=True),
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=True),
        sa.Column("bound", sa.String(length=40), nullable=False),
        sa.Column("threshold", ScaledDecimal(4), nullable=True),
        sa.Column("least", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=True),
        sa.Column("observed_id", sa.BigInteger(), nullable=True),
        sa.Column("products", sa.String(length=1000), nullable=True),
        sa.Column("due_days", sa.BigInteger(), nullable=False),
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
            ["company_id", "course_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_rule_company_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_rule_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "observed_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_rule_company_id_observed_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "path_id"],
            ["training_path.company_id", "training_path.id"],
            name=op.f("fk_training_rule_company_id_path_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "role_id"],
            ["core_role.company_id", "core_role.id"],
            name=op.f("fk_training_rule_company_id_role_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "team_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_training_rule_company_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_rule_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_rule_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_rule")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_training_rule_company_id_name")),
    )
    op.create_table(
        "training_session",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("trainer_id", sa.BigInteger(), nullable=True),
        sa.Column("seats", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
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
            ["company_id", "course_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_session_company_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_session_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "trainer_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_session_company_id_trainer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_session_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_session_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_session")),
    )
    op.create_table(
        "training_attempt",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("quiz_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=True),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("handed_in_at", UTCDateTime(), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("score", ScaledDecimal(2), nullable=True),
        sa.Column("mark", ScaledDecimal(2), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
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
            name=op.f("fk_training_attempt_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "enrolment_id"],
            ["training_enrolment.company_id", "training_enrolment.id"],
            name=op.f("fk_training_attempt_company_id_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "quiz_id"],
            ["training_quiz.company_id", "training_quiz.id"],
            name=op.f("fk_training_attempt_company_id_quiz_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_attempt_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_attempt_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_attempt_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_attempt")),
        sa.UniqueConstraint(
            "company_id",
            "enrolment_id",
            "purpose",
            "number",
            name=op.f("uq_training_attempt_company_id_enrolment_id_purpose_number"),
        ),
    )
    op.create_table(
        "training_attendance",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
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
            name=op.f("fk_training_attendance_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "session_id"],
            ["training_session.company_id", "training_session.id"],
            name=op.f("fk_training_attendance_company_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_attendance_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_attendance_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_attendance_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_attendance")),
        sa.UniqueConstraint(
            "company_id",
            "session_id",
            "user_id",
            name=op.f("uq_training_attendance_company_id_session_id_user_id"),
        ),
    )
    op.create_table(
        "training_career_change",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("career_id", sa.BigInteger(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=True),
        sa.Column("to_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("readiness", ScaledDecimal(2), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
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
            ["company_id", "by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_career_change_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "career_id"],
            ["training_career.company_id", "training_career.id"],
            name=op.f("fk_training_career_change_company_id_career_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_career_change_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "from_id"],
            ["training_level.company_id", "training_level.id"],
            name=op.f("fk_training_career_change_company_id_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "to_id"],
            ["training_level.company_id", "training_level.id"],
            name=op.f("fk_training_career_change_company_id_to_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_career_change_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_career_change_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_career_change")),
    )
    op.create_table(
        "training_certificate",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("score", ScaledDecimal(2), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
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
            ["company_id", "course_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_certificate_company_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_certificate_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "enrolment_id"],
            ["training_enrolment.company_id", "training_enrolment.id"],
            name=op.f("fk_training_certificate_company_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_certificate_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_certificate_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_certificate_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_certificate")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_training_certificate_company_id_number")
        ),
    )
    op.create_table(
        "training_observation",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("uses", sa.Boolean(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("observer_id", sa.BigInteger(), nullable=True),
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
            ["company_id", "course_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_observation_company_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_observation_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "enrolment_id"],
            ["training_enrolment.company_id", "training_enrolment.id"],
            name=op.f("fk_training_observation_company_id_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "observer_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_observation_company_id_observer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_observation_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_observation_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_observation_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_observation")),
    )
    op.create_table(
        "training_progress",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("lesson_id", sa.BigInteger(), nullable=False),
        sa.Column("ticks", JSON, nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_progress_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "enrolment_id"],
            ["training_enrolment.company_id", "training_enrolment.id"],
            name=op.f("fk_training_progress_company_id_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "lesson_id"],
            ["training_lesson.company_id", "training_lesson.id"],
            name=op.f("fk_training_progress_company_id_lesson_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_progress_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_progress_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_progress")),
        sa.UniqueConstraint(
            "company_id",
            "enrolment_id",
            "lesson_id",
            name=op.f("uq_training_progress_company_id_enrolment_id_lesson_id"),
        ),
    )
    op.create_table(
        "training_reaction",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("course_id", sa.BigInteger(), nullable=True),
        sa.Column("overall", sa.BigInteger(), nullable=False),
        sa.Column("useful", sa.BigInteger(), nullable=False),
        sa.Column("taught", sa.BigInteger(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
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
            ["company_id", "course_id"],
            ["training_course.company_id", "training_course.id"],
            name=op.f("fk_training_reaction_company_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_reaction_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "enrolment_id"],
            ["training_enrolment.company_id", "training_enrolment.id"],
            name=op.f("fk_training_reaction_company_id_enrolment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_reaction_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_reaction_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_reaction_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_reaction")),
        sa.UniqueConstraint(
            "company_id", "enrolment_id", name=op.f("uq_training_reaction_company_id_enrolment_id")
        ),
    )
    op.create_table(
        "training_talk",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("coaching_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("agreed", sa.Text(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "coaching_id"],
            ["training_coaching.company_id", "training_coaching.id"],
            name=op.f("fk_training_talk_company_id_coaching_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_talk_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_talk_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_talk_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_talk")),
    )
    op.create_table(
        "training_item",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("question", JSON, nullable=False),
        sa.Column("given", JSON, nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("got", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "attempt_id"],
            ["training_attempt.company_id", "training_attempt.id"],
            name=op.f("fk_training_item_company_id_attempt_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_item_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "source_id"],
            ["training_question.company_id", "training_question.id"],
            name=op.f("fk_training_item_company_id_source_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_training_item_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_training_item_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_training_item")),
        sa.UniqueConstraint(
            "company_id",
            "attempt_id",
            "position",
            name=op.f("uq_training_item_company_id_attempt_id_position"),
        ),
    )
    op.create_index(
        op.f("ix_training_ladder_company_id_title_key"),
        "training_ladder",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_path_company_id_role_id"),
        "training_path",
        ["company_id", "role_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_path_company_id_title_key"),
        "training_path",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_quiz_company_id_title_key"),
        "training_quiz",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_skill_company_id_title_key"),
        "training_skill",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_course_company_id_quiz_id"),
        "training_course",
        ["company_id", "quiz_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_course_company_id_skill_id"),
        "training_course",
        ["company_id", "skill_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_course_company_id_title_key"),
        "training_course",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_level_company_id_ladder_id"),
        "training_level",
        ["company_id", "ladder_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_level_company_id_title_key"),
        "training_level",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_question_company_id_quiz_id"),
        "training_question",
        ["company_id", "quiz_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_question_company_id_title_key"),
        "training_question",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rating_company_id_current_skill_id"),
        "training_rating",
        ["company_id", "current", "skill_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rating_company_id_on"),
        "training_rating",
        ["company_id", "on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rating_company_id_skill_id"),
        "training_rating",
        ["company_id", "skill_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rating_company_id_title_key"),
        "training_rating",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rating_company_id_user_id"),
        "training_rating",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rating_company_id_user_id_skill_id_current"),
        "training_rating",
        ["company_id", "user_id", "skill_id", "current"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_requirement_company_id_role_id"),
        "training_requirement",
        ["company_id", "role_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_requirement_company_id_skill_id"),
        "training_requirement",
        ["company_id", "skill_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_company_id_ladder_id"),
        "training_career",
        ["company_id", "ladder_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_company_id_level_id"),
        "training_career",
        ["company_id", "level_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_company_id_mentor_id"),
        "training_career",
        ["company_id", "mentor_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_company_id_target_id"),
        "training_career",
        ["company_id", "target_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_company_id_title_key"),
        "training_career",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_company_id_user_id"),
        "training_career",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_coaching_company_id_coach_id"),
        "training_coaching",
        ["company_id", "coach_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_coaching_company_id_coach_id_state"),
        "training_coaching",
        ["company_id", "coach_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_coaching_company_id_course_id"),
        "training_coaching",
        ["company_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_coaching_company_id_skill_id"),
        "training_coaching",
        ["company_id", "skill_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_coaching_company_id_title_key"),
        "training_coaching",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_coaching_company_id_user_id"),
        "training_coaching",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_coaching_company_id_user_id_state"),
        "training_coaching",
        ["company_id", "user_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_criterion_company_id_course_id"),
        "training_criterion",
        ["company_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_criterion_company_id_level_id"),
        "training_criterion",
        ["company_id", "level_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_criterion_company_id_skill_id"),
        "training_criterion",
        ["company_id", "skill_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_criterion_company_id_title_key"),
        "training_criterion",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_enrolment_company_id_completed_on"),
        "training_enrolment",
        ["company_id", "completed_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_enrolment_company_id_course_id"),
        "training_enrolment",
        ["company_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_enrolment_company_id_course_id_state"),
        "training_enrolment",
        ["company_id", "course_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_enrolment_company_id_enrolled_on"),
        "training_enrolment",
        ["company_id", "enrolled_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_enrolment_company_id_path_id"),
        "training_enrolment",
        ["company_id", "path_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_enrolment_company_id_state_due_on"),
        "training_enrolment",
        ["company_id", "state", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_enrolment_company_id_title_key"),
        "training_enrolment",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_enrolment_company_id_user_id"),
        "training_enrolment",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_lesson_company_id_course_id"),
        "training_lesson",
        ["company_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_lesson_company_id_title_key"),
        "training_lesson",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_path_step_company_id_course_id"),
        "training_path_step",
        ["company_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_path_step_company_id_path_id"),
        "training_path_step",
        ["company_id", "path_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rule_company_id_course_id"),
        "training_rule",
        ["company_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rule_company_id_observed_id"),
        "training_rule",
        ["company_id", "observed_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rule_company_id_path_id"),
        "training_rule",
        ["company_id", "path_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rule_company_id_role_id"),
        "training_rule",
        ["company_id", "role_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rule_company_id_team_id"),
        "training_rule",
        ["company_id", "team_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_rule_company_id_title_key"),
        "training_rule",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_session_company_id_course_id"),
        "training_session",
        ["company_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_session_company_id_course_id_starts_at"),
        "training_session",
        ["company_id", "course_id", "starts_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_session_company_id_title_key"),
        "training_session",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_session_company_id_trainer_id"),
        "training_session",
        ["company_id", "trainer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_attempt_company_id_enrolment_id"),
        "training_attempt",
        ["company_id", "enrolment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_attempt_company_id_quiz_id"),
        "training_attempt",
        ["company_id", "quiz_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_attempt_company_id_quiz_id_purpose"),
        "training_attempt",
        ["company_id", "quiz_id", "purpose"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_attempt_company_id_title_key"),
        "training_attempt",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_attempt_company_id_user_id"),
        "training_attempt",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_attendance_company_id_session_id"),
        "training_attendance",
        ["company_id", "session_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_attendance_company_id_title_key"),
        "training_attendance",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_attendance_company_id_user_id"),
        "training_attendance",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_attendance_company_id_user_id_state"),
        "training_attendance",
        ["company_id", "user_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_change_company_id_by_id"),
        "training_career_change",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_change_company_id_career_id"),
        "training_career_change",
        ["company_id", "career_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_change_company_id_from_id"),
        "training_career_change",
        ["company_id", "from_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_change_company_id_title_key"),
        "training_career_change",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_career_change_company_id_to_id"),
        "training_career_change",
        ["company_id", "to_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_certificate_company_id_course_id"),
        "training_certificate",
        ["company_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_certificate_company_id_course_id_expires_on"),
        "training_certificate",
        ["company_id", "course_id", "expires_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_certificate_company_id_enrolment_id"),
        "training_certificate",
        ["company_id", "enrolment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_certificate_company_id_title_key"),
        "training_certificate",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_certificate_company_id_user_id"),
        "training_certificate",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_observation_company_id_course_id"),
        "training_observation",
        ["company_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_observation_company_id_course_id_state"),
        "training_observation",
        ["company_id", "course_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_observation_company_id_enrolment_id"),
        "training_observation",
        ["company_id", "enrolment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_observation_company_id_observer_id"),
        "training_observation",
        ["company_id", "observer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_observation_company_id_state_due_on"),
        "training_observation",
        ["company_id", "state", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_observation_company_id_title_key"),
        "training_observation",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_observation_company_id_user_id"),
        "training_observation",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_progress_company_id_enrolment_id"),
        "training_progress",
        ["company_id", "enrolment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_progress_company_id_lesson_id"),
        "training_progress",
        ["company_id", "lesson_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_reaction_company_id_course_id"),
        "training_reaction",
        ["company_id", "course_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_reaction_company_id_enrolment_id"),
        "training_reaction",
        ["company_id", "enrolment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_reaction_company_id_title_key"),
        "training_reaction",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_reaction_company_id_user_id"),
        "training_reaction",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_talk_company_id_coaching_id"),
        "training_talk",
        ["company_id", "coaching_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_item_company_id_attempt_id"),
        "training_item",
        ["company_id", "attempt_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_item_company_id_source_id"),
        "training_item",
        ["company_id", "source_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_item_company_id_source_id_attempt_id"),
        "training_item",
        ["company_id", "source_id", "attempt_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("training_item")
    op.drop_table("training_talk")
    op.drop_table("training_reaction")
    op.drop_table("training_progress")
    op.drop_table("training_observation")
    op.drop_table("training_certificate")
    op.drop_table("training_career_change")
    op.drop_table("training_attendance")
    op.drop_table("training_attempt")
    op.drop_table("training_session")
    op.drop_table("training_rule")
    op.drop_table("training_path_step")
    op.drop_table("training_lesson")
    op.drop_table("training_enrolment")
    op.drop_table("training_criterion")
    op.drop_table("training_coaching")
    op.drop_table("training_career")
    op.drop_table("training_requirement")
    op.drop_table("training_rating")
    op.drop_table("training_question")
    op.drop_table("training_level")
    op.drop_table("training_course")
    op.drop_table("training_skill")
    op.drop_table("training_quiz")
    op.drop_table("training_path")
    op.drop_table("training_ladder")
