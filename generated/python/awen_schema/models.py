"""One model for each class of the schema. Generated from the LinkML modules: do not edit.

A class that is a map (`Parameters`, `Outputs`, `Metrics`) or that stands for one of several (`Task`, `Body`,
`Grid`, `Creator`) is a type alias; `awen_schema.documents.parse` reads every kind of document.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from awen_schema.base import AwenModel
from pydantic import ConfigDict, Field, StrictFloat, StrictInt, StringConstraints
from typing_extensions import TypeAliasType


class AnyValue(AwenModel):
    """
    A value of one of four types.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    stringValue: str | None = None
    """
    A string. Absent: another type.
    """
    boolValue: bool | None = None
    """
    A truth value. Absent: another type.
    """
    intValue: Annotated[str | None, Field(pattern="^(0|-?[1-9][0-9]{0,18})$")] = None
    """
    An integer in decimal digits. Absent: another type.
    """
    doubleValue: StrictFloat | None = None
    """
    A number. Absent: another type.
    """


ArtifactId = TypeAliasType("ArtifactId", Annotated[str, Field(pattern="^awen_[0-9a-f]{64}$")])
"""
Name of an artifact, taken from the lines of its inputs, claim and results.
"""


CalibrationProcedure = TypeAliasType("CalibrationProcedure", Literal["phase_response", "dark_counts", "crosstalk"])
"""
What is measured.
"""


Count = TypeAliasType("Count", Annotated[StrictInt, Field(ge=0, le=9007199254740991)])
"""
A number of things, exact in binary64.
"""


DataciteRelation = TypeAliasType("DataciteRelation", Literal["IsCitedBy", "Cites", "IsSupplementTo", "IsSupplementedBy", "IsContinuedBy", "Continues", "IsDescribedBy", "Describes", "HasMetadata", "IsMetadataFor", "HasVersion", "IsVersionOf", "IsNewVersionOf", "IsPreviousVersionOf", "IsPartOf", "HasPart", "IsPublishedIn", "IsReferencedBy", "References", "IsDocumentedBy", "Documents", "IsCompiledBy", "Compiles", "IsVariantFormOf", "IsOriginalFormOf", "IsIdenticalTo", "IsReviewedBy", "Reviews", "IsDerivedFrom", "IsSourceOf", "IsRequiredBy", "Requires", "IsObsoletedBy", "Obsoletes", "IsCollectedBy", "Collects"])
"""
The relationType list of DataCite 4.5.
"""


DeviceType = TypeAliasType("DeviceType", Literal["simulator", "twin", "hardware"])
"""
Kinds of devices.
"""


DifferenceSubject = TypeAliasType("DifferenceSubject", Literal["graph", "parameter", "experiment", "seed", "calibration", "device", "task", "engine", "package", "platform", "evidence"])
"""
Kinds of differences, in the order of how directly they act on results.
"""


Dtype = TypeAliasType("Dtype", Literal["<f8", "<i8", "<u8", "|b1"])
"""
Element types of NPY files.
"""


Effect = TypeAliasType("Effect", Literal["cause", "possible", "no_effect", "irrelevant"])
"""
What a difference does to the results.
"""


Email = TypeAliasType("Email", Annotated[str, Field(pattern="^[!-?A-~]+@[!-?A-~]+$")])
"""
An electronic mail address.
"""


Endpoint = TypeAliasType(
    "Endpoint", Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,63}[.]o[1-9][0-9]{0,3}$")]
)
"""
A port of the graph, written node.port.
"""


ExtensionKey = TypeAliasType(
    "ExtensionKey", Annotated[str, Field(pattern="^[a-z][a-z0-9-]*([.][a-z0-9][a-z0-9-]*)+$")]
)
"""
Reverse-domain name of an extension.
"""


Extensions = TypeAliasType("Extensions", Annotated[dict[ExtensionKey, Any], Field(min_length=1)])
"""
Data of others by reverse-domain name. Readers keep what they do not know; it never changes a standard member.
"""


class FeatureFlags(AwenModel):
    """
    What was switched on.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    observability: bool
    """
    Traces, metrics and events.
    """
    gradients: bool
    """
    Differentiation.
    """
    quantum: bool
    """
    Quantum states of light.
    """


FindingCode = TypeAliasType("FindingCode", Annotated[str, Field(pattern="^AWB-[A-Z]{3}-[0-9]{3}$")])
"""
A code of the registry of findings.
"""


Fraction = TypeAliasType("Fraction", Annotated[StrictFloat, Field(allow_inf_nan=False, ge=0.0, le=1.0)])
"""
A number between 0 and 1.
"""


GradientMethod = TypeAliasType("GradientMethod", Literal["adjoint", "parameter_shift", "finite_difference"])
"""
How derivatives are taken.
"""


IdentifierType = TypeAliasType("IdentifierType", Literal["doi", "handle", "ark", "swhid", "url", "other"])
"""
Kinds of names.
"""


InputsId = TypeAliasType("InputsId", Annotated[str, Field(pattern="^inp_[0-9a-f]{64}$")])
"""
Name of the inputs.
"""


Instant = TypeAliasType(
    "Instant",
    Annotated[
        str,
        Field(
            pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{0,8}[1-9])?[+]00:00$"
        ),
    ],
)
"""
Time of day in UTC, RFC 3339 with +00:00. Never in inputs, claim or results.
"""


Line = TypeAliasType("Line", Annotated[str, Field(pattern="^[^\\x00-\\x1f\\x7f]+$")])
"""
One line of text for people, not empty and free of control characters.
"""


LoweredId = TypeAliasType(
    "LoweredId", Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,63}(/[a-z][a-z0-9_]{0,63})?$")]
)
"""
Name of a node after expansion: that of its composite, a slash and its own.
"""


Measure = TypeAliasType("Measure", Literal["minimum", "maximum", "mean", "extinction_ratio", "insertion_loss", "passivity", "fidelity", "coherence", "calibration_age", "reproducibility", "count"])
"""
What a constraint measures.
"""


MediaType = TypeAliasType(
    "MediaType", Annotated[str, Field(pattern="^[a-z0-9][a-z0-9.+-]{0,126}/[a-z0-9][a-z0-9.+_-]{0,126}$")]
)
"""
A media type without parameters, lower case.
"""


class Memory(AwenModel):
    """
    Main memory.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    total_bytes: Count
    """
    How much.
    """


MetricKind = TypeAliasType("MetricKind", Literal["counter", "gauge", "histogram"])
"""
Kinds of metrics.
"""


class MetricPoint(AwenModel):
    """
    The value of a metric for one set of attributes.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    value: StrictFloat
    """
    The value of a counter or gauge, the sum of a histogram.
    """
    count: Count | None = None
    """
    How many values a histogram holds. Absent: no histogram.
    """
    minimum: StrictFloat | None = None
    """
    The least of them. Absent: no histogram.
    """
    maximum: StrictFloat | None = None
    """
    The greatest of them. Absent: no histogram.
    """
    attributes: dict[TelemetryName, bool | StrictFloat | str]
    """
    Attributes by name.
    """


Name = TypeAliasType("Name", Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,63}$")])
"""
A short machine name.
"""


NodeId = TypeAliasType("NodeId", Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,63}$")])
"""
Name of a node of the graph.
"""


NodeParameter = TypeAliasType(
    "NodeParameter", Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,63}[.][a-z][a-z0-9_]{0,63}$")]
)
"""
A parameter of a node, written node.parameter.
"""


NonNegative = TypeAliasType("NonNegative", Annotated[StrictFloat, Field(allow_inf_nan=False, ge=0.0)])
"""
A finite binary64 number that is not negative.
"""


NumericLevel = TypeAliasType("NumericLevel", Literal["bit_exact", "numeric"])
"""
What results are worth.
"""


class OperatingSystem(AwenModel):
    """
    An operating system.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    name: Line
    """
    Its name.
    """
    release: Line | None = None
    """
    Its release. Absent: not recorded.
    """
    libc: Line | None = None
    """
    Its C library and version. Absent: not recorded.
    """


