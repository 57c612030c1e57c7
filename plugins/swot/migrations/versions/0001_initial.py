"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "swot_analysis",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about_model", sa.String(length=100), nullable=True),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("votes_each", sa.BigInteger(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("former_id", sa.BigInteger(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
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
            name=op.f("fk_swot_analysis_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "former_id"],
            ["swot_analysis.company_id", "swot_analysis.id"],
            name=op.f("fk_swot_analysis_company_id_former_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_analysis_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_analysis_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_swot_analysis_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_swot_analysis")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_swot_analysis_company_id_external_id")
        ),
    )
    op.create_table(
        "swot_idea",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("analysis_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("quadrant", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "analysis_id"],
            ["swot_analysis.company_id", "swot_analysis.id"],
            name=op.f("fk_swot_idea_company_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_idea_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_idea_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_idea_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_swot_idea_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_swot_idea")),
    )
    op.create_table(
        "swot_item",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("analysis_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("quadrant", sa.String(length=40), nullable=False),
        sa.Column("factor", sa.String(length=40), nullable=True),
        sa.Column("weight", ScaledDecimal(4), nullable=True),
        sa.Column("intensity", sa.BigInteger(), nullable=True),
        sa.Column("score", ScaledDecimal(4), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("votes", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("put_aside", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.Column("former_id", sa.BigInteger(), nullable=True),
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
            ["company_id", "analysis_id"],
            ["swot_analysis.company_id", "swot_analysis.id"],
            name=op.f("fk_swot_item_company_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "author_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_item_company_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_item_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "former_id"],
            ["swot_item.company_id", "swot_item.id"],
            name=op.f("fk_swot_item_company_id_former_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "merged_into_id"],
            ["swot_item.company_id", "swot_item.id"],
            name=op.f("fk_swot_item_company_id_merged_into_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_item_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_swot_item_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_swot_item")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_swot_item_company_id_external_id")
        ),
    )
    op.create_table(
        "swot_participant",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("analysis_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "analysis_id"],
            ["swot_analysis.company_id", "swot_analysis.id"],
            name=op.f("fk_swot_participant_company_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_participant_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_participant_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_participant_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_swot_participant_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_swot_participant")),
        sa.UniqueConstraint(
            "company_id",
            "analysis_id",
            "user_id",
            name=op.f("uq_swot_participant_company_id_analysis_id_user_id"),
        ),
    )
    op.create_table(
        "swot_evidence",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("measure", sa.String(length=100), nullable=True),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("narrows", sa.Boolean(), nullable=False),
        sa.Column("value", ScaledDecimal(4), nullable=True),
        sa.Column("about_model", sa.String(length=100), nullable=True),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=True),
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
            name=op.f("fk_swot_evidence_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "item_id"],
            ["swot_item.company_id", "swot_item.id"],
            name=op.f("fk_swot_evidence_company_id_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_evidence_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_swot_evidence_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_swot_evidence")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_swot_evidence_company_id_external_id")
        ),
    )
    op.create_table(
        "swot_pair",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("analysis_id", sa.BigInteger(), nullable=False),
        sa.Column("inner_id", sa.BigInteger(), nullable=False),
        sa.Column("outer_id", sa.BigInteger(), nullable=False),
        sa.Column("posture", sa.String(length=40), nullable=False),
        sa.Column("fit", sa.BigInteger(), nullable=False),
        sa.Column("score", ScaledDecimal(6), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "analysis_id"],
            ["swot_analysis.company_id", "swot_analysis.id"],
            name=op.f("fk_swot_pair_company_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_pair_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "inner_id"],
            ["swot_item.company_id", "swot_item.id"],
            name=op.f("fk_swot_pair_company_id_inner_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "outer_id"],
            ["swot_item.company_id", "swot_item.id"],
            name=op.f("fk_swot_pair_company_id_outer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_pair_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_swot_pair_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_swot_pair")),
        sa.UniqueConstraint(
            "company_id",
            "inner_id",
            "outer_id",
            name=op.f("uq_swot_pair_company_id_inner_id_outer_id"),
        ),
    )
    op.create_table(
        "swot_vote",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_vote_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "item_id"],
            ["swot_item.company_id", "swot_item.id"],
            name=op.f("fk_swot_vote_company_id_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_vote_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_vote_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_swot_vote_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_swot_vote")),
        sa.UniqueConstraint(
            "company_id", "item_id", "user_id", name=op.f("uq_swot_vote_company_id_item_id_user_id")
        ),
    )
    op.create_table(
        "swot_option",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("analysis_id", sa.BigInteger(), nullable=False),
        sa.Column("pair_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("posture", sa.String(length=40), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("chosen_on", sa.Date(), nullable=True),
        sa.Column("plan", sa.String(length=300), nullable=True),
        sa.Column("plan_id", sa.BigInteger(), nullable=True),
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
            ["company_id", "analysis_id"],
            ["swot_analysis.company_id", "swot_analysis.id"],
            name=op.f("fk_swot_option_company_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_option_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "pair_id"],
            ["swot_pair.company_id", "swot_pair.id"],
            name=op.f("fk_swot_option_company_id_pair_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_swot_option_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_swot_option_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_swot_option")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_swot_option_company_id_external_id")
        ),
    )
    op.create_index(
        op.f("ix_swot_analysis_company_id_about_model_about_id"),
        "swot_analysis",
        ["company_id", "about_model", "about_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_analysis_company_id_former_id"),
        "swot_analysis",
        ["company_id", "former_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_analysis_company_id_owner_id"),
        "swot_analysis",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_analysis_company_id_state_finished_on"),
        "swot_analysis",
        ["company_id", "state", "finished_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_analysis_company_id_title_key"),
        "swot_analysis",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_idea_company_id_analysis_id"),
        "swot_idea",
        ["company_id", "analysis_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_idea_company_id_analysis_id_user_id"),
        "swot_idea",
        ["company_id", "analysis_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_idea_company_id_user_id"),
        "swot_idea",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_item_company_id_analysis_id"),
        "swot_item",
        ["company_id", "analysis_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_item_company_id_analysis_id_quadrant"),
        "swot_item",
        ["company_id", "analysis_id", "quadrant"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_item_company_id_author_id"),
        "swot_item",
        ["company_id", "author_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_item_company_id_expires_on"),
        "swot_item",
        ["company_id", "expires_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_item_company_id_former_id"),
        "swot_item",
        ["company_id", "former_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_item_company_id_merged_into_id"),
        "swot_item",
        ["company_id", "merged_into_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_item_company_id_title_key"),
        "swot_item",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_participant_company_id_analysis_id"),
        "swot_participant",
        ["company_id", "analysis_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_participant_company_id_user_id"),
        "swot_participant",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_evidence_company_id_about_model_about_id"),
        "swot_evidence",
        ["company_id", "about_model", "about_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_evidence_company_id_item_id"),
        "swot_evidence",
        ["company_id", "item_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_evidence_company_id_title_key"),
        "swot_evidence",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_pair_company_id_analysis_id"),
        "swot_pair",
        ["company_id", "analysis_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_pair_company_id_inner_id"),
        "swot_pair",
        ["company_id", "inner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_pair_company_id_outer_id"),
        "swot_pair",
        ["company_id", "outer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_vote_company_id_item_id"),
        "swot_vote",
        ["company_id", "item_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_vote_company_id_user_id"),
        "swot_vote",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_option_company_id_analysis_id"),
        "swot_option",
        ["company_id", "analysis_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_option_company_id_pair_id"),
        "swot_option",
        ["company_id", "pair_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_option_company_id_plan_id"),
        "swot_option",
        ["company_id", "plan_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_option_company_id_state_chosen_on"),
        "swot_option",
        ["company_id", "state", "chosen_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_swot_option_company_id_title_key"),
        "swot_option",
        ["company_id", "title_key"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("swot_option")
    op.drop_table("swot_vote")
    op.drop_table("swot_pair")
    op.drop_table("swot_evidence")
    op.drop_table("swot_participant")
    op.drop_table("swot_item")
    op.drop_table("swot_idea")
    op.drop_table("swot_analysis")
