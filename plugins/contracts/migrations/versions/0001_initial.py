"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "contracts_contract",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("our_party", sa.String(length=300), nullable=True),
        sa.Column("their_party", sa.String(length=300), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("notice_days", sa.BigInteger(), nullable=True),
        sa.Column("renewal", sa.String(length=40), nullable=False),
        sa.Column("renew_days", sa.BigInteger(), nullable=False),
        sa.Column("renew_months", sa.BigInteger(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("order_number", sa.String(length=100), nullable=True),
        sa.Column("change_reason", sa.String(length=500), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("termination_reason", sa.String(length=500), nullable=True),
        sa.Column("value_company", sa.BigInteger(), nullable=True),
        sa.Column("rate", ScaledDecimal(10), nullable=True),
        sa.Column("rate_on", sa.Date(), nullable=True),
        sa.Column("previous_id", sa.BigInteger(), nullable=True),
        sa.Column("renews_id", sa.BigInteger(), nullable=True),
        sa.Column("renewal_opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("was_renewed", sa.Boolean(), nullable=False),
        sa.Column("prolonged", sa.BigInteger(), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=True),
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
            name=op.f("fk_contracts_contract_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_contracts_contract_company_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_contracts_contract_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["crm_opportunity.company_id", "crm_opportunity.id"],
            name=op.f("fk_contracts_contract_company_id_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_contracts_contract_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "previous_id"],
            ["contracts_contract.company_id", "contracts_contract.id"],
            name=op.f("fk_contracts_contract_company_id_previous_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "renewal_opportunity_id"],
            ["crm_opportunity.company_id", "crm_opportunity.id"],
            name=op.f("fk_contracts_contract_company_id_renewal_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "renews_id"],
            ["contracts_contract.company_id", "contracts_contract.id"],
            name=op.f("fk_contracts_contract_company_id_renews_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_contracts_contract_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_contracts_contract_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_contracts_contract")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_contracts_contract_company_id_external_id")
        ),
        sa.UniqueConstraint(
            "company_id",
            "number",
            "revision",
            name=op.f("uq_contracts_contract_company_id_number_revision"),
        ),
    )
    op.create_table(
        "contracts_instalment",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("share", ScaledDecimal(4), nullable=True),
        sa.Column("fixed", sa.BigInteger(), nullable=True),
        sa.Column("due_rule", sa.String(length=40), nullable=False),
        sa.Column("due_days", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
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
            ["company_id", "contract_id"],
            ["contracts_contract.company_id", "contracts_contract.id"],
            name=op.f("fk_contracts_instalment_company_id_contract_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_contracts_instalment_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_contracts_instalment_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_contracts_instalment_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_contracts_instalment")),
    )
    op.create_table(
        "contracts_obligation",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("remind_days", sa.BigInteger(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
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
            ["company_id", "contract_id"],
            ["contracts_contract.company_id", "contracts_contract.id"],
            name=op.f("fk_contracts_obligation_company_id_contract_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_contracts_obligation_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_contracts_obligation_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_contracts_obligation_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_contracts_obligation_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_contracts_obligation")),
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_account_id"),
        "contracts_contract",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_account_id_state"),
        "contracts_contract",
        ["company_id", "account_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_contact_id"),
        "contracts_contract",
        ["company_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_opportunity_id"),
        "contracts_contract",
        ["company_id", "opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_owner_id"),
        "contracts_contract",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_owner_id_state"),
        "contracts_contract",
        ["company_id", "owner_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_previous_id"),
        "contracts_contract",
        ["company_id", "previous_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_renewal_opportunity_id"),
        "contracts_contract",
        ["company_id", "renewal_opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_renews_id"),
        "contracts_contract",
        ["company_id", "renews_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_signed_on"),
        "contracts_contract",
        ["company_id", "signed_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_state_ends_on"),
        "contracts_contract",
        ["company_id", "state", "ends_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_contract_company_id_title_key"),
        "contracts_contract",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_instalment_company_id_contract_id"),
        "contracts_instalment",
        ["company_id", "contract_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_instalment_company_id_contract_id_position"),
        "contracts_instalment",
        ["company_id", "contract_id", "position"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_instalment_company_id_title_key"),
        "contracts_instalment",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_obligation_company_id_contract_id"),
        "contracts_obligation",
        ["company_id", "contract_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_obligation_company_id_contract_id_due_on"),
        "contracts_obligation",
        ["company_id", "contract_id", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_obligation_company_id_owner_id"),
        "contracts_obligation",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_obligation_company_id_owner_id_state_due_on"),
        "contracts_obligation",
        ["company_id", "owner_id", "state", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_obligation_company_id_state_due_on"),
        "contracts_obligation",
        ["company_id", "state", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contracts_obligation_company_id_title_key"),
        "contracts_obligation",
        ["company_id", "title_key"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("contracts_obligation")
    op.drop_table("contracts_instalment")
    op.drop_table("contracts_contract")
