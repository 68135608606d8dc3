"""The registry of finding codes. Generated from schema/codes: do not edit.

Plain data: importing it costs no YAML, no JSON and no pydantic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Code:
    """One finding code.

    Attributes:
        code: The code (`AWB-INT-002`): phase and number, never reused.
        title: What is wrong, in a few words.
        severity: `error` makes a bundle invalid; `warning` and `info` do not.
        requirement: The requirement of the specification that is broken (`AWB-R-031`).
        message: What is wrong, in one sentence.
        mend: How to mend it, in one sentence.
        since: The version of the specification that brought the code.
    """

    code: str
    title: str
    severity: Severity
    requirement: str
    message: str
    mend: str
    since: str


_ROWS: tuple[Code, ...] = (
    Code('AWB-SCH-001', 'Unknown member', 'error', 'AWB-R-095', 'A document has a member that its class does not define.', 'Remove it, correct its name, or put it under extensions.', '1.0'),
    Code('AWB-SCH-002', 'Missing member', 'error', 'AWB-R-180', 'A document lacks a member that its class requires.', 'Add the member; the schema reference says what it means.', '1.0'),
    Code('AWB-SCH-003', 'Wrong JSON type', 'error', 'AWB-R-180', 'A value has another JSON type than its class wants.', 'Write the type that the schema reference gives.', '1.0'),
    Code('AWB-SCH-004', 'Value not permitted', 'error', 'AWB-R-180', 'A value is outside what its class permits.', 'Write a value that the schema reference permits.', '1.0'),
    Code('AWB-SCH-005', 'Unknown artifact type', 'warning', 'AWB-R-013', 'The artifact type is not one that this version of the specification defines.', 'Check the bundle with software that knows the type; only its integrity was checked here.', '1.0'),
    Code('AWB-SCH-006', 'Newer minor version', 'warning', 'AWB-R-241', 'The bundle was written to a newer minor version of the specification.', 'Check the bundle with software of that version; what this one knows was checked.', '1.0'),
    Code('AWB-SCH-007', 'Unsupported major version', 'error', 'AWB-R-242', 'The bundle was written to a major version that this software does not know.', 'Use software of that version; only container, digests and identity were checked here.', '1.0'),
    Code('AWB-SCH-008', 'Unknown critical extension', 'error', 'AWB-R-243', 'The bundle depends on an extension that this software does not know.', 'Use software that knows the extension.', '1.0'),
    Code('AWB-INV-001', 'Stray at the top level', 'error', 'AWB-R-002', 'A file or folder stands at the top level that has no place there.', 'Remove it, or put it under data/evidence/attachments/ and seal again.', '1.0'),
    Code('AWB-INV-002', 'Stray below data', 'error', 'AWB-R-003', 'A file or folder stands directly below data/ that has no place there.', 'Remove it, or put it under data/evidence/attachments/ and seal again.', '1.0'),
    Code('AWB-INV-003', 'Stray file', 'error', 'AWB-R-006', 'No row of the matrix covers this file.', 'Remove it, or put it under data/evidence/attachments/ and seal again.', '1.0'),
    Code('AWB-INV-004', 'Required file missing', 'error', 'AWB-R-004', 'The artifact type requires a file that is not there.', 'Fetch the bundle again from its source; a producer has to write the file before sealing.', '1.0'),
    Code('AWB-INV-005', 'Forbidden file', 'error', 'AWB-R-005', 'The artifact type forbids a file that is there.', 'Remove it and seal again; the matrix says which files a type has.', '1.0'),
    Code('AWB-INV-006', 'fetch.txt or another manifest', 'error', 'AWB-R-010', 'The bundle holds fetch.txt or a manifest of another algorithm.', 'Remove it: a bundle is complete and has one payload manifest and one tag manifest.', '1.0'),
    Code('AWB-INV-007', 'Payload file not listed', 'error', 'AWB-R-020', 'manifest-sha256.txt does not list a file under data/.', 'Remove the file if it does not belong there; else seal again.', '1.0'),
    Code('AWB-INV-008', 'Payload manifest lists a stranger', 'error', 'AWB-R-020', 'manifest-sha256.txt lists a path outside data/.', 'Seal again; only files under data/ belong in that manifest.', '1.0'),
    Code('AWB-INV-009', 'Tag file not listed', 'error', 'AWB-R-021', 'tagmanifest-sha256.txt does not list a file that it has to cover.', 'Remove the file if it does not belong there; else seal again.', '1.0'),
    Code('AWB-INV-010', 'Tag manifest lists a stranger', 'error', 'AWB-R-021', 'tagmanifest-sha256.txt lists itself, or a path under data/ or signatures/.', 'Seal again; that manifest lists every other file and nothing else.', '1.0'),
    Code('AWB-INV-011', 'Listed file missing', 'error', 'AWB-R-054', 'A manifest lists a file that is not there.', 'Fetch the bundle again from its source.', '1.0'),
    Code('AWB-INV-012', 'Wrong bagit.txt', 'error', 'AWB-R-019', 'bagit.txt is not exactly the two lines of BagIt 1.0.', 'Write BagIt-Version: 1.0 and Tag-File-Character-Encoding: UTF-8, each line ended by LF.', '1.0'),
    Code('AWB-INV-013', 'Wrong bag-info.txt', 'error', 'AWB-R-022', 'bag-info.txt is malformed, or a label is missing or doubled.', 'Write one `Label: value` a line, unfolded, each of the four labels once.', '1.0'),
    Code('AWB-SEM-001', 'Artifact types disagree', 'error', 'AWB-R-181', 'artifact_type differs between two documents of the bundle.', 'Write the same type in manifest, experiment, task and body.', '1.0'),
    Code('AWB-SEM-002', 'Unknown semantics', 'warning', 'AWB-R-192', 'The experiment names semantics that this validator does not know; its graph was not judged.', 'Check the bundle with software that knows the semantics.', '1.0'),
    Code('AWB-SEM-003', 'List not sorted', 'error', 'AWB-R-103', 'A list that has to be sorted is not strictly ascending.', 'Sort it by the bytes of its strings and remove repetitions.', '1.0'),
    Code('AWB-SEM-004', 'Recorded endpoint unknown', 'error', 'AWB-R-190', 'record names an endpoint that the graph does not have.', 'Name node.port of a node of the graph.', '1.0'),
    Code('AWB-SEM-005', 'Recorded state missing', 'error', 'AWB-R-191', 'record names an endpoint whose field is not among the outputs.', 'Add the output, or take the endpoint out of record.', '1.0'),
    Code('AWB-SEM-006', 'Parents not sorted', 'error', 'AWB-R-198', "The claim's parents are not strictly ascending by artifact_id, then relation.", 'Sort them and remove repetitions.', '1.0'),
    Code('AWB-SEM-007', 'Tolerance of an unknown output', 'error', 'AWB-R-199', 'output_tolerances names an output that the bundle does not have.', 'Name outputs of outputs.json only.', '1.0'),
    Code('AWB-SEM-008', 'Environment digest', 'error', 'AWB-R-200', 'environment_digest is absent from a replay, present elsewhere, or not the digest of environment.json.', 'In a replay write the SHA-256 of data/evidence/environment.json; nowhere else.', '1.0'),
    Code('AWB-SEM-009', 'Relation does not fit the type', 'error', 'AWB-R-201', 'The parents lack a relation that the artifact type requires, or have one that belongs to another type.', 'Name the parent with the relation that the table of relations gives.', '1.0'),
    Code('AWB-SEM-010', 'Output file misnamed', 'error', 'AWB-R-202', 'The file of an output is not arrays/<name>.npy.', 'Name the array file after its output.', '1.0'),
    Code('AWB-SEM-011', 'Array missing', 'error', 'AWB-R-007', 'outputs.json names an array file that is not there.', 'Add the array, or remove the output.', '1.0'),
    Code('AWB-SEM-012', 'Array not described', 'error', 'AWB-R-007', 'An array file stands there that outputs.json does not name.', 'Describe it in outputs.json, or remove it.', '1.0'),
    Code('AWB-SEM-013', 'dtype or shape disagrees', 'error', 'AWB-R-203', 'dtype or shape in outputs.json is not that of the array file.', 'Describe the array as its header does.', '1.0'),
    Code('AWB-SEM-014', 'Axes do not fit', 'error', 'AWB-R-204', 'axes does not name each dimension once, with complex last and of length 2.', 'Name one axis for each dimension; complex is the last one.', '1.0'),
    Code('AWB-SEM-015', 'Sampled without shots', 'error', 'AWB-R-205', 'An output is sampled, but the experiment takes no shots.', 'Set sampled to false, or shots above 0.', '1.0'),
    Code('AWB-SEM-016', 'Reason does not fit the status', 'error', 'AWB-R-206', 'reason is there with status completed, or absent with another one.', 'Give the reason exactly where the status is not completed.', '1.0'),
    Code('AWB-SEM-017', 'Shots or recorded states disagree', 'error', 'AWB-R-207', "The body's shots or recorded_states are not the experiment's.", 'Write what the experiment asked for; it is what a completed run did.', '1.0'),
    Code('AWB-SEM-018', 'Control decisions out of order', 'error', 'AWB-R-208', 'The lines of control.jsonl are not ordered by time, then node id.', 'Sort the decisions.', '1.0'),
    Code('AWB-SEM-019', 'Empty control log', 'error', 'AWB-R-094', 'control.jsonl is there without a decision in it.', 'Remove the file: it is present exactly if a decision was taken.', '1.0'),
    Code('AWB-SEM-020', 'Replayed artifact disagrees', 'error', 'AWB-R-223', 'The task of the replay names another artifact than the parent with replay_of.', 'Name one artifact in both places.', '1.0'),
    Code('AWB-SEM-021', 'Constraint outcome does not follow', 'error', 'AWB-R-224', 'passed, margin or the overall outcome does not follow from the measured values and bounds.', 'Compute them from the measured values.', '1.0'),
    Code('AWB-SEM-022', 'Impossible instant', 'error', 'AWB-R-101', 'An instant is not a date and time of the Gregorian calendar.', 'Write YYYY-MM-DDThh:mm:ss+00:00 of an existing day.', '1.0'),
    Code('AWB-SEM-023', 'Wrong ORCID check character', 'error', 'AWB-R-185', 'The last character of an ORCID is not the check character of the others.', "Copy the ORCID again from its owner's page.", '1.0'),
    Code('AWB-SEM-024', 'Provenance lacks a statement', 'error', 'AWB-R-260', 'provenance.json lacks an entity, activity, agent or relation that every account has.', 'Write the account that the specification asks for.', '1.0'),
    Code('AWB-SEM-025', 'Provenance names other ids', 'error', 'AWB-R-261', 'The artifact, inputs or results of provenance.json are not those of the bundle.', 'Write the ids of this bundle.', '1.0'),
    Code('AWB-SEM-026', 'Provenance names other parents', 'error', 'AWB-R-262', 'The parents of provenance.json are not those of the claim.', "Derive the artifact from exactly the claim's parents.", '1.0'),
    Code('AWB-SEM-027', 'Activity ends before it starts', 'error', 'AWB-R-263', 'The activity of provenance.json starts after its end.', 'Correct the times.', '1.0'),
    Code('AWB-SEM-028', 'Crate is not of the profile', 'error', 'AWB-R-264', 'ro-crate-metadata.json is not an RO-Crate 1.2 of Process Run Crate 0.5 as the specification asks.', 'Write descriptor and root dataset as the specification says.', '1.0'),
    Code('AWB-SEM-029', 'Crate describes other files', 'error', 'AWB-R-265', 'A file that the crate has to describe is missing from it, described wrongly, or has no place in it.', 'Render the crate again from the sealed files.', '1.0'),
    Code('AWB-SEM-030', 'Crate describes another artifact', 'error', 'AWB-R-267', "The root dataset's identifier, name, description, licence or authors are not those of the bundle.", 'Render the crate again from metadata.json.', '1.0'),
    Code('AWB-SEM-031', 'Citation file disagrees', 'error', 'AWB-R-281', 'A citation file does not give the title, the creators, the year or the artifact_id of the bundle.', 'Render the citation files again from metadata.json.', '1.0'),
    Code('AWB-SEM-032', 'Citation file of another form', 'error', 'AWB-R-282', 'A citation file does not have the form of its format.', 'Render the citation files again from metadata.json.', '1.0'),
    Code('AWB-SEM-033', 'bag-info.txt disagrees', 'error', 'AWB-R-023', 'External-Identifier or Payload-Oxum of bag-info.txt is not that of the bundle.', "Write the artifact_id, and the payload's size and number of files.", '1.0'),
    Code('AWB-SEM-034', 'Bagging-Date disagrees', 'error', 'AWB-R-024', 'Bagging-Date is not the date of created in manifest.json.', 'Write that date.', '1.0'),
    Code('AWB-SEM-035', 'Superseded tag manifest misnamed', 'error', 'AWB-R-380', 'The name of a superseded tag manifest is not its SHA-256.', 'Name it after the digest of its bytes.', '1.0'),
    Code('AWB-SEM-100', 'Unknown semantics', 'error', 'AWB-R-400', 'The experiment asks for semantics that this engine does not implement.', 'Name semantics that the engine states, such as awen-ir/1.0.', '1.0'),
    Code('AWB-SEM-101', 'Unknown component kind', 'error', 'AWB-R-401', 'A node has a kind that the semantics do not define.', 'Use a kind of the table of kinds.', '1.0'),
    Code('AWB-SEM-102', 'Missing parameter', 'error', 'AWB-R-402', 'A node lacks a parameter that its kind requires.', 'Give every parameter of the kind; there are no defaults.', '1.0'),
    Code('AWB-SEM-103', 'Unknown parameter', 'error', 'AWB-R-402', 'A node has a parameter that its kind does not know.', 'Remove the parameter, or correct its name.', '1.0'),
    Code('AWB-SEM-104', 'Parameter name not found', 'error', 'AWB-R-403', 'A node refers to a parameter that parameters.json does not hold.', 'Add the parameter, or write the number in its place.', '1.0'),
    Code('AWB-SEM-105', 'Unit mismatch', 'error', 'AWB-R-403', 'A parameter has another unit than the place that refers to it.', 'Convert the value to the unit that the kind states.', '1.0'),
    Code('AWB-SEM-106', 'Unreferenced parameter', 'error', 'AWB-R-404', 'A parameter of parameters.json is referred to by nothing.', 'Remove the parameter, or refer to it.', '1.0'),
    Code('AWB-SEM-107', 'Value out of bounds', 'error', 'AWB-R-405', "A parameter's value lies outside the bounds that its kind states.", 'Give a physical value: no gain, no negative loss, ratios between 0 and 1.', '1.0'),
    Code('AWB-SEM-108', 'Value not finite', 'error', 'AWB-R-405', 'A value is not a finite number.', 'Give a finite number.', '1.0'),
    Code('AWB-SEM-109', 'Unknown node', 'error', 'AWB-R-406', 'An endpoint names a node that the graph does not have.', 'Correct the endpoint, or add the node.', '1.0'),
    Code('AWB-SEM-110', 'Unknown port', 'error', 'AWB-R-406', "An endpoint names a port that the node's kind does not have.", 'Use a port of the kind; the table of kinds lists them.', '1.0'),
    Code('AWB-SEM-111', 'Port connected twice', 'error', 'AWB-R-407', 'A port is the end of more than one edge.', 'Keep one edge; put a splitter where light should part.', '1.0'),
    Code('AWB-SEM-112', 'Dangling port', 'error', 'AWB-R-407', 'A port is connected to nothing.', 'Connect it; a port that is not used ends in a terminator.', '1.0'),
    Code('AWB-SEM-113', 'Edges out of order', 'error', 'AWB-R-408', 'Edges or their ends are not in ascending order.', 'Sort the two ends of each edge, then the edges, by their bytes.', '1.0'),
    Code('AWB-SEM-114', 'Wrong table', 'error', 'AWB-R-410', 'A scattering table is missing, misplaced or malformed.', 'Give ascending wavelengths and, for each entry, as many real and imaginary parts.', '1.0'),
    Code('AWB-SEM-115', 'Gain in a table', 'error', 'AWB-R-411', 'A tabulated scattering matrix gives out more power than it takes in.', 'Correct the table; a measured one may have to be scaled to be passive.', '1.0'),
    Code('AWB-SEM-116', 'Grid outside the table', 'error', 'AWB-R-412', 'The grid leaves the wavelengths that a table covers.', 'Narrow the grid or extend the table; nothing is extrapolated.', '1.0'),
    Code('AWB-SEM-117', 'Wrong grid', 'error', 'AWB-R-420', 'The grid is empty, descending or not positive.', 'Give at least one point, start below stop, or start equal to stop for one point.', '1.0'),
    Code('AWB-SEM-118', 'Nothing to solve', 'error', 'AWB-R-413', 'The graph has no source, or nothing that is read out.', 'Add a source, and a detector or an endpoint under record.', '1.0'),
    Code('AWB-SEM-119', 'Delay without a clock', 'error', 'AWB-R-414', 'An edge has a delay, but the experiment has no clock.', 'Add clock with its origin to the experiment.', '1.0'),
    Code('AWB-SEM-120', 'Capability missing', 'error', 'AWB-R-415', 'The device does not offer a component kind that the graph uses.', 'Use another device, or list the capability if it has it.', '1.0'),
    Code('AWB-SEM-121', 'Device limit exceeded', 'error', 'AWB-R-416', 'The experiment asks for more than a limit of the device.', 'Stay inside the limit, or use another device.', '1.0'),
    Code('AWB-SEM-122', 'Singular resonance', 'error', 'AWB-R-475', 'A loop has a gain of 1 at a point of the grid, so that the light in it has no finite value.', 'Move the grid off the resonance, or give the loop some loss.', '1.0'),
    Code('AWB-SEM-123', 'Count out of range', 'error', 'AWB-R-507', 'A photon counter expects more counts in its window than a count can hold.', 'Shorten the window or attenuate the light.', '1.0'),
    Code('AWB-SEM-130', 'Wrong cost expression', 'error', 'AWB-R-490', 'The cost expression cannot be read.', 'Follow the grammar of cost expressions.', '1.0'),
    Code('AWB-SEM-131', 'Cost names a missing output', 'error', 'AWB-R-491', 'The cost names an output that the experiment does not have.', 'Name an output of a detector of the graph.', '1.0'),
    Code('AWB-SEM-132', 'Cost has no single value', 'error', 'AWB-R-491', 'The cost does not reduce to one real number.', 'Sum, average or index arrays; take re, im or abs2 of fields.', '1.0'),
    Code('AWB-SEM-133', 'Gradient of an unused parameter', 'error', 'AWB-R-492', 'A gradient is asked for a parameter that does not reach the cost.', 'Name parameters of parameters.json that the graph refers to and light passes.', '1.0'),
    Code('AWB-SEM-134', 'Method does not apply', 'error', 'AWB-R-493', 'The gradient method does not apply to this circuit, cost or parameter.', 'Use adjoint for noiseless costs, finite_difference otherwise.', '1.0'),
    Code('AWB-SEM-135', 'Wrong step', 'error', 'AWB-R-494', 'The finite-difference step is missing or not positive.', "Give a positive step in the parameter's own unit.", '1.0'),
    Code('AWB-SEM-136', 'Not differentiable', 'error', 'AWB-R-495', 'The cost has no derivative at this value of the parameter.', 'Move the parameter off the bound (kappa or ratio of 0 or 1, power of 0).', '1.0'),
)

CODES: Mapping[str, Code] = MappingProxyType({row.code: row for row in _ROWS})
"""Every registered code, in the order of the phases and numbers."""
