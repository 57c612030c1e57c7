"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "crm_account",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("industry", sa.String(length=100), nullable=True),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("size", sa.String(length=40), nullable=True),
        sa.Column("employees", sa.BigInteger(), nullable=True),
        sa.Column("annual_revenue", sa.BigInteger(), nullable=True),
        sa.Column("founded_year", sa.BigInteger(), nullable=True),
        sa.Column("phone", sa.String(length=100), nullable=True),
        sa.Column("fax", sa.String(length=100), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("website", sa.String(length=500), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column("city", sa.String(length=100), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("postal_code", sa.String(length=40), nullable=True),
        sa.Column("country", sa.String(length=100), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
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
            name=op.f("fk_crm_account_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_account_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "parent_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_crm_account_company_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_account_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_account_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_account")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_crm_account_company_id_external_id")
        ),
    )
    op.create_table(
        "crm_loss_reason",
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
            name=op.f("fk_crm_loss_reason_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_loss_reason_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_loss_reason_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_loss_reason")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_crm_loss_reason_company_id_name")),
    )
    op.create_table(
        "crm_pipeline",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
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
            name=op.f("fk_crm_pipeline_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_pipeline_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_pipeline_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_pipeline")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_crm_pipeline_company_id_external_id")
        ),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_crm_pipeline_company_id_name")),
    )
    op.create_table(
        "crm_win_reason",
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
            name=op.f("fk_crm_win_reason_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_win_reason_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_win_reason_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_win_reason")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_crm_win_reason_company_id_name")),
    )
    op.create_table(
        "crm_contact",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("department", sa.String(length=100), nullable=True),
        sa.Column("role", sa.String(length=100), nullable=True),
        sa.Column("reports_to_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=100), nullable=True),
        sa.Column("mobile", sa.String(length=100), nullable=True),
        sa.Column("fax", sa.String(length=100), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column("city", sa.String(length=100), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("postal_code", sa.String(length=40), nullable=True),
        sa.Column("country", sa.String(length=100), nullable=True),
        sa.Column("do_not_email", sa.Boolean(), nullable=False),
        sa.Column("do_not_call", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
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
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_crm_contact_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_contact_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_contact_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "reports_to_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_crm_contact_company_id_reports_to_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_contact_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_contact_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_contact")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_crm_contact_company_id_external_id")
        ),
    )
    op.create_table(
        "crm_stage",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("pipeline_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("probability", ScaledDecimal(2), nullable=False),
        sa.Column("required_fields", sa.String(length=500), nullable=True),
        sa.Column("rot_days", sa.BigInteger(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
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
            name=op.f("fk_crm_stage_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "pipeline_id"],
            ["crm_pipeline.company_id", "crm_pipeline.id"],
            name=op.f("fk_crm_stage_company_id_pipeline_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_stage_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_stage_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_stage")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_crm_stage_company_id_external_id")
        ),
        sa.UniqueConstraint(
            "company_id",
            "pipeline_id",
            "name",
            name=op.f("uq_crm_stage_company_id_pipeline_id_name"),
        ),
    )
    op.create_table(
        "crm_opportunity",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("pipeline_id", sa.BigInteger(), nullable=True),
        sa.Column("stage_id", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("probability", ScaledDecimal(2), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("expected_close", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("win_reason_id", sa.BigInteger(), nullable=True),
        sa.Column("loss_reason_id", sa.BigInteger(), nullable=True),
        sa.Column("competitor", sa.String(length=200), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("next_step", sa.String(length=500), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("amount_company", sa.BigInteger(), nullable=True),
        sa.Column("rate", ScaledDecimal(10), nullable=True),
        sa.Column("rate_on", sa.Date(), nullable=True),
        sa.Column("weighted_amount", sa.BigInteger(), nullable=True),
        sa.Column("cycle_days", sa.BigInteger(), nullable=True),
        sa.Column("closed_from_id", sa.BigInteger(), nullable=True),
        sa.Column("stage_since", sa.Date(), nullable=True),
        sa.Column("stalls_on", sa.Date(), nullable=True),
        sa.Column("pushes", sa.BigInteger(), nullable=False),
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
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_crm_opportunity_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "closed_from_id"],
            ["crm_stage.company_id", "crm_stage.id"],
            name=op.f("fk_crm_opportunity_company_id_closed_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_crm_opportunity_company_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_opportunity_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "loss_reason_id"],
            ["crm_loss_reason.company_id", "crm_loss_reason.id"],
            name=op.f("fk_crm_opportunity_company_id_loss_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_opportunity_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "pipeline_id"],
            ["crm_pipeline.company_id", "crm_pipeline.id"],
            name=op.f("fk_crm_opportunity_company_id_pipeline_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_crm_opportunity_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "stage_id"],
            ["crm_stage.company_id", "crm_stage.id"],
            name=op.f("fk_crm_opportunity_company_id_stage_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_opportunity_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "win_reason_id"],
            ["crm_win_reason.company_id", "crm_win_reason.id"],
            name=op.f("fk_crm_opportunity_company_id_win_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_opportunity_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_opportunity")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_crm_opportunity_company_id_external_id")
        ),
    )
    op.create_table(
        "crm_close_date_change",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("old_date", sa.Date(), nullable=True),
        sa.Column("new_date", sa.Date(), nullable=True),
        sa.Column("days", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_close_date_change_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["crm_opportunity.company_id", "crm_opportunity.id"],
            name=op.f("fk_crm_close_date_change_company_id_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_close_date_change_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_close_date_change_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_close_date_change_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_close_date_change")),
    )
    op.create_table(
        "crm_lead",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("company_name", sa.String(length=200), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("campaign", sa.String(length=200), nullable=True),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=100), nullable=True),
        sa.Column("mobile", sa.String(length=100), nullable=True),
        sa.Column("website", sa.String(length=500), nullable=True),
        sa.Column("industry", sa.String(length=100), nullable=True),
        sa.Column("employees", sa.BigInteger(), nullable=True),
        sa.Column("annual_revenue", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column("city", sa.String(length=100), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("postal_code", sa.String(length=40), nullable=True),
        sa.Column("country", sa.String(length=100), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("do_not_email", sa.Boolean(), nullable=False),
        sa.Column("do_not_call", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("disqualify_reason", sa.String(length=500), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("converted_on", sa.Date(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
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
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_crm_lead_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_crm_lead_company_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_lead_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["crm_opportunity.company_id", "crm_opportunity.id"],
            name=op.f("fk_crm_lead_company_id_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_lead_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_crm_lead_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_lead_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_lead_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_lead")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_crm_lead_company_id_external_id")
        ),
    )
    op.create_table(
        "crm_opportunity_contact",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("influence", sa.String(length=40), nullable=False),
        sa.Column("attitude", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_crm_opportunity_contact_company_id_contact_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_opportunity_contact_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["crm_opportunity.company_id", "crm_opportunity.id"],
            name=op.f("fk_crm_opportunity_contact_company_id_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_opportunity_contact_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_opportunity_contact_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_opportunity_contact")),
        sa.UniqueConstraint(
            "company_id",
            "opportunity_id",
            "contact_id",
            name=op.f("uq_crm_opportunity_contact_company_id_opportunity_id_contact_id"),
        ),
    )
    op.create_table(
        "crm_opportunity_credit",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("share", ScaledDecimal(4), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("is_rest", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_opportunity_credit_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["crm_opportunity.company_id", "crm_opportunity.id"],
            name=op.f("fk_crm_opportunity_credit_company_id_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_opportunity_credit_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_opportunity_credit_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_opportunity_credit_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_opportunity_credit")),
        sa.UniqueConstraint(
            "company_id",
            "external_id",
            name=op.f("uq_crm_opportunity_credit_company_id_external_id"),
        ),
    )
    op.create_table(
        "crm_opportunity_line",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("quantity", ScaledDecimal(4), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("discount", ScaledDecimal(2), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_opportunity_line_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["crm_opportunity.company_id", "crm_opportunity.id"],
            name=op.f("fk_crm_opportunity_line_company_id_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_crm_opportunity_line_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_opportunity_line_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_opportunity_line_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_opportunity_line")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_crm_opportunity_line_company_id_external_id")
        ),
    )
    op.create_table(
        "crm_stage_change",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("from_stage_id", sa.BigInteger(), nullable=True),
        sa.Column("stage_id", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("left_at", UTCDateTime(), nullable=True),
        sa.Column("days", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_stage_change_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "from_stage_id"],
            ["crm_stage.company_id", "crm_stage.id"],
            name=op.f("fk_crm_stage_change_company_id_from_stage_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["crm_opportunity.company_id", "crm_opportunity.id"],
            name=op.f("fk_crm_stage_change_company_id_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "stage_id"],
            ["crm_stage.company_id", "crm_stage.id"],
            name=op.f("fk_crm_stage_change_company_id_stage_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_stage_change_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_crm_stage_change_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_crm_stage_change_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_crm_stage_change")),
    )
    op.create_index(
        op.f("ix_crm_account_company_id_country"),
        "crm_account",
        ["company_id", "country"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_account_company_id_industry"),
        "crm_account",
        ["company_id", "industry"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_account_company_id_name"), "crm_account", ["company_id", "name"], unique=False
    )
    op.create_index(
        op.f("ix_crm_account_company_id_owner_id"),
        "crm_account",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_account_company_id_parent_id"),
        "crm_account",
        ["company_id", "parent_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_account_company_id_title_key"),
        "crm_account",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_loss_reason_company_id_title_key"),
        "crm_loss_reason",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_pipeline_company_id_title_key"),
        "crm_pipeline",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_win_reason_company_id_title_key"),
        "crm_win_reason",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_contact_company_id_account_id"),
        "crm_contact",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_contact_company_id_email"),
        "crm_contact",
        ["company_id", "email"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_contact_company_id_name"), "crm_contact", ["company_id", "name"], unique=False
    )
    op.create_index(
        op.f("ix_crm_contact_company_id_owner_id"),
        "crm_contact",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_contact_company_id_reports_to_id"),
        "crm_contact",
        ["company_id", "reports_to_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_contact_company_id_title_key"),
        "crm_contact",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_stage_company_id_pipeline_id"),
        "crm_stage",
        ["company_id", "pipeline_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_stage_company_id_title_key"),
        "crm_stage",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        "ix_crm_opportunity_attention",
        "crm_opportunity",
        ["company_id", "outcome", "archived", "owner_id", "expected_close", "stalls_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_account_id"),
        "crm_opportunity",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_amount_id"),
        "crm_opportunity",
        ["company_id", "amount", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_closed_from_id"),
        "crm_opportunity",
        ["company_id", "closed_from_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_contact_id"),
        "crm_opportunity",
        ["company_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_created_on"),
        "crm_opportunity",
        ["company_id", "created_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_expected_close"),
        "crm_opportunity",
        ["company_id", "expected_close"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_loss_reason_id"),
        "crm_opportunity",
        ["company_id", "loss_reason_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_outcome_closed_on"),
        "crm_opportunity",
        ["company_id", "outcome", "closed_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_owner_id"),
        "crm_opportunity",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_owner_id_amount_id"),
        "crm_opportunity",
        ["company_id", "owner_id", "amount", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_pipeline_id"),
        "crm_opportunity",
        ["company_id", "pipeline_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_product_id"),
        "crm_opportunity",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_source"),
        "crm_opportunity",
        ["company_id", "source"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_stage_id"),
        "crm_opportunity",
        ["company_id", "stage_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_stage_id_amount_id"),
        "crm_opportunity",
        ["company_id", "stage_id", "amount", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_stalls_on"),
        "crm_opportunity",
        ["company_id", "stalls_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_title_key"),
        "crm_opportunity",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_company_id_win_reason_id"),
        "crm_opportunity",
        ["company_id", "win_reason_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_close_date_change_company_id_opportunity_id"),
        "crm_close_date_change",
        ["company_id", "opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_close_date_change_company_id_user_id"),
        "crm_close_date_change",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_account_id"),
        "crm_lead",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_company_name"),
        "crm_lead",
        ["company_id", "company_name"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_contact_id"),
        "crm_lead",
        ["company_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_created_on"),
        "crm_lead",
        ["company_id", "created_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_email"), "crm_lead", ["company_id", "email"], unique=False
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_opportunity_id"),
        "crm_lead",
        ["company_id", "opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_owner_id"),
        "crm_lead",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_product_id"),
        "crm_lead",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_source"), "crm_lead", ["company_id", "source"], unique=False
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_status_created_on"),
        "crm_lead",
        ["company_id", "status", "created_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_lead_company_id_title_key"),
        "crm_lead",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_contact_company_id_contact_id"),
        "crm_opportunity_contact",
        ["company_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_contact_company_id_opportunity_id"),
        "crm_opportunity_contact",
        ["company_id", "opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_credit_company_id_opportunity_id"),
        "crm_opportunity_credit",
        ["company_id", "opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_credit_company_id_user_id"),
        "crm_opportunity_credit",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_line_company_id_opportunity_id"),
        "crm_opportunity_line",
        ["company_id", "opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_opportunity_line_company_id_product_id"),
        "crm_opportunity_line",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_stage_change_company_id_from_stage_id"),
        "crm_stage_change",
        ["company_id", "from_stage_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_stage_change_company_id_opportunity_id"),
        "crm_stage_change",
        ["company_id", "opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_stage_change_company_id_stage_id"),
        "crm_stage_change",
        ["company_id", "stage_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_crm_stage_change_company_id_user_id"),
        "crm_stage_change",
        ["company_id", "user_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("crm_stage_change")
    op.drop_table("crm_opportunity_line")
    op.drop_table("crm_opportunity_credit")
    op.drop_table("crm_opportunity_contact")
    op.drop_table("crm_lead")
    op.drop_table("crm_close_date_change")
    op.drop_table("crm_opportunity")
    op.drop_table("crm_stage")
    op.drop_table("crm_contact")
    op.drop_table("crm_win_reason")
    op.drop_table("crm_pipeline")
    op.drop_table("crm_loss_reason")
    op.drop_table("crm_account")
