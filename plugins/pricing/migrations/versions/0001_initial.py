"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "pricing_terms",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("price_list_id", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("region", sa.String(length=200), nullable=True),
        sa.Column("channel", sa.String(length=200), nullable=True),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
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
            name=op.f("fk_pricing_terms_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "price_list_id"],
            ["catalog_price_list.company_id", "catalog_price_list.id"],
            name=op.f("fk_pricing_terms_company_id_price_list_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_terms_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pricing_terms_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pricing_terms")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_pricing_terms_company_id_external_id")
        ),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_pricing_terms_company_id_name")),
    )
    op.create_table(
        "pricing_floor",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("category_id", sa.BigInteger(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("margin", ScaledDecimal(2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
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
            ["company_id", "category_id"],
            ["catalog_category.company_id", "catalog_category.id"],
            name=op.f("fk_pricing_floor_company_id_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_floor_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_pricing_floor_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_floor_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pricing_floor_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pricing_floor")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_pricing_floor_company_id_external_id")
        ),
    )
    op.create_table(
        "pricing_promotion",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("percent", ScaledDecimal(4), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("buy_quantity", ScaledDecimal(4), nullable=True),
        sa.Column("gift_quantity", ScaledDecimal(4), nullable=True),
        sa.Column("gift_product_id", sa.BigInteger(), nullable=True),
        sa.Column("most_times", sa.BigInteger(), nullable=True),
        sa.Column("counts", sa.String(length=40), nullable=False),
        sa.Column("least_amount", sa.BigInteger(), nullable=True),
        sa.Column("least_quantity", ScaledDecimal(4), nullable=True),
        sa.Column("most_quantity", ScaledDecimal(4), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.String(length=40), nullable=False),
        sa.Column("group", sa.String(length=100), nullable=True),
        sa.Column("coupon_needed", sa.Boolean(), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("region", sa.String(length=200), nullable=True),
        sa.Column("channel", sa.String(length=200), nullable=True),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("claim_cap", sa.BigInteger(), nullable=True),
        sa.Column("account_cap", sa.BigInteger(), nullable=True),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("claims", sa.BigInteger(), nullable=False),
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
            name=op.f("fk_pricing_promotion_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "gift_product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_pricing_promotion_company_id_gift_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_promotion_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pricing_promotion_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pricing_promotion")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_pricing_promotion_company_id_external_id")
        ),
        sa.UniqueConstraint(
            "company_id", "name", name=op.f("uq_pricing_promotion_company_id_name")
        ),
    )
    op.create_table(
        "pricing_rule",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("price_list_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("category_id", sa.BigInteger(), nullable=True),
        sa.Column("from_quantity", ScaledDecimal(4), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("percent", ScaledDecimal(4), nullable=True),
        sa.Column("base", sa.String(length=40), nullable=False),
        sa.Column("rounding", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
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
            ["company_id", "category_id"],
            ["catalog_category.company_id", "catalog_category.id"],
            name=op.f("fk_pricing_rule_company_id_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_rule_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "price_list_id"],
            ["catalog_price_list.company_id", "catalog_price_list.id"],
            name=op.f("fk_pricing_rule_company_id_price_list_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_pricing_rule_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_rule_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pricing_rule_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pricing_rule")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_pricing_rule_company_id_external_id")
        ),
    )
    op.create_table(
        "pricing_coupon",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("promotion_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("most_uses", sa.BigInteger(), nullable=True),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
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
            name=op.f("fk_pricing_coupon_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "promotion_id"],
            ["pricing_promotion.company_id", "pricing_promotion.id"],
            name=op.f("fk_pricing_coupon_company_id_promotion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_coupon_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pricing_coupon_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pricing_coupon")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_pricing_coupon_company_id_code")),
    )
    op.create_table(
        "pricing_promotion_item",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("promotion_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("category_id", sa.BigInteger(), nullable=True),
        sa.Column("quantity", ScaledDecimal(4), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "category_id"],
            ["catalog_category.company_id", "catalog_category.id"],
            name=op.f("fk_pricing_promotion_item_company_id_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_promotion_item_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_pricing_promotion_item_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "promotion_id"],
            ["pricing_promotion.company_id", "pricing_promotion.id"],
            name=op.f("fk_pricing_promotion_item_company_id_promotion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_promotion_item_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pricing_promotion_item_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pricing_promotion_item")),
        sa.UniqueConstraint(
            "company_id",
            "external_id",
            name=op.f("uq_pricing_promotion_item_company_id_external_id"),
        ),
    )
    op.create_table(
        "pricing_claim",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("promotion_id", sa.BigInteger(), nullable=False),
        sa.Column("coupon_id", sa.BigInteger(), nullable=True),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
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
            ["company_id", "coupon_id"],
            ["pricing_coupon.company_id", "pricing_coupon.id"],
            name=op.f("fk_pricing_claim_company_id_coupon_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_claim_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "promotion_id"],
            ["pricing_promotion.company_id", "pricing_promotion.id"],
            name=op.f("fk_pricing_claim_company_id_promotion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_pricing_claim_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_pricing_claim_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_pricing_claim")),
        sa.UniqueConstraint(
            "company_id",
            "promotion_id",
            "document",
            name=op.f("uq_pricing_claim_company_id_promotion_id_document"),
        ),
    )
    op.create_index(
        op.f("ix_pricing_terms_company_id_price_list_id"),
        "pricing_terms",
        ["company_id", "price_list_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_terms_company_id_title_key"),
        "pricing_terms",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_floor_company_id_category_id"),
        "pricing_floor",
        ["company_id", "category_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_floor_company_id_product_id"),
        "pricing_floor",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_floor_company_id_title_key"),
        "pricing_floor",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_promotion_company_id_gift_product_id"),
        "pricing_promotion",
        ["company_id", "gift_product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_promotion_company_id_title_key"),
        "pricing_promotion",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_rule_company_id_category_id"),
        "pricing_rule",
        ["company_id", "category_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_rule_company_id_price_list_id"),
        "pricing_rule",
        ["company_id", "price_list_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_rule_company_id_price_list_id_category_id"),
        "pricing_rule",
        ["company_id", "price_list_id", "category_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_rule_company_id_product_id"),
        "pricing_rule",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_rule_company_id_product_id_price_list_id"),
        "pricing_rule",
        ["company_id", "product_id", "price_list_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_rule_company_id_title_key"),
        "pricing_rule",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_coupon_company_id_promotion_id"),
        "pricing_coupon",
        ["company_id", "promotion_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_coupon_company_id_title_key"),
        "pricing_coupon",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_promotion_item_company_id_category_id"),
        "pricing_promotion_item",
        ["company_id", "category_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_promotion_item_company_id_product_id"),
        "pricing_promotion_item",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_promotion_item_company_id_promotion_id"),
        "pricing_promotion_item",
        ["company_id", "promotion_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_claim_company_id_coupon_id"),
        "pricing_claim",
        ["company_id", "coupon_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_claim_company_id_document"),
        "pricing_claim",
        ["company_id", "document"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_claim_company_id_on"), "pricing_claim", ["company_id", "on"], unique=False
    )
    op.create_index(
        op.f("ix_pricing_claim_company_id_promotion_id"),
        "pricing_claim",
        ["company_id", "promotion_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_pricing_claim_company_id_title_key"),
        "pricing_claim",
        ["company_id", "title_key"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("pricing_claim")
    op.drop_table("pricing_promotion_item")
    op.drop_table("pricing_coupon")
    op.drop_table("pricing_rule")
    op.drop_table("pricing_promotion")
    op.drop_table("pricing_floor")
    op.drop_table("pricing_terms")