OptimiserMethod = TypeAliasType("OptimiserMethod", Literal["gauss_newton", "gradient_descent", "direct"])
"""
Algorithms.
"""


Orcid = TypeAliasType("Orcid", Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$")])
"""
An ORCID in four groups of four.
"""


OutputMember = TypeAliasType("OutputMember", Literal["dtype", "shape", "unit", "quantity", "axes"])
"""
Members of an output's description.
"""


OutputName = TypeAliasType(
    "OutputName", Annotated[str, Field(pattern="^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*$")]
)
"""
Name of an output, normally node.quantity.
"""


class OutputTolerance(AwenModel):
    """
    Tolerance of one output.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    absolute: NonNegative
    """
    In the unit of the output.
    """
    relative: NonNegative
    """
    As a fraction of the recorded value.
    """


ParameterName = TypeAliasType("ParameterName", Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,127}$")])
"""
A key of the parameters.
"""


class Perturbation(AwenModel):
    """
    The cost at one shifted parameter.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    parameter: ParameterName
    """
    The parameter that was shifted.
    """
    shift: StrictFloat
    """
    By how much, in the parameter's unit.
    """
    cost: StrictFloat
    """
    The cost there.
    """


class PhaseCalibration(AwenModel):
    """
    What is known of one phase.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    offset_rad: StrictFloat
    """
    Phase without drive.
    """
    correction_rad: StrictFloat
    """
    Added at run time.
    """
    drift_rate_rad_s: StrictFloat
    """
    Ageing.
    """
    temperature_coefficient_rad_k: StrictFloat
    """
    Change with temperature.
    """
    ou_sigma_rad: NonNegative
    """
    Standard deviation of the Ornstein-Uhlenbeck drift.
    """
    ou_tau_s: NonNegative
    """
    Correlation time of that drift.
    """


class PhaseDrift(AwenModel):
    """
    How far one phase has drifted.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    drift_rad: StrictFloat
    """
    Phase now less phase at the record.
    """
    uncertainty_rad: NonNegative
    """
    How far the recorded calibration lets it have moved by the time of the twin.
    """


Port = TypeAliasType("Port", Annotated[str, Field(pattern="^o[1-9][0-9]{0,3}$")])
"""
A port of a node, counted from o1.
"""


PrefixAdditionalProperty = TypeAliasType(
    "PrefixAdditionalProperty", Annotated[str, Field(pattern="^[a-z][a-z0-9+.-]*:[!-~]+$")]
)


QualifiedName = TypeAliasType(
    "QualifiedName", Annotated[str, Field(pattern="^(_|[A-Za-z][A-Za-z0-9_-]*):[!-~]+$")]
)
"""
A name with a prefix, or one that is local to the document with the prefix _.
"""


Quantity = TypeAliasType("Quantity", Literal["optical_power", "optical_field", "photocurrent", "photon_count", "quadrature", "phase", "group_delay", "gradient", "cost", "parameter", "residual", "standard_error", "ratio", "rate", "temperature", "drift_rate", "margin", "probability"])
"""
What an output measures.
"""


class RelatedWork(AwenModel):
    """
    A work that the artifact relates to.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    relation: DataciteRelation
    """
    What the artifact is to that work, in DataCite's words.
    """
    type: IdentifierType
    """
    What kind of name the value is.
    """
    value: Line
    """
    The name of the work.
    """
    title: Line | None = None
    """
    Its title. Absent: not given.
    """


Relation = TypeAliasType("Relation", Literal["gradient_of", "calibration_for", "calibrated_by", "replay_of", "validation_of", "derived_from"])
"""
What a parent is to the artifact that names it.
"""


ReplayStep = TypeAliasType("ReplayStep", Literal["verify", "check", "execute", "compare", "attribute", "bisect"])
"""
Steps of a replay.
"""


ResultsId = TypeAliasType("ResultsId", Annotated[str, Field(pattern="^res_[0-9a-f]{64}$")])
"""
Name of the results.
"""


Ror = TypeAliasType(
    "Ror", Annotated[str, Field(pattern="^https://ror[.]org/0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$")]
)
"""
A ROR identifier as URL.
"""


class ScatteringEntry(AwenModel):
    """
    One element of a scattering matrix at every wavelength.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    output: Port
    """
    The port that light leaves by.
    """
    input: Port
    """
    The port that light enters by.
    """
    re: list[StrictFloat]
    """
    Real parts by wavelength.
    """
    im: list[StrictFloat]
    """
    Imaginary parts by wavelength.
    """


class ScatteringTable(AwenModel):
    """
    A scattering matrix by wavelength; entries that are not listed are zero.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    ports: Annotated[StrictInt, Field(ge=1, le=9999)]
    """
    How many ports it has.
    """
    wavelengths_um: Annotated[list[NonNegative], Field(min_length=2)]
    """
    Vacuum wavelengths.
    """
    entries: list[ScatteringEntry]
    """
    The non-zero elements, ascending by output, then input, as numbers.
    """


Semantics = TypeAliasType(
    "Semantics",
    Annotated[str, Field(pattern="^[a-z][a-z0-9-]{0,63}/(0|[1-9][0-9]{0,3})[.](0|[1-9][0-9]{0,3})$")],
)
"""
Name and version of a contract that defines results or procedures.
"""


Sha256 = TypeAliasType("Sha256", Annotated[str, Field(pattern="^[0-9a-f]{64}$")])
"""
SHA-256 digest in lower-case hexadecimal.
"""


SpdxId = TypeAliasType("SpdxId", Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9.+-]*$")])
"""
A licence identifier of the SPDX list.
"""


SpecVersion = TypeAliasType(
    "SpecVersion", Annotated[str, Field(pattern="^[1-9][0-9]{0,3}[.](0|[1-9][0-9]{0,3})$")]
)
"""
Version of the specification, MAJOR.MINOR.
"""


class StatisticalTest(AwenModel):
    """
    A statistical test of two samples.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    name: Name
    """
    The test.
    """
    level: Fraction
    """
    Probability of a false alarm.
    """
    statistic: StrictFloat
    """
    Its statistic.
    """
    p_value: Fraction
    """
    Probability of a statistic at least as great.
    """


Status = TypeAliasType("Status", Literal["completed", "aborted", "coherence_violated", "failed"])
"""
How an execution ended.
"""


StepOutcome = TypeAliasType("StepOutcome", Literal["ok", "warning", "failed"])
"""
How a step went.
"""


TelemetryName = TypeAliasType(
    "TelemetryName", Annotated[str, Field(pattern="^[a-z][a-z0-9_]*([.][a-z0-9_]+)*$")]
)
"""
A name of OpenTelemetry's kind.
"""


Text = TypeAliasType("Text", Annotated[str, Field(pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]+$")])
"""
Text for people, not empty; line breaks and tabs are allowed, other control characters are not.
"""


TimelinePhase = TypeAliasType("TimelinePhase", Literal["X", "i", "C", "M"])
"""
How something is drawn.
"""


TimelineScope = TypeAliasType("TimelineScope", Literal["t", "p", "g"])
"""
Scope of an instant.
"""


TimelineUnit = TypeAliasType("TimelineUnit", Literal["ns", "ms"])
"""
What times are shown in.
"""


Token = TypeAliasType("Token", Annotated[str, Field(pattern="^[!-~]+$")])
"""
Printable ASCII without spaces, as versions and tags have it.
"""


class Tolerance(AwenModel):
    """
    How far a number x may be from the recorded r, |x - r| <= absolute + relative * |r|.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    absolute: NonNegative
    """
    In the unit of the output.
    """
    relative: NonNegative
    """
    As a fraction of the recorded value.
    """


TypeName = TypeAliasType("TypeName", Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,63}$")])
"""
An artifact type. A reader meets types that it does not know, so that the list stays open here.
"""


Unit = TypeAliasType("Unit", Literal["1", "rad", "um", "W", "sqrt(W)", "dB", "dB/cm", "ps", "s", "Hz", "Hz-1", "THz", "K", "A", "A/W", "Ohm", "ps/(nm.km)", "rad/s", "rad/K"])
"""
The closed list of units, in UCUM spelling save for the root of a watt. Each quantity has one unit.
"""


Unsigned64 = TypeAliasType(
    "Unsigned64",
    Annotated[
        str,
        Field(
            pattern="^(0|[1-9][0-9]{0,18}|1[0-7][0-9]{18}|18[0-3][0-9]{17}|184[0-3][0-9]{16}|1844[0-5][0-9]{15}|18446[0-6][0-9]{14}|184467[0-3][0-9]{13}|1844674[0-3][0-9]{12}|184467440[0-6][0-9]{10}|1844674407[0-2][0-9]{9}|18446744073[0-6][0-9]{8}|1844674407370[0-8][0-9]{6}|18446744073709[0-4][0-9]{5}|184467440737095[0-4][0-9]{4}|18446744073709550[0-9]{3}|18446744073709551[0-5][0-9]{2}|1844674407370955160[0-9]|1844674407370955161[0-4]|18446744073709551615)$"
        ),
    ],
)
"""
An integer below 2 to the power of 64 in decimal digits, since JSON numbers end at 2 to the power of 53.
"""


Url = TypeAliasType("Url", Annotated[str, Field(pattern="^https?://[!-~]+$")])
"""
An absolute http or https URL.
"""


Verdict = TypeAliasType("Verdict", Literal["bit_exact", "within_tolerance", "statistically_consistent", "different"])
"""
How well a re-execution agrees with the record, best first.
"""


class WavelengthGrid(AwenModel):
    """
    Wavelengths start + (stop - start) * i / (points - 1), in that order of operations.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    kind: Literal["wavelength"]
    """
    Says which kind it is.
    """
    start_um: NonNegative
    """
    First vacuum wavelength.
    """
    stop_um: NonNegative
    """
    Last vacuum wavelength.
    """
    points: Annotated[StrictInt, Field(ge=1, le=10000000)]
    """
    How many.
    """


class WavelengthList(AwenModel):
    """
    Wavelengths one by one.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    kind: Literal["wavelength_list"]
    """
    Says which kind it is.
    """
    values_um: Annotated[list[NonNegative], Field(min_length=1)]
    """
    Vacuum wavelengths, strictly ascending.
    """


class ArtifactIds(AwenModel):
    """
    The three names that the manifest of the payload determines.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_id: ArtifactId
    """
    Over inputs, claim and results.
    """
    inputs_id: InputsId
    """
    Over the inputs.
    """
    results_id: ResultsId
    """
    Over the results.
    """


class CalibrationLimits(AwenModel):
    """
    What a calibration must not exceed.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    power_w: NonNegative | None = None
    """
    Source power. Absent: no limit.
    """
    phase_rad: NonNegative | None = None
    """
    Absolute phase drive. Absent: no limit.
    """
    step_rad: NonNegative | None = None
    """
    Change of a phase in one iteration. Absent: no limit.
    """
    residual: NonNegative | None = None
    """
    Residual at the end. Absent: no limit.
    """


class CoherenceWindow(AwenModel):
    """
    When and how long interference counts.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    start_ps: Unsigned64
    """
    First picosecond of the window.
    """
    end_ps: Unsigned64
    """
    Last picosecond of the window.
    """
    idle_budget_ps: Unsigned64
    """
    Longest time without an event.
    """
    decoherence_time_ps: Unsigned64
    """
    Time in which coherence decays to 1/e.
    """
    linewidth_hz: NonNegative
    """
    Linewidth of the light.
    """
    minimum_visibility: Fraction
    """
    Least visibility of interference.
    """


class Constraint(AwenModel):
    """
    Something that has to hold.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    measure: Measure
    """
    What is measured.
    """
    output: OutputName | None = None
    """
    On which output. Absent: the measure needs none.
    """
    reference: OutputName | None = None
    """
    Against which output, such as the other port of an extinction ratio. Absent: none.
    """
    unit: Unit
    """
    The unit of the bounds.
    """
    minimum: StrictFloat | None = None
    """
    Least value that passes. Absent: no lower bound.
    """
    maximum: StrictFloat | None = None
    """
    Greatest value that passes. Absent: no upper bound.
    """
    statement: Text | None = None
    """
    What it is about, for people. Absent: the measure says it.
    """


class ConstraintResult(AwenModel):
    """
    How one constraint fared.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    passed: bool
    """
    Whether it passed.
    """
    unit: Unit
    """
    The unit of the numbers.
    """
    measured: StrictFloat | None = None
    """
    The measured value. Absent: it could not be measured.
    """
    minimum: StrictFloat | None = None
    """
    Least value that passes. Absent: no lower bound.
    """
    maximum: StrictFloat | None = None
    """
    Greatest value that passes. Absent: no upper bound.
    """
    margin: StrictFloat | None = None
    """
    Distance to the nearest bound, negative outside. Absent: not measured.
    """
    message: Text | None = None
    """
    Why it could not be measured. Absent: it was.
    """


class Contact(AwenModel):
    """
    Whom to ask.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    name: Line
    """
    Name.
    """
    email: Email
    """
    Address.
    """


class ContentEntry(AwenModel):
    """
    One file under data/.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    sha256: Sha256
    """
    Digest of its bytes.
    """
    size_bytes: Count
    """
    Number of its bytes.
    """
    media_type: MediaType
    """
    Its media type.
    """


class ControlAction(AwenModel):
    """
    What a decision set.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    target: NodeParameter
    """
    The parameter of a node.
    """
    value: StrictFloat
    """
    To which value, in the target's unit.
    """
    effective_at_ps: Unsigned64
    """
    When the setting took effect on the experiment clock.
    """


class ControlDecision(AwenModel):
    """
    One decision as taken, a line of data/results/control.jsonl.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    at_ps: Unsigned64
    """
    When the decision was taken on the experiment clock.
    """
    rule: Count
    """
    Number of the rule in the graph, from 0.
    """
    shot: Count | None = None
    """
    Number of the shot, from 0. Absent: no shots are taken, and expectations decide.
    """
    node: NodeId
    """
    The node that measured.
    """
    measured: StrictFloat
    """
    What it measured.
    """
    action: ControlAction | None = None
    """
    What was set. Absent: nothing.
    """
    calibrated_at_ps: Unsigned64
    """
    Calibration time of the calibration state it used.
    """


class ControlRule(AwenModel):
    """
    What is measured, decided and set while the experiment runs.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    at_ps: Unsigned64
    """
    When the measurement starts on the experiment clock.
    """
    detector: NodeId
    """
    The node that measures.
    """
    target: NodeParameter
    """
    What is set.
    """
    gain: StrictFloat
    """
    Set value per unit measured, in the target's unit.
    """
    offset: StrictFloat
    """
    Set value where nothing is measured, in the target's unit.
    """
    threshold: StrictFloat | None = None
    """
    The rule acts only where the measured value is at least this. Absent: it always acts.
    """
    measure_ps: Unsigned64
    """
    Latency of the measurement.
    """
    decide_ps: Unsigned64
    """
    Latency of the decision.
    """
    actuate_ps: Unsigned64
    """
    Latency of setting.
    """


class Crosstalk(AwenModel):
    """
    The crosstalk matrix; phase i is the sum over j of matrix i,j times drive j.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    order: list[ParameterName]
    """
    The parameters that rows and columns stand for.
    """
    matrix: list[list[StrictFloat]]
    """
    Rows by columns.
    """


class DarkRate(AwenModel):
    """
    Dark counts of one counter.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    rate_hz: NonNegative
    """
    Counts a second without light.
    """


class Dependency(AwenModel):
    """
    A package.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    version: Token
    """
    Its version.
    """
    wheel_tag: Token | None = None
    """
    Tag of the wheel it was installed from. Absent: not installed from a wheel.
    """
    sha256: Sha256 | None = None
    """
    Digest of what it was installed from. Absent: not known.
    """


class Derivative(AwenModel):
    """
    A derivative.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    value: StrictFloat
    """
    Change of the cost per unit of the parameter.
    """
    standard_error: NonNegative | None = None
    """
    Its standard error. Absent: the cost is not sampled.
    """


class DeviceDrift(AwenModel):
    """
    Phases that a twin shows otherwise than the recorded device did, and whether a calibration for it would mend the result.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    phases: dict[ParameterName, PhaseDrift]
    """
    The drifted phases by parameter.
    """
    recalibrated: Verdict | None = None
    """
    Verdict of another re-execution with a calibration that undoes the drift. Absent: the device does not bear the drives for that.
    """


class DeviceIdentity(AwenModel):
    """
    Which piece of hardware.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    manufacturer: Line
    """
    Who made it.
    """
    model: Line
    """
    Its model.
    """
    serial: Line
    """
    Its serial number.
    """
    firmware: Line | None = None
    """
    Its firmware. Absent: it has none.
    """


class DeviceLimits(AwenModel):
    """
    What must not be exceeded.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    maximum_power_w: NonNegative | None = None
    """
    Greatest source power. Absent: no limit.
    """
    maximum_phase_rad: NonNegative | None = None
    """
    Greatest absolute phase drive. Absent: no limit.
    """
    maximum_nodes: Count | None = None
    """
    Most nodes. Absent: no limit.
    """
    maximum_points: Count | None = None
    """
    Most points of the grid. Absent: no limit.
    """
    maximum_shots: Count | None = None
    """
    Most shots. Absent: no limit.
    """


class Difference(AwenModel):
    """
    One thing in which two records differ.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    subject: DifferenceSubject
    """
    What kind of thing.
    """
    name: Line
    """
    Which one, such as a package, a parameter or a pointer.
    """
    path: Line
    """
    The file of the bundle that states it.
    """
    recorded: Text | None = None
    """
    The recorded value as JSON. Absent: the record has none.
    """
    replayed: Text | None = None
    """
    The other value as JSON. Absent: the other side has none.
    """
    effect: Effect
    """
    What is known of its effect.
    """


class DriftEstimate(AwenModel):
    """
    Measured drift of one phase.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    rate_rad_s: StrictFloat
    """
    Change of its phase.
    """
    standard_error_rad_s: NonNegative
    """
    Its standard error.
    """


class Edge(AwenModel):
    """
    A connection of two ports.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    ends: tuple[Endpoint, Endpoint]
    """
    The two endpoints.
    """
    delay_ps: NonNegative | None = None
    """
    Time that light takes. Absent: none.
    """


class Event(AwenModel):
    """
    Something that happened, a line of data/evidence/events.jsonl.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    sequence: Count
    """
    Number of the line, from 0.
    """
    elapsed_ns: Count
    """
    Nanoseconds since the execution began.
    """
    name: TelemetryName
    """
    What happened.
    """
    clock_ps: Unsigned64 | None = None
    """
    When on the experiment clock. Absent: not on that clock.
    """
    node: NodeId | None = None
    """
    The node. Absent: it concerns no single node.
    """
    attributes: dict[TelemetryName, bool | StrictFloat | str]
    """
    More by name.
    """


class ExperimentClock(AwenModel):
    """
    The clock that events are ordered by, in integer picoseconds.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    origin_ps: Unsigned64
    """
    The time at which the execution starts.
    """


class FrequencyGrid(AwenModel):
    """
    Frequencies start + (stop - start) * i / (points - 1), in that order of operations.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    kind: Literal["frequency"]
    """
    Says which kind it is.
    """
    start_thz: NonNegative
    """
    First frequency.
    """
    stop_thz: NonNegative
    """
    Last frequency.
    """
    points: Annotated[StrictInt, Field(ge=1, le=10000000)]
    """
    How many.
    """


class Funding(AwenModel):
    """
    A grant or another source of money.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    funder_name: Line
    """
    Who paid.
    """
    funder_ror: Ror | None = None
    """
    The funder's ROR identifier. Absent: not given.
    """
    award_number: Line | None = None
    """
    Number of the award. Absent: not given.
    """
    award_title: Line | None = None
    """
    Title of the award. Absent: not given.
    """
    award_url: Url | None = None
    """
    Page of the award. Absent: not given.
    """


class Gpu(AwenModel):
    """
    A graphics processor.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    model: Line
    """
    Its model.
    """
    driver: Token | None = None
    """
    Version of its driver. Absent: not recorded.
    """


class GradientTask(AwenModel):
    """
    Which derivatives of which cost, and how.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: Literal["gradient"]
    """
    The type of the artifact.
    """
    cost: Line
    """
    The cost as an expression over outputs.
    """
    method: GradientMethod
    """
    How the derivatives are taken.
    """
    parameters: Annotated[list[ParameterName], Field(min_length=1)]
    """
    With respect to which parameters.
    """
    step: StrictFloat | None = None
    """
    Step of finite differences, in each parameter's unit. Absent: another method.
    """
    parent: ArtifactId | None = None
    """
    The run that is differentiated. Absent: it does not exist as an artifact.
    """


Grid = TypeAliasType(
    "Grid", Annotated[FrequencyGrid | WavelengthGrid | WavelengthList, Field(discriminator="kind")]
)
"""
Where the circuit is solved.
"""


class Identifier(AwenModel):
    """
    A name of the artifact in some registry.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    type: IdentifierType
    """
    The registry.
    """
    value: Line
    """
    The name as the registry writes it; a DOI is bare.
    """


class InstrumentationScope(AwenModel):
    """
    What observed.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    name: Line
    """
    Its name.
    """
    version: Token
    """
    Its version.
    """


class KeyValue(AwenModel):
    """
    An attribute.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    key: Token
    """
    Its name.
    """
    value: AnyValue
    """
    Its value.
    """


class License(AwenModel):
    """
    A licence.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    name: Line
    """
    Its name.
    """
    spdx_id: SpdxId | None = None
    """
    Its SPDX identifier. Absent: it has none.
    """
    url: Url | None = None
    """
    Its text. Absent: it is not on the web.
    """


class LoweredComponent(AwenModel):
    """
    Nodes that are solved together.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    level: Count
    """
    Its level in the order of execution.
    """
    nodes: Annotated[list[LoweredId], Field(min_length=1)]
    """
    Its nodes.
    """


class LoweredNode(AwenModel):
    """
    A node after expansion.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    kind: Name
    """
    Its kind.
    """
    expanded_from: NodeId | None = None
    """
    The composite it came from. Absent: it is a node of the graph.
    """


class Metric(AwenModel):
    """
    One metric.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    kind: MetricKind
    """
    Its kind.
    """
    unit: Token
    """
    Its unit in UCUM.
    """
    description: Line
    """
    What it counts or measures.
    """
    points: Annotated[list[MetricPoint], Field(min_length=1)]
    """
    Its values, one for each set of attributes.
    """


Metrics = TypeAliasType("Metrics", dict[TelemetryName, Metric])
"""
The metrics of an execution by name, data/evidence/metrics.json.
"""


class Node(AwenModel):
    """
    A component.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    kind: Name
    """
    Its kind; the semantics say which there are.
    """
    params: dict[Name, StrictFloat | ParameterName]
    """
    Its parameters; the kind says which.
    """
    table: ScatteringTable | None = None
    """
    Its scattering matrix, for kind s_matrix. Absent: the kind is a formula.
    """


class NumericSelfTest(AwenModel):
    """
    Whether arithmetic on this machine gives the bits of the specification.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    level: NumericLevel
    """
    What results of this machine are worth.
    """
    digest: Sha256
    """
    Digest of what the self-test computed.
    """


class Optimiser(AwenModel):
    """
    How a state is fitted.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    method: OptimiserMethod
    """
    The algorithm.
    """
    maximum_iterations: Count
    """
    After how many steps it gives up.
    """
    tolerance: NonNegative
    """
    Residual below which it stops.
    """


class Organization(AwenModel):
    """
    An organization.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    name: Line
    """
    Its name.
    """
    ror: Ror | None = None
    """
    Its ROR identifier. Absent: not given.
    """


class OrganizationCreator(AwenModel):
    """
    An organization as author.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    type: Literal["organization"]
    """
    Says which kind it is.
    """
    name: Line
    """
    Its name.
    """
    ror: Ror | None = None
    """
    Its ROR identifier. Absent: not given.
    """


class OtlpResource(AwenModel):
    """
    What was observed.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    attributes: list[KeyValue]
    """
    Its attributes.
    """


class Output(AwenModel):
    """
    One numeric output.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    dtype: Dtype
    """
    How its elements are stored.
    """
    shape: list[Count]
    """
    Lengths of its axes; none for a scalar.
    """
    unit: Unit
    """
    Its unit.
    """
    quantity: Quantity
    """
    What it measures.
    """
    axes: list[Name]
    """
    Names of its axes. The last may be complex, with real and imaginary part.
    """
    sampled: bool
    """
    Whether its values are random draws.
    """
    file: Annotated[str, Field(pattern="^arrays/[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*[.]npy$")]
    """
    Its file beside this one.
    """


class OutputComparison(AwenModel):
    """
    How one output differs. Metrics are absent where the two cannot be subtracted.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    verdict: Verdict
    """
    Verdict on this output.
    """
    mismatch: OutputMember | None = None
    """
    In which member of their descriptions the two differ. Absent: in none.
    """
    elements: Count | None = None
    """
    How many elements were compared. Absent: none.
    """
    max_absolute_error: NonNegative | None = None
    """
    Greatest distance. Absent: not compared.
    """
    max_relative_error: NonNegative | None = None
    """
    Greatest distance over the recorded modulus. Absent: not compared, or every recorded element is zero.
    """
    zero_mismatches: Count | None = None
    """
    Elements that are recorded as zero and are not zero now. Absent: not compared.
    """
    rms_error: NonNegative | None = None
    """
    Root mean square distance. Absent: not compared.
    """
    max_ulp: Unsigned64 | None = None
    """
    Greatest distance in units of the last place. Absent: not compared, or not binary64.
    """
    fidelity: NonNegative | None = None
    """
    Overlap of two fields. Absent: no field, or one of them is zero.
    """
    tolerance_absolute: NonNegative | None = None
    """
    The absolute tolerance that was applied. Absent: not compared.
    """
    tolerance_relative: NonNegative | None = None
    """
    The relative tolerance that was applied. Absent: not compared.
    """
    test: StatisticalTest | None = None
    """
    Statistical test of a sampled output. Absent: none was needed.
    """


Outputs = TypeAliasType("Outputs", dict[OutputName, Output])
"""
The outputs by name, data/results/outputs.json. It describes them; the values stand in NPY files.
"""


class Parameter(AwenModel):
    """
    A value with its unit.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    value: StrictFloat
    """
    The value.
    """
    unit: Unit
    """
    Its unit.
    """


Parameters = TypeAliasType("Parameters", dict[ParameterName, Parameter])
"""
The parameters by name, data/inputs/parameters.json.
"""


class Parent(AwenModel):
    """
    An artifact this one came from.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_id: ArtifactId
    """
    Its name.
    """
    relation: Relation
    """
    What it is to this one.
    """


class PersonCreator(AwenModel):
    """
    A person.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    type: Literal["person"]
    """
    Says which kind it is.
    """
    family_name: Line
    """
    Family name, or the whole name where there is only one.
    """
    given_name: Line | None = None
    """
    Given names. Absent: the person has one name only.
    """
    name_particle: Line | None = None
    """
    Particle before the family name, such as van der. Absent: none.
    """
    name_suffix: Line | None = None
    """
    Suffix such as Jr. Absent: none.
    """
    orcid: Orcid | None = None
    """
    ORCID. Absent: not given.
    """
    email: Email | None = None
    """
    Address. Absent: not given.
    """
    affiliations: Annotated[list[Organization] | None, Field(min_length=1)] = None
    """
    Where the person works. Absent: not given.
    """


class Processor(AwenModel):
    """
    A processor.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    architecture: Token
    """
    Its instruction set.
    """
    logical_cores: Annotated[StrictInt, Field(ge=1, le=9007199254740991)]
    """
    How many logical cores.
    """
    features: list[Token]
    """
    Instruction set extensions that numerics may depend on.
    """
    model: Line | None = None
    """
    Its model. Absent: not recorded.
    """


class ProvAssociation(AwenModel):
    """
    An agent was responsible for an activity.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_activity: Annotated[QualifiedName, Field(alias="prov:activity")]
    """
    The activity.
    """
    prov_agent: Annotated[QualifiedName, Field(alias="prov:agent")]
    """
    The agent.
    """


class ProvAttribution(AwenModel):
    """
    An entity is an agent's work.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_entity: Annotated[QualifiedName, Field(alias="prov:entity")]
    """
    The entity.
    """
    prov_agent: Annotated[QualifiedName, Field(alias="prov:agent")]
    """
    The agent.
    """


class ProvCommunication(AwenModel):
    """
    An activity used what another made.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_informed: Annotated[QualifiedName, Field(alias="prov:informed")]
    """
    The later activity.
    """
    prov_informant: Annotated[QualifiedName, Field(alias="prov:informant")]
    """
    The earlier activity.
    """


class ProvDelegation(AwenModel):
    """
    An agent acted for another.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_delegate: Annotated[QualifiedName, Field(alias="prov:delegate")]
    """
    Who acted.
    """
    prov_responsible: Annotated[QualifiedName, Field(alias="prov:responsible")]
    """
    For whom.
    """


class ProvGeneration(AwenModel):
    """
    An activity made an entity.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_activity: Annotated[QualifiedName, Field(alias="prov:activity")]
    """
    The activity.
    """
    prov_entity: Annotated[QualifiedName, Field(alias="prov:entity")]
    """
    The entity.
    """
    prov_time: Annotated[Instant | None, Field(alias="prov:time")] = None
    """
    When. Absent: not stated.
    """


class ProvMembership(AwenModel):
    """
    An entity is part of another.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_collection: Annotated[QualifiedName, Field(alias="prov:collection")]
    """
    The whole.
    """
    prov_entity: Annotated[QualifiedName, Field(alias="prov:entity")]
    """
    The part.
    """


class ProvQualified(AwenModel):
    """
    A qualified name as attribute value.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    field_: Annotated[QualifiedName, Field(alias="$")]
    """
    The name.
    """
    type: Literal["prov:QUALIFIED_NAME"]
    """
    Says that it is one.
    """


class ProvUsage(AwenModel):
    """
    An activity used an entity.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_activity: Annotated[QualifiedName, Field(alias="prov:activity")]
    """
    The activity.
    """
    prov_entity: Annotated[QualifiedName, Field(alias="prov:entity")]
    """
    The entity.
    """
    prov_time: Annotated[Instant | None, Field(alias="prov:time")] = None
    """
    When. Absent: not stated.
    """


class PythonBuild(AwenModel):
    """
    A Python.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    implementation: Line
    """
    CPython or another.
    """
    version: Token
    """
    Its version.
    """
    build: Line
    """
    Its build.
    """
    compiler: Line
    """
    What it was compiled with.
    """


class Reason(AwenModel):
    """
    Why an execution did not complete.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    code: FindingCode
    """
    Finding code.
    """
    message: Text
    """
    What happened; in the body of a run the message of the code's registry entry.
    """
    node: NodeId | None = None
    """
    The node where it happened. Absent: it concerns the whole graph.
    """


class ReplayLogEntry(AwenModel):
    """
    One step of a replay, a line of data/evidence/replay_log.jsonl.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    sequence: Count
    """
    Number of the line, from 0.
    """
    elapsed_ns: Count
    """
    Nanoseconds since the replay began.
    """
    step: ReplayStep
    """
    What was done.
    """
    outcome: StepOutcome
    """
    How it went.
    """
    message: Text
    """
    What happened.
    """


class ReplayTask(AwenModel):
    """
    What is executed again.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: Literal["replay"]
    """
    The type of the artifact.
    """
    artifact_id: ArtifactId
    """
    The artifact.
    """
    seed: Unsigned64
    """
    The seed that is used.
    """
    as_of_ps: Unsigned64
    """
    The time on the experiment clock at which age and expiry are judged.
    """


class RunBody(AwenModel):
    """
    What a run did.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: Literal["run"]
    """
    The type of the artifact.
    """
    status: Status
    """
    How the execution ended.
    """
    reason: Reason | None = None
    """
    Why it did not complete. Absent: it completed.
    """
    shots: Count
    """
    Samples that were taken of each sampled output.
    """
    recorded_states: list[Endpoint]
    """
    Endpoints whose field is among the outputs.
    """


class Runtime(AwenModel):
    """
    An implementation.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    name: Line
    """
    Its name.
    """
    version: Token
    """
    Its version.
    """


class SpanEvent(AwenModel):
    """
    Something that happened within a span.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    timeUnixNano: Unsigned64
    """
    When.
    """
    name: Line
    """
    What.
    """
    attributes: Annotated[list[KeyValue] | None, Field(min_length=1)] = None
    """
    Its attributes. Absent: none.
    """


class SpanStatus(AwenModel):
    """
    How a span ended.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    code: Annotated[StrictInt, Field(ge=0, le=2)]
    """
    0 unset, 1 ok, 2 error.
    """
    message: Text | None = None
    """
    More. Absent: nothing.
    """


class TimelineEvent(AwenModel):
    """
    Something on the time axis.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    name: Line
    """
    What.
    """
    ph: TimelinePhase
    """
    How it is drawn.
    """
    pid: Count
    """
    Row group.
    """
    tid: Count
    """
    Row.
    """
    cat: Line | None = None
    """
    Category. Absent: none.
    """
    ts: NonNegative | None = None
    """
    Microseconds at its begin. Absent: it has no time.
    """
    dur: NonNegative | None = None
    """
    Microseconds it took. Absent: no complete event.
    """
    s: TimelineScope | None = None
    """
    Scope of an instant. Absent: no instant, or that of its row.
    """
    args: Annotated[dict[Token, bool | StrictFloat | str] | None, Field(min_length=1)] = None
    """
    More by name. Absent: nothing.
    """


class Tool(AwenModel):
    """
    A piece of software.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    name: Line
    """
    Its name.
    """
    version: Token
    """
    Its version.
    """
    url: Url
    """
    Where it is described.
    """


class TwinModel(AwenModel):
    """
    A simulated device that drifts, ages and counts in the dark.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    seed: Unsigned64
    """
    Owns the randomness of its drift.
    """
    at_ps: Unsigned64
    """
    Its time on the experiment clock.
    """
    temperature_k: NonNegative
    """
    Its temperature.
    """
    reference_temperature_k: NonNegative
    """
    The temperature at which its offsets hold.
    """
    phases: dict[ParameterName, PhaseCalibration]
    """
    Its true phases by parameter.
    """
    crosstalk: Crosstalk
    """
    Its true crosstalk.
    """
    dark_rates: dict[NodeId, DarkRate]
    """
    Its true dark counts by counter node.
    """


class ValidationBody(AwenModel):
    """
    What held and what did not.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: Literal["validation"]
    """
    The type of the artifact.
    """
    status: Status
    """
    How the execution ended.
    """
    reason: Reason | None = None
    """
    Why it did not complete. Absent: it completed.
    """
    passed: bool
    """
    Whether every constraint passed.
    """
    constraints: dict[OutputName, ConstraintResult]
    """
    The constraints by id.
    """


class ValidationTask(AwenModel):
    """
    Which constraints are held against which artifacts.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: Literal["validation"]
    """
    The type of the artifact.
    """
    procedure: Semantics
    """
    The contract of the procedure that measures.
    """
    subjects: list[ArtifactId]
    """
    The artifacts that are judged; none where the procedure judges something else.
    """
    as_of_ps: Unsigned64
    """
    The time on the experiment clock at which ages are judged.
    """
    constraints: dict[OutputName, Constraint]
    """
    The constraints by id.
    """


class Calibration(AwenModel):
    """
    The calibration state that was used, data/inputs/calibration.json. The identity is written out.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    phases: dict[ParameterName, PhaseCalibration]
    """
    The calibrated phases by parameter.
    """
    crosstalk: Crosstalk
    """
    How drives act on phases.
    """
    dark_rates: dict[NodeId, DarkRate]
    """
    Dark counts by counter node.
    """
    temperature_k: NonNegative
    """
    Temperature at calibration.
    """
    calibrated_at_ps: Unsigned64
    """
    When it was made on the experiment clock.
    """
    expires_at_ps: Unsigned64 | None = None
    """
    From when it must not be used. Absent: it does not expire.
    """
    stale_limit_rad: NonNegative | None = None
    """
    Phase uncertainty from which it is stale. Absent: staleness is not judged.
    """
    extensions: Extensions | None = None
    """
    Data of others. Absent: there is none.
    """


class CalibrationBody(AwenModel):
    """
    What a calibration found.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: Literal["calibration"]
    """
    The type of the artifact.
    """
    status: Status
    """
    How the execution ended.
    """
    reason: Reason | None = None
    """
    Why it did not complete. Absent: it completed.
    """
    before: Calibration
    """
    The state before.
    """
    after: Calibration | None = None
    """
    The fitted state, with its expiry. Absent: none was reached.
    """
    drift: dict[ParameterName, DriftEstimate]
    """
    Drift by parameter, as far as it was measured.
    """
    iterations: Count
    """
    Steps of the optimiser.
    """
    residual_before: NonNegative
    """
    Residual of the state before.
    """
    residual_after: NonNegative | None = None
    """
    Residual of the fitted state. Absent: none was reached.
    """
    warnings: list[Reason]
    """
    Soft limits that were exceeded.
    """


class CalibrationTask(AwenModel):
    """
    What is calibrated, and within which limits.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: Literal["calibration"]
    """
    The type of the artifact.
    """
    procedure: CalibrationProcedure
    """
    What is measured.
    """
    targets: Annotated[list[ParameterName], Field(min_length=1)]
    """
    The parameters or counters that are calibrated.
    """
    optimiser: Optimiser
    """
    How the state is fitted.
    """
    soft_limits: CalibrationLimits
    """
    Limits whose violation is reported.
    """
    hard_limits: CalibrationLimits
    """
    Limits whose violation aborts.
    """
    as_of_ps: Unsigned64
    """
    When the calibration is made on the experiment clock.
    """


class Claim(AwenModel):
    """
    The claim, data/claim/claim.json.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    tolerance: Tolerance
    """
    How far a re-execution may be off.
    """
    output_tolerances: Annotated[dict[OutputName, OutputTolerance] | None, Field(min_length=1)] = None
    """
    Tolerances of single outputs. Absent: all share the one above.
    """
    parents: list[Parent]
    """
    The artifacts this one came from.
    """
    environment_digest: Sha256 | None = None
    """
    Digest of data/evidence/environment.json. Absent: not a replay.
    """


class Comparison(AwenModel):
    """
    How two results differ, and what may be the cause.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    verdict: Verdict
    """
    The worst over the outputs, or different where one side has other outputs or ended otherwise.
    """
    outputs: dict[OutputName, OutputComparison]
    """
    Metrics of each output that both sides have.
    """
    only_recorded: list[OutputName]
    """
    Outputs that only the record has.
    """
    only_replayed: list[OutputName]
    """
    Outputs that only the other side has.
    """
    attribution: list[Difference]
    """
    Everything in which the two records differ, the likeliest cause first.
    """
    drift: DeviceDrift | None = None
    """
    How the device has drifted since the record. Absent: it shows the phases that the recorded device showed, or nobody can tell.
    """


Creator = TypeAliasType(
    "Creator", Annotated[OrganizationCreator | PersonCreator, Field(discriminator="type")]
)
"""
A person or an organization that made the artifact.
"""


class Device(AwenModel):
    """
    The device, data/inputs/device.json.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    type: DeviceType
    """
    What kind of device.
    """
    capabilities: list[Name]
    """
    The component kinds it can execute.
    """
    limits: DeviceLimits
    """
    What must not be exceeded.
    """
    identity: DeviceIdentity | None = None
    """
    Which piece of hardware. Absent: it is not hardware.
    """
    twin: TwinModel | None = None
    """
    The model behind a twin. Absent: it is not a twin.
    """
    extensions: Extensions | None = None
    """
    Data of others. Absent: there is none.
    """


class Environment(AwenModel):
    """
    The environment, data/evidence/environment.json, collected by allow-list.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    runtime: Runtime
    """
    The implementation that ran.
    """
    python: PythonBuild | None = None
    """
    The Python it ran on. Absent: it is not written in Python.
    """
    os: OperatingSystem
    """
    The operating system.
    """
    cpu: Processor
    """
    The processor.
    """
    memory: Memory | None = None
    """
    The memory. Absent: not recorded.
    """
    gpus: list[Gpu]
    """
    Graphics processors that were there; they have no part in the results.
    """
    feature_flags: FeatureFlags
    """
    What was switched on.
    """
    numerics: NumericSelfTest | None = None
    """
    What the numeric self-test found. Absent: there was none.
    """
    dependencies: dict[Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")], Dependency]
    """
    Packages by normalised name.
    """
    extensions: Extensions | None = None
    """
    Data of others. Absent: there is none.
    """


class Experiment(AwenModel):
    """
    The experiment, data/inputs/experiment.json.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: TypeName
    """
    The type of the artifact.
    """
    semantics: Semantics
    """
    The contract that defines the results, not the software that computed them.
    """
    seed: Unsigned64
    """
    Owns all randomness.
    """
    shots: Annotated[StrictInt, Field(ge=0, le=1000000000)]
    """
    Samples of each sampled output; 0 asks for expectations only.
    """
    grid: Grid
    """
    Where in wavelength or frequency the circuit is solved.
    """
    clock: ExperimentClock | None = None
    """
    The experiment clock. Absent: nothing happens in time.
    """
    coherence_window: CoherenceWindow | None = None
    """
    How long light stays coherent. Absent: coherence is not judged.
    """
    record: list[Endpoint]
    """
    Endpoints whose field is an output.
    """
    extensions: Extensions | None = None
    """
    Data of others. Absent: there is none.
    """


class GradientBody(AwenModel):
    """
    The cost and its derivatives.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: Literal["gradient"]
    """
    The type of the artifact.
    """
    status: Status
    """
    How the execution ended.
    """
    reason: Reason | None = None
    """
    Why it did not complete. Absent: it completed.
    """
    baseline_cost: StrictFloat | None = None
    """
    The cost where the derivatives are taken. Absent: the execution did not get that far.
    """
    baseline_standard_error: NonNegative | None = None
    """
    Its standard error. Absent: the cost is not sampled.
    """
    gradient: dict[ParameterName, Derivative]
    """
    The derivatives by parameter.
    """
    perturbations: list[Perturbation]
    """
    Costs at shifted parameters, in the order of evaluation; none for the adjoint method.
    """
    evaluations: Count
    """
    Forward evaluations of the circuit.
    """


class Graph(AwenModel):
    """
    The circuit, data/inputs/ir.json. Every port of every node is connected exactly once.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    nodes: dict[NodeId, Node]
    """
    The components by id.
    """
    edges: list[Edge]
    """
    The connections.
    """
    control: Annotated[list[ControlRule] | None, Field(min_length=1)] = None
    """
    What is decided while the experiment runs. Absent: nothing is.
    """
    extensions: Extensions | None = None
    """
    Data of others. Absent: there is none.
    """


class LoweredGraph(AwenModel):
    """
    The plan of an execution, data/evidence/ir.lowered.json.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    semantics: Semantics
    """
    The contract it implements.
    """
    method: Name
    """
    Which of the equivalent walks was taken.
    """
    nodes: dict[LoweredId, LoweredNode]
    """
    Nodes after expansion of composites.
    """
    pruned: list[LoweredId]
    """
    Nodes that no source reaches or no output depends on.
    """
    components: list[LoweredComponent]
    """
    Strongly connected components in the order of execution, each by its nodes in the order of elimination.
    """


class Manifest(AwenModel):
    """
    The manifest of a bundle, manifest.json.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: TypeName
    """
    Selects the classes of the task and the body.
    """
    spec_version: SpecVersion
    """
    Version of the specification the bundle was written to.
    """
    ids: ArtifactIds
    """
    The names of the artifact; the seal is not among them, for it covers this file.
    """
    created: Instant
    """
    When this record was sealed.
    """
    tool: Tool
    """
    The software that sealed it.
    """
    content: dict[
        Annotated[str, StringConstraints(pattern=r"^data/[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*$")],
        ContentEntry,
    ]
    """
    Every file under data/ by its path.
    """
    critical: Annotated[list[ExtensionKey] | None, Field(min_length=1)] = None
    """
    Extensions without which the bundle would be misread. Absent: there is none.
    """
    extensions: Extensions | None = None
    """
    Data of others. Absent: there is none.
    """


class Metadata(AwenModel):
    """
    The description of an artifact, metadata.json. It never takes part in the identity.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    title: Line
    """
    One line, for people.
    """
    description: Text
    """
    What was done and found.
    """
    created: Instant
    """
    When the artifact came to be; the date that citations give.
    """
    license: License
    """
    Under what terms others may use it.
    """
    creators: Annotated[list[Creator], Field(min_length=1)]
    """
    Who made it, in the order of citation.
    """
    version: Line | None = None
    """
    The author's version of the artifact. Absent: the author gives none.
    """
    keywords: Annotated[list[Line] | None, Field(min_length=1)] = None
    """
    Tags. Absent: there are none.
    """
    notes: Text | None = None
    """
    Anything else for the reader. Absent: nothing.
    """
    publisher: Organization | None = None
    """
    Who published it. Absent: it is not published.
    """
    contact: Contact | None = None
    """
    Whom to ask. Absent: nobody is named.
    """
    funding: Annotated[list[Funding] | None, Field(min_length=1)] = None
    """
    Who paid. Absent: nothing is stated.
    """
    identifiers: Annotated[list[Identifier] | None, Field(min_length=1)] = None
    """
    Names that others gave it. Absent: none was assigned.
    """
    related: Annotated[list[RelatedWork] | None, Field(min_length=1)] = None
    """
    Works it relates to, besides its parents. Absent: there are none.
    """
    extensions: Extensions | None = None
    """
    Data of others. Absent: there is none.
    """


class ProvActivity(AwenModel):
    """
    An activity.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_startTime: Annotated[Instant, Field(alias="prov:startTime")]
    """
    When it began.
    """
    prov_endTime: Annotated[Instant, Field(alias="prov:endTime")]
    """
    When it ended.
    """
    prov_type: Annotated[ProvQualified, Field(alias="prov:type")]
    """
    Its type.
    """
    prov_label: Annotated[Line | None, Field(alias="prov:label")] = None
    """
    Its label. Absent: none.
    """


class ProvAgent(AwenModel):
    """
    An agent.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_type: Annotated[ProvQualified, Field(alias="prov:type")]
    """
    Its type.
    """
    prov_label: Annotated[Line | None, Field(alias="prov:label")] = None
    """
    Its label. Absent: none.
    """


class ProvDerivation(AwenModel):
    """
    An entity was made from another.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_generatedEntity: Annotated[QualifiedName, Field(alias="prov:generatedEntity")]
    """
    What was made.
    """
    prov_usedEntity: Annotated[QualifiedName, Field(alias="prov:usedEntity")]
    """
    From what.
    """
    prov_type: Annotated[ProvQualified | None, Field(alias="prov:type")] = None
    """
    The relation. Absent: a derivation and no more.
    """


class ProvEntity(AwenModel):
    """
    An entity.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prov_type: Annotated[ProvQualified, Field(alias="prov:type")]
    """
    Its type.
    """
    prov_label: Annotated[Line | None, Field(alias="prov:label")] = None
    """
    Its label. Absent: none.
    """
    awen_artifactType: Annotated[TypeName | None, Field(alias="awen:artifactType")] = None
    """
    The artifact type. Absent: no artifact, or not known.
    """


class Provenance(AwenModel):
    """
    Who and what made the results, data/evidence/provenance.json.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    prefix: dict[
        Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")], PrefixAdditionalProperty
    ]
    """
    Namespaces by prefix.
    """
    entity: dict[QualifiedName, ProvEntity]
    """
    Entities by name.
    """
    activity: dict[QualifiedName, ProvActivity]
    """
    Activities by name.
    """
    agent: dict[QualifiedName, ProvAgent]
    """
    Agents by name.
    """
    used: dict[QualifiedName, ProvUsage]
    """
    What activities used.
    """
    wasGeneratedBy: dict[QualifiedName, ProvGeneration]
    """
    What activities made.
    """
    wasAssociatedWith: dict[QualifiedName, ProvAssociation]
    """
    Whose activities they were.
    """
    wasDerivedFrom: dict[QualifiedName, ProvDerivation]
    """
    What was made from what.
    """
    hadMember: Annotated[dict[QualifiedName, ProvMembership] | None, Field(min_length=1)] = None
    """
    What consists of what. Absent: nothing does.
    """
    wasAttributedTo: Annotated[dict[QualifiedName, ProvAttribution] | None, Field(min_length=1)] = None
    """
    Whose work it is. Absent: not stated.
    """
    wasInformedBy: Annotated[dict[QualifiedName, ProvCommunication] | None, Field(min_length=1)] = None
    """
    Which activity followed which. Absent: there is one only.
    """
    actedOnBehalfOf: Annotated[dict[QualifiedName, ProvDelegation] | None, Field(min_length=1)] = None
    """
    Who acted for whom. Absent: not stated.
    """


class ReplayBody(AwenModel):
    """
    What the re-execution showed. A refused replay executes nothing and leaves no bundle.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    artifact_type: Literal["replay"]
    """
    The type of the artifact.
    """
    status: Status
    """
    How the execution ended.
    """
    reason: Reason | None = None
    """
    Why it did not complete. Absent: it completed.
    """
    recorded_status: Status
    """
    How the recorded execution ended.
    """
    replayed_status: Status
    """
    How the re-execution ended.
    """
    comparison: Comparison
    """
    The two results side by side.
    """


class Span(AwenModel):
    """
    One operation.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    traceId: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    """
    The trace it belongs to.
    """
    spanId: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    """
    Its id.
    """
    parentSpanId: Annotated[str | None, Field(pattern="^[0-9a-f]{16}$")] = None
    """
    The span it happened in. Absent: it is the root.
    """
    name: Line
    """
    What was done.
    """
    kind: Annotated[StrictInt, Field(ge=0, le=5)]
    """
    Its kind by number; 1 is internal.
    """
    startTimeUnixNano: Unsigned64
    """
    When it began.
    """
    endTimeUnixNano: Unsigned64
    """
    When it ended.
    """
    attributes: Annotated[list[KeyValue] | None, Field(min_length=1)] = None
    """
    Its attributes. Absent: none.
    """
    events: Annotated[list[SpanEvent] | None, Field(min_length=1)] = None
    """
    What happened in it. Absent: nothing.
    """
    status: SpanStatus | None = None
    """
    How it ended. Absent: nothing to say.
    """


Task = TypeAliasType(
    "Task",
    Annotated[
        CalibrationTask | GradientTask | ReplayTask | ValidationTask, Field(discriminator="artifact_type")
    ],
)
"""
The type's own inputs, data/inputs/task.json. A run has none.
"""


class Timeline(AwenModel):
    """
    The execution on a time axis, data/evidence/timeline.json.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    traceEvents: list[TimelineEvent]
    """
    What is drawn.
    """
    displayTimeUnit: TimelineUnit | None = None
    """
    What times are shown in. Absent: milliseconds.
    """


Body = TypeAliasType(
    "Body",
    Annotated[
        CalibrationBody | GradientBody | ReplayBody | RunBody | ValidationBody,
        Field(discriminator="artifact_type"),
    ],
)
"""
The type's own results, data/results/body.json.
"""


class ScopeSpans(AwenModel):
    """
    Spans of one instrumentation.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    scope: InstrumentationScope
    """
    The instrumentation.
    """
    spans: list[Span]
    """
    Its spans.
    """
    schemaUrl: Url | None = None
    """
    Which semantic conventions. Absent: not stated.
    """


class ResourceSpans(AwenModel):
    """
    Spans of one resource.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    resource: OtlpResource
    """
    What was observed.
    """
    scopeSpans: Annotated[list[ScopeSpans], Field(min_length=1)]
    """
    Spans by instrumentation.
    """
    schemaUrl: Url | None = None
    """
    Which semantic conventions. Absent: not stated.
    """


class TracesData(AwenModel):
    """
    Spans of an execution, a line of data/evidence/traces.jsonl.
    """

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
    )
    resourceSpans: Annotated[list[ResourceSpans], Field(min_length=1)]
    """
    Spans by resource.
    """
