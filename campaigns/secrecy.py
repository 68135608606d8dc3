"""Secrets planted wherever a process can see them: none may get into a bundle, in any spelling.

    python -m campaigns.secrecy [--out FILE]

A folder of an experiment lies under a secret name, in a Git work tree whose remote carries a token; home, the
environment, the command line and the `direct_url.json` of a package carry more. Then `awen run`, `replay`,
`gradient` and `export` work there as a user would call them, and every octet that they leave in the store and
in archives is searched for every secret in every encoding that people use.

The control is the same with a capture that puts an environment variable, encoded, into a version string.
"""

import base64
import codecs
import hashlib
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from campaigns.outcome import Begun, Control, Outcome, parser, report

__all__ = ["campaign", "spellings"]

ROOT = Path(__file__).resolve().parents[1]
COST = "mean(out_00.power)"
EXAMPLE = ROOT / "examples/mzi_mesh_4x4"
SECRETS = {
    "environ": "s3cr3t-Environ-7qWz",
    "home": "homeOwner-Kd82pL",
    "folder": "folderName-Xy55tR",
    "host": "hostName-Ab91uV",
    "remote": "ghpRemote-Token-Mn04",
    "direct_url": "pypiDirect-Token-Ef63",
    "user": "userName-Qr37sT",
}
SHORTEST = 7
"""Shorter names stand in files by chance."""
LEAK = """
import base64, os, platform, runpy, sys
platform.release = lambda: base64.b64encode(os.environ["AWEN_TEST_TOKEN"].encode()).decode()
sys.argv = ["awen", *sys.argv[1:]]
runpy.run_module("awen_ref", run_name="__main__")
"""


