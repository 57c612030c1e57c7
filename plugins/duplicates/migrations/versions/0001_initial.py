"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "duplicates_different",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("about_model", sa.String(length=100), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("second_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_different_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_different_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_duplicates_different_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_duplicates_different")),
        sa.UniqueConstraint(
            "company_id",
            "about_model",
            "first_id",
            "second_id",
            name=op.f("uq_duplicates_different_company_id_about_model_first_id_second_id"),
        ),
    )
    op.create_table(
        "duplicates_group",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("about_model", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("likeness", sa.Integer(), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("found_at", UTCDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_group_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_group_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_duplicates_group_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_duplicates_group")),
    )
    op.create_table(
        "duplicates_key",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("about_model", sa.String(length=100), nullable=False),
        sa.Column("about_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_key_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_key_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_duplicates_key_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_duplicates_key")),
    )
    op.create_table(
        "duplicates_merge",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("about_model", sa.String(length=100), nullable=False),
        sa.Column("survivor_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.Column("undoer_id", sa.BigInteger(), nullable=True),
        sa.Column("kept", JSON, nullable=False),
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
            name=op.f("fk_duplicates_merge_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_merge_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "undoer_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_merge_company_id_undoer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_merge_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_duplicates_merge_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_duplicates_merge")),
    )
    op.create_table(
        "duplicates_rule",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("against", sa.String(length=100), nullable=True),
        sa.Column("combine", sa.String(length=40), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
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
            name=op.f("fk_duplicates_rule_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_rule_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_duplicates_rule_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_duplicates_rule")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_duplicates_rule_company_id_name")),
    )
    op.create_table(
        "duplicates_condition",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(length=150), nullable=False),
        sa.Column("other", sa.String(length=150), nullable=True),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_condition_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "rule_id"],
            ["duplicates_rule.company_id", "duplicates_rule.id"],
            name=op.f("fk_duplicates_condition_company_id_rule_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_condition_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_duplicates_condition_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_duplicates_condition")),
    )
    op.create_table(
        "duplicates_member",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("about_model", sa.String(length=100), nullable=False),
        sa.Column("about_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_member_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "group_id"],
            ["duplicates_group.company_id", "duplicates_group.id"],
            name=op.f("fk_duplicates_member_company_id_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_member_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_duplicates_member_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_duplicates_member")),
    )
    op.create_table(
        "duplicates_merged",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("merge_id", sa.BigInteger(), nullable=False),
        sa.Column("about_model", sa.String(length=100), nullable=False),
        sa.Column("about_id", sa.BigInteger(), nullable=False),
        sa.Column("survivor_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_merged_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "merge_id"],
            ["duplicates_merge.company_id", "duplicates_merge.id"],
            name=op.f("fk_duplicates_merged_company_id_merge_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_duplicates_merged_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_duplicates_merged_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_duplicates_merged")),
        sa.UniqueConstraint(
            "company_id",
            "about_model",
            "about_id",
            name=op.f("uq_duplicates_merged_company_id_about_model_about_id"),
        ),
    )
    op.create_index(
        op.f("ix_duplicates_group_company_id_about_model_state_likeness"),
        "duplicates_group",
        ["company_id", "about_model", "state", "likeness"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_key_company_id_about_model_about_id"),
        "duplicates_key",
        ["company_id", "about_model", "about_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_key_company_id_key"),
        "duplicates_key",
        ["company_id", "key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_merge_company_id_about_model_survivor_id"),
        "duplicates_merge",
        ["company_id", "about_model", "survivor_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_merge_company_id_owner_id"),
        "duplicates_merge",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_merge_company_id_title_key"),
        "duplicates_merge",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_merge_company_id_undoer_id"),
        "duplicates_merge",
        ["company_id", "undoer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_rule_company_id_title_key"),
        "duplicates_rule",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_condition_company_id_rule_id"),
        "duplicates_condition",
        ["company_id", "rule_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_member_company_id_about_model_about_id"),
        "duplicates_member",
        ["company_id", "about_model", "about_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_member_company_id_group_id"),
        "duplicates_member",
        ["company_id", "group_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_merged_company_id_about_model_survivor_id"),
        "duplicates_merged",
        ["company_id", "about_model", "survivor_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_duplicates_merged_company_id_merge_id"),
        "duplicates_merged",
        ["company_id", "merge_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("duplicates_merged")
    op.drop_table("duplicates_member")
    op.drop_table("duplicates_condition")
    op.drop_table("duplicates_rule")
    op.drop_table("duplicates_merge")
    op.drop_table("duplicates_key")
    op.drop_table("duplicates_group")
    op.drop_table("duplicates_different")
