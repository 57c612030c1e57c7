"""Initial."""

import sqlalchemy as sa
from alembic import op

from plugin_api.models import JSON, RowId, ScaledDecimal, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "rewards_budget",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
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
            name=op.f("fk_rewards_budget_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_budget_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_budget_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_budget")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_rewards_budget_company_id_name")),
    )
    op.create_table(
        "rewards_contest",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("of", sa.String(length=40), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("score", sa.String(length=40), nullable=False),
        sa.Column("history", sa.BigInteger(), nullable=False),
        sa.Column("hold_days", sa.BigInteger(), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
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
            name=op.f("fk_rewards_contest_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_contest_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_contest_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_contest")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_rewards_contest_company_id_name")),
    )
    op.create_table(
        "rewards_grant",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_rewards_grant_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_grant_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_grant_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_grant_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_grant_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_grant")),
    )
    op.create_table(
        "rewards_value",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
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
            name=op.f("fk_rewards_value_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_value_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_value_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_value")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_rewards_value_company_id_name")),
    )
    op.create_table(
        "rewards_kudos",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("value_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("giver_id", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
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
            name=op.f("fk_rewards_kudos_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "giver_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_kudos_company_id_giver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_kudos_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_kudos_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "value_id"],
            ["rewards_value.company_id", "rewards_value.id"],
            name=op.f("fk_rewards_kudos_company_id_value_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_kudos_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_kudos")),
    )
    op.create_table(
        "rewards_reward",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("budget_id", sa.BigInteger(), nullable=True),
        sa.Column("stock", sa.BigInteger(), nullable=True),
        sa.Column("days", sa.BigInteger(), nullable=True),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("measure", sa.String(length=100), nullable=True),
        sa.Column("threshold", ScaledDecimal(2), nullable=True),
        sa.Column("span", sa.String(length=40), nullable=False),
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
            ["company_id", "budget_id"],
            ["rewards_budget.company_id", "rewards_budget.id"],
            name=op.f("fk_rewards_reward_company_id_budget_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_reward_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_reward_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_reward_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_reward")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_rewards_reward_company_id_name")),
    )
    op.create_table(
        "rewards_standing",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("contest_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.Column("figure", ScaledDecimal(2), nullable=False),
        sa.Column("later", ScaledDecimal(2), nullable=True),
        sa.Column("base", ScaledDecimal(2), nullable=True),
        sa.Column("score", ScaledDecimal(2), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("flags", JSON, nullable=False),
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
            ["company_id", "contest_id"],
            ["rewards_contest.company_id", "rewards_contest.id"],
            name=op.f("fk_rewards_standing_company_id_contest_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_standing_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "team_id"],
            ["core_team.company_id", "core_team.id"],
            name=op.f("fk_rewards_standing_company_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_standing_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_standing_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_standing_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_standing")),
        sa.UniqueConstraint(
            "company_id",
            "contest_id",
            "team_id",
            name=op.f("uq_rewards_standing_company_id_contest_id_team_id"),
        ),
        sa.UniqueConstraint(
            "company_id",
            "contest_id",
            "user_id",
            name=op.f("uq_rewards_standing_company_id_contest_id_user_id"),
        ),
    )
    op.create_table(
        "rewards_prize",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("contest_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("reward_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "contest_id"],
            ["rewards_contest.company_id", "rewards_contest.id"],
            name=op.f("fk_rewards_prize_company_id_contest_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_prize_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "reward_id"],
            ["rewards_reward.company_id", "rewards_reward.id"],
            name=op.f("fk_rewards_prize_company_id_reward_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_prize_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_prize_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_prize")),
        sa.UniqueConstraint(
            "company_id",
            "contest_id",
            "place",
            "reward_id",
            name=op.f("uq_rewards_prize_company_id_contest_id_place_reward_id"),
        ),
    )
    op.create_table(
        "rewards_round",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("reward_id", sa.BigInteger(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("quorum", sa.BigInteger(), nullable=False),
        sa.Column("condition", sa.String(length=1000), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("winner_id", sa.BigInteger(), nullable=True),
        sa.Column("votes", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_rewards_round_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "reward_id"],
            ["rewards_reward.company_id", "rewards_reward.id"],
            name=op.f("fk_rewards_round_company_id_reward_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_round_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "winner_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_round_company_id_winner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_round_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_round")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_rewards_round_company_id_name")),
    )
    op.create_table(
        "rewards_award",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("reward_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("citation", sa.String(length=500), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("round_id", sa.BigInteger(), nullable=True),
        sa.Column("contest_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("passed", JSON, nullable=False),
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
            name=op.f("fk_rewards_award_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contest_id"],
            ["rewards_contest.company_id", "rewards_contest.id"],
            name=op.f("fk_rewards_award_company_id_contest_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_award_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "reward_id"],
            ["rewards_reward.company_id", "rewards_reward.id"],
            name=op.f("fk_rewards_award_company_id_reward_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "round_id"],
            ["rewards_round.company_id", "rewards_round.id"],
            name=op.f("fk_rewards_award_company_id_round_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_award_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_award_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_award_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_award")),
    )
    op.create_table(
        "rewards_nomination",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("votes", sa.BigInteger(), nullable=True),
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
            name=op.f("fk_rewards_nomination_company_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_nomination_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "round_id"],
            ["rewards_round.company_id", "rewards_round.id"],
            name=op.f("fk_rewards_nomination_company_id_round_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_nomination_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_nomination_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_nomination_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_nomination")),
        sa.UniqueConstraint(
            "company_id",
            "round_id",
            "user_id",
            name=op.f("uq_rewards_nomination_company_id_round_id_user_id"),
        ),
    )
    op.create_table(
        "rewards_entry",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=True),
        sa.Column("award_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_rewards_entry_balance")),
        sa.ForeignKeyConstraint(
            ["company_id", "award_id"],
            ["rewards_award.company_id", "rewards_award.id"],
            name=op.f("fk_rewards_entry_company_id_award_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_entry_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_entry_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_entry_company_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_entry_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_entry")),
        sa.UniqueConstraint(
            "company_id",
            "user_id",
            "number",
            name=op.f("uq_rewards_entry_company_id_user_id_number"),
        ),
    )
    op.create_table(
        "rewards_vote",
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", RowId(), autoincrement=True, nullable=False),
        sa.Column("nomination_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=True),
        sa.Column("voter_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.Column("custom", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_vote_company_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "nomination_id"],
            ["rewards_nomination.company_id", "rewards_nomination.id"],
            name=op.f("fk_rewards_vote_company_id_nomination_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "round_id"],
            ["rewards_round.company_id", "rewards_round.id"],
            name=op.f("fk_rewards_vote_company_id_round_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_vote_company_id_updated_by"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "voter_id"],
            ["core_user.company_id", "core_user.id"],
            name=op.f("fk_rewards_vote_company_id_voter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_rewards_vote_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_rewards_vote")),
        sa.UniqueConstraint(
            "company_id",
            "round_id",
            "voter_id",
            name=op.f("uq_rewards_vote_company_id_round_id_voter_id"),
        ),
    )
    op.create_index(
        op.f("ix_rewards_budget_company_id_ends_on"),
        "rewards_budget",
        ["company_id", "ends_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_budget_company_id_title_key"),
        "rewards_budget",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_contest_company_id_state_ends_on"),
        "rewards_contest",
        ["company_id", "state", "ends_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_contest_company_id_title_key"),
        "rewards_contest",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_grant_company_id_by_id"),
        "rewards_grant",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_grant_company_id_by_id_day"),
        "rewards_grant",
        ["company_id", "by_id", "day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_grant_company_id_title_key"),
        "rewards_grant",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_grant_company_id_user_id"),
        "rewards_grant",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_value_company_id_title_key"),
        "rewards_value",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_kudos_company_id_day"),
        "rewards_kudos",
        ["company_id", "day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_kudos_company_id_giver_id"),
        "rewards_kudos",
        ["company_id", "giver_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_kudos_company_id_giver_id_day"),
        "rewards_kudos",
        ["company_id", "giver_id", "day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_kudos_company_id_title_key"),
        "rewards_kudos",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_kudos_company_id_user_id"),
        "rewards_kudos",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_kudos_company_id_value_id"),
        "rewards_kudos",
        ["company_id", "value_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_reward_company_id_budget_id"),
        "rewards_reward",
        ["company_id", "budget_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_reward_company_id_state"),
        "rewards_reward",
        ["company_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_reward_company_id_title_key"),
        "rewards_reward",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_standing_company_id_contest_id"),
        "rewards_standing",
        ["company_id", "contest_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_standing_company_id_team_id"),
        "rewards_standing",
        ["company_id", "team_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_standing_company_id_title_key"),
        "rewards_standing",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_standing_company_id_user_id"),
        "rewards_standing",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_prize_company_id_contest_id"),
        "rewards_prize",
        ["company_id", "contest_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_prize_company_id_reward_id"),
        "rewards_prize",
        ["company_id", "reward_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_round_company_id_reward_id"),
        "rewards_round",
        ["company_id", "reward_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_round_company_id_state_closes_on"),
        "rewards_round",
        ["company_id", "state", "closes_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_round_company_id_title_key"),
        "rewards_round",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_round_company_id_winner_id"),
        "rewards_round",
        ["company_id", "winner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_award_company_id_by_id"),
        "rewards_award",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_award_company_id_contest_id"),
        "rewards_award",
        ["company_id", "contest_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_award_company_id_public_day"),
        "rewards_award",
        ["company_id", "public", "day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_award_company_id_reward_id"),
        "rewards_award",
        ["company_id", "reward_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_award_company_id_round_id"),
        "rewards_award",
        ["company_id", "round_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_award_company_id_title_key"),
        "rewards_award",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_award_company_id_user_id"),
        "rewards_award",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_award_company_id_user_id_day"),
        "rewards_award",
        ["company_id", "user_id", "day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_nomination_company_id_by_id"),
        "rewards_nomination",
        ["company_id", "by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_nomination_company_id_round_id"),
        "rewards_nomination",
        ["company_id", "round_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_nomination_company_id_title_key"),
        "rewards_nomination",
        ["company_id", "title_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_nomination_company_id_user_id"),
        "rewards_nomination",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_entry_company_id_award_id"),
        "rewards_entry",
        ["company_id", "award_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_entry_company_id_posted_on"),
        "rewards_entry",
        ["company_id", "posted_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_entry_company_id_user_id"),
        "rewards_entry",
        ["company_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_vote_company_id_nomination_id"),
        "rewards_vote",
        ["company_id", "nomination_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_vote_company_id_round_id"),
        "rewards_vote",
        ["company_id", "round_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rewards_vote_company_id_voter_id"),
        "rewards_vote",
        ["company_id", "voter_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them back to the one before."""
    op.drop_table("rewards_vote")
    op.drop_table("rewards_entry")
    op.drop_table("rewards_nomination")
    op.drop_table("rewards_award")
    op.drop_table("rewards_round")
    op.drop_table("rewards_prize")
    op.drop_table("rewards_standing")
    op.drop_table("rewards_reward")
    op.drop_table("rewards_kudos")
    op.drop_table("rewards_value")
    op.drop_table("rewards_grant")
    op.drop_table("rewards_contest")
    op.drop_table("rewards_budget")
