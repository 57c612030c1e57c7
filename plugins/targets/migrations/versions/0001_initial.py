"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "targets_target_cycle",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("grain", sa.String(length=40), nullable=False),
        sa.Column("cuts", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("closed_to", sa.Date(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reopen_reason", sa.Text(), nullable=True),
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
            ["company_id", "closed_by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_cycle_company_id_closed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_cycle_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_cycle_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_targets_target_cycle_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_targets_target_cycle")),
        sa.UniqueConstraint(
            "company_id", "name", name=op.f("uq_targets_target_cycle_company_id_name")
        ),
    )
    op.create_table(
        "targets_team_stay",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_team_stay_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "team_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_targets_team_stay_company_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_team_stay_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_team_stay_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_targets_team_stay_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_targets_team_stay")),
    )
    op.create_table(
        "targets_closing",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("targets", sa.BigInteger(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("reopened_at", UTCDateTime(), nullable=True),
        sa.Column("reopened_by_id", sa.BigInteger(), nullable=True),
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
            ["company_id", "by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_closing_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_closing_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "cycle_id"],
            ["targets_target_cycle.company_id", "targets_target_cycle.id"],
            name=op.f("fk_targets_closing_company_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "reopened_by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_closing_company_id_reopened_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_closing_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_targets_closing_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_targets_closing")),
    )
    op.create_table(
        "targets_target",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("quantity", ScaledDecimal(4), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("cycle_id", sa.BigInteger(), nullable=True),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("dimension", sa.String(length=40), nullable=True),
        sa.Column("member", sa.String(length=200), nullable=True),
        sa.Column("member_key", sa.String(length=100), nullable=True),
        sa.Column("weight", ScaledDecimal(2), nullable=False),
        sa.Column("part_time", ScaledDecimal(2), nullable=False),
        sa.Column("baseline", ScaledDecimal(4), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("original", ScaledDecimal(4), nullable=True),
        sa.Column("countered", ScaledDecimal(4), nullable=True),
        sa.Column("counter_reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("revised", ScaledDecimal(4), nullable=True),
        sa.Column("revision_reason", sa.Text(), nullable=True),
        sa.Column("proposed_at", UTCDateTime(), nullable=True),
        sa.Column("read_at", UTCDateTime(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("slot", sa.String(length=400), nullable=False),
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
            ["company_id", "confirmed_by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_company_id_confirmed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "cycle_id"],
            ["targets_target_cycle.company_id", "targets_target_cycle.id"],
            name=op.f("fk_targets_target_company_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "parent_id"],
            ["targets_target.company_id", "targets_target.id"],
            name=op.f("fk_targets_target_company_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "team_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_targets_target_company_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_targets_target_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_targets_target")),
        sa.UniqueConstraint(
            "company_id", "external_id", name=op.f("uq_targets_target_company_id_external_id")
        ),
        sa.UniqueConstraint("company_id", "slot", name=op.f("uq_targets_target_company_id_slot")),
    )
    op.create_table(
        "targets_snapshot",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("closing_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("value", ScaledDecimal(4), nullable=False),
        sa.Column("quota", ScaledDecimal(4), nullable=False),
        sa.Column("original", ScaledDecimal(4), nullable=True),
        sa.Column("actual", ScaledDecimal(4), nullable=True),
        sa.Column("attainment", ScaledDecimal(4), nullable=True),
        sa.Column("weight", ScaledDecimal(2), nullable=False),
        sa.Column("was", sa.String(length=40), nullable=False),
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
            ["company_id", "closing_id"],
            ["targets_closing.company_id", "targets_closing.id"],
            name=op.f("fk_targets_snapshot_company_id_closing_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_snapshot_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_snapshot_company_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "target_id"],
            ["targets_target.company_id", "targets_target.id"],
            name=op.f("fk_targets_snapshot_company_id_target_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "team_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_targets_snapshot_company_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_snapshot_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_snapshot_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_targets_snapshot_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_targets_snapshot")),
        sa.UniqueConstraint(
            "company_id",
            "closing_id",
            "target_id",
            name=op.f("uq_targets_snapshot_company_id_closing_id_target_id"),
        ),
    )
    op.create_table(
        "targets_target_alert",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("chance", ScaledDecimal(2), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_alert_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "target_id"],
            ["targets_target.company_id", "targets_target.id"],
            name=op.f("fk_targets_target_alert_company_id_target_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_alert_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_targets_target_alert_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_targets_target_alert")),
        sa.UniqueConstraint(
            "company_id",
            "target_id",
            "mark",
            name=op.f("uq_targets_target_alert_company_id_target_id_mark"),
        ),
    )
    op.create_table(
        "targets_target_version",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("value", ScaledDecimal(4), nullable=False),
        sa.Column("before", ScaledDecimal(4), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "by_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_version_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_version_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "target_id"],
            ["targets_target.company_id", "targets_target.id"],
            name=op.f("fk_targets_target_version_company_id_target_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_targets_target_version_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_targets_target_version_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_targets_target_version")),
    )
    op.create_index(
        op.f("ix_targets_target_cycle_company_id_closed_by_id"),
        "targets_target_cycle",
        ["company_id", "closed_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_cycle_company_id_start"),
        "targets_target_cycle",
        ["company_id", "start"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_cycle_company_id_title_key"),
        "targets_target_cycle",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_team_stay_company_id_team_id"),
        "targets_team_stay",
        ["company_id", "team_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_team_stay_company_id_until"),
        "targets_team_stay",
        ["company_id", "until"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_team_stay_company_id_user_id"),
        "targets_team_stay",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_closing_company_id_by_id"),
        "targets_closing",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_closing_company_id_cycle_id"),
        "targets_closing",
        ["company_id", "cycle_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_closing_company_id_cycle_id_end"),
        "targets_closing",
        ["company_id", "cycle_id", "end"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_closing_company_id_reopened_by_id"),
        "targets_closing",
        ["company_id", "reopened_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_closing_company_id_title_key"),
        "targets_closing",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_confirmed_by_id"),
        "targets_target",
        ["company_id", "confirmed_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_cycle_id"),
        "targets_target",
        ["company_id", "cycle_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_measure_start"),
        "targets_target",
        ["company_id", "measure", "start"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_owner_id"),
        "targets_target",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_parent_id"),
        "targets_target",
        ["company_id", "parent_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_state"),
        "targets_target",
        ["company_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_team_id"),
        "targets_target",
        ["company_id", "team_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_title_key"),
        "targets_target",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_company_id_user_id"),
        "targets_target",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_snapshot_company_id_closing_id"),
        "targets_snapshot",
        ["company_id", "closing_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_snapshot_company_id_measure_start"),
        "targets_snapshot",
        ["company_id", "measure", "start"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_snapshot_company_id_owner_id"),
        "targets_snapshot",
        ["company_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_snapshot_company_id_target_id"),
        "targets_snapshot",
        ["company_id", "target_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_snapshot_company_id_team_id"),
        "targets_snapshot",
        ["company_id", "team_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_snapshot_company_id_title_key"),
        "targets_snapshot",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_snapshot_company_id_user_id"),
        "targets_snapshot",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_alert_company_id_target_id"),
        "targets_target_alert",
        ["company_id", "target_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_version_company_id_by_id"),
        "targets_target_version",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_version_company_id_target_id"),
        "targets_target_version",
        ["company_id", "target_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_targets_target_version_company_id_target_id_at"),
        "targets_target_version",
        ["company_id", "target_id", "at"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("targets_target_version")
    op.drop_table("targets_target_alert")
    op.drop_table("targets_snapshot")
    op.drop_table("targets_target")
    op.drop_table("targets_closing")
    op.drop_table("targets_team_stay")
    op.drop_table("targets_target_cycle")
