"""What a run was made with: the only module that looks at the host.

Capture is by allow-list (AWB-R-210, 211): version numbers, architecture and sizes. Never environment
variables, the command line, paths, host name, user name, or where a package came from.
"""

import json
import os
import platform
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from awen_ref import __version__

__all__ = ["DISTRIBUTION", "TOOL", "SystemClock", "capture", "pylock", "timestamp"]

DISTRIBUTION = "awen-ref"
TOOL = {"name": DISTRIBUTION, "version": __version__, "url": "https://w3id.org/awen/ref"}
"""How a manifest names this implementation."""

_CPU_FEATURES = frozenset(
    {
        "sse2",
        "sse4_2",
        "avx",
        "avx2",
        "fma",
        "avx512f",
        "avx512dq",
        "avx512vl",
        "avx512bw",
        "asimd",
        "neon",
        "sve",
        "sve2",
    }
)
_REQUIREMENT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NAME_SEPARATORS = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The host's clocks."""

    def now(self) -> datetime:
        """The time of day in UTC."""
        return datetime.now(UTC)

    def monotonic_ns(self) -> int:
        """`time.monotonic_ns`."""
        import time

        return time.monotonic_ns()


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with `+00:00` and the microseconds as far as there are any (AWB-R-101).

    Whole seconds would not do: of two records made within one, nobody could tell which is the later one.
    """
    digits = moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00")
    return digits.rstrip("0").removesuffix(".") + "+00:00"


def capture(*, anonymous: bool = False) -> dict[str, Any]:
    """The `data/evidence/environment.json` document of this process.

    Args:
        anonymous: Leave out what could single out one machine: the CPU's model, the kernel's release, the
            memory's size, and the second at which its interpreter was built.

    Returns:
        A plain value that satisfies the schema class `Environment`.
    """
    revision, built = platform.python_build()
    cpu: dict[str, Any] = {
        "architecture": platform.machine(),
        "logical_cores": os.cpu_count() or 1,
        "features": _cpu_features(),
    }
    system: dict[str, Any] = {"name": platform.system()}
    document: dict[str, Any] = {
        "runtime": {"name": DISTRIBUTION, "version": __version__},
        "python": {
            "implementation": platform.python_implementation(),
            "version": platform.python_version(),
            "build": revision if anonymous else f"{revision} {built}",
            "compiler": platform.python_compiler(),
        },
        "os": system,
        "cpu": cpu,
        "gpus": [{"model": model} for model in _gpu_models()],
        "feature_flags": {"observability": True, "gradients": True, "quantum": False},
        "dependencies": dict(_dependencies()),
    }
    if not anonymous:
        system["release"] = platform.release()
        cpu["model"] = _cpuinfo("model name") or "unknown"
        document["memory"] = {"total_bytes": _memory_bytes()}
    return document


def pylock(environment: Mapping[str, Any]) -> str:
    """A recorded environment in the lock file format of PyPI's tools (pylock.toml 1.0, PEP 751).

    An installed package does not know the digest or the place of the wheel it came from, so a record cannot
    either: each package has its version and, under `tool.awen`, the file name of its wheel. An installer
    wants sources too; a resolver adds them from the versions.

    Args:
        environment: An `Environment` document.

    Returns:
        The text of the file.
    """
    lines = [
        'lock-version = "1.0"',
        f"requires-python = {_toml('==' + environment['python']['version'])}",
        f"created-by = {_toml(environment['runtime']['name'])}",
    ]
    for name, package in environment["dependencies"].items():
        lines += ["", "[[packages]]", f"name = {_toml(name)}", f"version = {_toml(package['version'])}"]
        if "wheel_tag" in package:
            stem = f"{name.replace('-', '_')}-{package['version']}-{package['wheel_tag']}.whl"
            lines += ["", "[packages.tool.awen]", f"wheel = {_toml(stem)}"]
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's."""
    return json.dumps(text)


def _memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _cpuinfo(field: str) -> str:
    """The first value of a field of `/proc/cpuinfo`; empty where there is none."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found = re.search(rf"^{re.escape(field)}\s*:\s*(.+)$", text, re.MULTILINE)
    return found.group(1).strip() if found else ""


def _cpu_features() -> list[str]:
    flags = (_cpuinfo("flags") or _cpuinfo("Features")).split()
    return sorted(_CPU_FEATURES.intersection(flags))


def _gpu_models() -> Iterator[str]:
    """Models of the NVIDIA devices whose driver is loaded, without starting any of its tools."""
    for information in sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
        found = re.search(r"^Model:\s*(.+)$", information.read_text(errors="replace"), re.MULTILINE)
        if found:
            yield found.group(1).strip()


def _dependencies() -> Iterator[tuple[str, dict[str, str]]]:
    """Version and wheel tags of every distribution that this one needs, by normalised name."""
    waiting, seen = [DISTRIBUTION], set[str]()
    found: dict[str, dict[str, str]] = {}
    while waiting:
        name = _normalised(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # a requirement of another platform or of an extra that is not installed
        found[name] = {"version": distribution.version}
        wheel = _wheel_tag(distribution)
        if wheel:
            found[name]["wheel_tag"] = wheel
        for requirement in distribution.requires or []:
            match = _REQUIREMENT_NAME.match(requirement)
            if match and "extra ==" not in requirement:
                waiting.append(match.group())
    found.pop(DISTRIBUTION, None)
    yield from sorted(found.items())


def _normalised(name: str) -> str:
    """The name as PEP 503 normalises it."""
    return _NAME_SEPARATORS.sub("-", name).lower()


def _wheel_tag(distribution: metadata.Distribution) -> str:
    """The compressed tag set of the wheel that was installed (PEP 425), empty for other installs."""
    text = distribution.read_text("WHEEL") or ""
    tags = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("Tag:")]
    if not tags:
        return ""
    parts = [tag.split("-") for tag in tags]
    return "-".join(".".join(dict.fromkeys(column)) for column in zip(*parts, strict=True))
