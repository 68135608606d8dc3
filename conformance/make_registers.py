"""Write what the corpus covers and what kills which mutant, or with --check say what is stale.

Usage: python conformance/make_registers.py [--check]

`coverage.json`: each requirement that wants a case, with the cases that accept and those that reject by it.
`mutants.json`: each requirement that wants a case, broken in the reference, and the cases that cite it and
fail then: a code that is not reported (`codes` has all of these), or a change of `campaigns/changes.py` that
`just campaign requirements` plants. Both are generated; what has no case on one side stands in
`one_sided.json` with its reason.
"""

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from awen_conformance import corpus  # noqa: E402 - the checkout has to be importable first
from awen_conformance.corpus import Case, NotRepresentableError  # noqa: E402 - the same
from awen_conformance.driver import Answer  # noqa: E402 - the same
from awen_conformance.judge import judge  # noqa: E402 - the same
from awen_ref.driver import answer  # noqa: E402 - the same
from awen_schema.codes import CODES  # noqa: E402 - the same

SIDES = ("accepting", "rejecting")


def wanted() -> Iterator[str]:
    """The requirements that want a case."""
    registry = json.loads((HERE.parent / "generated" / "requirements.json").read_text(encoding="utf-8"))
    return (entry["id"] for entry in registry if entry["test"] == "case")


def coverage(cases: Sequence[Case]) -> dict[str, Any]:
    """Each requirement that wants a case with its cases, and the reason where a side has none."""
    reasons = json.loads((HERE / "one_sided.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = {}
    for number in wanted():
        cited = [case for case in cases if number in case.requirements]
        entry: dict[str, Any] = {
            "accepting": [case.case_id for case in cited if not case.rejecting],
            "rejecting": [case.case_id for case in cited if case.rejecting],
        }
        for side in (*SIDES, "neither"):
            if number in reasons[side]:
                entry["reason"] = reasons[side][number]
        found[number] = entry
    return found


def gaps(covered: Mapping[str, Any]) -> list[str]:
    """Requirements that lack a case on a side and have no reason, or have a reason and lack nothing."""
    return [
        number
        for number, entry in covered.items()
        if all(entry[side] for side in SIDES) == ("reason" in entry)
    ]


def found_by(case: Case) -> frozenset[str] | None:
    """The codes that the reference reports; `None` where the input cannot be laid out."""
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "input"
        try:
            corpus.lay_out(case, target)
        except NotRepresentableError:
            return None
        reply = answer({"verb": "verify", "input": str(target), "workdir": name})
        return frozenset(finding["code"] for finding in reply["result"]["findings"])


def mutants(cases: Sequence[Case]) -> dict[str, Any]:
    """Each requirement that wants a case, and each expected code, with the cases that see it broken."""
    verdicts = [
        case
        for case in cases
        if case.kind == "verdict" and case.expect.codes and not case.stored().name.endswith(".made.json")
    ]
    killed: defaultdict[str, list[Case]] = defaultdict(list)
    for case in verdicts:
        codes = found_by(case)
        for code in sorted(codes or ()):
            if not survives(case, (codes or frozenset()) - {code}):
                killed[code].append(case)
    expected = sorted({code for case in verdicts for code in case.expect.codes})
    return {
        "requirements": broken(killed),
        "codes": {
            code: {
                "requirement": CODES[code].requirement,
                "killed_by": [case.case_id for case in killed[code]],
                "citing": citing(killed[code], CODES[code].requirement),
            }
            for code in expected
        },
    }


def citing(cases: Sequence[Case], number: str) -> list[str]:
    """The cases that cite a requirement."""
    return [case.case_id for case in cases if number in case.requirements]


def broken(killed: Mapping[str, Sequence[Case]]) -> dict[str, Any]:
    """Each requirement that wants a case: how it was broken, and the cases that cite it and fail then."""
    changes = json.loads((HERE / "changes.json").read_text(encoding="utf-8"))
    reasons = json.loads((HERE / "one_sided.json").read_text(encoding="utf-8"))["neither"]
    found: dict[str, Any] = {}
    for number in wanted():
        entry: dict[str, Any] = {}
        unreported = {code: citing(killed[code], number) for code in sorted(killed)}
        if any(unreported.values()):
            entry["unreported"] = {code: ids for code, ids in unreported.items() if ids}
        if number in changes:
            entry["changed"] = changes[number]
        if number in reasons:
            entry["reason"] = reasons[number]
        found[number] = entry
    return found


def survives(case: Case, codes: frozenset[str]) -> bool:
    """Whether a validator that reports exactly these codes passes a case."""
    verdict = "invalid" if any(CODES[code].severity == "error" for code in codes) else "valid"
    places = case.expect.stated.get("at", {})
    findings = [{"code": code, **places.get(code, {})} for code in codes]
    return judge(case, Answer({"verdict": verdict, "findings": findings}), Path()).outcome == "pass"


def main() -> int:
    """Write, or check, both registers."""
    cases = corpus.load(HERE)
    covered = coverage(cases)
    made = {"coverage.json": covered, "mutants.json": mutants(cases)}
    stale = []
    for name, value in made.items():
        text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv[1:]:
                path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"stale  conformance/{name}")
    for number in gaps(covered):
        print(f"{number}: no case on one side and no reason, or a reason for nothing")
    for code, entry in made["mutants.json"]["codes"].items():
        if not entry["citing"]:
            print(f"{code}: no case that cites {entry['requirement']} notices its absence")
    for number, entry in made["mutants.json"]["requirements"].items():
        if not entry:
            print(f"{number}: no case that cites it was seen to fail where it is broken")
    return 1 if "--check" in sys.argv[1:] and stale else 0


if __name__ == "__main__":
    sys.exit(main())
