"""The report in the forms that others read: JUnit XML, Markdown, one HTML page, a badge, SARIF."""

import html
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from awen_conformance.corpus import clauses
from awen_conformance.report import FAILED, Report, text

__all__ = ["FORMATS", "badge", "junit", "markdown", "page", "sarif", "summary"]

SPEC = "https://w3id.org/awen/spec/artifacts"
_COLOURS = {"conformant": "brightgreen", "partial": "yellow", "not conformant": "red"}


def summary(report: Report) -> str:
    """Where the implementation stands, in one or two words."""
    if not report["conformant"]:
        return "not conformant"
    return "partial" if report["partial"] else "conformant"


def junit(report: Report) -> str:
    """JUnit XML: a suite for each phase, a test case for each case, real failures for what failed."""
    phases: defaultdict[str, list[str]] = defaultdict(list)
    for one in report["results"]:
        phase, _, name = one["case"].partition("/")
        phases[phase].append(_testcase(phase, name, one))
    counts = report["counts"]
    failures = sum(counts.get(outcome, 0) for outcome in FAILED)
    suites = "".join(
        f'<testsuite name={quoteattr(phase)} tests="{len(tests)}">{"".join(tests)}</testsuite>\n'
        for phase, tests in sorted(phases.items())
    )
    head = f'<testsuites name="awen-conform" tests="{len(report["results"])}" failures="{failures}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{suites}</testsuites>\n'


def _testcase(phase: str, name: str, one: Mapping[str, Any]) -> str:
    inside = ""
    if one["outcome"] in FAILED:
        inside = f"<failure type={quoteattr(one['outcome'])} message={quoteattr(_plain(one['detail']))}>"
        broken = "\n".join(f"{number}: {text}" for number, text in clauses(one["requirements"]).items())
        inside += f"{escape(one['title'])}\n{escape(broken)}</failure>"
    elif one["outcome"] != "pass":
        inside = f"<skipped message={quoteattr(one['outcome'] + ': ' + _plain(one['detail']))}/>"
    return f"<testcase classname={quoteattr(phase)} name={quoteattr(name)}>{inside}</testcase>"


def _plain(words: str) -> str:
    """Text without the control characters that XML does not have."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in words)


def markdown(report: Report) -> str:
    """A summary for a pull request or a job's page."""
    lines = [
        f"## {_cell(report['implementation'])} {_cell(report['version'])}: {summary(report)}",
        "",
        _about(report),
        "",
        "| Profile | Claim |",
        "|---|---|",
        *(f"| {profile} | {claim} |" for profile, claim in report["claims"].items()),
        "",
        "| Outcome | Cases |",
        "|---|---:|",
        *(f"| {outcome} | {count} |" for outcome, count in sorted(report["counts"].items())),
    ]
    failed = [one for one in report["results"] if one["outcome"] in FAILED]
    if failed:
        lines += ["", "| Case | Outcome | Detail | Requirements |", "|---|---|---|---|"]
        lines += [
            f"| {one['case']} | {one['outcome']} | {_cell(one['detail'])} | {' '.join(one['requirements'])} |"
            for one in failed
        ]
    lines += [f"- stale excuse: {_cell(line)}" for line in report["stale"]]
    return "\n".join(lines) + "\n"


def _about(report: Report) -> str:
    corpus = report["corpus_sha256"][:16]
    versions = f"Specification {report['spec_version']}, suite {report['suite_version']}"
    return f"{versions}, corpus `{corpus}`, {len(report['results'])} cases."


def _cell(words: str) -> str:
    return html.escape(_plain(words)).replace("|", "\\|")


def page(report: Report) -> str:
    """One HTML page: claims, outcomes, and which requirement each case speaks for."""
    requirements: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in report["results"]:
        for number in one["requirements"]:
            requirements[number].append(one)
    title = f"{report['implementation']} {report['version']}: {summary(report)}"
    claims = _rows((profile, claim) for profile, claim in report["claims"].items())
    outcomes = _rows((outcome, str(count)) for outcome, count in sorted(report["counts"].items()))
    covered = _rows(
        (number, text, _share(cases), ", ".join(one["case"] for one in cases if one["outcome"] != "pass"))
        for number, text in clauses(sorted(requirements)).items()
        for cases in (requirements[number],)
    )
    results = _rows((one["case"], one["outcome"], one["title"], one["detail"]) for one in report["results"])
    return _PAGE.format(
        title=html.escape(_plain(title)),
        about=html.escape(
            f"Specification {report['spec_version']}, suite {report['suite_version']},"
            f" corpus {report['corpus_sha256']}"
        ),
        claims=claims,
        outcomes=outcomes,
        covered=covered,
        results=results,
    )


def _share(cases: list[Mapping[str, Any]]) -> str:
    return f"{sum(one['outcome'] == 'pass' for one in cases)} of {len(cases)}"


def _rows(rows: Any) -> str:  # noqa: ANN401 - any iterable of tuples of words
    return "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(_plain(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )


_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<style>body{{font:16px/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem}}
table{{border-collapse:collapse;margin:1rem 0}}td,th{{border-bottom:1px solid #ccc;padding:.2rem .8rem;
text-align:left;vertical-align:top}}</style>
<h1>{title}</h1>
<p>{about}</p>
<h2>Claims</h2>
<table><tr><th>Profile</th><th>Claim</th></tr>
{claims}
</table>
<h2>Outcomes</h2>
<table><tr><th>Outcome</th><th>Cases</th></tr>
{outcomes}
</table>
<h2>Requirements</h2>
<table><tr><th>Requirement</th><th>Sentence</th><th>Passed</th><th>Cases that did not pass</th></tr>
{covered}
</table>
<h2>Cases</h2>
<table><tr><th>Case</th><th>Outcome</th><th>About</th><th>Detail</th></tr>
{results}
</table>
</html>
"""


def badge(report: Report) -> str:
    """A shields.io endpoint badge that names the profiles."""
    said = summary(report)
    reached = [profile for profile, claim in report["claims"].items() if claim == "conformant"]
    message = f"{report['spec_version']} {' '.join(reached)}" if reached and report["conformant"] else said
    badge = {"schemaVersion": 1, "label": "AWEN", "message": message, "color": _COLOURS[said]}
    return json.dumps(badge) + "\n"


def sarif(report: Report) -> str:
    """SARIF 2.1.0: a rule for each requirement, a result for each case that failed."""
    failed = [one for one in report["results"] if one["outcome"] in FAILED]
    rules = sorted({number for one in failed for number in one["requirements"]})
    results = [
        {
            "ruleId": one["requirements"][0],
            "level": "error",
            "message": {"text": f"{one['case']}: {one['outcome']}: {one['detail'] or one['title']}"},
            "locations": [
                {"physicalLocation": {"artifactLocation": {"uri": f"cases/{one['case']}/case.json"}}}
            ],
        }
        for one in failed
    ]
    driver = {
        "name": "awen-conform",
        "version": report["suite_version"],
        "informationUri": SPEC,
        "rules": [{"id": number, "helpUri": f"{SPEC}#{number}"} for number in rules],
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    return json.dumps(document, indent=1) + "\n"


FORMATS: Mapping[str, tuple[str, Callable[[Report], str]]] = {
    "json": ("report.json", text),
    "junit": ("junit.xml", junit),
    "markdown": ("summary.md", markdown),
    "html": ("report.html", page),
    "badge": ("badge.json", badge),
    "sarif": ("report.sarif", sarif),
}
"""Each form's file name and maker."""
