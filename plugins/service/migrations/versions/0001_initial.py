"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "service_policy",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.String(length=40), nullable=True),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("answer_minutes", sa.BigInteger(), nullable=True),
        sa.Column("solution_minutes", sa.BigInteger(), nullable=True),
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("break_starts", sa.String(length=5), nullable=True),
        sa.Column("break_ends", sa.String(length=5), nullable=True),
        sa.Column("warn_percent", sa.BigInteger(), nullable=False),
        sa.Column("escalate_to_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_service_policy_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "escalate_to_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_policy_company_id_escalate_to_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_policy_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_policy_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_policy")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_service_policy_company_id_name")),
    )
    op.create_table(
        "service_questionnaire",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("series", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=True),
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
            name=op.f("fk_service_questionnaire_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_questionnaire_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_questionnaire_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_questionnaire")),
        sa.UniqueConstraint(
            "company_id",
            "series",
            "revision",
            name=op.f("uq_service_questionnaire_company_id_series_revision"),
        ),
    )
    op.create_table(
        "service_queue",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("lead_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_service_queue_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "lead_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_queue_company_id_lead_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_queue_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_queue_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_queue")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_service_queue_company_id_name")),
    )
    op.create_table(
        "service_mailbox",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("queue_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("priority", sa.String(length=40), nullable=False),
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
            name=op.f("fk_service_mailbox_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "queue_id"],
            ["service_queue.company_id", "service_queue.id"],
            name=op.f("fk_service_mailbox_company_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_mailbox_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_mailbox_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_mailbox")),
        sa.UniqueConstraint(
            "company_id", "address", name=op.f("uq_service_mailbox_company_id_address")
        ),
    )
    op.create_table(
        "service_member",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("queue_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("skills", sa.String(length=1000), nullable=True),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=True),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_member_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "queue_id"],
            ["service_queue.company_id", "service_queue.id"],
            name=op.f("fk_service_member_company_id_queue_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_member_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_member_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_member_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_member")),
        sa.UniqueConstraint(
            "company_id",
            "queue_id",
            "user_id",
            name=op.f("uq_service_member_company_id_queue_id_user_id"),
        ),
    )
    op.create_table(
        "service_question",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("questionnaire_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("options", sa.Text(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("bad_at", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_service_question_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "questionnaire_id"],
            ["service_questionnaire.company_id", "service_questionnaire.id"],
            name=op.f("fk_service_question_company_id_questionnaire_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_question_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_question_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_question")),
    )
    op.create_table(
        "service_case",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("priority", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("order_number", sa.String(length=100), nullable=True),
        sa.Column("queue_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("solution", sa.Text(), nullable=True),
        sa.Column("reopen_reason", sa.String(length=500), nullable=True),
        sa.Column("opened_at", UTCDateTime(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("solved_at", UTCDateTime(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("policy_id", sa.BigInteger(), nullable=True),
        sa.Column("answer_due", UTCDateTime(), nullable=True),
        sa.Column("answer_standing", sa.String(length=40), nullable=False),
        sa.Column("solution_due", UTCDateTime(), nullable=True),
        sa.Column("solution_standing", sa.String(length=40), nullable=False),
        sa.Column("solution_hours", ScaledDecimal(2), nullable=True),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.Column("reopened", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("solved_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("hours", sa.String(length=60), nullable=False),
        sa.Column("answer_target", sa.BigInteger(), nullable=True),
        sa.Column("solution_target", sa.BigInteger(), nullable=True),
        sa.Column("warn_percent", sa.Integer(), nullable=False),
        sa.Column("used_seconds", sa.BigInteger(), nullable=False),
        sa.Column("ticking_since", UTCDateTime(), nullable=True),
        sa.Column("alarm_at", UTCDateTime(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
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
            name=op.f("fk_service_case_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_service_case_company_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_case_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_case_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "policy_id"],
            ["service_policy.company_id", "service_policy.id"],
            name=op.f("fk_service_case_company_id_policy_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_service_case_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "queue_id"],
            ["service_queue.company_id", "service_queue.id"],
            name=op.f("fk_service_case_company_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_case_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_case_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_case")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_service_case_company_id_external_id")
        ),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_service_case_company_id_number")),
    )
    op.create_table(
        "service_visit_plan",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("questionnaire_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("case_priority", sa.String(length=40), nullable=False),
        sa.Column("case_owner_id", sa.BigInteger(), nullable=True),
        sa.Column("again_days", sa.BigInteger(), nullable=False),
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
            ["company_id", "case_owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_visit_plan_company_id_case_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_visit_plan_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_visit_plan_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_service_visit_plan_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "questionnaire_id"],
            ["service_questionnaire.company_id", "service_questionnaire.id"],
            name=op.f("fk_service_visit_plan_company_id_questionnaire_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_visit_plan_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_visit_plan_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_visit_plan")),
        sa.UniqueConstraint(
            "company_id", "name", name=op.f("uq_service_visit_plan_company_id_name")
        ),
    )
    op.create_table(
        "service_mail",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("sender", sa.String(length=320), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("message_key", sa.String(length=300), nullable=True),
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
            name=op.f("fk_service_mail_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "case_id"],
            ["service_case.company_id", "service_case.id"],
            name=op.f("fk_service_mail_company_id_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_service_mail_company_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_mail_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "mailbox_id"],
            ["service_mailbox.company_id", "service_mailbox.id"],
            name=op.f("fk_service_mail_company_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_mail_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_mail_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_mail_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_mail")),
        sa.UniqueConstraint(
            "company_id", "message_key", name=op.f("uq_service_mail_company_id_message_key")
        ),
    )
    op.create_table(
        "service_visit",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("questionnaire_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("order_number", sa.String(length=100), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("themes", sa.String(length=300), nullable=True),
        sa.Column("link_until", sa.Date(), nullable=True),
        sa.Column("by_link", sa.Boolean(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("csat", sa.BigInteger(), nullable=True),
        sa.Column("nps", sa.BigInteger(), nullable=True),
        sa.Column("score", ScaledDecimal(1), nullable=True),
        sa.Column("bad", sa.Boolean(), nullable=False),
        sa.Column("follow_id", sa.BigInteger(), nullable=True),
        sa.Column("previous_id", sa.BigInteger(), nullable=True),
        sa.Column("score_change", ScaledDecimal(1), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
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
            name=op.f("fk_service_visit_company_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "case_id"],
            ["service_case.company_id", "service_case.id"],
            name=op.f("fk_service_visit_company_id_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["crm_contact.company_id", "crm_contact.id"],
            name=op.f("fk_service_visit_company_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_visit_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "follow_id"],
            ["service_case.company_id", "service_case.id"],
            name=op.f("fk_service_visit_company_id_follow_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_visit_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_id"],
            ["service_visit_plan.company_id", "service_visit_plan.id"],
            name=op.f("fk_service_visit_company_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "previous_id"],
            ["service_visit.company_id", "service_visit.id"],
            name=op.f("fk_service_visit_company_id_previous_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["catalog_product.company_id", "catalog_product.id"],
            name=op.f("fk_service_visit_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "questionnaire_id"],
            ["service_questionnaire.company_id", "service_questionnaire.id"],
            name=op.f("fk_service_visit_company_id_questionnaire_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_visit_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_visit_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_visit")),
    )
    op.create_table(
        "service_answer",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("bad", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_answer_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "question_id"],
            ["service_question.company_id", "service_question.id"],
            name=op.f("fk_service_answer_company_id_question_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_service_answer_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "visit_id"],
            ["service_visit.company_id", "service_visit.id"],
            name=op.f("fk_service_answer_company_id_visit_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_service_answer_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_service_answer")),
        sa.UniqueConstraint(
            "company_id",
            "visit_id",
            "question_id",
            name=op.f("uq_service_answer_company_id_visit_id_question_id"),
        ),
    )
    op.create_index(
        op.f("ix_service_policy_company_id_escalate_to_id"),
        "service_policy",
        ["company_id", "escalate_to_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_policy_company_id_title_key"),
        "service_policy",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_questionnaire_company_id_title_key"),
        "service_questionnaire",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_queue_company_id_lead_id"),
        "service_queue",
        ["company_id", "lead_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_queue_company_id_title_key"),
        "service_queue",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_mailbox_company_id_queue_id"),
        "service_mailbox",
        ["company_id", "queue_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_mailbox_company_id_title_key"),
        "service_mailbox",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_member_company_id_queue_id"),
        "service_member",
        ["company_id", "queue_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_member_company_id_user_id"),
        "service_member",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_question_company_id_questionnaire_id"),
        "service_question",
        ["company_id", "questionnaire_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_question_company_id_questionnaire_id_position"),
        "service_question",
        ["company_id", "questionnaire_id", "position"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_question_company_id_title_key"),
        "service_question",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_account_id"),
        "service_case",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_account_id_state_priority"),
        "service_case",
        ["company_id", "account_id", "state", "priority"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_contact_id"),
        "service_case",
        ["company_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_opened_on"),
        "service_case",
        ["company_id", "opened_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_owner_id"),
        "service_case",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_owner_id_state"),
        "service_case",
        ["company_id", "owner_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_policy_id"),
        "service_case",
        ["company_id", "policy_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_product_id"),
        "service_case",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_queue_id"),
        "service_case",
        ["company_id", "queue_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_queue_id_state"),
        "service_case",
        ["company_id", "queue_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_solved_on"),
        "service_case",
        ["company_id", "solved_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_state_alarm_at"),
        "service_case",
        ["company_id", "state", "alarm_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_case_company_id_title_key"),
        "service_case",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_plan_company_id_case_owner_id"),
        "service_visit_plan",
        ["company_id", "case_owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_plan_company_id_owner_id"),
        "service_visit_plan",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_plan_company_id_product_id"),
        "service_visit_plan",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_plan_company_id_questionnaire_id"),
        "service_visit_plan",
        ["company_id", "questionnaire_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_plan_company_id_title_key"),
        "service_visit_plan",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_mail_company_id_account_id"),
        "service_mail",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_mail_company_id_case_id"),
        "service_mail",
        ["company_id", "case_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_mail_company_id_contact_id"),
        "service_mail",
        ["company_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_mail_company_id_mailbox_id"),
        "service_mail",
        ["company_id", "mailbox_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_mail_company_id_owner_id"),
        "service_mail",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_mail_company_id_sender_received_at"),
        "service_mail",
        ["company_id", "sender", "received_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_mail_company_id_state_id"),
        "service_mail",
        ["company_id", "state", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_mail_company_id_title_key"),
        "service_mail",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_account_id"),
        "service_visit",
        ["company_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_account_id_state"),
        "service_visit",
        ["company_id", "account_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_case_id"),
        "service_visit",
        ["company_id", "case_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_contact_id"),
        "service_visit",
        ["company_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_done_on"),
        "service_visit",
        ["company_id", "done_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_follow_id"),
        "service_visit",
        ["company_id", "follow_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_owner_id"),
        "service_visit",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_owner_id_state_due_on"),
        "service_visit",
        ["company_id", "owner_id", "state", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_plan_id"),
        "service_visit",
        ["company_id", "plan_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_plan_id_source"),
        "service_visit",
        ["company_id", "plan_id", "source"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_previous_id"),
        "service_visit",
        ["company_id", "previous_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_product_id"),
        "service_visit",
        ["company_id", "product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_questionnaire_id"),
        "service_visit",
        ["company_id", "questionnaire_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_state_due_on"),
        "service_visit",
        ["company_id", "state", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_visit_company_id_title_key"),
        "service_visit",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_answer_company_id_question_id"),
        "service_answer",
        ["company_id", "question_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_answer_company_id_visit_id"),
        "service_answer",
        ["company_id", "visit_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("service_answer")
    op.drop_table("service_visit")
    op.drop_table("service_mail")
    op.drop_table("service_visit_plan")
    op.drop_table("service_case")
    op.drop_table("service_question")
    op.drop_table("service_member")
    op.drop_table("service_mailbox")
    op.drop_table("service_queue")
    op.drop_table("service_questionnaire")
    op.drop_table("service_policy")
