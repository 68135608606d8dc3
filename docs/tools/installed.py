"""Say where what is installed is not what the tree pins and states: checks on that would mean nothing.

Usage: python docs/tools/installed.py

Versions are held against requirements/dev.txt; version, dependencies, commands and plugins of the editable
package itself against pyproject.toml, since an older installation goes on with those it had. Ends with 1
where something differs.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from sitegen.registry import ROOT

PINS = ROOT / "requirements" / "dev.txt"
PROJECT = ROOT / "pyproject.toml"
_PIN = re.compile(r"^[A-Za-z0-9][^\\#]*", re.MULTILINE)


def pinned(pins: Path) -> Iterator[str]:
    """A line for each pinned package that is not here, or here in another version.

    Args:
        pins: A requirements file, one `name==version ; marker` a line.
    """
    for line in _PIN.findall(pins.read_text("utf-8")):
        wanted = Requirement(line.strip())
        if wanted.marker and not wanted.marker.evaluate():
            continue
        try:
            here = version(wanted.name)
        except PackageNotFoundError:
            here = ""
        if not here or here not in wanted.specifier:
            yield f"{wanted.name}{wanted.specifier} is pinned, {here or 'none'} installed"


def stated(package: Distribution, project: dict[str, Any]) -> Iterator[str]:
    """A line for each member of `project` in pyproject.toml that the installed package has otherwise.

    Args:
        package: The installed one.
        project: The table.
    """
    extras = project.get("optional-dependencies", {})
    asked = {Requirement(text) for text in project.get("dependencies", [])}
    asked |= {
        Requirement(f'{text} ; extra == "{extra}"') for extra, texts in extras.items() for text in texts
    }
    groups = {"console_scripts": project.get("scripts", {}), **project.get("entry-points", {})}
    named = {(group, name, value) for group, names in groups.items() for name, value in names.items()}
    for what, ours, theirs in (
        ("version", project["version"], package.version),
        ("dependencies", asked, {Requirement(text) for text in package.requires or []}),
        ("entry points", named, {(one.group, one.name, one.value) for one in package.entry_points}),
    ):
        if ours != theirs:
            yield f"{project['name']} is installed with other {what} than pyproject.toml states"


def main() -> int:
    """Run from the command line."""
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    found = [*pinned(PINS), *stated(distribution(project["name"]), project)]
    if found:
        print("\n".join(found))
        print(
            "pip install --no-deps -r requirements/dev.txt && pip install --no-deps --no-build-isolation -e ."
        )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
