"""The page of the rules that ``xiaoguan plugin check`` knows."""

from __future__ import annotations

import core.checking.run  # noqa: F401  # fills the rules
from core.checking.rules import RULES, TIERS
from docs.written.source import NOTE

CHECKS = """# What is checked

`xiaoguan plugin check PATH` examines a plugin's folder, or a distribution that holds some. It
needs no installation and no database, only the plugins that yours depends on. Each finding has
its place, the code of the rule and why it matters; the command ends with 1 when one is an error.
The plugins that come with Xiaoguan keep the same rules, by a test.

| option | |
|---|---|
| `--fix` | mends what needs no person, then checks |
| `--format json` | a list of objects: `code`, `path`, `line`, `text`, `why`, `weight` and more |
| `--quick` | reads files only; the plugin is not loaded |

Rules have tiers: **bronze** is safe to run, **silver** fit for others to use, **gold** a pleasure
(%(counts)s). A plugin says in its `quality.toml` which one it claims (without the file, bronze);
rules up to there are errors, those above are advice. There it also says where it stands with
single rules:

```toml
tier = "silver"

[rules]
pages-seen = "done"
no-network = {state = "exempt", reason = "Asks the carrier where a parcel is."}
readme-sections = {state = "todo", reason = "The story waits for the second release."}
```

`done` is needed only for what no machine sees. `todo` keeps a tier from being reached, `exempt`
does not; both need a reason, and both are an error once the rule is kept. Rules that protect
others from the plugin allow neither.
"""


def checks() -> str:
    """The page of the rules that ``xiaoguan plugin check`` knows."""
    lines = [NOTE, CHECKS]
    for family in dict.fromkeys(rule.family for rule in RULES.values()):
        lines += [f"## {family}\n", "| code | tier | what is kept | why |", "|---|---|---|---|"]
        for rule in RULES.values():
            if rule.family == family:
                marks = "; no exemption" if rule.strict else ""
                says = rule.says + (f" `--fix` {rule.mended}." if rule.mended else "")
                lines.append(f"| `{rule.code}` | {rule.tier}{marks} | {says} | {rule.why} |")
        lines.append("")
    counts = (f"{tier} {sum(r.tier == tier for r in RULES.values())}" for tier in TIERS)
    return "\n".join(lines).replace("%(counts)s", ", ".join(counts))
