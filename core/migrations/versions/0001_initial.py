"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "core_attempts",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "address", name=op.f("pk_core_attempts")),
    )
    op.create_table(
        "core_company",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("fiscal_year_start", sa.Integer(), nullable=False),
        sa.Column("work_days", sa.String(length=7), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("fields_revision", sa.BigInteger(), nullable=False),
        sa.Column("webhooks_revision", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_company")),
        sa.UniqueConstraint("slug", name=op.f("uq_core_company_slug")),
    )
    op.create_table(
        "core_custom_chosen",
        sa.Column("company_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint(
            "company_id", "field_id", "record_id", "value", name=op.f("pk_core_custom_chosen")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "core_custom_value",
        sa.Column("company_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=200), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("moment", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint(
            "company_id", "field_id", "record_id", name=op.f("pk_core_custom_value")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "core_login",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("timezone", sa.String(length=60), nullable=True),
        sa.Column("theme", sa.String(length=10), nullable=False),
        sa.Column("density", sa.String(length=12), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("totp_secret", sa.String(length=300), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", UTCDateTime(), nullable=True),
        sa.Column("last_login_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_login")),
        sa.UniqueConstraint("email", name=op.f("uq_core_login_email")),
    )
    op.create_table(
        "core_platform_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_platform_entry")),
    )
    op.create_table(
        "core_queue_counter",
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("queue", "key", name=op.f("pk_core_queue_counter")),
    )
    op.create_table(
        "core_queue_kv",
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("queue", "key", name=op.f("pk_core_queue_kv")),
    )
    op.create_table(
        "core_queue_schedule",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("timestamp", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_queue_schedule")),
    )
    op.create_table(
        "core_queue_task",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("priority", sa.Double(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_queue_task")),
    )
    op.create_table(
        "core_role",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
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
            ["company_id"], ["core_company.id"], name=op.f("fk_core_role_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_role")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_core_role_company_id_code")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_core_role_company_id_name")),
    )
    op.create_table(
        "core_search_token",
        sa.Column("company_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("model", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "token",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "company_id", "model", "kind", "token", "record_id", name=op.f("pk_core_search_token")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "core_team",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("manager_id", sa.BigInteger(), nullable=True),
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
            ["company_id", "parent_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_core_team_company_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_team_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_team")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_core_team_company_id_external_id")
        ),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_core_team_company_id_name")),
    )
    op.create_table(
        "core_user",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("login_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("muted", JSON, nullable=False),
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
            name=op.f("fk_core_user_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "role_id"],
            ["core_role.company_id", "core_role.id"],
            name=op.f("fk_core_user_company_id_role_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "team_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_core_user_company_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_user_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_user_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["login_id"], ["core_login.id"], name=op.f("fk_core_user_login_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_user")),
        sa.UniqueConstraint("company_id", "email", name=op.f("uq_core_user_company_id_email")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_core_user_company_id_external_id")
        ),
        sa.UniqueConstraint(
            "company_id", "login_id", name=op.f("uq_core_user_company_id_login_id")
        ),
    )
    op.create_table(
        "core_absence",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("deputy_id", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
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
            name=op.f("fk_core_absence_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "deputy_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_absence_company_id_deputy_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_absence_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_absence_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_absence_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_absence")),
    )
    op.create_table(
        "core_api_token",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("prefix", sa.String(length=12), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("reach", sa.String(length=10), nullable=False),
        sa.Column("chosen", JSON, nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
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
            name=op.f("fk_core_api_token_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_api_token_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_api_token_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_api_token_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_api_token")),
    )
    op.create_table(
        "core_attachment",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("charset", sa.String(length=10), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "author_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_attachment_company_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_attachment_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_attachment_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_attachment_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_attachment")),
    )
    op.create_table(
        "core_audit_entry",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("for_user_id", sa.BigInteger(), nullable=True),
        sa.Column("behind_id", sa.BigInteger(), nullable=True),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("transition", sa.String(length=60), nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_audit_entry_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_audit_entry_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_audit_entry_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_audit_entry")),
    )
    op.create_table(
        "core_audit_seal",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", UTCDateTime(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_audit_seal_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "number", name=op.f("pk_core_audit_seal")),
        sa.UniqueConstraint(
            "company_id", "entry_id", name=op.f("uq_core_audit_seal_company_id_entry_id")
        ),
    )
    op.create_table(
        "core_comment",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentions", JSON, nullable=False),
        sa.Column("edited_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "author_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_comment_company_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_comment_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_comment_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_comment_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_comment")),
    )
    op.create_table(
        "core_company_plugin",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("plugin", sa.String(length=31), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("auto", sa.Boolean(), nullable=False),
        sa.Column("enabled_at", UTCDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_company_plugin_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_company_plugin_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_company_plugin_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_company_plugin")),
        sa.UniqueConstraint(
            "company_id", "plugin", name=op.f("uq_core_company_plugin_company_id_plugin")
        ),
    )
    op.create_table(
        "core_custom_field",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=100), nullable=True),
        sa.Column("on_delete", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=40), nullable=False),
        sa.Column("scale", sa.BigInteger(), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=True),
        sa.Column("maximum", sa.BigInteger(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("unique", sa.Boolean(), nullable=False),
        sa.Column("searchable", sa.Boolean(), nullable=False),
        sa.Column("indexed", sa.Boolean(), nullable=False),
        sa.Column("filled", sa.Boolean(), nullable=False),
        sa.Column("initial", sa.String(length=200), nullable=True),
        sa.Column("section", sa.String(length=80), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("label_en", sa.String(length=80), nullable=True),
        sa.Column("label_zh", sa.String(length=80), nullable=True),
        sa.Column("help", sa.String(length=300), nullable=True),
        sa.Column("help_en", sa.String(length=300), nullable=True),
        sa.Column("help_zh", sa.String(length=300), nullable=True),
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
            name=op.f("fk_core_custom_field_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_custom_field_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_custom_field_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_custom_field")),
        sa.UniqueConstraint(
            "company_id", "model", "name", name=op.f("uq_core_custom_field_company_id_model_name")
        ),
    )
    op.create_table(
        "core_draft",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_draft_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_draft_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_draft_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_draft_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_draft")),
    )
    op.create_table(
        "core_exchange_rate",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rate", ScaledDecimal(8), nullable=False),
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
        sa.CheckConstraint("rate > 0", name=op.f("ck_core_exchange_rate_positive")),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_exchange_rate_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_exchange_rate_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_exchange_rate_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_exchange_rate")),
        sa.UniqueConstraint(
            "company_id",
            "currency",
            "day",
            name=op.f("uq_core_exchange_rate_company_id_currency_day"),
        ),
    )
    op.create_table(
        "core_follower",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("wants", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_follower_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_follower_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_follower_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_follower_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_follower")),
        sa.UniqueConstraint(
            "company_id",
            "model",
            "record_id",
            "user_id",
            name=op.f("uq_core_follower_company_id_model_record_id_user_id"),
        ),
    )
    op.create_table(
        "core_hold",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
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
            name=op.f("fk_core_hold_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_hold_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_hold_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_hold")),
        sa.UniqueConstraint(
            "company_id", "model", "record_id", name=op.f("uq_core_hold_company_id_model_record_id")
        ),
    )
    op.create_table(
        "core_holiday",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_work_day", sa.Boolean(), nullable=False),
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
            name=op.f("fk_core_holiday_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_holiday_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_holiday_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_holiday")),
        sa.UniqueConstraint("company_id", "day", name=op.f("uq_core_holiday_company_id_day")),
    )
    op.create_table(
        "core_home_layout",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("cards", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_home_layout_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_home_layout_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_home_layout_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_home_layout_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_home_layout")),
    )
    op.create_table(
        "core_idempotency_key",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(length=300), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_idempotency_key_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_idempotency_key_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_idempotency_key_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_idempotency_key_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_idempotency_key")),
        sa.UniqueConstraint(
            "company_id",
            "user_id",
            "key",
            name=op.f("uq_core_idempotency_key_company_id_user_id_key"),
        ),
    )
    op.create_table(
        "core_import_run",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("collection", sa.String(length=80), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("upload", sa.String(length=60), nullable=True),
        sa.Column("map", JSON, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("unchanged", sa.BigInteger(), nullable=False),
        sa.Column("skipped", sa.BigInteger(), nullable=False),
        sa.Column("errors", sa.BigInteger(), nullable=False),
        sa.Column("messages", JSON, nullable=False),
        sa.Column("kept", JSON, nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=True),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_core_import_run_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_import_run_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_import_run_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_import_run_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_import_run")),
    )
    op.create_table(
        "core_job_run",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("job", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("started_at", UTCDateTime(), nullable=True),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("progress", sa.BigInteger(), nullable=False),
        sa.Column("progress_text", sa.String(length=200), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("result", JSON, nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_core_job_run_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_job_run_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_job_run_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_job_run_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_job_run")),
        sa.UniqueConstraint(
            "company_id", "job", "slot", name=op.f("uq_core_job_run_company_id_job_slot")
        ),
    )
    op.create_table(
        "core_list_habit",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("columns", sa.String(length=2000), nullable=True),
        sa.Column("view_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_core_list_habit_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_list_habit_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_list_habit_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_list_habit_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_list_habit")),
        sa.UniqueConstraint(
            "company_id",
            "user_id",
            "model",
            name=op.f("uq_core_list_habit_company_id_user_id_model"),
        ),
    )
    op.create_table(
        "core_login_link",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_login_link_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_login_link")),
    )
    op.create_table(
        "core_login_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("login_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("proved_at", UTCDateTime(), nullable=False),
        sa.Column("factor", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("seen_as", sa.BigInteger(), nullable=True),
        sa.Column("seen_as_at", UTCDateTime(), nullable=True),
        sa.Column("agent", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_login_session_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["login_id"],
            ["core_login.id"],
            name=op.f("fk_core_login_session_login_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_login_session")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_core_login_session_key_hash")),
    )
    op.create_table(
        "core_notification",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("params", JSON, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_notification_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_notification_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_notification_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_notification_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_notification")),
    )
    op.create_table(
        "core_number_series",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("series", sa.String(length=100), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_number_series_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_number_series_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_number_series_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_number_series")),
        sa.UniqueConstraint(
            "company_id", "series", name=op.f("uq_core_number_series_company_id_series")
        ),
    )
    op.create_table(
        "core_open_link",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("page", sa.String(length=100), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.String(length=32), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_open_link_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_open_link_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_open_link_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_open_link")),
    )
    op.create_table(
        "core_passkey",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["login_id"],
            ["core_login.id"],
            name=op.f("fk_core_passkey_login_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_core_passkey_credential")),
    )
    op.create_table(
        "core_recovery_code",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["login_id"],
            ["core_login.id"],
            name=op.f("fk_core_recovery_code_login_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_recovery_code")),
    )
    op.create_table(
        "core_role_field",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=False),
        sa.Column("narrowed", sa.String(length=10), nullable=False),
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
            name=op.f("fk_core_role_field_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "role_id"],
            ["core_role.company_id", "core_role.id"],
            name=op.f("fk_core_role_field_company_id_role_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_role_field_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_role_field_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_role_field")),
        sa.UniqueConstraint(
            "company_id",
            "role_id",
            "model",
            "field",
            name=op.f("uq_core_role_field_company_id_role_id_model_field"),
        ),
    )
    op.create_table(
        "core_role_grant",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=False),
        sa.Column("permission", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
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
            name=op.f("fk_core_role_grant_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "role_id"],
            ["core_role.company_id", "core_role.id"],
            name=op.f("fk_core_role_grant_company_id_role_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_role_grant_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_role_grant_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_role_grant")),
        sa.UniqueConstraint(
            "company_id",
            "role_id",
            "permission",
            name=op.f("uq_core_role_grant_company_id_role_id_permission"),
        ),
    )
    op.create_table(
        "core_saved_dashboard",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("share", sa.String(length=40), nullable=False),
        sa.Column("is_home", sa.Boolean(), nullable=False),
        sa.Column("tiles", sa.Text(), nullable=False),
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
            name=op.f("fk_core_saved_dashboard_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_saved_dashboard_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_saved_dashboard_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_saved_dashboard_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_saved_dashboard")),
    )
    op.create_table(
        "core_saved_map",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("collection", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("map", JSON, nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_core_saved_map_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_saved_map_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_saved_map_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_saved_map_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_saved_map")),
        sa.UniqueConstraint(
            "company_id",
            "collection",
            "name",
            name=op.f("uq_core_saved_map_company_id_collection_name"),
        ),
    )
    op.create_table(
        "core_saved_view",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("share", sa.String(length=40), nullable=False),
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
            name=op.f("fk_core_saved_view_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_saved_view_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_saved_view_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_saved_view_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_saved_view")),
        sa.UniqueConstraint(
            "company_id",
            "user_id",
            "model",
            "name",
            name=op.f("uq_core_saved_view_company_id_user_id_model_name"),
        ),
    )
    op.create_table(
        "core_setting_value",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_setting_value_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_setting_value_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_setting_value_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_setting_value")),
        sa.UniqueConstraint("company_id", "key", name=op.f("uq_core_setting_value_company_id_key")),
    )
    op.create_table(
        "core_share",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
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
            name=op.f("fk_core_share_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "team_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_core_share_company_id_team_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_share_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_share_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_share_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_share")),
        sa.UniqueConstraint(
            "company_id",
            "model",
            "record_id",
            "user_id",
            "team_id",
            name=op.f("uq_core_share_company_id_model_record_id_user_id_team_id"),
        ),
    )
    op.create_table(
        "core_sso_identity",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
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
            name=op.f("fk_core_sso_identity_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_sso_identity_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_sso_identity_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_sso_identity_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_sso_identity")),
        sa.UniqueConstraint(
            "company_id",
            "issuer",
            "subject",
            name=op.f("uq_core_sso_identity_company_id_issuer_subject"),
        ),
        sa.UniqueConstraint(
            "company_id",
            "issuer",
            "user_id",
            name=op.f("uq_core_sso_identity_company_id_issuer_user_id"),
        ),
    )
    op.create_table(
        "core_webhook",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=True),
        sa.Column("on_create", sa.Boolean(), nullable=False),
        sa.Column("on_update", sa.Boolean(), nullable=False),
        sa.Column("on_transition", sa.Boolean(), nullable=False),
        sa.Column("on_delete", sa.Boolean(), nullable=False),
        sa.Column("filter", sa.String(length=1000), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("old_secret", sa.Text(), nullable=True),
        sa.Column("old_until", UTCDateTime(), nullable=True),
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
            name=op.f("fk_core_webhook_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_webhook_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_webhook_company_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_webhook_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_webhook")),
    )
    op.create_table(
        "core_custom_claim",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("field_id", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_custom_claim_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "field_id"],
            ["core_custom_field.company_id", "core_custom_field.id"],
            name=op.f("fk_core_custom_claim_company_id_field_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_custom_claim_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_custom_claim_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_custom_claim")),
        sa.UniqueConstraint(
            "company_id",
            "field_id",
            "value",
            name=op.f("uq_core_custom_claim_company_id_field_id_value"),
        ),
    )
    op.create_table(
        "core_custom_option",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("field_id", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("tone", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("label_en", sa.String(length=80), nullable=True),
        sa.Column("label_zh", sa.String(length=80), nullable=True),
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
            name=op.f("fk_core_custom_option_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "field_id"],
            ["core_custom_field.company_id", "core_custom_field.id"],
            name=op.f("fk_core_custom_option_company_id_field_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_custom_option_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_custom_option_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_custom_option")),
        sa.UniqueConstraint(
            "company_id",
            "field_id",
            "value",
            name=op.f("uq_core_custom_option_company_id_field_id_value"),
        ),
    )
    op.create_table(
        "core_imported_row",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.Column("reverted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_imported_row_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "run_id"],
            ["core_import_run.company_id", "core_import_run.id"],
            name=op.f("fk_core_imported_row_company_id_run_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_imported_row_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_imported_row_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_imported_row")),
    )
    op.create_table(
        "core_webhook_delivery",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("webhook_id", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.String(length=40), nullable=False),
        sa.Column("event", sa.String(length=120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("took", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
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
            name=op.f("fk_core_webhook_delivery_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_core_webhook_delivery_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "webhook_id"],
            ["core_webhook.company_id", "core_webhook.id"],
            name=op.f("fk_core_webhook_delivery_company_id_webhook_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_webhook_delivery_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_core_webhook_delivery")),
    )
    with op.batch_alter_table("core_role") as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_core_role_company_id_created_by"),
            "core_user",
            ["company_id", "created_by"],
            ["company_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_core_role_company_id_updated_by"),
            "core_user",
            ["company_id", "updated_by"],
            ["company_id", "id"],
        )

    with op.batch_alter_table("core_team") as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_core_team_company_id_created_by"),
            "core_user",
            ["company_id", "created_by"],
            ["company_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_core_team_company_id_manager_id"),
            "core_user",
            ["company_id", "manager_id"],
            ["company_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_core_team_company_id_updated_by"),
            "core_user",
            ["company_id", "updated_by"],
            ["company_id", "id"],
        )

    op.create_index(op.f("ix_core_attempts_since"), "core_attempts", ["since"], unique=False)
    op.create_index(
        op.f("ix_core_custom_chosen_company_id_field_id_value_record_id"),
        "core_custom_chosen",
        ["company_id", "field_id", "value", "record_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_custom_value_company_id_field_id_day_record_id"),
        "core_custom_value",
        ["company_id", "field_id", "day", "record_id"],
        unique=False,
        postgresql_where=sa.text("day IS NOT NULL"),
        sqlite_where=sa.text("day IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_core_custom_value_company_id_field_id_moment_record_id"),
        "core_custom_value",
        ["company_id", "field_id", "moment", "record_id"],
        unique=False,
        postgresql_where=sa.text("moment IS NOT NULL"),
        sqlite_where=sa.text("moment IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_core_custom_value_company_id_field_id_number_record_id"),
        "core_custom_value",
        ["company_id", "field_id", "number", "record_id"],
        unique=False,
        postgresql_where=sa.text("number IS NOT NULL"),
        sqlite_where=sa.text("number IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_core_custom_value_company_id_field_id_text_record_id"),
        "core_custom_value",
        ["company_id", "field_id", "text", "record_id"],
        unique=False,
        postgresql_where=sa.text("text IS NOT NULL"),
        sqlite_where=sa.text("text IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_core_queue_schedule_queue_timestamp"),
        "core_queue_schedule",
        ["queue", "timestamp"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_queue_task_queue_priority_id"),
        "core_queue_task",
        ["queue", "priority", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_role_company_id_title_key"),
        "core_role",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_search_token_company_id_model_record_id"),
        "core_search_token",
        ["company_id", "model", "record_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_team_company_id_manager_id"),
        "core_team",
        ["company_id", "manager_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_team_company_id_parent_id"),
        "core_team",
        ["company_id", "parent_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_team_company_id_title_key"),
        "core_team",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_user_company_id_name"), "core_user", ["company_id", "name"], unique=False
    )
    op.create_index(
        op.f("ix_core_user_company_id_role_id"),
        "core_user",
        ["company_id", "role_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_user_company_id_team_id"),
        "core_user",
        ["company_id", "team_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_user_company_id_title_key"),
        "core_user",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(op.f("ix_core_user_login_id"), "core_user", ["login_id"], unique=False)
    op.create_index(
        op.f("ix_core_absence_company_id_deputy_id"),
        "core_absence",
        ["company_id", "deputy_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_absence_company_id_last_day"),
        "core_absence",
        ["company_id", "last_day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_absence_company_id_title_key"),
        "core_absence",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_absence_company_id_user_id"),
        "core_absence",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_api_token_company_id_title_key"),
        "core_api_token",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_api_token_company_id_user_id"),
        "core_api_token",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_api_token_token_hash"), "core_api_token", ["token_hash"], unique=False
    )
    op.create_index(
        op.f("ix_core_attachment_company_id_author_id"),
        "core_attachment",
        ["company_id", "author_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_attachment_company_id_digest"),
        "core_attachment",
        ["company_id", "digest"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_attachment_company_id_model_record_id_id"),
        "core_attachment",
        ["company_id", "model", "record_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_audit_entry_company_id_model_record_id_id"),
        "core_audit_entry",
        ["company_id", "model", "record_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_core_audit_entry_deleted",
        "core_audit_entry",
        ["company_id", "model", "created_at", "id"],
        unique=False,
        sqlite_where=sa.text("action = 'delete'"),
        postgresql_where=sa.text("action = 'delete'"),
    )
    op.create_index(
        op.f("ix_core_audit_seal_company_id_sealed_at"),
        "core_audit_seal",
        ["company_id", "sealed_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_comment_company_id_author_id"),
        "core_comment",
        ["company_id", "author_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_comment_company_id_model_record_id_id"),
        "core_comment",
        ["company_id", "model", "record_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_custom_field_company_id_title_key"),
        "core_custom_field",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_draft_company_id_user_id"),
        "core_draft",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_exchange_rate_company_id_title_key"),
        "core_exchange_rate",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_follower_company_id_user_id"),
        "core_follower",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_hold_company_id_title_key"),
        "core_hold",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_holiday_company_id_title_key"),
        "core_holiday",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_home_layout_company_id_user_id"),
        "core_home_layout",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_idempotency_key_company_id_created_at"),
        "core_idempotency_key",
        ["company_id", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_idempotency_key_company_id_user_id"),
        "core_idempotency_key",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_import_run_company_id_collection"),
        "core_import_run",
        ["company_id", "collection"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_import_run_company_id_title_key"),
        "core_import_run",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_import_run_company_id_user_id"),
        "core_import_run",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        "ix_core_job_run_active",
        "core_job_run",
        ["state", "due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'running')"),
        postgresql_where=sa.text("state IN ('queued', 'running')"),
    )
    op.create_index(
        op.f("ix_core_job_run_company_id_job_about"),
        "core_job_run",
        ["company_id", "job", "about"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_job_run_company_id_title_key"),
        "core_job_run",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_job_run_company_id_user_id"),
        "core_job_run",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_list_habit_company_id_title_key"),
        "core_list_habit",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_list_habit_company_id_user_id"),
        "core_list_habit",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_login_link_company_id_user_id"),
        "core_login_link",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_login_session_login_id"), "core_login_session", ["login_id"], unique=False
    )
    op.create_index(
        op.f("ix_core_notification_company_id_model_record_id"),
        "core_notification",
        ["company_id", "model", "record_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_notification_company_id_user_id"),
        "core_notification",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_notification_company_id_user_id_read_at_at"),
        "core_notification",
        ["company_id", "user_id", "read_at", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_open_link_company_id_model_record_id"),
        "core_open_link",
        ["company_id", "model", "record_id"],
        unique=False,
    )
    op.create_index(op.f("ix_core_passkey_login_id"), "core_passkey", ["login_id"], unique=False)
    op.create_index(
        op.f("ix_core_recovery_code_login_id"), "core_recovery_code", ["login_id"], unique=False
    )
    op.create_index(
        op.f("ix_core_role_field_company_id_role_id"),
        "core_role_field",
        ["company_id", "role_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_role_field_company_id_title_key"),
        "core_role_field",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_role_grant_company_id_role_id"),
        "core_role_grant",
        ["company_id", "role_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_role_grant_company_id_title_key"),
        "core_role_grant",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_saved_dashboard_company_id_title_key"),
        "core_saved_dashboard",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_saved_dashboard_company_id_user_id"),
        "core_saved_dashboard",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_saved_map_company_id_title_key"),
        "core_saved_map",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_saved_map_company_id_user_id"),
        "core_saved_map",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_saved_view_company_id_model"),
        "core_saved_view",
        ["company_id", "model"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_saved_view_company_id_title_key"),
        "core_saved_view",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_saved_view_company_id_user_id"),
        "core_saved_view",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_share_company_id_team_id"),
        "core_share",
        ["company_id", "team_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_share_company_id_team_id_model_record_id"),
        "core_share",
        ["company_id", "team_id", "model", "record_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_share_company_id_title_key"),
        "core_share",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_share_company_id_user_id"),
        "core_share",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_share_company_id_user_id_model_record_id"),
        "core_share",
        ["company_id", "user_id", "model", "record_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_sso_identity_company_id_title_key"),
        "core_sso_identity",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_sso_identity_company_id_user_id"),
        "core_sso_identity",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_webhook_company_id_title_key"),
        "core_webhook",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_webhook_company_id_user_id"),
        "core_webhook",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_custom_claim_company_id_field_id"),
        "core_custom_claim",
        ["company_id", "field_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_custom_claim_company_id_field_id_record_id"),
        "core_custom_claim",
        ["company_id", "field_id", "record_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_custom_option_company_id_field_id"),
        "core_custom_option",
        ["company_id", "field_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_custom_option_company_id_title_key"),
        "core_custom_option",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_imported_row_company_id_run_id"),
        "core_imported_row",
        ["company_id", "run_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_imported_row_company_id_run_id_id"),
        "core_imported_row",
        ["company_id", "run_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_webhook_delivery_company_id_title_key"),
        "core_webhook_delivery",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_webhook_delivery_company_id_webhook_id"),
        "core_webhook_delivery",
        ["company_id", "webhook_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_webhook_delivery_company_id_webhook_id_id"),
        "core_webhook_delivery",
        ["company_id", "webhook_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_core_webhook_delivery_waiting",
        "core_webhook_delivery",
        ["company_id", "webhook_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )


def downgrade() -> None:
    """Take them back to the one before."""
    with op.batch_alter_table("core_team") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_core_team_company_id_updated_by"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_core_team_company_id_manager_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_core_team_company_id_created_by"), type_="foreignkey"
        )

    with op.batch_alter_table("core_role") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_core_role_company_id_updated_by"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_core_role_company_id_created_by"), type_="foreignkey"
        )

    op.drop_table("core_webhook_delivery")
    op.drop_table("core_imported_row")
    op.drop_table("core_custom_option")
    op.drop_table("core_custom_claim")
    op.drop_table("core_webhook")
    op.drop_table("core_sso_identity")
    op.drop_table("core_share")
    op.drop_table("core_setting_value")
    op.drop_table("core_saved_view")
    op.drop_table("core_saved_map")
    op.drop_table("core_saved_dashboard")
    op.drop_table("core_role_grant")
    op.drop_table("core_role_field")
    op.drop_table("core_recovery_code")
    op.drop_table("core_passkey")
    op.drop_table("core_open_link")
    op.drop_table("core_number_series")
    op.drop_table("core_notification")
    op.drop_table("core_login_session")
    op.drop_table("core_login_link")
    op.drop_table("core_list_habit")
    op.drop_table("core_job_run")
    op.drop_table("core_import_run")
    op.drop_table("core_idempotency_key")
    op.drop_table("core_home_layout")
    op.drop_table("core_holiday")
    op.drop_table("core_hold")
    op.drop_table("core_follower")
    op.drop_table("core_exchange_rate")
    op.drop_table("core_draft")
    op.drop_table("core_custom_field")
    op.drop_table("core_company_plugin")
    op.drop_table("core_comment")
    op.drop_table("core_audit_seal")
    op.drop_table("core_audit_entry")
    op.drop_table("core_attachment")
    op.drop_table("core_api_token")
    op.drop_table("core_absence")
    op.drop_table("core_user")
    op.drop_table("core_team")
    op.drop_table("core_search_token")
    op.drop_table("core_role")
    op.drop_table("core_queue_task")
    op.drop_table("core_queue_schedule")
    op.drop_table("core_queue_kv")
    op.drop_table("core_queue_counter")
    op.drop_table("core_platform_entry")
    op.drop_table("core_login")
    op.drop_table("core_custom_value")
    op.drop_table("core_custom_chosen")
    op.drop_table("core_company")
    op.drop_table("core_attempts")
