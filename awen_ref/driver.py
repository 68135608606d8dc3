"""The reference implementation behind the conformance suite's driver protocol `awen-driver/1`."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from awen_ref import __version__, archive, canonical, verify
from awen_ref.bundle import Bundle, BytesMember, seal
from awen_ref.bundle.assemble import Inputs, files_of
from awen_ref.bundle.schema import violations
from awen_ref.errors import (
    AwenError,
    ContainerError,
    Finding,
    InvalidInputError,
    MissingError,
    VerificationError,
)
from awen_ref.execution import results_of, typed
from awen_schema.layout import FILES

__all__ = ["VERBS", "answer", "main"]

PROTOCOL = "awen-driver/1"
EXIT_UNSUPPORTED = 64

Request = Mapping[str, Any]
Result = dict[str, Any]

_DOCUMENTS = ("experiment", "ir", "parameters", "calibration", "device")
"""What a run needs; their classes are those of the files below `data/inputs/`."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """A clock that shows the time of the request and stands still."""

    shown: str

    def now(self) -> datetime:
        return datetime.fromisoformat(self.shown)

    def monotonic_ns(self) -> int:
        return 0


def _hello(request: Request) -> Result:
    del request
    return {
        "implementation": "awen-ref",
        "version": __version__,
        "spec_versions": ["1.0"],
        "profiles": ["V1", "V2", "V3", "P1", "P2", "E1", "E2", "R1", "C1"],
        "verbs": sorted(VERBS),
    }


def _opened(path: str) -> Bundle:
    """A bundle, whose absence is a finding as any other: the protocol knows it from a crash.

    Raises:
        ContainerError: Nothing is there, or nothing that can be read as a bundle.
    """
    try:
        return archive.read(Path(path))
    except MissingError as error:
        raise ContainerError(str(error), findings=[Finding("AWB-PKG-001", str(error))]) from error


def _octets(path: Path) -> bytes:
    """A file that a request names (AWB-R-645).

    Raises:
        ContainerError: There is no such file, or it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        text = f"{path.name}: {error.strerror}"
        raise ContainerError(text, findings=[Finding("AWB-PKG-001", text, path.name)]) from error


def _verify(request: Request) -> Result:
    try:
        report = verify.check(_opened(request["input"]))
    except ContainerError as refusal:
        return {"verdict": "invalid", "findings": _listed(refusal.findings)}
    result: Result = {"verdict": report.verdict, "findings": _listed(report.findings)}
    if report.ids is not None:
        result["artifact_id"] = report.ids.artifact_id
    return result


def _id(request: Request) -> Result:
    try:
        return _opened(request["input"]).ids._asdict()
    except (ContainerError, VerificationError) as refusal:
        return _refused_by_code(refusal)


def _canonicalize(request: Request) -> Result:
    try:
        text = canonical.dumps(canonical.loads(_octets(Path(request["input"]))))
    except (ContainerError, canonical.CanonicalError) as refusal:
        return _refused_by_code(refusal)
    return _written(request, text)


def _export(request: Request) -> Result:
    try:
        bundle = verify.verify(_opened(request["input"])).bundle
    except (ContainerError, VerificationError) as refusal:
        return _refused(refusal)
    target = Path(request["workdir"]) / "output"
    archive.write_zip(bundle, target, compress=bool(request.get("compress", False)))
    return {"output": target.name}


def _import(request: Request) -> Result:
    try:
        bundle = verify.verify(_opened(request["input"])).bundle
    except (ContainerError, VerificationError) as refusal:
        return _refused(refusal)
    target = Path(request["workdir"]) / "output"
    archive.write_directory(bundle, target)
    return {"output": target.name}


def _build(request: Request) -> Result:
    try:
        sealed = seal(_content(Path(request["input"])), **_plan(Path(request["plan"])))
    except AwenError as refusal:
        return _refused(refusal)
    target = Path(request["workdir"]) / "output"
    archive.write_directory(sealed, target)
    return {"output": target.name}


