"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "sales_channel",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_sales_channel_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "parent_id"],
            ["sales_channel.company_id", "sales_channel.id"],
            name=op.f("fk_sales_channel_company_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_channel_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_channel_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_channel")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_channel_company_id_external_id")
        ),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_sales_channel_company_id_name")),
    )
    op.create_table(
        "sales_receipt",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("bank_reference", sa.String(length=200), nullable=True),
        sa.Column("refunds_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("allocated", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("unallocated", sa.BigInteger(), nullable=False),
        sa.Column("amount_company", sa.BigInteger(), nullable=True),
        sa.Column("unallocated_company", sa.BigInteger(), nullable=False),
        sa.Column("rate", ScaledDecimal(10), nullable=True),
        sa.Column("rate_on", sa.Date(), nullable=True),
        sa.Column("entered", sa.Boolean(), nullable=False),
        sa.Column("reversed_on", sa.Date(), nullable=True),
        sa.Column("reverse_reason", sa.String(length=500), nullable=True),
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
            name=op.f("fk_sales_receipt_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_receipt_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_receipt_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "refunds_id"],
            ["sales_receipt.company_id", "sales_receipt.id"],
            name=op.f("fk_sales_receipt_company_id_refunds_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_receipt_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_receipt_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_receipt")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_receipt_company_id_external_id")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_receipt_company_id_number")
        ),
    )
    op.create_table(
        "sales_quote",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("leading", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("quoted_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("payment_days", sa.BigInteger(), nullable=True),
        sa.Column("discount", ScaledDecimal(4), nullable=False),
        sa.Column("opening", sa.Text(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("previous_id", sa.BigInteger(), nullable=True),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.Column("coupons", sa.String(length=200), nullable=True),
        sa.Column("price_check", sa.String(length=40), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("amount_company", sa.BigInteger(), nullable=True),
        sa.Column("release_reason", sa.String(length=500), nullable=True),
        sa.Column("released_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("decline_reason", sa.String(length=500), nullable=True),
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
            name=op.f("fk_sales_quote_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "channel_id"],
            ["sales_channel.company_id", "sales_channel.id"],
            name=op.f("fk_sales_quote_company_id_channel_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_sales_quote_company_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_quote_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["crm_opportunity.company_id", "crm_opportunity.id"],
            name=op.f("fk_sales_quote_company_id_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_quote_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "previous_id"],
            ["sales_quote.company_id", "sales_quote.id"],
            name=op.f("fk_sales_quote_company_id_previous_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "released_by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_quote_company_id_released_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_quote_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_quote_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_quote")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_quote_company_id_external_id")
        ),
    )
    op.create_table(
        "sales_order",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("quote_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("credited_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("deliver_by", sa.Date(), nullable=True),
        sa.Column("customer_reference", sa.String(length=100), nullable=True),
        sa.Column("payment_days", sa.BigInteger(), nullable=True),
        sa.Column("discount", ScaledDecimal(4), nullable=False),
        sa.Column("delivery_address", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("coupons", sa.String(length=200), nullable=True),
        sa.Column("price_check", sa.String(length=40), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("amount_company", sa.BigInteger(), nullable=True),
        sa.Column("list_amount", sa.BigInteger(), nullable=False),
        sa.Column("list_company", sa.BigInteger(), nullable=True),
        sa.Column("rate", ScaledDecimal(10), nullable=True),
        sa.Column("rate_on", sa.Date(), nullable=True),
        sa.Column("billed", sa.String(length=40), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=True),
        sa.Column("unplanned", sa.BigInteger(), nullable=True),
        sa.Column("entered", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=500), nullable=True),
        sa.Column("change_reason", sa.String(length=500), nullable=True),
        sa.Column("amended_by_id", sa.BigInteger(), nullable=True),
        sa.Column("amended_on", sa.Date(), nullable=True),
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
            name=op.f("fk_sales_order_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "amended_by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_company_id_amended_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "channel_id"],
            ["sales_channel.company_id", "sales_channel.id"],
            name=op.f("fk_sales_order_company_id_channel_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_sales_order_company_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "credited_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_company_id_credited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["crm_opportunity.company_id", "crm_opportunity.id"],
            name=op.f("fk_sales_order_company_id_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "quote_id"],
            ["sales_quote.company_id", "sales_quote.id"],
            name=op.f("fk_sales_order_company_id_quote_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_order_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_order")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_order_company_id_external_id")
        ),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_sales_order_company_id_number")),
    )
    op.create_table(
        "sales_quote_line",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("quote_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("group", sa.String(length=200), nullable=True),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("quantity", ScaledDecimal(4), nullable=False),
        sa.Column("list_price", ScaledDecimal(4), nullable=True),
        sa.Column("price", ScaledDecimal(4), nullable=True),
        sa.Column("discount", ScaledDecimal(4), nullable=False),
        sa.Column("agreed", ScaledDecimal(6), nullable=True),
        sa.Column("tax_rate", ScaledDecimal(4), nullable=False),
        sa.Column("taken_off", ScaledDecimal(4), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.Column("price_check", sa.String(length=40), nullable=True),
        sa.Column("trace", JSON, nullable=False),
        sa.Column("net", ScaledDecimal(6), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("cost", ScaledDecimal(4), nullable=True),
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
            name=op.f("fk_sales_quote_line_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_sales_quote_line_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "quote_id"],
            ["sales_quote.company_id", "sales_quote.id"],
            name=op.f("fk_sales_quote_line_company_id_quote_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_quote_line_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_quote_line_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_quote_line")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_quote_line_company_id_external_id")
        ),
    )
    op.create_table(
        "sales_delivery",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("tracking", sa.String(length=100), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
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
            name=op.f("fk_sales_delivery_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name=op.f("fk_sales_delivery_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_delivery_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_delivery_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_delivery_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_delivery")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_delivery_company_id_external_id")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_delivery_company_id_number")
        ),
    )
    op.create_table(
        "sales_invoice",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("invoiced_on", sa.Date(), nullable=True),
        sa.Column("payment_days", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("total_company", sa.BigInteger(), nullable=True),
        sa.Column("rate", ScaledDecimal(10), nullable=True),
        sa.Column("rate_on", sa.Date(), nullable=True),
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
            name=op.f("fk_sales_invoice_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "channel_id"],
            ["sales_channel.company_id", "sales_channel.id"],
            name=op.f("fk_sales_invoice_company_id_channel_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "corrects_id"],
            ["sales_invoice.company_id", "sales_invoice.id"],
            name=op.f("fk_sales_invoice_company_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_invoice_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name=op.f("fk_sales_invoice_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_invoice_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_invoice_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_invoice_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_invoice")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_invoice_company_id_external_id")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_invoice_company_id_number")
        ),
    )
    op.create_table(
        "sales_order_credit",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("share", ScaledDecimal(4), nullable=False),
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
            name=op.f("fk_sales_order_credit_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name=op.f("fk_sales_order_credit_company_id_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_credit_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_credit_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_order_credit_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_order_credit")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_order_credit_company_id_external_id")
        ),
    )
    op.create_table(
        "sales_order_line",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("quantity", ScaledDecimal(4), nullable=False),
        sa.Column("list_price", ScaledDecimal(4), nullable=True),
        sa.Column("price", ScaledDecimal(4), nullable=True),
        sa.Column("discount", ScaledDecimal(4), nullable=False),
        sa.Column("agreed", ScaledDecimal(6), nullable=True),
        sa.Column("tax_rate", ScaledDecimal(4), nullable=False),
        sa.Column("taken_off", ScaledDecimal(4), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.Column("price_check", sa.String(length=40), nullable=True),
        sa.Column("trace", JSON, nullable=False),
        sa.Column("net", ScaledDecimal(6), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("list_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("cost", ScaledDecimal(4), nullable=True),
        sa.Column("booked_on", sa.Date(), nullable=True),
        sa.Column("cancelled", ScaledDecimal(4), nullable=False),
        sa.Column("delivered", ScaledDecimal(4), nullable=False),
        sa.Column("returned", ScaledDecimal(4), nullable=False),
        sa.Column("invoiced", ScaledDecimal(4), nullable=False),
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
            name=op.f("fk_sales_order_line_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name=op.f("fk_sales_order_line_company_id_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_sales_order_line_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_line_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_order_line_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_order_line")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_order_line_company_id_external_id")
        ),
    )
    op.create_table(
        "sales_order_version",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("change_reason", sa.String(length=500), nullable=True),
        sa.Column("amended_by_id", sa.BigInteger(), nullable=True),
        sa.Column("amended_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("deliver_by", sa.Date(), nullable=True),
        sa.Column("payment_days", sa.BigInteger(), nullable=True),
        sa.Column("delivery_address", sa.Text(), nullable=True),
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
            ["company_id", "amended_by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_version_company_id_amended_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_version_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name=op.f("fk_sales_order_version_company_id_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_version_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_order_version_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_order_version")),
        sa.UniqueConstraint(
            "company_id",
            "order_id",
            "revision",
            name=op.f("uq_sales_order_version_company_id_order_id_revision"),
        ),
    )
    op.create_table(
        "sales_delivery_line",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("delivery_id", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", ScaledDecimal(4), nullable=False),
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
            name=op.f("fk_sales_delivery_line_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "delivery_id"],
            ["sales_delivery.company_id", "sales_delivery.id"],
            name=op.f("fk_sales_delivery_line_company_id_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_line_id"],
            ["sales_order_line.company_id", "sales_order_line.id"],
            name=op.f("fk_sales_delivery_line_company_id_order_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_delivery_line_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_delivery_line_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_delivery_line")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_delivery_line_company_id_external_id")
        ),
    )
    op.create_table(
        "sales_invoice_line",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("invoice_id", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", sa.BigInteger(), nullable=True),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("quantity", ScaledDecimal(4), nullable=False),
        sa.Column("price", ScaledDecimal(4), nullable=True),
        sa.Column("discount", ScaledDecimal(4), nullable=False),
        sa.Column("agreed", ScaledDecimal(6), nullable=True),
        sa.Column("tax_rate", ScaledDecimal(4), nullable=False),
        sa.Column("net", ScaledDecimal(6), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("cost", ScaledDecimal(4), nullable=True),
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
            ["company_id", "corrects_id"],
            ["sales_invoice_line.company_id", "sales_invoice_line.id"],
            name=op.f("fk_sales_invoice_line_company_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_invoice_line_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "invoice_id"],
            ["sales_invoice.company_id", "sales_invoice.id"],
            name=op.f("fk_sales_invoice_line_company_id_invoice_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_line_id"],
            ["sales_order_line.company_id", "sales_order_line.id"],
            name=op.f("fk_sales_invoice_line_company_id_order_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_sales_invoice_line_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_invoice_line_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_invoice_line_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_invoice_line")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_invoice_line_company_id_external_id")
        ),
    )
    op.create_table(
        "sales_ledger_entry",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("delivery_id", sa.BigInteger(), nullable=True),
        sa.Column("invoice_id", sa.BigInteger(), nullable=True),
        sa.Column("receipt_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("overlay", sa.Boolean(), nullable=False),
        sa.Column("quantity", ScaledDecimal(4), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate", ScaledDecimal(10), nullable=False),
        sa.Column("rate_on", sa.Date(), nullable=False),
        sa.Column("amount_company", sa.BigInteger(), nullable=False),
        sa.Column("cost_company", sa.BigInteger(), nullable=True),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("original_day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("root_id", sa.BigInteger(), nullable=False),
        sa.Column("exact", ScaledDecimal(4), nullable=False),
        sa.Column("exact_company", ScaledDecimal(4), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["crm_account.company_id", "crm_account.id"],
            name=op.f("fk_sales_ledger_entry_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "channel_id"],
            ["sales_channel.company_id", "sales_channel.id"],
            name=op.f("fk_sales_ledger_entry_company_id_channel_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_ledger_entry_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "delivery_id"],
            ["sales_delivery.company_id", "sales_delivery.id"],
            name=op.f("fk_sales_ledger_entry_company_id_delivery_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "invoice_id"],
            ["sales_invoice.company_id", "sales_invoice.id"],
            name=op.f("fk_sales_ledger_entry_company_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name=op.f("fk_sales_ledger_entry_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_sales_ledger_entry_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "receipt_id"],
            ["sales_receipt.company_id", "sales_receipt.id"],
            name=op.f("fk_sales_ledger_entry_company_id_receipt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "reverses_id"],
            ["sales_ledger_entry.company_id", "sales_ledger_entry.id"],
            name=op.f("fk_sales_ledger_entry_company_id_reverses_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_ledger_entry_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_ledger_entry_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_ledger_entry_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_ledger_entry")),
    )
    op.create_table(
        "sales_order_version_line",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("order_version_id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("quantity", ScaledDecimal(4), nullable=False),
        sa.Column("price", ScaledDecimal(4), nullable=True),
        sa.Column("discount", ScaledDecimal(4), nullable=False),
        sa.Column("taken_off", ScaledDecimal(4), nullable=False),
        sa.Column("agreed", ScaledDecimal(6), nullable=True),
        sa.Column("tax_rate", ScaledDecimal(4), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
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
            name=op.f("fk_sales_order_version_line_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "line_id"],
            ["sales_order_line.company_id", "sales_order_line.id"],
            name=op.f("fk_sales_order_version_line_company_id_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_version_id"],
            ["sales_order_version.company_id", "sales_order_version.id"],
            name=op.f("fk_sales_order_version_line_company_id_order_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_sales_order_version_line_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_order_version_line_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_order_version_line_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_order_version_line")),
    )
    op.create_table(
        "sales_receivable",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("invoice_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=True),
        sa.Column("share", ScaledDecimal(4), nullable=True),
        sa.Column("fixed", sa.BigInteger(), nullable=True),
        sa.Column("due_rule", sa.String(length=40), nullable=False),
        sa.Column("due_days", sa.BigInteger(), nullable=False),
        sa.Column("month_end", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("open", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_company", sa.BigInteger(), nullable=False),
        sa.Column("open_company", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
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
            name=op.f("fk_sales_receivable_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_receivable_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "invoice_id"],
            ["sales_invoice.company_id", "sales_invoice.id"],
            name=op.f("fk_sales_receivable_company_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name=op.f("fk_sales_receivable_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_receivable_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_receivable_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_receivable_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_receivable")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_receivable_company_id_external_id")
        ),
    )
    op.create_table(
        "sales_allocation",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("receipt_id", sa.BigInteger(), nullable=False),
        sa.Column("receivable_id", sa.BigInteger(), nullable=True),
        sa.Column("invoice_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_sales_allocation_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "invoice_id"],
            ["sales_invoice.company_id", "sales_invoice.id"],
            name=op.f("fk_sales_allocation_company_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "receipt_id"],
            ["sales_receipt.company_id", "sales_receipt.id"],
            name=op.f("fk_sales_allocation_company_id_receipt_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "receivable_id"],
            ["sales_receivable.company_id", "sales_receivable.id"],
            name=op.f("fk_sales_allocation_company_id_receivable_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_sales_allocation_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_allocation_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_allocation")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_sales_allocation_company_id_external_id")
        ),
    )
    op.create_index(
        op.f("ix_sales_channel_company_id_parent_id"),
        "sales_channel",
        ["company_id", "parent_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_channel_company_id_title_key"),
        "sales_channel",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_account_id"),
        "sales_receipt",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_account_id_status"),
        "sales_receipt",
        ["company_id", "account_id", "status"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_owner_id"),
        "sales_receipt",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_received_on_id"),
        "sales_receipt",
        ["company_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_refunds_id"),
        "sales_receipt",
        ["company_id", "refunds_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_title_key"),
        "sales_receipt",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_account_id"),
        "sales_quote",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_channel_id"),
        "sales_quote",
        ["company_id", "channel_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_contact_id"),
        "sales_quote",
        ["company_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_number"),
        "sales_quote",
        ["company_id", "number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_opportunity_id"),
        "sales_quote",
        ["company_id", "opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_owner_id"),
        "sales_quote",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_previous_id"),
        "sales_quote",
        ["company_id", "previous_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_quoted_on_id"),
        "sales_quote",
        ["company_id", "quoted_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_released_by_id"),
        "sales_quote",
        ["company_id", "released_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_status_valid_until"),
        "sales_quote",
        ["company_id", "status", "valid_until"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_company_id_title_key"),
        "sales_quote",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_account_id"),
        "sales_order",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_amended_by_id"),
        "sales_order",
        ["company_id", "amended_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_channel_id"),
        "sales_order",
        ["company_id", "channel_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_contact_id"),
        "sales_order",
        ["company_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_credited_id"),
        "sales_order",
        ["company_id", "credited_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_opportunity_id"),
        "sales_order",
        ["company_id", "opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_ordered_on_id"),
        "sales_order",
        ["company_id", "ordered_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_owner_id"),
        "sales_order",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_owner_id_ordered_on"),
        "sales_order",
        ["company_id", "owner_id", "ordered_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_quote_id"),
        "sales_order",
        ["company_id", "quote_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_status_ordered_on"),
        "sales_order",
        ["company_id", "status", "ordered_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_company_id_title_key"),
        "sales_order",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_line_company_id_product_id"),
        "sales_quote_line",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_line_company_id_quote_id"),
        "sales_quote_line",
        ["company_id", "quote_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_quote_line_company_id_title_key"),
        "sales_quote_line",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_delivery_company_id_order_id"),
        "sales_delivery",
        ["company_id", "order_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_delivery_company_id_owner_id"),
        "sales_delivery",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_delivery_company_id_status_delivered_on"),
        "sales_delivery",
        ["company_id", "status", "delivered_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_delivery_company_id_title_key"),
        "sales_delivery",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_company_id_account_id"),
        "sales_invoice",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_company_id_channel_id"),
        "sales_invoice",
        ["company_id", "channel_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_company_id_corrects_id"),
        "sales_invoice",
        ["company_id", "corrects_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_company_id_invoiced_on_id"),
        "sales_invoice",
        ["company_id", "invoiced_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_company_id_order_id"),
        "sales_invoice",
        ["company_id", "order_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_company_id_owner_id"),
        "sales_invoice",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_company_id_status_due_on"),
        "sales_invoice",
        ["company_id", "status", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_company_id_title_key"),
        "sales_invoice",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_credit_company_id_order_id"),
        "sales_order_credit",
        ["company_id", "order_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_credit_company_id_user_id"),
        "sales_order_credit",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_line_company_id_order_id"),
        "sales_order_line",
        ["company_id", "order_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_line_company_id_product_id"),
        "sales_order_line",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_line_company_id_title_key"),
        "sales_order_line",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_version_company_id_amended_by_id"),
        "sales_order_version",
        ["company_id", "amended_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_version_company_id_order_id"),
        "sales_order_version",
        ["company_id", "order_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_version_company_id_title_key"),
        "sales_order_version",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_delivery_line_company_id_delivery_id"),
        "sales_delivery_line",
        ["company_id", "delivery_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_delivery_line_company_id_order_line_id"),
        "sales_delivery_line",
        ["company_id", "order_line_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_line_company_id_corrects_id"),
        "sales_invoice_line",
        ["company_id", "corrects_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_line_company_id_invoice_id"),
        "sales_invoice_line",
        ["company_id", "invoice_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_line_company_id_order_line_id"),
        "sales_invoice_line",
        ["company_id", "order_line_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_line_company_id_product_id"),
        "sales_invoice_line",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_invoice_line_company_id_title_key"),
        "sales_invoice_line",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_account_id"),
        "sales_ledger_entry",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_channel_id"),
        "sales_ledger_entry",
        ["company_id", "channel_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_day_id"),
        "sales_ledger_entry",
        ["company_id", "day", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_delivery_id"),
        "sales_ledger_entry",
        ["company_id", "delivery_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_invoice_id"),
        "sales_ledger_entry",
        ["company_id", "invoice_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_kind_day"),
        "sales_ledger_entry",
        ["company_id", "kind", "day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_order_id"),
        "sales_ledger_entry",
        ["company_id", "order_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_product_id"),
        "sales_ledger_entry",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_receipt_id"),
        "sales_ledger_entry",
        ["company_id", "receipt_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_reverses_id"),
        "sales_ledger_entry",
        ["company_id", "reverses_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_user_id"),
        "sales_ledger_entry",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_ledger_entry_company_id_user_id_kind_day"),
        "sales_ledger_entry",
        ["company_id", "user_id", "kind", "day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_version_line_company_id_line_id"),
        "sales_order_version_line",
        ["company_id", "line_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_version_line_company_id_order_version_id"),
        "sales_order_version_line",
        ["company_id", "order_version_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_version_line_company_id_product_id"),
        "sales_order_version_line",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_order_version_line_company_id_title_key"),
        "sales_order_version_line",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receivable_company_id_account_id"),
        "sales_receivable",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receivable_company_id_due_on_id"),
        "sales_receivable",
        ["company_id", "due_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receivable_company_id_invoice_id"),
        "sales_receivable",
        ["company_id", "invoice_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receivable_company_id_order_id"),
        "sales_receivable",
        ["company_id", "order_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receivable_company_id_owner_id"),
        "sales_receivable",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receivable_company_id_owner_id_status_due_on"),
        "sales_receivable",
        ["company_id", "owner_id", "status", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receivable_company_id_status_due_on"),
        "sales_receivable",
        ["company_id", "status", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_receivable_company_id_title_key"),
        "sales_receivable",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_allocation_company_id_invoice_id"),
        "sales_allocation",
        ["company_id", "invoice_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_allocation_company_id_receipt_id"),
        "sales_allocation",
        ["company_id", "receipt_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_allocation_company_id_receivable_id"),
        "sales_allocation",
        ["company_id", "receivable_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("sales_allocation")
    op.drop_table("sales_receivable")
    op.drop_table("sales_order_version_line")
    op.drop_table("sales_ledger_entry")
    op.drop_table("sales_invoice_line")
    op.drop_table("sales_delivery_line")
    op.drop_table("sales_order_version")
    op.drop_table("sales_order_line")
    op.drop_table("sales_order_credit")
    op.drop_table("sales_invoice")
    op.drop_table("sales_delivery")
    op.drop_table("sales_quote_line")
    op.drop_table("sales_order")
    op.drop_table("sales_quote")
    op.drop_table("sales_receipt")
    op.drop_table("sales_channel")
