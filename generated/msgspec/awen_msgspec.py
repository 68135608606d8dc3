"""Documents of bundles as msgspec structs. Generated from the LinkML modules: do not edit.

Shapes, patterns and bounds are checked when a document is decoded; conditions between members, and that lists
are sorted and without repetition, say the JSON Schemas. Needs msgspec and nothing of AWEN.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, field


class AnyValue(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A value of one of four types.
    """

    stringValue: Annotated[str, Meta(description="A string. Absent: another type.")] | UnsetType = UNSET
    """
    A string. Absent: another type.
    """
    boolValue: Annotated[bool, Meta(description="A truth value. Absent: another type.")] | UnsetType = UNSET
    """
    A truth value. Absent: another type.
    """
    intValue: (
        Annotated[
            str,
            Meta(
                description="An integer in decimal digits. Absent: another type.",
                pattern="^(0|-?[1-9][0-9]{0,18})$",
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    An integer in decimal digits. Absent: another type.
    """
    doubleValue: Annotated[float, Meta(description="A number. Absent: another type.")] | UnsetType = UNSET
    """
    A number. Absent: another type.
    """


ArtifactId: TypeAlias = Annotated[
    str,
    Meta(
        description="Name of an artifact, taken from the lines of its inputs, claim and results.",
        pattern="^awen_[0-9a-f]{64}$",
    ),
]
"""
Name of an artifact, taken from the lines of its inputs, claim and results.
"""


CalibrationProcedure: TypeAlias = Annotated[
    Literal["phase_response", "dark_counts", "crosstalk"], Meta(description="What is measured.")
]
"""
What is measured.
"""


Count: TypeAlias = Annotated[
    int, Meta(description="A number of things, exact in binary64.", ge=0, le=9007199254740991)
]
"""
A number of things, exact in binary64.
"""


DataciteRelation: TypeAlias = Annotated[
    Literal["IsCitedBy", "Cites", "IsSupplementTo", "IsSupplementedBy", "IsContinuedBy", "Continues", "IsDescribedBy", "Describes", "HasMetadata", "IsMetadataFor", "HasVersion", "IsVersionOf", "IsNewVersionOf", "IsPreviousVersionOf", "IsPartOf", "HasPart", "IsPublishedIn", "IsReferencedBy", "References", "IsDocumentedBy", "Documents", "IsCompiledBy", "Compiles", "IsVariantFormOf", "IsOriginalFormOf", "IsIdenticalTo", "IsReviewedBy", "Reviews", "IsDerivedFrom", "IsSourceOf", "IsRequiredBy", "Requires", "IsObsoletedBy", "Obsoletes", "IsCollectedBy", "Collects"],
    Meta(description="The relationType list of DataCite 4.5."),
]
"""
The relationType list of DataCite 4.5.
"""


DeviceType: TypeAlias = Annotated[
    Literal["simulator", "twin", "hardware"], Meta(description="Kinds of devices.")
]
"""
Kinds of devices.
"""


DifferenceSubject: TypeAlias = Annotated[
    Literal["graph", "parameter", "experiment", "seed", "calibration", "device", "task", "engine", "package", "platform", "evidence"],
    Meta(description="Kinds of differences, in the order of how directly they act on results."),
]
"""
Kinds of differences, in the order of how directly they act on results.
"""


Dtype: TypeAlias = Annotated[
    Literal["<f8", "<i8", "<u8", "|b1"], Meta(description="Element types of NPY files.")
]
"""
Element types of NPY files.
"""


Effect: TypeAlias = Annotated[
    Literal["cause", "possible", "no_effect", "irrelevant"],
    Meta(description="What a difference does to the results."),
]
"""
What a difference does to the results.
"""


Email: TypeAlias = Annotated[
    str, Meta(description="An electronic mail address.", pattern="^[!-?A-~]+@[!-?A-~]+$")
]
"""
An electronic mail address.
"""


Endpoint: TypeAlias = Annotated[
    str,
    Meta(
        description="A port of the graph, written node.port.",
        pattern="^[a-z][a-z0-9_]{0,63}[.]o[1-9][0-9]{0,3}$",
    ),
]
"""
A port of the graph, written node.port.
"""


ExtensionKey: TypeAlias = Annotated[
    str,
    Meta(
        description="Reverse-domain name of an extension.",
        pattern="^[a-z][a-z0-9-]*([.][a-z0-9][a-z0-9-]*)+$",
    ),
]
"""
Reverse-domain name of an extension.
"""


Extensions: TypeAlias = Annotated[
    dict[ExtensionKey, Any],
    Meta(
        description="Data of others by reverse-domain name. Readers keep what they do not know; it never changes a standard member.",
        min_length=1,
    ),
]
"""
Data of others by reverse-domain name. Readers keep what they do not know; it never changes a standard member.
"""


class FeatureFlags(Struct, frozen=True, forbid_unknown_fields=True):
    """
    What was switched on.
    """

    observability: Annotated[bool, Meta(description="Traces, metrics and events.")]
    """
    Traces, metrics and events.
    """
    gradients: Annotated[bool, Meta(description="Differentiation.")]
    """
    Differentiation.
    """
    quantum: Annotated[bool, Meta(description="Quantum states of light.")]
    """
    Quantum states of light.
    """


FindingCode: TypeAlias = Annotated[
    str, Meta(description="A code of the registry of findings.", pattern="^AWB-[A-Z]{3}-[0-9]{3}$")
]
"""
A code of the registry of findings.
"""


Fraction: TypeAlias = Annotated[float, Meta(description="A number between 0 and 1.", ge=0.0, le=1.0)]
"""
A number between 0 and 1.
"""


GradientMethod: TypeAlias = Annotated[
    Literal["adjoint", "parameter_shift", "finite_difference"], Meta(description="How derivatives are taken.")
]
"""
How derivatives are taken.
"""


IdentifierType: TypeAlias = Annotated[
    Literal["doi", "handle", "ark", "swhid", "url", "other"], Meta(description="Kinds of names.")
]
"""
Kinds of names.
"""


InputsId: TypeAlias = Annotated[str, Meta(description="Name of the inputs.", pattern="^inp_[0-9a-f]{64}$")]
"""
Name of the inputs.
"""


Instant: TypeAlias = Annotated[
    str,
    Meta(
        description="Time of day in UTC, RFC 3339 with +00:00. Never in inputs, claim or results.",
        pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{0,8}[1-9])?[+]00:00$",
    ),
]
"""
Time of day in UTC, RFC 3339 with +00:00. Never in inputs, claim or results.
"""


Line: TypeAlias = Annotated[
    str,
    Meta(
        description="One line of text for people, not empty and free of control characters.",
        pattern="^[^\\x00-\\x1f\\x7f]+$",
    ),
]
"""
One line of text for people, not empty and free of control characters.
"""


LoweredId: TypeAlias = Annotated[
    str,
    Meta(
        description="Name of a node after expansion: that of its composite, a slash and its own.",
        pattern="^[a-z][a-z0-9_]{0,63}(/[a-z][a-z0-9_]{0,63})?$",
    ),
]
"""
Name of a node after expansion: that of its composite, a slash and its own.
"""


Measure: TypeAlias = Annotated[
    Literal["minimum", "maximum", "mean", "extinction_ratio", "insertion_loss", "passivity", "fidelity", "coherence", "calibration_age", "reproducibility", "count"],
    Meta(description="What a constraint measures."),
]
"""
What a constraint measures.
"""


MediaType: TypeAlias = Annotated[
    str,
    Meta(
        description="A media type without parameters, lower case.",
        pattern="^[a-z0-9][a-z0-9.+-]{0,126}/[a-z0-9][a-z0-9.+_-]{0,126}$",
    ),
]
"""
A media type without parameters, lower case.
"""


class Memory(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Main memory.
    """

    total_bytes: Annotated[Count, Meta(description="How much.")]
    """
    How much.
    """


MetricKind: TypeAlias = Annotated[
    Literal["counter", "gauge", "histogram"], Meta(description="Kinds of metrics.")
]
"""
Kinds of metrics.
"""


class MetricPoint(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The value of a metric for one set of attributes.
    """

    value: Annotated[float, Meta(description="The value of a counter or gauge, the sum of a histogram.")]
    """
    The value of a counter or gauge, the sum of a histogram.
    """
    attributes: Annotated[dict[TelemetryName, bool | float | str], Meta(description="Attributes by name.")]
    """
    Attributes by name.
    """
    count: (
        Annotated[Count, Meta(description="How many values a histogram holds. Absent: no histogram.")]
        | UnsetType
    ) = UNSET
    """
    How many values a histogram holds. Absent: no histogram.
    """
    minimum: Annotated[float, Meta(description="The least of them. Absent: no histogram.")] | UnsetType = (
        UNSET
    )
    """
    The least of them. Absent: no histogram.
    """
    maximum: Annotated[float, Meta(description="The greatest of them. Absent: no histogram.")] | UnsetType = (
        UNSET
    )
    """
    The greatest of them. Absent: no histogram.
    """


Name: TypeAlias = Annotated[str, Meta(description="A short machine name.", pattern="^[a-z][a-z0-9_]{0,63}$")]
"""
A short machine name.
"""


NodeId: TypeAlias = Annotated[
    str, Meta(description="Name of a node of the graph.", pattern="^[a-z][a-z0-9_]{0,63}$")
]
"""
Name of a node of the graph.
"""


NodeParameter: TypeAlias = Annotated[
    str,
    Meta(
        description="A parameter of a node, written node.parameter.",
        pattern="^[a-z][a-z0-9_]{0,63}[.][a-z][a-z0-9_]{0,63}$",
    ),
]
"""
A parameter of a node, written node.parameter.
"""


NonNegative: TypeAlias = Annotated[
    float, Meta(description="A finite binary64 number that is not negative.", ge=0.0)
]
"""
A finite binary64 number that is not negative.
"""


NumericLevel: TypeAlias = Annotated[
    Literal["bit_exact", "numeric"], Meta(description="What results are worth.")
]
"""
What results are worth.
"""


class OperatingSystem(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An operating system.
    """

    name: Annotated[Line, Meta(description="Its name.")]
    """
    Its name.
    """
    release: Annotated[Line, Meta(description="Its release. Absent: not recorded.")] | UnsetType = UNSET
    """
    Its release. Absent: not recorded.
    """
    libc: (
        Annotated[Line, Meta(description="Its C library and version. Absent: not recorded.")] | UnsetType
    ) = UNSET
    """
    Its C library and version. Absent: not recorded.
    """


OptimiserMethod: TypeAlias = Annotated[
    Literal["gauss_newton", "gradient_descent", "direct"], Meta(description="Algorithms.")
]
"""
Algorithms.
"""


Orcid: TypeAlias = Annotated[
    str,
    Meta(
        description="An ORCID in four groups of four.", pattern="^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"
    ),
]
"""
An ORCID in four groups of four.
"""


OutputMember: TypeAlias = Annotated[
    Literal["dtype", "shape", "unit", "quantity", "axes"],
    Meta(description="Members of an output's description."),
]
"""
Members of an output's description.
"""


OutputName: TypeAlias = Annotated[
    str,
    Meta(
        description="Name of an output, normally node.quantity.",
        pattern="^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*$",
    ),
]
"""
Name of an output, normally node.quantity.
"""


class OutputTolerance(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Tolerance of one output.
    """

    absolute: Annotated[NonNegative, Meta(description="In the unit of the output.")]
    """
    In the unit of the output.
    """
    relative: Annotated[NonNegative, Meta(description="As a fraction of the recorded value.")]
    """
    As a fraction of the recorded value.
    """


ParameterName: TypeAlias = Annotated[
    str, Meta(description="A key of the parameters.", pattern="^[a-z][a-z0-9_]{0,127}$")
]
"""
A key of the parameters.
"""


class Perturbation(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The cost at one shifted parameter.
    """

    parameter: Annotated[ParameterName, Meta(description="The parameter that was shifted.")]
    """
    The parameter that was shifted.
    """
    shift: Annotated[float, Meta(description="By how much, in the parameter's unit.")]
    """
    By how much, in the parameter's unit.
    """
    cost: Annotated[float, Meta(description="The cost there.")]
    """
    The cost there.
    """


class PhaseCalibration(Struct, frozen=True, forbid_unknown_fields=True):
    """
    What is known of one phase.
    """

    offset_rad: Annotated[float, Meta(description="Phase without drive.")]
    """
    Phase without drive.
    """
    correction_rad: Annotated[float, Meta(description="Added at run time.")]
    """
    Added at run time.
    """
    drift_rate_rad_s: Annotated[float, Meta(description="Ageing.")]
    """
    Ageing.
    """
    temperature_coefficient_rad_k: Annotated[float, Meta(description="Change with temperature.")]
    """
    Change with temperature.
    """
    ou_sigma_rad: Annotated[
        NonNegative, Meta(description="Standard deviation of the Ornstein-Uhlenbeck drift.")
    ]
    """
    Standard deviation of the Ornstein-Uhlenbeck drift.
    """
    ou_tau_s: Annotated[NonNegative, Meta(description="Correlation time of that drift.")]
    """
    Correlation time of that drift.
    """


class PhaseDrift(Struct, frozen=True, forbid_unknown_fields=True):
    """
    How far one phase has drifted.
    """

    drift_rad: Annotated[float, Meta(description="Phase now less phase at the record.")]
    """
    Phase now less phase at the record.
    """
    uncertainty_rad: Annotated[
        NonNegative,
        Meta(description="How far the recorded calibration lets it have moved by the time of the twin."),
    ]
    """
    How far the recorded calibration lets it have moved by the time of the twin.
    """


Port: TypeAlias = Annotated[
    str, Meta(description="A port of a node, counted from o1.", pattern="^o[1-9][0-9]{0,3}$")
]
"""
A port of a node, counted from o1.
"""


PrefixAdditionalProperty: TypeAlias = Annotated[str, Meta(pattern="^[a-z][a-z0-9+.-]*:[!-~]+$")]


QualifiedName: TypeAlias = Annotated[
    str,
    Meta(
        description="A name with a prefix, or one that is local to the document with the prefix _.",
        pattern="^(_|[A-Za-z][A-Za-z0-9_-]*):[!-~]+$",
    ),
]
"""
A name with a prefix, or one that is local to the document with the prefix _.
"""


Quantity: TypeAlias = Annotated[
    Literal["optical_power", "optical_field", "photocurrent", "photon_count", "quadrature", "phase", "group_delay", "gradient", "cost", "parameter", "residual", "standard_error", "ratio", "rate", "temperature", "drift_rate", "margin", "probability"],
    Meta(description="What an output measures."),
]
"""
What an output measures.
"""


class RelatedWork(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A work that the artifact relates to.
    """

    relation: Annotated[
        DataciteRelation, Meta(description="What the artifact is to that work, in DataCite's words.")
    ]
    """
    What the artifact is to that work, in DataCite's words.
    """
    type: Annotated[IdentifierType, Meta(description="What kind of name the value is.")]
    """
    What kind of name the value is.
    """
    value: Annotated[Line, Meta(description="The name of the work.")]
    """
    The name of the work.
    """
    title: Annotated[Line, Meta(description="Its title. Absent: not given.")] | UnsetType = UNSET
    """
    Its title. Absent: not given.
    """


Relation: TypeAlias = Annotated[
    Literal["gradient_of", "calibration_for", "calibrated_by", "replay_of", "validation_of", "derived_from"],
    Meta(description="What a parent is to the artifact that names it."),
]
"""
What a parent is to the artifact that names it.
"""


ReplayStep: TypeAlias = Annotated[
    Literal["verify", "check", "execute", "compare", "attribute", "bisect"],
    Meta(description="Steps of a replay."),
]
"""
Steps of a replay.
"""


ResultsId: TypeAlias = Annotated[str, Meta(description="Name of the results.", pattern="^res_[0-9a-f]{64}$")]
"""
Name of the results.
"""


Ror: TypeAlias = Annotated[
    str,
    Meta(
        description="A ROR identifier as URL.", pattern="^https://ror[.]org/0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$"
    ),
]
"""
A ROR identifier as URL.
"""


class ScatteringEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """
    One element of a scattering matrix at every wavelength.
    """

    output: Annotated[Port, Meta(description="The port that light leaves by.")]
    """
    The port that light leaves by.
    """
    input: Annotated[Port, Meta(description="The port that light enters by.")]
    """
    The port that light enters by.
    """
    re: Annotated[list[float], Meta(description="Real parts by wavelength.")]
    """
    Real parts by wavelength.
    """
    im: Annotated[list[float], Meta(description="Imaginary parts by wavelength.")]
    """
    Imaginary parts by wavelength.
    """


class ScatteringTable(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A scattering matrix by wavelength; entries that are not listed are zero.
    """

    ports: Annotated[int, Meta(description="How many ports it has.", ge=1, le=9999)]
    """
    How many ports it has.
    """
    wavelengths_um: Annotated[list[NonNegative], Meta(description="Vacuum wavelengths.", min_length=2)]
    """
    Vacuum wavelengths.
    """
    entries: Annotated[
        list[ScatteringEntry],
        Meta(description="The non-zero elements, ascending by output, then input, as numbers."),
    ]
    """
    The non-zero elements, ascending by output, then input, as numbers.
    """


Semantics: TypeAlias = Annotated[
    str,
    Meta(
        description="Name and version of a contract that defines results or procedures.",
        pattern="^[a-z][a-z0-9-]{0,63}/(0|[1-9][0-9]{0,3})[.](0|[1-9][0-9]{0,3})$",
    ),
]
"""
Name and version of a contract that defines results or procedures.
"""


Sha256: TypeAlias = Annotated[
    str, Meta(description="SHA-256 digest in lower-case hexadecimal.", pattern="^[0-9a-f]{64}$")
]
"""
SHA-256 digest in lower-case hexadecimal.
"""


SpdxId: TypeAlias = Annotated[
    str, Meta(description="A licence identifier of the SPDX list.", pattern="^[A-Za-z0-9][A-Za-z0-9.+-]*$")
]
"""
A licence identifier of the SPDX list.
"""


SpecVersion: TypeAlias = Annotated[
    str,
    Meta(
        description="Version of the specification, MAJOR.MINOR.",
        pattern="^[1-9][0-9]{0,3}[.](0|[1-9][0-9]{0,3})$",
    ),
]
"""
Version of the specification, MAJOR.MINOR.
"""


class StatisticalTest(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A statistical test of two samples.
    """

    name: Annotated[Name, Meta(description="The test.")]
    """
    The test.
    """
    level: Annotated[Fraction, Meta(description="Probability of a false alarm.")]
    """
    Probability of a false alarm.
    """
    statistic: Annotated[float, Meta(description="Its statistic.")]
    """
    Its statistic.
    """
    p_value: Annotated[Fraction, Meta(description="Probability of a statistic at least as great.")]
    """
    Probability of a statistic at least as great.
    """


Status: TypeAlias = Annotated[
    Literal["completed", "aborted", "coherence_violated", "failed"],
    Meta(description="How an execution ended."),
]
"""
How an execution ended.
"""


StepOutcome: TypeAlias = Annotated[Literal["ok", "warning", "failed"], Meta(description="How a step went.")]
"""
How a step went.
"""


TelemetryName: TypeAlias = Annotated[
    str, Meta(description="A name of OpenTelemetry's kind.", pattern="^[a-z][a-z0-9_]*([.][a-z0-9_]+)*$")
]
"""
A name of OpenTelemetry's kind.
"""


Text: TypeAlias = Annotated[
    str,
    Meta(
        description="Text for people, not empty; line breaks and tabs are allowed, other control characters are not.",
        pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]+$",
    ),
]
"""
Text for people, not empty; line breaks and tabs are allowed, other control characters are not.
"""


TimelinePhase: TypeAlias = Annotated[Literal["X", "i", "C", "M"], Meta(description="How something is drawn.")]
"""
How something is drawn.
"""


TimelineScope: TypeAlias = Annotated[Literal["t", "p", "g"], Meta(description="Scope of an instant.")]
"""
Scope of an instant.
"""


TimelineUnit: TypeAlias = Annotated[Literal["ns", "ms"], Meta(description="What times are shown in.")]
"""
What times are shown in.
"""


Token: TypeAlias = Annotated[
    str, Meta(description="Printable ASCII without spaces, as versions and tags have it.", pattern="^[!-~]+$")
]
"""
Printable ASCII without spaces, as versions and tags have it.
"""


class Tolerance(Struct, frozen=True, forbid_unknown_fields=True):
    """
    How far a number x may be from the recorded r, |x - r| <= absolute + relative * |r|.
    """

    absolute: Annotated[NonNegative, Meta(description="In the unit of the output.")]
    """
    In the unit of the output.
    """
    relative: Annotated[NonNegative, Meta(description="As a fraction of the recorded value.")]
    """
    As a fraction of the recorded value.
    """


TypeName: TypeAlias = Annotated[
    str,
    Meta(
        description="An artifact type. A reader meets types that it does not know, so that the list stays open here.",
        pattern="^[a-z][a-z0-9_]{0,63}$",
    ),
]
"""
An artifact type. A reader meets types that it does not know, so that the list stays open here.
"""


Unit: TypeAlias = Annotated[
    Literal["1", "rad", "um", "W", "sqrt(W)", "dB", "dB/cm", "ps", "s", "Hz", "Hz-1", "THz", "K", "A", "A/W", "Ohm", "ps/(nm.km)", "rad/s", "rad/K"],
    Meta(
        description="The closed list of units, in UCUM spelling save for the root of a watt. Each quantity has one unit."
    ),
]
"""
The closed list of units, in UCUM spelling save for the root of a watt. Each quantity has one unit.
"""


Unsigned64: TypeAlias = Annotated[
    str,
    Meta(
        description="An integer below 2 to the power of 64 in decimal digits, since JSON numbers end at 2 to the power of 53.",
        pattern="^(0|[1-9][0-9]{0,18}|1[0-7][0-9]{18}|18[0-3][0-9]{17}|184[0-3][0-9]{16}|1844[0-5][0-9]{15}|18446[0-6][0-9]{14}|184467[0-3][0-9]{13}|1844674[0-3][0-9]{12}|184467440[0-6][0-9]{10}|1844674407[0-2][0-9]{9}|18446744073[0-6][0-9]{8}|1844674407370[0-8][0-9]{6}|18446744073709[0-4][0-9]{5}|184467440737095[0-4][0-9]{4}|18446744073709550[0-9]{3}|18446744073709551[0-5][0-9]{2}|1844674407370955160[0-9]|1844674407370955161[0-4]|18446744073709551615)$",
    ),
]
"""
An integer below 2 to the power of 64 in decimal digits, since JSON numbers end at 2 to the power of 53.
"""


Url: TypeAlias = Annotated[
    str, Meta(description="An absolute http or https URL.", pattern="^https?://[!-~]+$")
]
"""
An absolute http or https URL.
"""


Verdict: TypeAlias = Annotated[
    Literal["bit_exact", "within_tolerance", "statistically_consistent", "different"],
    Meta(description="How well a re-execution agrees with the record, best first."),
]
"""
How well a re-execution agrees with the record, best first.
"""


class WavelengthGrid(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="wavelength"):
    """
    Wavelengths start + (stop - start) * i / (points - 1), in that order of operations.
    """

    start_um: Annotated[NonNegative, Meta(description="First vacuum wavelength.")]
    """
    First vacuum wavelength.
    """
    stop_um: Annotated[NonNegative, Meta(description="Last vacuum wavelength.")]
    """
    Last vacuum wavelength.
    """
    points: Annotated[int, Meta(description="How many.", ge=1, le=10000000)]
    """
    How many.
    """


class WavelengthList(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="wavelength_list"):
    """
    Wavelengths one by one.
    """

    values_um: Annotated[
        list[NonNegative], Meta(description="Vacuum wavelengths, strictly ascending.", min_length=1)
    ]
    """
    Vacuum wavelengths, strictly ascending.
    """


class ArtifactIds(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The three names that the manifest of the payload determines.
    """

    artifact_id: Annotated[ArtifactId, Meta(description="Over inputs, claim and results.")]
    """
    Over inputs, claim and results.
    """
    inputs_id: Annotated[InputsId, Meta(description="Over the inputs.")]
    """
    Over the inputs.
    """
    results_id: Annotated[ResultsId, Meta(description="Over the results.")]
    """
    Over the results.
    """


class CalibrationLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """
    What a calibration must not exceed.
    """

    power_w: Annotated[NonNegative, Meta(description="Source power. Absent: no limit.")] | UnsetType = UNSET
    """
    Source power. Absent: no limit.
    """
    phase_rad: (
        Annotated[NonNegative, Meta(description="Absolute phase drive. Absent: no limit.")] | UnsetType
    ) = UNSET
    """
    Absolute phase drive. Absent: no limit.
    """
    step_rad: (
        Annotated[NonNegative, Meta(description="Change of a phase in one iteration. Absent: no limit.")]
        | UnsetType
    ) = UNSET
    """
    Change of a phase in one iteration. Absent: no limit.
    """
    residual: (
        Annotated[NonNegative, Meta(description="Residual at the end. Absent: no limit.")] | UnsetType
    ) = UNSET
    """
    Residual at the end. Absent: no limit.
    """


class CoherenceWindow(Struct, frozen=True, forbid_unknown_fields=True):
    """
    When and how long interference counts.
    """

    start_ps: Annotated[Unsigned64, Meta(description="First picosecond of the window.")]
    """
    First picosecond of the window.
    """
    end_ps: Annotated[Unsigned64, Meta(description="Last picosecond of the window.")]
    """
    Last picosecond of the window.
    """
    idle_budget_ps: Annotated[Unsigned64, Meta(description="Longest time without an event.")]
    """
    Longest time without an event.
    """
    decoherence_time_ps: Annotated[Unsigned64, Meta(description="Time in which coherence decays to 1/e.")]
    """
    Time in which coherence decays to 1/e.
    """
    linewidth_hz: Annotated[NonNegative, Meta(description="Linewidth of the light.")]
    """
    Linewidth of the light.
    """
    minimum_visibility: Annotated[Fraction, Meta(description="Least visibility of interference.")]
    """
    Least visibility of interference.
    """


class Constraint(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Something that has to hold.
    """

    measure: Annotated[Measure, Meta(description="What is measured.")]
    """
    What is measured.
    """
    unit: Annotated[Unit, Meta(description="The unit of the bounds.")]
    """
    The unit of the bounds.
    """
    output: (
        Annotated[OutputName, Meta(description="On which output. Absent: the measure needs none.")]
        | UnsetType
    ) = UNSET
    """
    On which output. Absent: the measure needs none.
    """
    reference: (
        Annotated[
            OutputName,
            Meta(
                description="Against which output, such as the other port of an extinction ratio. Absent: none."
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    Against which output, such as the other port of an extinction ratio. Absent: none.
    """
    minimum: (
        Annotated[float, Meta(description="Least value that passes. Absent: no lower bound.")] | UnsetType
    ) = UNSET
    """
    Least value that passes. Absent: no lower bound.
    """
    maximum: (
        Annotated[float, Meta(description="Greatest value that passes. Absent: no upper bound.")] | UnsetType
    ) = UNSET
    """
    Greatest value that passes. Absent: no upper bound.
    """
    statement: (
        Annotated[Text, Meta(description="What it is about, for people. Absent: the measure says it.")]
        | UnsetType
    ) = UNSET
    """
    What it is about, for people. Absent: the measure says it.
    """


class ConstraintResult(Struct, frozen=True, forbid_unknown_fields=True):
    """
    How one constraint fared.
    """

    passed: Annotated[bool, Meta(description="Whether it passed.")]
    """
    Whether it passed.
    """
    unit: Annotated[Unit, Meta(description="The unit of the numbers.")]
    """
    The unit of the numbers.
    """
    measured: (
        Annotated[float, Meta(description="The measured value. Absent: it could not be measured.")]
        | UnsetType
    ) = UNSET
    """
    The measured value. Absent: it could not be measured.
    """
    minimum: (
        Annotated[float, Meta(description="Least value that passes. Absent: no lower bound.")] | UnsetType
    ) = UNSET
    """
    Least value that passes. Absent: no lower bound.
    """
    maximum: (
        Annotated[float, Meta(description="Greatest value that passes. Absent: no upper bound.")] | UnsetType
    ) = UNSET
    """
    Greatest value that passes. Absent: no upper bound.
    """
    margin: (
        Annotated[
            float, Meta(description="Distance to the nearest bound, negative outside. Absent: not measured.")
        ]
        | UnsetType
    ) = UNSET
    """
    Distance to the nearest bound, negative outside. Absent: not measured.
    """
    message: (
        Annotated[Text, Meta(description="Why it could not be measured. Absent: it was.")] | UnsetType
    ) = UNSET
    """
    Why it could not be measured. Absent: it was.
    """


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Whom to ask.
    """

    name: Annotated[Line, Meta(description="Name.")]
    """
    Name.
    """
    email: Annotated[Email, Meta(description="Address.")]
    """
    Address.
    """


class ContentEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """
    One file under data/.
    """

    sha256: Annotated[Sha256, Meta(description="Digest of its bytes.")]
    """
    Digest of its bytes.
    """
    size_bytes: Annotated[Count, Meta(description="Number of its bytes.")]
    """
    Number of its bytes.
    """
    media_type: Annotated[MediaType, Meta(description="Its media type.")]
    """
    Its media type.
    """


class ControlAction(Struct, frozen=True, forbid_unknown_fields=True):
    """
    What a decision set.
    """

    target: Annotated[NodeParameter, Meta(description="The parameter of a node.")]
    """
    The parameter of a node.
    """
    value: Annotated[float, Meta(description="To which value, in the target's unit.")]
    """
    To which value, in the target's unit.
    """
    effective_at_ps: Annotated[
        Unsigned64, Meta(description="When the setting took effect on the experiment clock.")
    ]
    """
    When the setting took effect on the experiment clock.
    """


class ControlDecision(Struct, frozen=True, forbid_unknown_fields=True):
    """
    One decision as taken, a line of data/results/control.jsonl.
    """

    at_ps: Annotated[Unsigned64, Meta(description="When the decision was taken on the experiment clock.")]
    """
    When the decision was taken on the experiment clock.
    """
    rule: Annotated[Count, Meta(description="Number of the rule in the graph, from 0.")]
    """
    Number of the rule in the graph, from 0.
    """
    node: Annotated[NodeId, Meta(description="The node that measured.")]
    """
    The node that measured.
    """
    measured: Annotated[float, Meta(description="What it measured.")]
    """
    What it measured.
    """
    calibrated_at_ps: Annotated[
        Unsigned64, Meta(description="Calibration time of the calibration state it used.")
    ]
    """
    Calibration time of the calibration state it used.
    """
    shot: (
        Annotated[
            Count,
            Meta(
                description="Number of the shot, from 0. Absent: no shots are taken, and expectations decide."
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    Number of the shot, from 0. Absent: no shots are taken, and expectations decide.
    """
    action: Annotated[ControlAction, Meta(description="What was set. Absent: nothing.")] | UnsetType = UNSET
    """
    What was set. Absent: nothing.
    """


class ControlRule(Struct, frozen=True, forbid_unknown_fields=True):
    """
    What is measured, decided and set while the experiment runs.
    """

    at_ps: Annotated[Unsigned64, Meta(description="When the measurement starts on the experiment clock.")]
    """
    When the measurement starts on the experiment clock.
    """
    detector: Annotated[NodeId, Meta(description="The node that measures.")]
    """
    The node that measures.
    """
    target: Annotated[NodeParameter, Meta(description="What is set.")]
    """
    What is set.
    """
    gain: Annotated[float, Meta(description="Set value per unit measured, in the target's unit.")]
    """
    Set value per unit measured, in the target's unit.
    """
    offset: Annotated[float, Meta(description="Set value where nothing is measured, in the target's unit.")]
    """
    Set value where nothing is measured, in the target's unit.
    """
    measure_ps: Annotated[Unsigned64, Meta(description="Latency of the measurement.")]
    """
    Latency of the measurement.
    """
    decide_ps: Annotated[Unsigned64, Meta(description="Latency of the decision.")]
    """
    Latency of the decision.
    """
    actuate_ps: Annotated[Unsigned64, Meta(description="Latency of setting.")]
    """
    Latency of setting.
    """
    threshold: (
        Annotated[
            float,
            Meta(
                description="The rule acts only where the measured value is at least this. Absent: it always acts."
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    The rule acts only where the measured value is at least this. Absent: it always acts.
    """


class Crosstalk(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The crosstalk matrix; phase i is the sum over j of matrix i,j times drive j.
    """

    order: Annotated[list[ParameterName], Meta(description="The parameters that rows and columns stand for.")]
    """
    The parameters that rows and columns stand for.
    """
    matrix: Annotated[list[list[float]], Meta(description="Rows by columns.")]
    """
    Rows by columns.
    """


class DarkRate(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Dark counts of one counter.
    """

    rate_hz: Annotated[NonNegative, Meta(description="Counts a second without light.")]
    """
    Counts a second without light.
    """


class Dependency(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A package.
    """

    version: Annotated[Token, Meta(description="Its version.")]
    """
    Its version.
    """
    wheel_tag: (
        Annotated[
            Token,
            Meta(description="Tag of the wheel it was installed from. Absent: not installed from a wheel."),
        ]
        | UnsetType
    ) = UNSET
    """
    Tag of the wheel it was installed from. Absent: not installed from a wheel.
    """
    sha256: (
        Annotated[Sha256, Meta(description="Digest of what it was installed from. Absent: not known.")]
        | UnsetType
    ) = UNSET
    """
    Digest of what it was installed from. Absent: not known.
    """


class Derivative(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A derivative.
    """

    value: Annotated[float, Meta(description="Change of the cost per unit of the parameter.")]
    """
    Change of the cost per unit of the parameter.
    """
    standard_error: (
        Annotated[NonNegative, Meta(description="Its standard error. Absent: the cost is not sampled.")]
        | UnsetType
    ) = UNSET
    """
    Its standard error. Absent: the cost is not sampled.
    """


class DeviceDrift(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Phases that a twin shows otherwise than the recorded device did, and whether a calibration for it would mend the result.
    """

    phases: Annotated[dict[ParameterName, PhaseDrift], Meta(description="The drifted phases by parameter.")]
    """
    The drifted phases by parameter.
    """
    recalibrated: (
        Annotated[
            Verdict,
            Meta(
                description="Verdict of another re-execution with a calibration that undoes the drift. Absent: the device does not bear the drives for that."
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    Verdict of another re-execution with a calibration that undoes the drift. Absent: the device does not bear the drives for that.
    """


class DeviceIdentity(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Which piece of hardware.
    """

    manufacturer: Annotated[Line, Meta(description="Who made it.")]
    """
    Who made it.
    """
    model: Annotated[Line, Meta(description="Its model.")]
    """
    Its model.
    """
    serial: Annotated[Line, Meta(description="Its serial number.")]
    """
    Its serial number.
    """
    firmware: Annotated[Line, Meta(description="Its firmware. Absent: it has none.")] | UnsetType = UNSET
    """
    Its firmware. Absent: it has none.
    """


class DeviceLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """
    What must not be exceeded.
    """

    maximum_power_w: (
        Annotated[NonNegative, Meta(description="Greatest source power. Absent: no limit.")] | UnsetType
    ) = UNSET
    """
    Greatest source power. Absent: no limit.
    """
    maximum_phase_rad: (
        Annotated[NonNegative, Meta(description="Greatest absolute phase drive. Absent: no limit.")]
        | UnsetType
    ) = UNSET
    """
    Greatest absolute phase drive. Absent: no limit.
    """
    maximum_nodes: Annotated[Count, Meta(description="Most nodes. Absent: no limit.")] | UnsetType = UNSET
    """
    Most nodes. Absent: no limit.
    """
    maximum_points: (
        Annotated[Count, Meta(description="Most points of the grid. Absent: no limit.")] | UnsetType
    ) = UNSET
    """
    Most points of the grid. Absent: no limit.
    """
    maximum_shots: Annotated[Count, Meta(description="Most shots. Absent: no limit.")] | UnsetType = UNSET
    """
    Most shots. Absent: no limit.
    """


class Difference(Struct, frozen=True, forbid_unknown_fields=True):
    """
    One thing in which two records differ.
    """

    subject: Annotated[DifferenceSubject, Meta(description="What kind of thing.")]
    """
    What kind of thing.
    """
    name: Annotated[Line, Meta(description="Which one, such as a package, a parameter or a pointer.")]
    """
    Which one, such as a package, a parameter or a pointer.
    """
    path: Annotated[Line, Meta(description="The file of the bundle that states it.")]
    """
    The file of the bundle that states it.
    """
    effect: Annotated[Effect, Meta(description="What is known of its effect.")]
    """
    What is known of its effect.
    """
    recorded: (
        Annotated[Text, Meta(description="The recorded value as JSON. Absent: the record has none.")]
        | UnsetType
    ) = UNSET
    """
    The recorded value as JSON. Absent: the record has none.
    """
    replayed: (
        Annotated[Text, Meta(description="The other value as JSON. Absent: the other side has none.")]
        | UnsetType
    ) = UNSET
    """
    The other value as JSON. Absent: the other side has none.
    """


class DriftEstimate(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Measured drift of one phase.
    """

    rate_rad_s: Annotated[float, Meta(description="Change of its phase.")]
    """
    Change of its phase.
    """
    standard_error_rad_s: Annotated[NonNegative, Meta(description="Its standard error.")]
    """
    Its standard error.
    """


class Edge(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A connection of two ports.
    """

    ends: Annotated[tuple[Endpoint, Endpoint], Meta(description="The two endpoints.")]
    """
    The two endpoints.
    """
    delay_ps: Annotated[NonNegative, Meta(description="Time that light takes. Absent: none.")] | UnsetType = (
        UNSET
    )
    """
    Time that light takes. Absent: none.
    """


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Something that happened, a line of data/evidence/events.jsonl.
    """

    sequence: Annotated[Count, Meta(description="Number of the line, from 0.")]
    """
    Number of the line, from 0.
    """
    elapsed_ns: Annotated[Count, Meta(description="Nanoseconds since the execution began.")]
    """
    Nanoseconds since the execution began.
    """
    name: Annotated[TelemetryName, Meta(description="What happened.")]
    """
    What happened.
    """
    attributes: Annotated[dict[TelemetryName, bool | float | str], Meta(description="More by name.")]
    """
    More by name.
    """
    clock_ps: (
        Annotated[Unsigned64, Meta(description="When on the experiment clock. Absent: not on that clock.")]
        | UnsetType
    ) = UNSET
    """
    When on the experiment clock. Absent: not on that clock.
    """
    node: Annotated[NodeId, Meta(description="The node. Absent: it concerns no single node.")] | UnsetType = (
        UNSET
    )
    """
    The node. Absent: it concerns no single node.
    """


class ExperimentClock(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The clock that events are ordered by, in integer picoseconds.
    """

    origin_ps: Annotated[Unsigned64, Meta(description="The time at which the execution starts.")]
    """
    The time at which the execution starts.
    """


class FrequencyGrid(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="frequency"):
    """
    Frequencies start + (stop - start) * i / (points - 1), in that order of operations.
    """

    start_thz: Annotated[NonNegative, Meta(description="First frequency.")]
    """
    First frequency.
    """
    stop_thz: Annotated[NonNegative, Meta(description="Last frequency.")]
    """
    Last frequency.
    """
    points: Annotated[int, Meta(description="How many.", ge=1, le=10000000)]
    """
    How many.
    """


class Funding(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A grant or another source of money.
    """

    funder_name: Annotated[Line, Meta(description="Who paid.")]
    """
    Who paid.
    """
    funder_ror: (
        Annotated[Ror, Meta(description="The funder's ROR identifier. Absent: not given.")] | UnsetType
    ) = UNSET
    """
    The funder's ROR identifier. Absent: not given.
    """
    award_number: Annotated[Line, Meta(description="Number of the award. Absent: not given.")] | UnsetType = (
        UNSET
    )
    """
    Number of the award. Absent: not given.
    """
    award_title: Annotated[Line, Meta(description="Title of the award. Absent: not given.")] | UnsetType = (
        UNSET
    )
    """
    Title of the award. Absent: not given.
    """
    award_url: Annotated[Url, Meta(description="Page of the award. Absent: not given.")] | UnsetType = UNSET
    """
    Page of the award. Absent: not given.
    """


class Gpu(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A graphics processor.
    """

    model: Annotated[Line, Meta(description="Its model.")]
    """
    Its model.
    """
    driver: Annotated[Token, Meta(description="Version of its driver. Absent: not recorded.")] | UnsetType = (
        UNSET
    )
    """
    Version of its driver. Absent: not recorded.
    """


class GradientTask(Struct, frozen=True, forbid_unknown_fields=True, tag_field="artifact_type", tag="gradient"):
    """
    Which derivatives of which cost, and how.
    """

    cost: Annotated[Line, Meta(description="The cost as an expression over outputs.")]
    """
    The cost as an expression over outputs.
    """
    method: Annotated[GradientMethod, Meta(description="How the derivatives are taken.")]
    """
    How the derivatives are taken.
    """
    parameters: Annotated[
        list[ParameterName], Meta(description="With respect to which parameters.", min_length=1)
    ]
    """
    With respect to which parameters.
    """
    step: (
        Annotated[
            float,
            Meta(description="Step of finite differences, in each parameter's unit. Absent: another method."),
        ]
        | UnsetType
    ) = UNSET
    """
    Step of finite differences, in each parameter's unit. Absent: another method.
    """
    parent: (
        Annotated[
            ArtifactId,
            Meta(description="The run that is differentiated. Absent: it does not exist as an artifact."),
        ]
        | UnsetType
    ) = UNSET
    """
    The run that is differentiated. Absent: it does not exist as an artifact.
    """


Grid: TypeAlias = Annotated[
    FrequencyGrid | WavelengthGrid | WavelengthList, Meta(description="Where the circuit is solved.")
]
"""
Where the circuit is solved.
"""


class Identifier(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A name of the artifact in some registry.
    """

    type: Annotated[IdentifierType, Meta(description="The registry.")]
    """
    The registry.
    """
    value: Annotated[Line, Meta(description="The name as the registry writes it; a DOI is bare.")]
    """
    The name as the registry writes it; a DOI is bare.
    """


class InstrumentationScope(Struct, frozen=True, forbid_unknown_fields=True):
    """
    What observed.
    """

    name: Annotated[Line, Meta(description="Its name.")]
    """
    Its name.
    """
    version: Annotated[Token, Meta(description="Its version.")]
    """
    Its version.
    """


class KeyValue(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An attribute.
    """

    key: Annotated[Token, Meta(description="Its name.")]
    """
    Its name.
    """
    value: Annotated[AnyValue, Meta(description="Its value.")]
    """
    Its value.
    """


class License(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A licence.
    """

    name: Annotated[Line, Meta(description="Its name.")]
    """
    Its name.
    """
    spdx_id: Annotated[SpdxId, Meta(description="Its SPDX identifier. Absent: it has none.")] | UnsetType = (
        UNSET
    )
    """
    Its SPDX identifier. Absent: it has none.
    """
    url: Annotated[Url, Meta(description="Its text. Absent: it is not on the web.")] | UnsetType = UNSET
    """
    Its text. Absent: it is not on the web.
    """


class LoweredComponent(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Nodes that are solved together.
    """

    level: Annotated[Count, Meta(description="Its level in the order of execution.")]
    """
    Its level in the order of execution.
    """
    nodes: Annotated[list[LoweredId], Meta(description="Its nodes.", min_length=1)]
    """
    Its nodes.
    """


class LoweredNode(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A node after expansion.
    """

    kind: Annotated[Name, Meta(description="Its kind.")]
    """
    Its kind.
    """
    expanded_from: (
        Annotated[NodeId, Meta(description="The composite it came from. Absent: it is a node of the graph.")]
        | UnsetType
    ) = UNSET
    """
    The composite it came from. Absent: it is a node of the graph.
    """


class Metric(Struct, frozen=True, forbid_unknown_fields=True):
    """
    One metric.
    """

    kind: Annotated[MetricKind, Meta(description="Its kind.")]
    """
    Its kind.
    """
    unit: Annotated[Token, Meta(description="Its unit in UCUM.")]
    """
    Its unit in UCUM.
    """
    description: Annotated[Line, Meta(description="What it counts or measures.")]
    """
    What it counts or measures.
    """
    points: Annotated[
        list[MetricPoint], Meta(description="Its values, one for each set of attributes.", min_length=1)
    ]
    """
    Its values, one for each set of attributes.
    """


Metrics: TypeAlias = Annotated[
    dict[TelemetryName, Metric],
    Meta(description="The metrics of an execution by name, data/evidence/metrics.json."),
]
"""
The metrics of an execution by name, data/evidence/metrics.json.
"""


class Node(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A component.
    """

    kind: Annotated[Name, Meta(description="Its kind; the semantics say which there are.")]
    """
    Its kind; the semantics say which there are.
    """
    params: Annotated[
        dict[Name, float | ParameterName], Meta(description="Its parameters; the kind says which.")
    ]
    """
    Its parameters; the kind says which.
    """
    table: (
        Annotated[
            ScatteringTable,
            Meta(description="Its scattering matrix, for kind s_matrix. Absent: the kind is a formula."),
        ]
        | UnsetType
    ) = UNSET
    """
    Its scattering matrix, for kind s_matrix. Absent: the kind is a formula.
    """


class NumericSelfTest(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Whether arithmetic on this machine gives the bits of the specification.
    """

    level: Annotated[NumericLevel, Meta(description="What results of this machine are worth.")]
    """
    What results of this machine are worth.
    """
    digest: Annotated[Sha256, Meta(description="Digest of what the self-test computed.")]
    """
    Digest of what the self-test computed.
    """


class Optimiser(Struct, frozen=True, forbid_unknown_fields=True):
    """
    How a state is fitted.
    """

    method: Annotated[OptimiserMethod, Meta(description="The algorithm.")]
    """
    The algorithm.
    """
    maximum_iterations: Annotated[Count, Meta(description="After how many steps it gives up.")]
    """
    After how many steps it gives up.
    """
    tolerance: Annotated[NonNegative, Meta(description="Residual below which it stops.")]
    """
    Residual below which it stops.
    """


class Organization(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An organization.
    """

    name: Annotated[Line, Meta(description="Its name.")]
    """
    Its name.
    """
    ror: Annotated[Ror, Meta(description="Its ROR identifier. Absent: not given.")] | UnsetType = UNSET
    """
    Its ROR identifier. Absent: not given.
    """


class OrganizationCreator(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="organization"):
    """
    An organization as author.
    """

    name: Annotated[Line, Meta(description="Its name.")]
    """
    Its name.
    """
    ror: Annotated[Ror, Meta(description="Its ROR identifier. Absent: not given.")] | UnsetType = UNSET
    """
    Its ROR identifier. Absent: not given.
    """


class OtlpResource(Struct, frozen=True, forbid_unknown_fields=True):
    """
    What was observed.
    """

    attributes: Annotated[list[KeyValue], Meta(description="Its attributes.")]
    """
    Its attributes.
    """


class Output(Struct, frozen=True, forbid_unknown_fields=True):
    """
    One numeric output.
    """

    dtype: Annotated[Dtype, Meta(description="How its elements are stored.")]
    """
    How its elements are stored.
    """
    shape: Annotated[list[Count], Meta(description="Lengths of its axes; none for a scalar.")]
    """
    Lengths of its axes; none for a scalar.
    """
    unit: Annotated[Unit, Meta(description="Its unit.")]
    """
    Its unit.
    """
    quantity: Annotated[Quantity, Meta(description="What it measures.")]
    """
    What it measures.
    """
    axes: Annotated[
        list[Name],
        Meta(description="Names of its axes. The last may be complex, with real and imaginary part."),
    ]
    """
    Names of its axes. The last may be complex, with real and imaginary part.
    """
    sampled: Annotated[bool, Meta(description="Whether its values are random draws.")]
    """
    Whether its values are random draws.
    """
    file: Annotated[
        str,
        Meta(
            description="Its file beside this one.",
            pattern="^arrays/[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*[.]npy$",
        ),
    ]
    """
    Its file beside this one.
    """


class OutputComparison(Struct, frozen=True, forbid_unknown_fields=True):
    """
    How one output differs. Metrics are absent where the two cannot be subtracted.
    """

    verdict: Annotated[Verdict, Meta(description="Verdict on this output.")]
    """
    Verdict on this output.
    """
    mismatch: (
        Annotated[
            OutputMember,
            Meta(description="In which member of their descriptions the two differ. Absent: in none."),
        ]
        | UnsetType
    ) = UNSET
    """
    In which member of their descriptions the two differ. Absent: in none.
    """
    elements: (
        Annotated[Count, Meta(description="How many elements were compared. Absent: none.")] | UnsetType
    ) = UNSET
    """
    How many elements were compared. Absent: none.
    """
    max_absolute_error: (
        Annotated[NonNegative, Meta(description="Greatest distance. Absent: not compared.")] | UnsetType
    ) = UNSET
    """
    Greatest distance. Absent: not compared.
    """
    max_relative_error: (
        Annotated[
            NonNegative,
            Meta(
                description="Greatest distance over the recorded modulus. Absent: not compared, or every recorded element is zero."
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    Greatest distance over the recorded modulus. Absent: not compared, or every recorded element is zero.
    """
    zero_mismatches: (
        Annotated[
            Count,
            Meta(
                description="Elements that are recorded as zero and are not zero now. Absent: not compared."
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    Elements that are recorded as zero and are not zero now. Absent: not compared.
    """
    rms_error: (
        Annotated[NonNegative, Meta(description="Root mean square distance. Absent: not compared.")]
        | UnsetType
    ) = UNSET
    """
    Root mean square distance. Absent: not compared.
    """
    max_ulp: (
        Annotated[
            Unsigned64,
            Meta(
                description="Greatest distance in units of the last place. Absent: not compared, or not binary64."
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    Greatest distance in units of the last place. Absent: not compared, or not binary64.
    """
    fidelity: (
        Annotated[
            NonNegative, Meta(description="Overlap of two fields. Absent: no field, or one of them is zero.")
        ]
        | UnsetType
    ) = UNSET
    """
    Overlap of two fields. Absent: no field, or one of them is zero.
    """
    tolerance_absolute: (
        Annotated[
            NonNegative, Meta(description="The absolute tolerance that was applied. Absent: not compared.")
        ]
        | UnsetType
    ) = UNSET
    """
    The absolute tolerance that was applied. Absent: not compared.
    """
    tolerance_relative: (
        Annotated[
            NonNegative, Meta(description="The relative tolerance that was applied. Absent: not compared.")
        ]
        | UnsetType
    ) = UNSET
    """
    The relative tolerance that was applied. Absent: not compared.
    """
    test: (
        Annotated[
            StatisticalTest,
            Meta(description="Statistical test of a sampled output. Absent: none was needed."),
        ]
        | UnsetType
    ) = UNSET
    """
    Statistical test of a sampled output. Absent: none was needed.
    """


Outputs: TypeAlias = Annotated[
    dict[OutputName, Output],
    Meta(
        description="The outputs by name, data/results/outputs.json. It describes them; the values stand in NPY files."
    ),
]
"""
The outputs by name, data/results/outputs.json. It describes them; the values stand in NPY files.
"""


class Parameter(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A value with its unit.
    """

    value: Annotated[float, Meta(description="The value.")]
    """
    The value.
    """
    unit: Annotated[Unit, Meta(description="Its unit.")]
    """
    Its unit.
    """


Parameters: TypeAlias = Annotated[
    dict[ParameterName, Parameter], Meta(description="The parameters by name, data/inputs/parameters.json.")
]
"""
The parameters by name, data/inputs/parameters.json.
"""


class Parent(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An artifact this one came from.
    """

    artifact_id: Annotated[ArtifactId, Meta(description="Its name.")]
    """
    Its name.
    """
    relation: Annotated[Relation, Meta(description="What it is to this one.")]
    """
    What it is to this one.
    """


class PersonCreator(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="person"):
    """
    A person.
    """

    family_name: Annotated[Line, Meta(description="Family name, or the whole name where there is only one.")]
    """
    Family name, or the whole name where there is only one.
    """
    given_name: (
        Annotated[Line, Meta(description="Given names. Absent: the person has one name only.")] | UnsetType
    ) = UNSET
    """
    Given names. Absent: the person has one name only.
    """
    name_particle: (
        Annotated[Line, Meta(description="Particle before the family name, such as van der. Absent: none.")]
        | UnsetType
    ) = UNSET
    """
    Particle before the family name, such as van der. Absent: none.
    """
    name_suffix: Annotated[Line, Meta(description="Suffix such as Jr. Absent: none.")] | UnsetType = UNSET
    """
    Suffix such as Jr. Absent: none.
    """
    orcid: Annotated[Orcid, Meta(description="ORCID. Absent: not given.")] | UnsetType = UNSET
    """
    ORCID. Absent: not given.
    """
    email: Annotated[Email, Meta(description="Address. Absent: not given.")] | UnsetType = UNSET
    """
    Address. Absent: not given.
    """
    affiliations: (
        Annotated[
            list[Organization], Meta(description="Where the person works. Absent: not given.", min_length=1)
        ]
        | UnsetType
    ) = UNSET
    """
    Where the person works. Absent: not given.
    """


class Processor(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A processor.
    """

    architecture: Annotated[Token, Meta(description="Its instruction set.")]
    """
    Its instruction set.
    """
    logical_cores: Annotated[int, Meta(description="How many logical cores.", ge=1, le=9007199254740991)]
    """
    How many logical cores.
    """
    features: Annotated[
        list[Token], Meta(description="Instruction set extensions that numerics may depend on.")
    ]
    """
    Instruction set extensions that numerics may depend on.
    """
    model: Annotated[Line, Meta(description="Its model. Absent: not recorded.")] | UnsetType = UNSET
    """
    Its model. Absent: not recorded.
    """


class ProvAssociation(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An agent was responsible for an activity.
    """

    prov_activity: Annotated[QualifiedName, Meta(description="The activity.")] = field(name="prov:activity")
    """
    The activity.
    """
    prov_agent: Annotated[QualifiedName, Meta(description="The agent.")] = field(name="prov:agent")
    """
    The agent.
    """


class ProvAttribution(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An entity is an agent's work.
    """

    prov_entity: Annotated[QualifiedName, Meta(description="The entity.")] = field(name="prov:entity")
    """
    The entity.
    """
    prov_agent: Annotated[QualifiedName, Meta(description="The agent.")] = field(name="prov:agent")
    """
    The agent.
    """


class ProvCommunication(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An activity used what another made.
    """

    prov_informed: Annotated[QualifiedName, Meta(description="The later activity.")] = field(
        name="prov:informed"
    )
    """
    The later activity.
    """
    prov_informant: Annotated[QualifiedName, Meta(description="The earlier activity.")] = field(
        name="prov:informant"
    )
    """
    The earlier activity.
    """


class ProvDelegation(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An agent acted for another.
    """

    prov_delegate: Annotated[QualifiedName, Meta(description="Who acted.")] = field(name="prov:delegate")
    """
    Who acted.
    """
    prov_responsible: Annotated[QualifiedName, Meta(description="For whom.")] = field(name="prov:responsible")
    """
    For whom.
    """


class ProvGeneration(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An activity made an entity.
    """

    prov_activity: Annotated[QualifiedName, Meta(description="The activity.")] = field(name="prov:activity")
    """
    The activity.
    """
    prov_entity: Annotated[QualifiedName, Meta(description="The entity.")] = field(name="prov:entity")
    """
    The entity.
    """
    prov_time: Annotated[Instant, Meta(description="When. Absent: not stated.")] | UnsetType = field(
        name="prov:time", default=UNSET
    )
    """
    When. Absent: not stated.
    """


class ProvMembership(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An entity is part of another.
    """

    prov_collection: Annotated[QualifiedName, Meta(description="The whole.")] = field(name="prov:collection")
    """
    The whole.
    """
    prov_entity: Annotated[QualifiedName, Meta(description="The part.")] = field(name="prov:entity")
    """
    The part.
    """


class ProvQualified(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A qualified name as attribute value.
    """

    field_: Annotated[QualifiedName, Meta(description="The name.")] = field(name="$")
    """
    The name.
    """
    type: Annotated[Literal["prov:QUALIFIED_NAME"], Meta(description="Says that it is one.")]
    """
    Says that it is one.
    """


class ProvUsage(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An activity used an entity.
    """

    prov_activity: Annotated[QualifiedName, Meta(description="The activity.")] = field(name="prov:activity")
    """
    The activity.
    """
    prov_entity: Annotated[QualifiedName, Meta(description="The entity.")] = field(name="prov:entity")
    """
    The entity.
    """
    prov_time: Annotated[Instant, Meta(description="When. Absent: not stated.")] | UnsetType = field(
        name="prov:time", default=UNSET
    )
    """
    When. Absent: not stated.
    """


class PythonBuild(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A Python.
    """

    implementation: Annotated[Line, Meta(description="CPython or another.")]
    """
    CPython or another.
    """
    version: Annotated[Token, Meta(description="Its version.")]
    """
    Its version.
    """
    build: Annotated[Line, Meta(description="Its build.")]
    """
    Its build.
    """
    compiler: Annotated[Line, Meta(description="What it was compiled with.")]
    """
    What it was compiled with.
    """


class Reason(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Why an execution did not complete.
    """

    code: Annotated[FindingCode, Meta(description="Finding code.")]
    """
    Finding code.
    """
    message: Annotated[
        Text,
        Meta(description="What happened; in the body of a run the message of the code's registry entry."),
    ]
    """
    What happened; in the body of a run the message of the code's registry entry.
    """
    node: (
        Annotated[
            NodeId, Meta(description="The node where it happened. Absent: it concerns the whole graph.")
        ]
        | UnsetType
    ) = UNSET
    """
    The node where it happened. Absent: it concerns the whole graph.
    """


class ReplayLogEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """
    One step of a replay, a line of data/evidence/replay_log.jsonl.
    """

    sequence: Annotated[Count, Meta(description="Number of the line, from 0.")]
    """
    Number of the line, from 0.
    """
    elapsed_ns: Annotated[Count, Meta(description="Nanoseconds since the replay began.")]
    """
    Nanoseconds since the replay began.
    """
    step: Annotated[ReplayStep, Meta(description="What was done.")]
    """
    What was done.
    """
    outcome: Annotated[StepOutcome, Meta(description="How it went.")]
    """
    How it went.
    """
    message: Annotated[Text, Meta(description="What happened.")]
    """
    What happened.
    """


class ReplayTask(Struct, frozen=True, forbid_unknown_fields=True, tag_field="artifact_type", tag="replay"):
    """
    What is executed again.
    """

    artifact_id: Annotated[ArtifactId, Meta(description="The artifact.")]
    """
    The artifact.
    """
    seed: Annotated[Unsigned64, Meta(description="The seed that is used.")]
    """
    The seed that is used.
    """
    as_of_ps: Annotated[
        Unsigned64, Meta(description="The time on the experiment clock at which age and expiry are judged.")
    ]
    """
    The time on the experiment clock at which age and expiry are judged.
    """


class RunBody(Struct, frozen=True, forbid_unknown_fields=True, tag_field="artifact_type", tag="run"):
    """
    What a run did.
    """

    status: Annotated[Status, Meta(description="How the execution ended.")]
    """
    How the execution ended.
    """
    shots: Annotated[Count, Meta(description="Samples that were taken of each sampled output.")]
    """
    Samples that were taken of each sampled output.
    """
    recorded_states: Annotated[
        list[Endpoint], Meta(description="Endpoints whose field is among the outputs.")
    ]
    """
    Endpoints whose field is among the outputs.
    """
    reason: (
        Annotated[Reason, Meta(description="Why it did not complete. Absent: it completed.")] | UnsetType
    ) = UNSET
    """
    Why it did not complete. Absent: it completed.
    """


class Runtime(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An implementation.
    """

    name: Annotated[Line, Meta(description="Its name.")]
    """
    Its name.
    """
    version: Annotated[Token, Meta(description="Its version.")]
    """
    Its version.
    """


class SpanEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Something that happened within a span.
    """

    timeUnixNano: Annotated[Unsigned64, Meta(description="When.")]
    """
    When.
    """
    name: Annotated[Line, Meta(description="What.")]
    """
    What.
    """
    attributes: (
        Annotated[list[KeyValue], Meta(description="Its attributes. Absent: none.", min_length=1)] | UnsetType
    ) = UNSET
    """
    Its attributes. Absent: none.
    """


class SpanStatus(Struct, frozen=True, forbid_unknown_fields=True):
    """
    How a span ended.
    """

    code: Annotated[int, Meta(description="0 unset, 1 ok, 2 error.", ge=0, le=2)]
    """
    0 unset, 1 ok, 2 error.
    """
    message: Annotated[Text, Meta(description="More. Absent: nothing.")] | UnsetType = UNSET
    """
    More. Absent: nothing.
    """


class TimelineEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Something on the time axis.
    """

    name: Annotated[Line, Meta(description="What.")]
    """
    What.
    """
    ph: Annotated[TimelinePhase, Meta(description="How it is drawn.")]
    """
    How it is drawn.
    """
    pid: Annotated[Count, Meta(description="Row group.")]
    """
    Row group.
    """
    tid: Annotated[Count, Meta(description="Row.")]
    """
    Row.
    """
    cat: Annotated[Line, Meta(description="Category. Absent: none.")] | UnsetType = UNSET
    """
    Category. Absent: none.
    """
    ts: (
        Annotated[NonNegative, Meta(description="Microseconds at its begin. Absent: it has no time.")]
        | UnsetType
    ) = UNSET
    """
    Microseconds at its begin. Absent: it has no time.
    """
    dur: (
        Annotated[NonNegative, Meta(description="Microseconds it took. Absent: no complete event.")]
        | UnsetType
    ) = UNSET
    """
    Microseconds it took. Absent: no complete event.
    """
    s: (
        Annotated[
            TimelineScope, Meta(description="Scope of an instant. Absent: no instant, or that of its row.")
        ]
        | UnsetType
    ) = UNSET
    """
    Scope of an instant. Absent: no instant, or that of its row.
    """
    args: (
        Annotated[
            dict[Token, bool | float | str], Meta(description="More by name. Absent: nothing.", min_length=1)
        ]
        | UnsetType
    ) = UNSET
    """
    More by name. Absent: nothing.
    """


class Tool(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A piece of software.
    """

    name: Annotated[Line, Meta(description="Its name.")]
    """
    Its name.
    """
    version: Annotated[Token, Meta(description="Its version.")]
    """
    Its version.
    """
    url: Annotated[Url, Meta(description="Where it is described.")]
    """
    Where it is described.
    """


class TwinModel(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A simulated device that drifts, ages and counts in the dark.
    """

    seed: Annotated[Unsigned64, Meta(description="Owns the randomness of its drift.")]
    """
    Owns the randomness of its drift.
    """
    at_ps: Annotated[Unsigned64, Meta(description="Its time on the experiment clock.")]
    """
    Its time on the experiment clock.
    """
    temperature_k: Annotated[NonNegative, Meta(description="Its temperature.")]
    """
    Its temperature.
    """
    reference_temperature_k: Annotated[
        NonNegative, Meta(description="The temperature at which its offsets hold.")
    ]
    """
    The temperature at which its offsets hold.
    """
    phases: Annotated[
        dict[ParameterName, PhaseCalibration], Meta(description="Its true phases by parameter.")
    ]
    """
    Its true phases by parameter.
    """
    crosstalk: Annotated[Crosstalk, Meta(description="Its true crosstalk.")]
    """
    Its true crosstalk.
    """
    dark_rates: Annotated[dict[NodeId, DarkRate], Meta(description="Its true dark counts by counter node.")]
    """
    Its true dark counts by counter node.
    """


class ValidationBody(Struct, frozen=True, forbid_unknown_fields=True, tag_field="artifact_type", tag="validation"):
    """
    What held and what did not.
    """

    status: Annotated[Status, Meta(description="How the execution ended.")]
    """
    How the execution ended.
    """
    passed: Annotated[bool, Meta(description="Whether every constraint passed.")]
    """
    Whether every constraint passed.
    """
    constraints: Annotated[dict[OutputName, ConstraintResult], Meta(description="The constraints by id.")]
    """
    The constraints by id.
    """
    reason: (
        Annotated[Reason, Meta(description="Why it did not complete. Absent: it completed.")] | UnsetType
    ) = UNSET
    """
    Why it did not complete. Absent: it completed.
    """


class ValidationTask(Struct, frozen=True, forbid_unknown_fields=True, tag_field="artifact_type", tag="validation"):
    """
    Which constraints are held against which artifacts.
    """

    procedure: Annotated[Semantics, Meta(description="The contract of the procedure that measures.")]
    """
    The contract of the procedure that measures.
    """
    subjects: Annotated[
        list[ArtifactId],
        Meta(description="The artifacts that are judged; none where the procedure judges something else."),
    ]
    """
    The artifacts that are judged; none where the procedure judges something else.
    """
    as_of_ps: Annotated[
        Unsigned64, Meta(description="The time on the experiment clock at which ages are judged.")
    ]
    """
    The time on the experiment clock at which ages are judged.
    """
    constraints: Annotated[dict[OutputName, Constraint], Meta(description="The constraints by id.")]
    """
    The constraints by id.
    """


class Calibration(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The calibration state that was used, data/inputs/calibration.json. The identity is written out.
    """

    phases: Annotated[
        dict[ParameterName, PhaseCalibration], Meta(description="The calibrated phases by parameter.")
    ]
    """
    The calibrated phases by parameter.
    """
    crosstalk: Annotated[Crosstalk, Meta(description="How drives act on phases.")]
    """
    How drives act on phases.
    """
    dark_rates: Annotated[dict[NodeId, DarkRate], Meta(description="Dark counts by counter node.")]
    """
    Dark counts by counter node.
    """
    temperature_k: Annotated[NonNegative, Meta(description="Temperature at calibration.")]
    """
    Temperature at calibration.
    """
    calibrated_at_ps: Annotated[Unsigned64, Meta(description="When it was made on the experiment clock.")]
    """
    When it was made on the experiment clock.
    """
    expires_at_ps: (
        Annotated[Unsigned64, Meta(description="From when it must not be used. Absent: it does not expire.")]
        | UnsetType
    ) = UNSET
    """
    From when it must not be used. Absent: it does not expire.
    """
    stale_limit_rad: (
        Annotated[
            NonNegative,
            Meta(description="Phase uncertainty from which it is stale. Absent: staleness is not judged."),
        ]
        | UnsetType
    ) = UNSET
    """
    Phase uncertainty from which it is stale. Absent: staleness is not judged.
    """
    extensions: (
        Annotated[Extensions, Meta(description="Data of others. Absent: there is none.")] | UnsetType
    ) = UNSET
    """
    Data of others. Absent: there is none.
    """


class CalibrationBody(Struct, frozen=True, forbid_unknown_fields=True, tag_field="artifact_type", tag="calibration"):
    """
    What a calibration found.
    """

    status: Annotated[Status, Meta(description="How the execution ended.")]
    """
    How the execution ended.
    """
    before: Annotated[Calibration, Meta(description="The state before.")]
    """
    The state before.
    """
    drift: Annotated[
        dict[ParameterName, DriftEstimate], Meta(description="Drift by parameter, as far as it was measured.")
    ]
    """
    Drift by parameter, as far as it was measured.
    """
    iterations: Annotated[Count, Meta(description="Steps of the optimiser.")]
    """
    Steps of the optimiser.
    """
    residual_before: Annotated[NonNegative, Meta(description="Residual of the state before.")]
    """
    Residual of the state before.
    """
    warnings: Annotated[list[Reason], Meta(description="Soft limits that were exceeded.")]
    """
    Soft limits that were exceeded.
    """
    reason: (
        Annotated[Reason, Meta(description="Why it did not complete. Absent: it completed.")] | UnsetType
    ) = UNSET
    """
    Why it did not complete. Absent: it completed.
    """
    after: (
        Annotated[
            Calibration, Meta(description="The fitted state, with its expiry. Absent: none was reached.")
        ]
        | UnsetType
    ) = UNSET
    """
    The fitted state, with its expiry. Absent: none was reached.
    """
    residual_after: (
        Annotated[NonNegative, Meta(description="Residual of the fitted state. Absent: none was reached.")]
        | UnsetType
    ) = UNSET
    """
    Residual of the fitted state. Absent: none was reached.
    """


class CalibrationTask(Struct, frozen=True, forbid_unknown_fields=True, tag_field="artifact_type", tag="calibration"):
    """
    What is calibrated, and within which limits.
    """

    procedure: Annotated[CalibrationProcedure, Meta(description="What is measured.")]
    """
    What is measured.
    """
    targets: Annotated[
        list[ParameterName], Meta(description="The parameters or counters that are calibrated.", min_length=1)
    ]
    """
    The parameters or counters that are calibrated.
    """
    optimiser: Annotated[Optimiser, Meta(description="How the state is fitted.")]
    """
    How the state is fitted.
    """
    soft_limits: Annotated[CalibrationLimits, Meta(description="Limits whose violation is reported.")]
    """
    Limits whose violation is reported.
    """
    hard_limits: Annotated[CalibrationLimits, Meta(description="Limits whose violation aborts.")]
    """
    Limits whose violation aborts.
    """
    as_of_ps: Annotated[Unsigned64, Meta(description="When the calibration is made on the experiment clock.")]
    """
    When the calibration is made on the experiment clock.
    """


class Claim(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The claim, data/claim/claim.json.
    """

    tolerance: Annotated[Tolerance, Meta(description="How far a re-execution may be off.")]
    """
    How far a re-execution may be off.
    """
    parents: Annotated[list[Parent], Meta(description="The artifacts this one came from.")]
    """
    The artifacts this one came from.
    """
    output_tolerances: (
        Annotated[
            dict[OutputName, OutputTolerance],
            Meta(description="Tolerances of single outputs. Absent: all share the one above.", min_length=1),
        ]
        | UnsetType
    ) = UNSET
    """
    Tolerances of single outputs. Absent: all share the one above.
    """
    environment_digest: (
        Annotated[Sha256, Meta(description="Digest of data/evidence/environment.json. Absent: not a replay.")]
        | UnsetType
    ) = UNSET
    """
    Digest of data/evidence/environment.json. Absent: not a replay.
    """


class Comparison(Struct, frozen=True, forbid_unknown_fields=True):
    """
    How two results differ, and what may be the cause.
    """

    verdict: Annotated[
        Verdict,
        Meta(
            description="The worst over the outputs, or different where one side has other outputs or ended otherwise."
        ),
    ]
    """
    The worst over the outputs, or different where one side has other outputs or ended otherwise.
    """
    outputs: Annotated[
        dict[OutputName, OutputComparison], Meta(description="Metrics of each output that both sides have.")
    ]
    """
    Metrics of each output that both sides have.
    """
    only_recorded: Annotated[list[OutputName], Meta(description="Outputs that only the record has.")]
    """
    Outputs that only the record has.
    """
    only_replayed: Annotated[list[OutputName], Meta(description="Outputs that only the other side has.")]
    """
    Outputs that only the other side has.
    """
    attribution: Annotated[
        list[Difference],
        Meta(description="Everything in which the two records differ, the likeliest cause first."),
    ]
    """
    Everything in which the two records differ, the likeliest cause first.
    """
    drift: (
        Annotated[
            DeviceDrift,
            Meta(
                description="How the device has drifted since the record. Absent: it shows the phases that the recorded device showed, or nobody can tell."
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    How the device has drifted since the record. Absent: it shows the phases that the recorded device showed, or nobody can tell.
    """


Creator: TypeAlias = Annotated[
    OrganizationCreator | PersonCreator,
    Meta(description="A person or an organization that made the artifact."),
]
"""
A person or an organization that made the artifact.
"""


class Device(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The device, data/inputs/device.json.
    """

    type: Annotated[DeviceType, Meta(description="What kind of device.")]
    """
    What kind of device.
    """
    capabilities: Annotated[list[Name], Meta(description="The component kinds it can execute.")]
    """
    The component kinds it can execute.
    """
    limits: Annotated[DeviceLimits, Meta(description="What must not be exceeded.")]
    """
    What must not be exceeded.
    """
    identity: (
        Annotated[DeviceIdentity, Meta(description="Which piece of hardware. Absent: it is not hardware.")]
        | UnsetType
    ) = UNSET
    """
    Which piece of hardware. Absent: it is not hardware.
    """
    twin: (
        Annotated[TwinModel, Meta(description="The model behind a twin. Absent: it is not a twin.")]
        | UnsetType
    ) = UNSET
    """
    The model behind a twin. Absent: it is not a twin.
    """
    extensions: (
        Annotated[Extensions, Meta(description="Data of others. Absent: there is none.")] | UnsetType
    ) = UNSET
    """
    Data of others. Absent: there is none.
    """


class Environment(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The environment, data/evidence/environment.json, collected by allow-list.
    """

    runtime: Annotated[Runtime, Meta(description="The implementation that ran.")]
    """
    The implementation that ran.
    """
    os: Annotated[OperatingSystem, Meta(description="The operating system.")]
    """
    The operating system.
    """
    cpu: Annotated[Processor, Meta(description="The processor.")]
    """
    The processor.
    """
    gpus: Annotated[
        list[Gpu], Meta(description="Graphics processors that were there; they have no part in the results.")
    ]
    """
    Graphics processors that were there; they have no part in the results.
    """
    feature_flags: Annotated[FeatureFlags, Meta(description="What was switched on.")]
    """
    What was switched on.
    """
    dependencies: Annotated[dict[str, Dependency], Meta(description="Packages by normalised name.")]
    """
    Packages by normalised name.
    """
    python: (
        Annotated[PythonBuild, Meta(description="The Python it ran on. Absent: it is not written in Python.")]
        | UnsetType
    ) = UNSET
    """
    The Python it ran on. Absent: it is not written in Python.
    """
    memory: Annotated[Memory, Meta(description="The memory. Absent: not recorded.")] | UnsetType = UNSET
    """
    The memory. Absent: not recorded.
    """
    numerics: (
        Annotated[
            NumericSelfTest, Meta(description="What the numeric self-test found. Absent: there was none.")
        ]
        | UnsetType
    ) = UNSET
    """
    What the numeric self-test found. Absent: there was none.
    """
    extensions: (
        Annotated[Extensions, Meta(description="Data of others. Absent: there is none.")] | UnsetType
    ) = UNSET
    """
    Data of others. Absent: there is none.
    """


class Experiment(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The experiment, data/inputs/experiment.json.
    """

    artifact_type: Annotated[TypeName, Meta(description="The type of the artifact.")]
    """
    The type of the artifact.
    """
    semantics: Annotated[
        Semantics,
        Meta(description="The contract that defines the results, not the software that computed them."),
    ]
    """
    The contract that defines the results, not the software that computed them.
    """
    seed: Annotated[Unsigned64, Meta(description="Owns all randomness.")]
    """
    Owns all randomness.
    """
    shots: Annotated[
        int,
        Meta(
            description="Samples of each sampled output; 0 asks for expectations only.", ge=0, le=1000000000
        ),
    ]
    """
    Samples of each sampled output; 0 asks for expectations only.
    """
    grid: Annotated[Grid, Meta(description="Where in wavelength or frequency the circuit is solved.")]
    """
    Where in wavelength or frequency the circuit is solved.
    """
    record: Annotated[list[Endpoint], Meta(description="Endpoints whose field is an output.")]
    """
    Endpoints whose field is an output.
    """
    clock: (
        Annotated[ExperimentClock, Meta(description="The experiment clock. Absent: nothing happens in time.")]
        | UnsetType
    ) = UNSET
    """
    The experiment clock. Absent: nothing happens in time.
    """
    coherence_window: (
        Annotated[
            CoherenceWindow,
            Meta(description="How long light stays coherent. Absent: coherence is not judged."),
        ]
        | UnsetType
    ) = UNSET
    """
    How long light stays coherent. Absent: coherence is not judged.
    """
    extensions: (
        Annotated[Extensions, Meta(description="Data of others. Absent: there is none.")] | UnsetType
    ) = UNSET
    """
    Data of others. Absent: there is none.
    """


class GradientBody(Struct, frozen=True, forbid_unknown_fields=True, tag_field="artifact_type", tag="gradient"):
    """
    The cost and its derivatives.
    """

    status: Annotated[Status, Meta(description="How the execution ended.")]
    """
    How the execution ended.
    """
    gradient: Annotated[dict[ParameterName, Derivative], Meta(description="The derivatives by parameter.")]
    """
    The derivatives by parameter.
    """
    perturbations: Annotated[
        list[Perturbation],
        Meta(
            description="Costs at shifted parameters, in the order of evaluation; none for the adjoint method."
        ),
    ]
    """
    Costs at shifted parameters, in the order of evaluation; none for the adjoint method.
    """
    evaluations: Annotated[Count, Meta(description="Forward evaluations of the circuit.")]
    """
    Forward evaluations of the circuit.
    """
    reason: (
        Annotated[Reason, Meta(description="Why it did not complete. Absent: it completed.")] | UnsetType
    ) = UNSET
    """
    Why it did not complete. Absent: it completed.
    """
    baseline_cost: (
        Annotated[
            float,
            Meta(
                description="The cost where the derivatives are taken. Absent: the execution did not get that far."
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    The cost where the derivatives are taken. Absent: the execution did not get that far.
    """
    baseline_standard_error: (
        Annotated[NonNegative, Meta(description="Its standard error. Absent: the cost is not sampled.")]
        | UnsetType
    ) = UNSET
    """
    Its standard error. Absent: the cost is not sampled.
    """


class Graph(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The circuit, data/inputs/ir.json. Every port of every node is connected exactly once.
    """

    nodes: Annotated[dict[NodeId, Node], Meta(description="The components by id.")]
    """
    The components by id.
    """
    edges: Annotated[list[Edge], Meta(description="The connections.")]
    """
    The connections.
    """
    control: (
        Annotated[
            list[ControlRule],
            Meta(description="What is decided while the experiment runs. Absent: nothing is.", min_length=1),
        ]
        | UnsetType
    ) = UNSET
    """
    What is decided while the experiment runs. Absent: nothing is.
    """
    extensions: (
        Annotated[Extensions, Meta(description="Data of others. Absent: there is none.")] | UnsetType
    ) = UNSET
    """
    Data of others. Absent: there is none.
    """


class LoweredGraph(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The plan of an execution, data/evidence/ir.lowered.json.
    """

    semantics: Annotated[Semantics, Meta(description="The contract it implements.")]
    """
    The contract it implements.
    """
    method: Annotated[Name, Meta(description="Which of the equivalent walks was taken.")]
    """
    Which of the equivalent walks was taken.
    """
    nodes: Annotated[dict[LoweredId, LoweredNode], Meta(description="Nodes after expansion of composites.")]
    """
    Nodes after expansion of composites.
    """
    pruned: Annotated[
        list[LoweredId], Meta(description="Nodes that no source reaches or no output depends on.")
    ]
    """
    Nodes that no source reaches or no output depends on.
    """
    components: Annotated[
        list[LoweredComponent],
        Meta(
            description="Strongly connected components in the order of execution, each by its nodes in the order of elimination."
        ),
    ]
    """
    Strongly connected components in the order of execution, each by its nodes in the order of elimination.
    """


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The manifest of a bundle, manifest.json.
    """

    artifact_type: Annotated[TypeName, Meta(description="Selects the classes of the task and the body.")]
    """
    Selects the classes of the task and the body.
    """
    spec_version: Annotated[
        SpecVersion, Meta(description="Version of the specification the bundle was written to.")
    ]
    """
    Version of the specification the bundle was written to.
    """
    ids: Annotated[
        ArtifactIds,
        Meta(description="The names of the artifact; the seal is not among them, for it covers this file."),
    ]
    """
    The names of the artifact; the seal is not among them, for it covers this file.
    """
    created: Annotated[Instant, Meta(description="When this record was sealed.")]
    """
    When this record was sealed.
    """
    tool: Annotated[Tool, Meta(description="The software that sealed it.")]
    """
    The software that sealed it.
    """
    content: Annotated[dict[str, ContentEntry], Meta(description="Every file under data/ by its path.")]
    """
    Every file under data/ by its path.
    """
    critical: (
        Annotated[
            list[ExtensionKey],
            Meta(
                description="Extensions without which the bundle would be misread. Absent: there is none.",
                min_length=1,
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    Extensions without which the bundle would be misread. Absent: there is none.
    """
    extensions: (
        Annotated[Extensions, Meta(description="Data of others. Absent: there is none.")] | UnsetType
    ) = UNSET
    """
    Data of others. Absent: there is none.
    """


class Metadata(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The description of an artifact, metadata.json. It never takes part in the identity.
    """

    title: Annotated[Line, Meta(description="One line, for people.")]
    """
    One line, for people.
    """
    description: Annotated[Text, Meta(description="What was done and found.")]
    """
    What was done and found.
    """
    created: Annotated[
        Instant, Meta(description="When the artifact came to be; the date that citations give.")
    ]
    """
    When the artifact came to be; the date that citations give.
    """
    license: Annotated[License, Meta(description="Under what terms others may use it.")]
    """
    Under what terms others may use it.
    """
    creators: Annotated[
        list[Creator], Meta(description="Who made it, in the order of citation.", min_length=1)
    ]
    """
    Who made it, in the order of citation.
    """
    version: (
        Annotated[
            Line, Meta(description="The author's version of the artifact. Absent: the author gives none.")
        ]
        | UnsetType
    ) = UNSET
    """
    The author's version of the artifact. Absent: the author gives none.
    """
    keywords: (
        Annotated[list[Line], Meta(description="Tags. Absent: there are none.", min_length=1)] | UnsetType
    ) = UNSET
    """
    Tags. Absent: there are none.
    """
    notes: Annotated[Text, Meta(description="Anything else for the reader. Absent: nothing.")] | UnsetType = (
        UNSET
    )
    """
    Anything else for the reader. Absent: nothing.
    """
    publisher: (
        Annotated[Organization, Meta(description="Who published it. Absent: it is not published.")]
        | UnsetType
    ) = UNSET
    """
    Who published it. Absent: it is not published.
    """
    contact: Annotated[Contact, Meta(description="Whom to ask. Absent: nobody is named.")] | UnsetType = UNSET
    """
    Whom to ask. Absent: nobody is named.
    """
    funding: (
        Annotated[list[Funding], Meta(description="Who paid. Absent: nothing is stated.", min_length=1)]
        | UnsetType
    ) = UNSET
    """
    Who paid. Absent: nothing is stated.
    """
    identifiers: (
        Annotated[
            list[Identifier],
            Meta(description="Names that others gave it. Absent: none was assigned.", min_length=1),
        ]
        | UnsetType
    ) = UNSET
    """
    Names that others gave it. Absent: none was assigned.
    """
    related: (
        Annotated[
            list[RelatedWork],
            Meta(
                description="Works it relates to, besides its parents. Absent: there are none.", min_length=1
            ),
        ]
        | UnsetType
    ) = UNSET
    """
    Works it relates to, besides its parents. Absent: there are none.
    """
    extensions: (
        Annotated[Extensions, Meta(description="Data of others. Absent: there is none.")] | UnsetType
    ) = UNSET
    """
    Data of others. Absent: there is none.
    """


class ProvActivity(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An activity.
    """

    prov_startTime: Annotated[Instant, Meta(description="When it began.")] = field(name="prov:startTime")
    """
    When it began.
    """
    prov_endTime: Annotated[Instant, Meta(description="When it ended.")] = field(name="prov:endTime")
    """
    When it ended.
    """
    prov_type: Annotated[ProvQualified, Meta(description="Its type.")] = field(name="prov:type")
    """
    Its type.
    """
    prov_label: Annotated[Line, Meta(description="Its label. Absent: none.")] | UnsetType = field(
        name="prov:label", default=UNSET
    )
    """
    Its label. Absent: none.
    """


class ProvAgent(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An agent.
    """

    prov_type: Annotated[ProvQualified, Meta(description="Its type.")] = field(name="prov:type")
    """
    Its type.
    """
    prov_label: Annotated[Line, Meta(description="Its label. Absent: none.")] | UnsetType = field(
        name="prov:label", default=UNSET
    )
    """
    Its label. Absent: none.
    """


class ProvDerivation(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An entity was made from another.
    """

    prov_generatedEntity: Annotated[QualifiedName, Meta(description="What was made.")] = field(
        name="prov:generatedEntity"
    )
    """
    What was made.
    """
    prov_usedEntity: Annotated[QualifiedName, Meta(description="From what.")] = field(name="prov:usedEntity")
    """
    From what.
    """
    prov_type: (
        Annotated[ProvQualified, Meta(description="The relation. Absent: a derivation and no more.")]
        | UnsetType
    ) = field(name="prov:type", default=UNSET)
    """
    The relation. Absent: a derivation and no more.
    """


class ProvEntity(Struct, frozen=True, forbid_unknown_fields=True):
    """
    An entity.
    """

    prov_type: Annotated[ProvQualified, Meta(description="Its type.")] = field(name="prov:type")
    """
    Its type.
    """
    prov_label: Annotated[Line, Meta(description="Its label. Absent: none.")] | UnsetType = field(
        name="prov:label", default=UNSET
    )
    """
    Its label. Absent: none.
    """
    awen_artifactType: (
        Annotated[TypeName, Meta(description="The artifact type. Absent: no artifact, or not known.")]
        | UnsetType
    ) = field(name="awen:artifactType", default=UNSET)
    """
    The artifact type. Absent: no artifact, or not known.
    """


class Provenance(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Who and what made the results, data/evidence/provenance.json.
    """

    prefix: Annotated[dict[str, PrefixAdditionalProperty], Meta(description="Namespaces by prefix.")]
    """
    Namespaces by prefix.
    """
    entity: Annotated[dict[QualifiedName, ProvEntity], Meta(description="Entities by name.")]
    """
    Entities by name.
    """
    activity: Annotated[dict[QualifiedName, ProvActivity], Meta(description="Activities by name.")]
    """
    Activities by name.
    """
    agent: Annotated[dict[QualifiedName, ProvAgent], Meta(description="Agents by name.")]
    """
    Agents by name.
    """
    used: Annotated[dict[QualifiedName, ProvUsage], Meta(description="What activities used.")]
    """
    What activities used.
    """
    wasGeneratedBy: Annotated[dict[QualifiedName, ProvGeneration], Meta(description="What activities made.")]
    """
    What activities made.
    """
    wasAssociatedWith: Annotated[
        dict[QualifiedName, ProvAssociation], Meta(description="Whose activities they were.")
    ]
    """
    Whose activities they were.
    """
    wasDerivedFrom: Annotated[
        dict[QualifiedName, ProvDerivation], Meta(description="What was made from what.")
    ]
    """
    What was made from what.
    """
    hadMember: (
        Annotated[
            dict[QualifiedName, ProvMembership],
            Meta(description="What consists of what. Absent: nothing does.", min_length=1),
        ]
        | UnsetType
    ) = UNSET
    """
    What consists of what. Absent: nothing does.
    """
    wasAttributedTo: (
        Annotated[
            dict[QualifiedName, ProvAttribution],
            Meta(description="Whose work it is. Absent: not stated.", min_length=1),
        ]
        | UnsetType
    ) = UNSET
    """
    Whose work it is. Absent: not stated.
    """
    wasInformedBy: (
        Annotated[
            dict[QualifiedName, ProvCommunication],
            Meta(description="Which activity followed which. Absent: there is one only.", min_length=1),
        ]
        | UnsetType
    ) = UNSET
    """
    Which activity followed which. Absent: there is one only.
    """
    actedOnBehalfOf: (
        Annotated[
            dict[QualifiedName, ProvDelegation],
            Meta(description="Who acted for whom. Absent: not stated.", min_length=1),
        ]
        | UnsetType
    ) = UNSET
    """
    Who acted for whom. Absent: not stated.
    """


class ReplayBody(Struct, frozen=True, forbid_unknown_fields=True, tag_field="artifact_type", tag="replay"):
    """
    What the re-execution showed. A refused replay executes nothing and leaves no bundle.
    """

    status: Annotated[Status, Meta(description="How the execution ended.")]
    """
    How the execution ended.
    """
    recorded_status: Annotated[Status, Meta(description="How the recorded execution ended.")]
    """
    How the recorded execution ended.
    """
    replayed_status: Annotated[Status, Meta(description="How the re-execution ended.")]
    """
    How the re-execution ended.
    """
    comparison: Annotated[Comparison, Meta(description="The two results side by side.")]
    """
    The two results side by side.
    """
    reason: (
        Annotated[Reason, Meta(description="Why it did not complete. Absent: it completed.")] | UnsetType
    ) = UNSET
    """
    Why it did not complete. Absent: it completed.
    """


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    """
    One operation.
    """

    traceId: Annotated[str, Meta(description="The trace it belongs to.", pattern="^[0-9a-f]{32}$")]
    """
    The trace it belongs to.
    """
    spanId: Annotated[str, Meta(description="Its id.", pattern="^[0-9a-f]{16}$")]
    """
    Its id.
    """
    name: Annotated[Line, Meta(description="What was done.")]
    """
    What was done.
    """
    kind: Annotated[int, Meta(description="Its kind by number; 1 is internal.", ge=0, le=5)]
    """
    Its kind by number; 1 is internal.
    """
    startTimeUnixNano: Annotated[Unsigned64, Meta(description="When it began.")]
    """
    When it began.
    """
    endTimeUnixNano: Annotated[Unsigned64, Meta(description="When it ended.")]
    """
    When it ended.
    """
    parentSpanId: (
        Annotated[
            str,
            Meta(description="The span it happened in. Absent: it is the root.", pattern="^[0-9a-f]{16}$"),
        ]
        | UnsetType
    ) = UNSET
    """
    The span it happened in. Absent: it is the root.
    """
    attributes: (
        Annotated[list[KeyValue], Meta(description="Its attributes. Absent: none.", min_length=1)] | UnsetType
    ) = UNSET
    """
    Its attributes. Absent: none.
    """
    events: (
        Annotated[list[SpanEvent], Meta(description="What happened in it. Absent: nothing.", min_length=1)]
        | UnsetType
    ) = UNSET
    """
    What happened in it. Absent: nothing.
    """
    status: Annotated[SpanStatus, Meta(description="How it ended. Absent: nothing to say.")] | UnsetType = (
        UNSET
    )
    """
    How it ended. Absent: nothing to say.
    """


Task: TypeAlias = Annotated[
    CalibrationTask | GradientTask | ReplayTask | ValidationTask,
    Meta(description="The type's own inputs, data/inputs/task.json. A run has none."),
]
"""
The type's own inputs, data/inputs/task.json. A run has none.
"""


class Timeline(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The execution on a time axis, data/evidence/timeline.json.
    """

    traceEvents: Annotated[list[TimelineEvent], Meta(description="What is drawn.")]
    """
    What is drawn.
    """
    displayTimeUnit: (
        Annotated[TimelineUnit, Meta(description="What times are shown in. Absent: milliseconds.")]
        | UnsetType
    ) = UNSET
    """
    What times are shown in. Absent: milliseconds.
    """


Body: TypeAlias = Annotated[
    CalibrationBody | GradientBody | ReplayBody | RunBody | ValidationBody,
    Meta(description="The type's own results, data/results/body.json."),
]
"""
The type's own results, data/results/body.json.
"""


class ScopeSpans(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Spans of one instrumentation.
    """

    scope: Annotated[InstrumentationScope, Meta(description="The instrumentation.")]
    """
    The instrumentation.
    """
    spans: Annotated[list[Span], Meta(description="Its spans.")]
    """
    Its spans.
    """
    schemaUrl: (
        Annotated[Url, Meta(description="Which semantic conventions. Absent: not stated.")] | UnsetType
    ) = UNSET
    """
    Which semantic conventions. Absent: not stated.
    """


class ResourceSpans(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Spans of one resource.
    """

    resource: Annotated[OtlpResource, Meta(description="What was observed.")]
    """
    What was observed.
    """
    scopeSpans: Annotated[list[ScopeSpans], Meta(description="Spans by instrumentation.", min_length=1)]
    """
    Spans by instrumentation.
    """
    schemaUrl: (
        Annotated[Url, Meta(description="Which semantic conventions. Absent: not stated.")] | UnsetType
    ) = UNSET
    """
    Which semantic conventions. Absent: not stated.
    """


class TracesData(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Spans of an execution, a line of data/evidence/traces.jsonl.
    """

    resourceSpans: Annotated[list[ResourceSpans], Meta(description="Spans by resource.", min_length=1)]
    """
    Spans by resource.
    """
