"""Ask roc-validator about one crate and print its issues as JSON: `crate_issues.py CRATE CACHE PROFILE…`.

A process of its own: roc-validator keeps its HTTP session, its profiles and its logging in globals.
"""

import json
import sys
from pathlib import Path

from rocrate_validator import models, services  # type: ignore[import-untyped]  # ships no types

LEAST_CHECKS = 30


def main() -> None:
    crate, cache, *profiles = sys.argv[1:]
    found: dict[str, list[list[str]]] = {}
    for profile in profiles:
        settings = services.ValidationSettings(
            rocrate_uri=crate,
            profile_identifier=profile,
            requirement_severity=models.Severity.RECOMMENDED,
            offline=True,
            cache_path=Path(cache),
        )
        result = services.validate(settings)
        # A run that executed nothing must not pass for one that found nothing.
        if len(result.executed_checks) < LEAST_CHECKS:
            raise SystemExit(f"{profile}: only {len(result.executed_checks)} checks ran")
        issues = [
            [issue.severity.name, issue.check.name, issue.message or ""] for issue in result.get_issues()
        ]
        found[profile] = issues
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