def spellings(secret: str) -> dict[str, bytes]:
    """A secret as it may stand in a file."""
    raw = secret.encode()
    found = {
        "plain": raw,
        "lower case": raw.lower(),
        "upper case": raw.upper(),
        "reversed": raw[::-1],
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "URL": urllib.parse.quote(secret, safe="").encode(),
        "every octet URL": "".join(f"%{octet:02X}" for octet in raw).encode(),
        "UTF-16LE": secret.encode("utf-16-le"),
        "UTF-16BE": secret.encode("utf-16-be"),
        "base32": base64.b32encode(raw)[: 8 * len(raw) // 5],
        "base85": base64.b85encode(raw)[: len(raw) // 4 * 5],
        "SHA-256": hashlib.sha256(raw).hexdigest().encode(),
        "SHA-1": hashlib.sha1(raw, usedforsecurity=False).hexdigest().encode(),
        "MD5": hashlib.md5(raw, usedforsecurity=False).hexdigest().encode(),
        "CRC-32": b"%08x" % zlib.crc32(raw),
        "rot13": codecs.encode(secret, "rot13").encode(),
    }
    for shift in range(3):  # base64 of a text that holds it at any of the three alignments
        text = base64.b64encode(b"\0" * shift + raw)
        inner = text[-(-8 * shift // 6) : 8 * (shift + len(raw)) // 6]
        found[f"base64 at {shift}"] = inner
        found[f"URL-safe base64 at {shift}"] = inner.translate(bytes.maketrans(b"+/", b"-_"))
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """A machine full of secrets, as far as a process can tell."""

    home: Path
    work: Path
    packages: Path
    store: Path

    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        return {
            "PATH": f"{os.environ['PATH']}:/opt/{SECRETS['environ']}/bin",
            "HOME": str(self.home),
            "USER": SECRETS["user"],
            "LOGNAME": SECRETS["user"],
            "USERNAME": SECRETS["user"],
            "HOSTNAME": SECRETS["host"],
            "PYTHONPATH": str(self.packages),
            "AWEN_STORE": str(self.store),
            "AWEN_TEST_TOKEN": SECRETS["environ"],
            "AWS_SECRET_ACCESS_KEY": SECRETS["environ"],
            "GITHUB_TOKEN": SECRETS["environ"],
            "OMP_NUM_THREADS": "1",
            "LC_ALL": "C.UTF-8",
        }

    def awen(self, *arguments: str, leak: bool = False) -> dict[str, object]:
        """Call the command line there; its answer as JSON, where that is what it gives.

        Raises:
            RuntimeError: It failed.
        """
        program = ["-c", LEAK] if leak else ["-m", "awen_ref"]
        done = subprocess.run(
            [sys.executable, *program, *arguments],
            cwd=self.work,
            env=self.environment(),
            capture_output=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            raise RuntimeError(f"awen {arguments[0]}: {done.stderr.decode('utf-8', 'replace')}")
        answer = done.stdout.decode()
        value: object = json.loads(answer) if answer.startswith("{") else {}
        return value if isinstance(value, dict) else {}


def planted(folder: Path) -> Place:
    """Make such a machine."""
    home = folder / SECRETS["home"]
    work = home / SECRETS["folder"]
    shutil.copytree(EXAMPLE, work / "experiment")
    (home / ".netrc").write_text(f"machine example.org password {SECRETS['environ']}\n")
    (home / ".pypirc").write_text(f"password = {SECRETS['environ']}\n")
    git = work / ".git"
    git.mkdir()
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    remote = f'[remote "origin"]\n\turl = https://user:{SECRETS["remote"]}@example.org/lab/private.git\n'
    (git / "config").write_text(f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n{remote}")
    packages = home / "packages"
    information = packages / "click-8.99.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: click\nVersion: 8.99.0\n")
    url = f"https://user:{SECRETS['direct_url']}@example.org/click.whl"
    (information / "direct_url.json").write_text(json.dumps({"url": url, "archive_info": {}}))
    (information / "WHEEL").write_text("Wheel-Version: 1.0\nTag: py3-none-any\n")
    return Place(home, work, packages, home / "store")


def worked(place: Place, *, leak: bool = False, further: bool = True) -> dict[str, bytes]:
    """Run, replay, differentiate and export there; every file that a stranger might be given."""
    made = [place.awen("run", "experiment", "--json", leak=leak)]
    reference = str(made[0]["artifact_id"])
    if further:
        made.append(place.awen("replay", reference, "--json"))
        made.append(place.awen("gradient", reference, "--cost", COST, "--json"))
    found: dict[str, bytes] = {}
    for number, answer in enumerate(made):
        name = str(answer.get("artifact_id") or reference)
        for suffix, options in ((".zip", []), (".compressed.zip", ["--compress"]))[: 1 + further]:
            target = place.work / f"{number}{suffix}"
            place.awen("export", name, str(target), *options)
            found[f"{number}{suffix}"] = target.read_bytes()
            with zipfile.ZipFile(io.BytesIO(found[f"{number}{suffix}"])) as opened:
                found |= {f"{number}{suffix}/{file}": opened.read(file) for file in opened.namelist()}
    for record in sorted((place.store / "records").glob("*/bundle")):
        found |= {
            f"{record.parent.name[:12]}/{file.relative_to(record)}": file.read_bytes()
            for file in record.rglob("*")
            if file.is_file()
        }
    return found


def sought() -> dict[str, str]:
    """The planted secrets, and what this machine really is called and where it keeps its programs."""
    real = {
        "host of this machine": platform.node(),
        "programs of this machine": sys.prefix,
        "code": str(ROOT),
    }
    return SECRETS | {kind: text for kind, text in real.items() if len(text) >= SHORTEST}


def leaks(files: Mapping[str, bytes]) -> Iterator[str]:
    """Each place in which a secret stands, and how it is spelled there."""
    for kind, secret in sought().items():
        for spelling, octets in spellings(secret).items():
            for path, data in files.items():
                if octets in data:
                    yield f"{path}: the secret of kind {kind}, {spelling}"


def campaign(*, further: bool = True) -> Outcome:
    """Plant, work, search; without `further`, a run alone."""
    with tempfile.TemporaryDirectory() as folder:
        files = worked(planted(Path(folder)), further=further)
    with tempfile.TemporaryDirectory() as folder:
        leaked = worked(planted(Path(folder)), leak=True, further=False)
    problems = tuple(leaks(files))
    return Outcome(
        campaign="secrecy",
        promise="No secret of the producing machine gets into a bundle.",
        figures={
            "secrets": len(sought()),
            "spellings": len(spellings("x" * 16)),
            "files_searched": len(files),
            "octets_searched": sum(map(len, files.values())),
            "leaks": len(problems),
        },
        problems=problems,
        controls=(Control("a capture that lets an environment variable through", len(list(leaks(leaked)))),),
    )


def main() -> int:
    """Run it."""
    options = parser(__doc__.splitlines()[0]).parse_args()
    begun = Begun("secrecy")
    return report(campaign(), begun, options.out)


if __name__ == "__main__":
    sys.exit(main())
