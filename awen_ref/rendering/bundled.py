"""The citation files and the RO-Crate of a bundle at once: what sealing writes (AWB-R-280, AWB-R-285)."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from awen_ref import canonical
from awen_ref.rendering.bibtex import bibtex
from awen_ref.rendering.cff import cff
from awen_ref.rendering.contents import Contents
from awen_ref.rendering.csl import csl_items
from awen_ref.rendering.datacite import datacite_json
from awen_ref.rendering.markdown import citation_page
from awen_ref.rendering.preview import preview
from awen_ref.rendering.ro_crate import Crate, File, Tool, ro_crate
from awen_ref.rendering.work import Work, work_of

__all__ = ["CITATION_FILES", "render"]

CITATION_FILES: Mapping[str, str] = {
    "CITATION.cff": "application/yaml",
    "citation/citation.bib": "application/x-bibtex",
    "citation/citation.md": "text/markdown",
    "citation/csl.json": "application/vnd.citationstyles.csl+json",
    "citation/datacite.json": "application/vnd.datacite.datacite+json",
}
"""Path to media type of the citation files that every bundle has."""


def _citation_files(work: Work) -> dict[str, bytes]:
    return {
        "CITATION.cff": cff(work).encode(),
        "citation/citation.bib": bibtex(work).encode(),
        "citation/citation.md": citation_page(work).encode(),
        "citation/csl.json": canonical.dumps(csl_items(work)),
        "citation/datacite.json": canonical.dumps(datacite_json(work)),
    }


def render(
    record: Mapping[str, Any],
    *,
    ids: Mapping[str, str],
    artifact_type: str,
    files: Mapping[str, File],
    tool: Mapping[str, str],
    parents: Sequence[Mapping[str, str]],
    window: tuple[str, str],
    contents: Contents,
) -> dict[str, bytes]:
    """Every file of a bundle that is made from its metadata record.

    Args:
        record: The Metadata document, accepted by its schema.
        ids: `inputs_id`, `results_id` and `artifact_id`.
        artifact_type: Type of the artifact.
        files: Path to (SHA-256 in hex, size in bytes, media type) of every file under `data/`, of
            `manifest.json` and of `metadata.json`. The citation files are added here.
        tool: `name`, `version` and `url` of the software that ran the experiment.
        parents: `parents` of the claim.
        window: Start and end of the run, RFC 3339 with whole seconds and `+00:00`.
        contents: What the page tells of the documents and arrays under `data/`.

    Returns:
        Path to content: the citation files, `ro-crate-metadata.json` and `ro-crate-preview.html`.
    """
    work = work_of(record, artifact_id=ids["artifact_id"], artifact_type=artifact_type, parents=parents)
    rendered = _citation_files(work)
    described = dict(files) | {
        path: (hashlib.sha256(content).hexdigest(), len(content), CITATION_FILES[path])
        for path, content in rendered.items()
    }
    crate = Crate(
        files={path: described[path] for path in sorted(described)},
        tool=Tool(tool["name"], tool["version"], tool["url"]),
        window=window,
        ids=ids,
    )
    rendered["ro-crate-metadata.json"] = canonical.dumps(ro_crate(work, crate))
    rendered["ro-crate-preview.html"] = preview(work, crate, contents).encode()
    return rendered
