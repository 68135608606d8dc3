"""A report as a sealed bundle of type `validation`, made by the suite's own sealer (AWB-R-661).

The bundle starts from a template that holds a report of nothing; documents, dates and digests are put in
here, so that no implementation is asked and whoever verifies the bundle referees the suite in turn.
"""

import os
import platform
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from awen_conformance import __version__, jcs
from awen_conformance.claims import NEEDS
from awen_conformance.corpus import lay_out_tree
from awen_conformance.making import described, read_tree
from awen_conformance.report import FAILED, Report, text
from awen_conformance.sealer import Tree, reseal

__all__ = ["bundle", "write"]

TEMPLATE = Path(__file__).with_name("report_template.tree.json")
_VERSION = b"0.0.0-template"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(report: Report, target: Path, *, created: datetime | None = None) -> None:
    """Seal a report and write the bundle as a directory.

    Args:
        report: A finished report.
        target: The directory; it does not exist yet.
        created: When the run ended; now, where it is not given.

    Raises:
        FileExistsError: The target exists.
        OSError: It cannot be written.
    """
    lay_out_tree(described(bundle(report, created or datetime.now(UTC))), target)


def bundle(report: Report, created: datetime) -> Tree:
    """The files of the bundle.

    Args:
        report: A finished report.
        created: When the run ended, in UTC.
    """
    template = read_tree(TEMPLATE)
    bounds = {name: {"unit": "1", "maximum": 0} for name, _ in _counted(report)}
    results = {name: {**bounds[name], **_result(measured)} for name, measured in _counted(report)}
    task: Any = jcs.loads(template["data/inputs/task.json"])
    body: Any = jcs.loads(template["data/results/body.json"])
    task["constraints"] = {name: {"measure": "count", **bounds[name]} for name in bounds}
    body["constraints"] = results
    body["passed"] = all(one["passed"] for one in results.values())
    dated = {
        path: _dated(data, created).replace(_VERSION, __version__.encode()) for path, data in template.items()
    }
    filled = dated | {
        "data/inputs/task.json": jcs.dumps(task),
        "data/results/body.json": jcs.dumps(body),
        "data/evidence/environment.json": jcs.dumps(_environment()),
        "data/evidence/attachments/report.json": text(report).encode(),
    }
    return reseal(filled, template)


def _counted(report: Report) -> Iterator[tuple[str, int]]:
    """What is counted for each declared profile: cases that failed, and cases that were not run."""
    for profile in report["claims"]:
        outcomes = [one["outcome"] for one in report["results"] if one["profile"] in NEEDS[profile]]
        failed = sum(outcome in FAILED for outcome in outcomes)
        yield f"{profile.lower()}.failed", failed
        yield f"{profile.lower()}.not_shown", int(report["claims"][profile] == "partial")


def _result(measured: int) -> Mapping[str, Any]:
    return {"measured": measured, "margin": -measured, "passed": measured <= 0}


def _environment() -> Mapping[str, Any]:
    """By allow-list: the suite, its interpreter, the machine's kind (AWB-R-210)."""
    cpu = {"architecture": platform.machine(), "features": [], "logical_cores": os.cpu_count() or 1}
    return {
        "runtime": {"name": "awen-conform", "version": __version__},
        "os": {"name": platform.system().lower()},
        "cpu": cpu,
        "gpus": [],
        "feature_flags": {"gradients": False, "observability": False, "quantum": False},
        "dependencies": {"python": {"version": platform.python_version()}},
    }


def _dated(data: bytes, created: datetime) -> bytes:
    """The template's one date, in every form that it stands in, replaced by another."""
    year, month, day = created.year, created.month, created.day
    instant = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    for old, new in (
        (r"2001-02-03T04:05:06\+00:00", instant),
        (r"2001-02-03", instant[:10]),
        (r"\[2001,2,3\]", f"[{year},{month},{day}]"),
        (r"month = feb", f"month = {_MONTHS[month - 1]}"),
        (r"\(2001\)", f"({year})"),
        (r"\{2001\}", f"{{{year}}}"),
        (r'"publicationYear":"2001"', f'"publicationYear":"{year}"'),
        (r"suite2001-", f"suite{year}-"),
    ):
        data = re.sub(old.encode(), new.encode(), data)
    return data