def _content(folder: Path) -> dict[str, BytesMember]:
    """The files that a plan is about, by path.

    Raises:
        ContainerError: There is no such folder.
    """
    if not folder.is_dir():
        text = f"{folder.name} is no folder"
        raise ContainerError(text, findings=[Finding("AWB-PKG-001", text, folder.name)])
    return {
        path.relative_to(folder).as_posix(): BytesMember(_octets(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _plan(file: Path) -> dict[str, Any]:
    """Description, type, time and tool of the bundle to make.

    Raises:
        ContainerError: There is no such file.
        CanonicalError: It is no JSON.
        InvalidInputError: It lacks something.
    """
    plan = canonical.loads(_octets(file))
    names = ("metadata", "artifact_type", "created", "tool")
    if not isinstance(plan, dict) or not plan.keys() >= set(names):
        text = f"a plan has {', '.join(names)}"
        raise InvalidInputError(text, findings=[Finding("AWB-SCH-002", text, file.name)])
    return {name: plan[name] for name in names}


def _run(request: Request) -> Result:
    from awen_ref.engine import ReferenceEngine

    try:
        given = typed(_inputs(Path(request["input"])))
        result = ReferenceEngine().run(given, clock=_Standing(request["now"]))
    except (ContainerError, InvalidInputError, canonical.CanonicalError) as refusal:
        return _refused(refusal)
    target = Path(request["workdir"]) / "output" / "results"
    for name, member in files_of(results_of(result), "").items():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(member.read())
    return {"output": "output"}


def _inputs(folder: Path) -> Inputs:
    """The five documents, each of its class.

    Raises:
        ContainerError: One is not there.
        InvalidInputError: One is not of its class.
    """
    documents: dict[str, Any] = {}
    findings: list[Finding] = []
    for name in _DOCUMENTS:
        file = f"{name}.json"
        documents[name] = canonical.loads(_octets(folder / file), path=file)
        findings += violations(FILES[f"data/inputs/{file}"].schema, documents[name], file)
    if findings:
        raise InvalidInputError("the documents are no experiment", findings=findings)
    return Inputs(**documents)


def _replay(request: Request) -> Result:
    from awen_ref.compare import Tolerance
    from awen_ref.engine import ReferenceEngine
    from awen_ref.environment import capture
    from awen_ref.replay import Changes, RefusedError, replay

    try:
        again = replay(
            verify.verify(_opened(request["input"])),
            engine=ReferenceEngine(),
            clock=_Standing(request["now"]),
            environment=capture(),
            changes=Changes(
                seed=request.get("seed"),
                device=request.get("device"),
                stricter=Tolerance(**request["tolerance"]) if "tolerance" in request else None,
            ),
        )
    except (ContainerError, VerificationError, RefusedError) as refusal:
        return {"verdict": "refused", "findings": _listed(refusal.findings)}
    body: Any = again.document("data/results/body.json")
    ended = {name: body[name] for name in ("recorded_status", "replayed_status")}
    return {"verdict": body["comparison"]["verdict"], "comparison": body["comparison"], **ended}


def _compare(request: Request) -> Result:
    from awen_ref.compare import compare
    from awen_ref.replay import recorded_side

    try:
        one, two = (verify.verify(_opened(request[side])) for side in ("input", "other"))
    except (ContainerError, VerificationError) as refusal:
        return {"verdict": "refused", "findings": _listed(refusal.findings)}
    claim = one.document("data/claim/claim.json")
    comparison = compare(recorded_side(one), recorded_side(two), claim)
    return {"verdict": comparison["verdict"], "comparison": comparison}


def _cite(request: Request) -> Result:
    from awen_ref.citation import cite

    try:
        citation = cite(verify.verify(_opened(request["input"])))
    except (ContainerError, VerificationError) as refusal:
        return _refused(refusal)
    return _written(request, citation.text(request["format"]).encode())


VERBS: Mapping[str, Callable[[Request], Result]] = {
    "hello": _hello,
    "verify": _verify,
    "id": _id,
    "canonicalize": _canonicalize,
    "export": _export,
    "import": _import,
    "build": _build,
    "run": _run,
    "replay": _replay,
    "compare": _compare,
    "cite": _cite,
}
"""The verbs that this driver answers."""


def _listed(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [finding.as_dict() for finding in findings]


def _refused(refusal: AwenError) -> Result:
    return {"refused": {"findings": _listed(refusal.findings)}}


def _refused_by_code(refusal: AwenError) -> Result:
    return {"refused": {"codes": [finding.code for finding in refusal.findings]}}


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
