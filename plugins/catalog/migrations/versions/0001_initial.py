"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "catalog_category",
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
            name=op.f("fk_catalog_category_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "parent_id"],
            ["catalog_category.company_id", "catalog_category.id"],
            name=op.f("fk_catalog_category_company_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_catalog_category_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_catalog_category_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_catalog_category")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_catalog_category_company_id_external_id")
        ),
    )
    op.create_table(
        "catalog_price_list",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_catalog_price_list_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "parent_id"],
            ["catalog_price_list.company_id", "catalog_price_list.id"],
            name=op.f("fk_catalog_price_list_company_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_catalog_price_list_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_catalog_price_list_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_catalog_price_list")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_catalog_price_list_company_id_external_id")
        ),
        sa.UniqueConstraint(
            "company_id", "name", name=op.f("uq_catalog_price_list_company_id_name")
        ),
    )
    op.create_table(
        "catalog_unit",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
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
            name=op.f("fk_catalog_unit_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_catalog_unit_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_catalog_unit_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_catalog_unit")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_catalog_unit_company_id_code")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_catalog_unit_company_id_name")),
    )
    op.create_table(
        "catalog_product",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=True),
        sa.Column("category_id", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("packaging", sa.String(length=200), nullable=True),
        sa.Column("list_price", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
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
            ["company_id", "category_id"],
            ["catalog_category.company_id", "catalog_category.id"],
            name=op.f("fk_catalog_product_company_id_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_catalog_product_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "unit_id"],
            ["catalog_unit.company_id", "catalog_unit.id"],
            name=op.f("fk_catalog_product_company_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_catalog_product_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_catalog_product_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_catalog_product")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_catalog_product_company_id_code")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_catalog_product_company_id_external_id")
        ),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_catalog_product_company_id_name")),
    )
    op.create_table(
        "catalog_price",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("price_list_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
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
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_catalog_price_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "price_list_id"],
            ["catalog_price_list.company_id", "catalog_price_list.id"],
            name=op.f("fk_catalog_price_company_id_price_list_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_catalog_price_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_catalog_price_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_catalog_price_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_catalog_price")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_catalog_price_company_id_external_id")
        ),
    )
    op.create_index(
        op.f("ix_catalog_category_company_id_name"),
        "catalog_category",
        ["company_id", "name"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_category_company_id_parent_id"),
        "catalog_category",
        ["company_id", "parent_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_category_company_id_title_key"),
        "catalog_category",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_price_list_company_id_parent_id"),
        "catalog_price_list",
        ["company_id", "parent_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_price_list_company_id_title_key"),
        "catalog_price_list",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_unit_company_id_title_key"),
        "catalog_unit",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_product_company_id_category_id"),
        "catalog_product",
        ["company_id", "category_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_product_company_id_title_key"),
        "catalog_product",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_product_company_id_unit_id"),
        "catalog_product",
        ["company_id", "unit_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_price_company_id_price_list_id"),
        "catalog_price",
        ["company_id", "price_list_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_price_company_id_product_id"),
        "catalog_price",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_price_company_id_product_id_currency_price_list_id_valid_from"),
        "catalog_price",
        ["company_id", "product_id", "currency", "price_list_id", "valid_from"],
        unique=False,
    )
    op.create_index(
        op.f("ix_catalog_price_company_id_title_key"),
        "catalog_price",
        ["company_id", "title_key"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("catalog_price")
    op.drop_table("catalog_product")
    op.drop_table("catalog_unit")
    op.drop_table("catalog_price_list")
    op.drop_table("catalog_category")
