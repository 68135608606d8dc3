"""The reference implementation behind the conformance suite's driver protocol `awen-driver/1`."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from awen_ref import __version__, archive, canonical, verify
from awen_ref.errors import AwenError, ContainerError, Finding, VerificationError

__all__ = ["VERBS", "answer", "main"]

PROTOCOL = "awen-driver/1"
EXIT_UNSUPPORTED = 64

Request = Mapping[str, Any]
Result = dict[str, Any]


def _hello(request: Request) -> Result:
    del request
    return {
        "implementation": "awen-ref",
        "version": __version__,
        "spec_versions": ["1.0"],
        "profiles": ["V1", "V2", "V3", "P2"],
        "verbs": sorted(VERBS),
    }


def _verify(request: Request) -> Result:
    try:
        report = verify.check(archive.read(Path(request["input"])))
    except ContainerError as refusal:
        return {"verdict": "invalid", "findings": _listed(refusal.findings)}
    result: Result = {"verdict": report.verdict, "findings": _listed(report.findings)}
    if report.ids is not None:
        result["artifact_id"] = report.ids.artifact_id
    return result


def _id(request: Request) -> Result:
    try:
        return asdict(archive.read(Path(request["input"])).ids)
    except (ContainerError, VerificationError) as refusal:
        return {"refused": {"codes": [finding.code for finding in refusal.findings]}}


def _canonicalize(request: Request) -> Result:
    try:
        text = canonical.dumps(canonical.loads(Path(request["input"]).read_bytes()))
    except canonical.CanonicalError as refusal:
        return {"refused": {"codes": [finding.code for finding in refusal.findings]}}
    return _written(request, text)


def _export(request: Request) -> Result:
    bundle = verify.verify(archive.read(Path(request["input"]))).bundle
    target = Path(request["workdir"]) / "output"
    archive.write_zip(bundle, target, compress=bool(request.get("compress", False)))
    return {"output": target.name}


def _import(request: Request) -> Result:
    try:
        bundle = verify.verify(archive.read(Path(request["input"]))).bundle
    except (ContainerError, VerificationError) as refusal:
        return {"refused": {"findings": _listed(refusal.findings)}}
    target = Path(request["workdir"]) / "output"
    archive.write_directory(bundle, target)
    return {"output": target.name}


VERBS: Mapping[str, Callable[[Request], Result]] = {
    "hello": _hello,
    "verify": _verify,
    "id": _id,
    "canonicalize": _canonicalize,
    "export": _export,
    "import": _import,
}
"""The verbs that this driver answers."""


def _listed(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [finding.as_dict() for finding in findings]


def _written(request: Request, data: bytes) -> Result:
    target = Path(request["workdir"]) / "output"
    target.write_bytes(data)
    return {"output": target.name}


def answer(request: Request) -> Result:
    """The answer to one request, in the form of the protocol (AWB-R-644).

    Raises:
        AwenError: The request is about something that is not there; a crash in terms of the protocol.
    """
    verb = str(request["verb"])
    reply: Result = {"protocol": PROTOCOL, "verb": verb}
    if "seq" in request:
        reply["seq"] = request["seq"]
    if verb in VERBS:
        reply["result"] = VERBS[verb](request)
    else:
        reply["unsupported"] = f"there is no verb {verb!r}"
    return reply


def main() -> None:
    """Answer one request (`VERB --request FILE`), or requests on standard input until its end (`serve`)."""
    match sys.argv[1:]:
        case ["serve"]:
            for line in sys.stdin:
                sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
                sys.stdout.flush()
        case [verb, "--request", file]:
            reply = answer({**json.loads(Path(file).read_text(encoding="utf-8")), "verb": verb})
            sys.stdout.write(json.dumps(reply) + "\n")
            sys.exit(EXIT_UNSUPPORTED if "unsupported" in reply else 0)
        case _:
            raise AwenError("usage: driver VERB --request FILE, or driver serve")
