/*
 * Types of every document of an AWEN bundle. Generated from the LinkML modules: do not edit.
 *
 * Types say the shape; the JSON Schemas beside them say the rest: patterns, bounds, lengths and conditions.
 */

/** Any JSON value; only extensions hold one. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** A value of one of four types. */
export interface AnyValue {
  /** A string. Absent: another type. */
  readonly stringValue?: string;
  /** A truth value. Absent: another type. */
  readonly boolValue?: boolean;
  /** An integer in decimal digits. Absent: another type. */
  readonly intValue?: string;
  /** A number. Absent: another type. */
  readonly doubleValue?: number;
}

/** Name of an artifact, taken from the lines of its inputs, claim and results. */
export type ArtifactId = string;

/** The three names that the manifest of the payload determines. */
export interface ArtifactIds {
  /** Over inputs, claim and results. */
  readonly artifact_id: ArtifactId;
  /** Over the inputs. */
  readonly inputs_id: InputsId;
  /** Over the results. */
  readonly results_id: ResultsId;
}

/** The type's own results, data/results/body.json. */
export type Body = CalibrationBody | GradientBody | ReplayBody | RunBody | ValidationBody;

/** The calibration state that was used, data/inputs/calibration.json. The identity is written out. */
export interface Calibration {
  /** The calibrated phases by parameter. */
  readonly phases: { readonly [name: string]: PhaseCalibration };
  /** How drives act on phases. */
  readonly crosstalk: Crosstalk;
  /** Dark counts by counter node. */
  readonly dark_rates: { readonly [name: string]: DarkRate };
  /** Temperature at calibration. Unit: K. */
  readonly temperature_k: NonNegative;
  /** When it was made on the experiment clock. Unit: ps. */
  readonly calibrated_at_ps: Unsigned64;
  /** From when it must not be used. Absent: it does not expire. Unit: ps. */
  readonly expires_at_ps?: Unsigned64;
  /** Phase uncertainty from which it is stale. Absent: staleness is not judged. Unit: rad. */
  readonly stale_limit_rad?: NonNegative;
  /** Data of others. Absent: there is none. */
  readonly extensions?: Extensions;
}

/** What a calibration found. */
export interface CalibrationBody {
  /** The type of the artifact. */
  readonly artifact_type: "calibration";
  /** How the execution ended. */
  readonly status: Status;
  /** Why it did not complete. Absent: it completed. */
  readonly reason?: Reason;
  /** The state before. */
  readonly before: Calibration;
  /** The fitted state, with its expiry. Absent: none was reached. */
  readonly after?: Calibration;
  /** Drift by parameter, as far as it was measured. */
  readonly drift: { readonly [name: string]: DriftEstimate };
  /** Steps of the optimiser. */
  readonly iterations: Count;
  /** Residual of the state before. */
  readonly residual_before: NonNegative;
  /** Residual of the fitted state. Absent: none was reached. */
  readonly residual_after?: NonNegative;
  /** Soft limits that were exceeded. */
  readonly warnings: readonly Reason[];
}

/** What a calibration must not exceed. */
export interface CalibrationLimits {
  /** Source power. Absent: no limit. Unit: W. */
  readonly power_w?: NonNegative;
  /** Absolute phase drive. Absent: no limit. Unit: rad. */
  readonly phase_rad?: NonNegative;
  /** Change of a phase in one iteration. Absent: no limit. Unit: rad. */
  readonly step_rad?: NonNegative;
  /** Residual at the end. Absent: no limit. */
  readonly residual?: NonNegative;
}

/** What is measured. */
export type CalibrationProcedure = "phase_response" | "dark_counts" | "crosstalk";

/** What is calibrated, and within which limits. */
export interface CalibrationTask {
  /** The type of the artifact. */
  readonly artifact_type: "calibration";
  /** What is measured. */
  readonly procedure: CalibrationProcedure;
  /** The parameters or counters that are calibrated. */
  readonly targets: readonly ParameterName[];
  /** How the state is fitted. */
  readonly optimiser: Optimiser;
  /** Limits whose violation is reported. */
  readonly soft_limits: CalibrationLimits;
  /** Limits whose violation aborts. */
  readonly hard_limits: CalibrationLimits;
  /** When the calibration is made on the experiment clock. Unit: ps. */
  readonly as_of_ps: Unsigned64;
}

/** The claim, data/claim/claim.json. */
export interface Claim {
  /** How far a re-execution may be off. */
  readonly tolerance: Tolerance;
  /** Tolerances of single outputs. Absent: all share the one above. */
  readonly output_tolerances?: { readonly [name: string]: OutputTolerance };
  /** The artifacts this one came from. */
  readonly parents: readonly Parent[];
  /** Digest of data/evidence/environment.json. Absent: not a replay. */
  readonly environment_digest?: Sha256;
}

/** When and how long interference counts. */
export interface CoherenceWindow {
  /** First picosecond of the window. Unit: ps. */
  readonly start_ps: Unsigned64;
  /** Last picosecond of the window. Unit: ps. */
  readonly end_ps: Unsigned64;
  /** Longest time without an event. Unit: ps. */
  readonly idle_budget_ps: Unsigned64;
  /** Time in which coherence decays to 1/e. Unit: ps. */
  readonly decoherence_time_ps: Unsigned64;
  /** Linewidth of the light. Unit: Hz. */
  readonly linewidth_hz: NonNegative;
  /** Least visibility of interference. Unit: 1. */
  readonly minimum_visibility: Fraction;
}

/** How two results differ, and what may be the cause. */
export interface Comparison {
  /** The worst over the outputs, or different where one side has other outputs or ended otherwise. */
  readonly verdict: Verdict;
  /** Metrics of each output that both sides have. */
  readonly outputs: { readonly [name: string]: OutputComparison };
  /** Outputs that only the record has. */
  readonly only_recorded: readonly OutputName[];
  /** Outputs that only the other side has. */
  readonly only_replayed: readonly OutputName[];
  /** Everything in which the two records differ, the likeliest cause first. */
  readonly attribution: readonly Difference[];
  /** How the device has drifted since the record. Absent: it shows the phases that the recorded device showed, or nobody can tell. */
  readonly drift?: DeviceDrift;
}

/** Something that has to hold. */
export interface Constraint {
  /** What is measured. */
  readonly measure: Measure;
  /** On which output. Absent: the measure needs none. */
  readonly output?: OutputName;
  /** Against which output, such as the other port of an extinction ratio. Absent: none. */
  readonly reference?: OutputName;
  /** The unit of the bounds. */
  readonly unit: Unit;
  /** Least value that passes. Absent: no lower bound. */
  readonly minimum?: number;
  /** Greatest value that passes. Absent: no upper bound. */
  readonly maximum?: number;
  /** What it is about, for people. Absent: the measure says it. */
  readonly statement?: Text;
}

/** How one constraint fared. */
export interface ConstraintResult {
  /** Whether it passed. */
  readonly passed: boolean;
  /** The unit of the numbers. */
  readonly unit: Unit;
  /** The measured value. Absent: it could not be measured. */
  readonly measured?: number;
  /** Least value that passes. Absent: no lower bound. */
  readonly minimum?: number;
  /** Greatest value that passes. Absent: no upper bound. */
  readonly maximum?: number;
  /** Distance to the nearest bound, negative outside. Absent: not measured. */
  readonly margin?: number;
  /** Why it could not be measured. Absent: it was. */
  readonly message?: Text;
}

/** Whom to ask. */
export interface Contact {
  /** Name. */
  readonly name: Line;
  /** Address. */
  readonly email: Email;
}

/** One file under data/. */
export interface ContentEntry {
  /** Digest of its bytes. */
  readonly sha256: Sha256;
  /** Number of its bytes. Unit: By. */
  readonly size_bytes: Count;
  /** Its media type. */
  readonly media_type: MediaType;
}

/** What a decision set. */
export interface ControlAction {
  /** The parameter of a node. */
  readonly target: NodeParameter;
  /** To which value, in the target's unit. */
  readonly value: number;
  /** When the setting took effect on the experiment clock. Unit: ps. */
  readonly effective_at_ps: Unsigned64;
}

/** One decision as taken, a line of data/results/control.jsonl. */
export interface ControlDecision {
  /** When the decision was taken on the experiment clock. Unit: ps. */
  readonly at_ps: Unsigned64;
  /** Number of the rule in the graph, from 0. */
  readonly rule: Count;
  /** Number of the shot, from 0. Absent: no shots are taken, and expectations decide. */
  readonly shot?: Count;
  /** The node that measured. */
  readonly node: NodeId;
  /** What it measured. */
  readonly measured: number;
  /** What was set. Absent: nothing. */
  readonly action?: ControlAction;
  /** Calibration time of the calibration state it used. Unit: ps. */
  readonly calibrated_at_ps: Unsigned64;
}

/** What is measured, decided and set while the experiment runs. */
export interface ControlRule {
  /** When the measurement starts on the experiment clock. Unit: ps. */
  readonly at_ps: Unsigned64;
  /** The node that measures. */
  readonly detector: NodeId;
  /** What is set. */
  readonly target: NodeParameter;
  /** Set value per unit measured, in the target's unit. */
  readonly gain: number;
  /** Set value where nothing is measured, in the target's unit. */
  readonly offset: number;
  /** The rule acts only where the measured value is at least this. Absent: it always acts. */
  readonly threshold?: number;
  /** Latency of the measurement. Unit: ps. */
  readonly measure_ps: Unsigned64;
  /** Latency of the decision. Unit: ps. */
  readonly decide_ps: Unsigned64;
  /** Latency of setting. Unit: ps. */
  readonly actuate_ps: Unsigned64;
}

/** A number of things, exact in binary64. */
export type Count = number;

/** A person or an organization that made the artifact. */
export type Creator = OrganizationCreator | PersonCreator;

/** The crosstalk matrix; phase i is the sum over j of matrix i,j times drive j. */
export interface Crosstalk {
  /** The parameters that rows and columns stand for. */
  readonly order: readonly ParameterName[];
  /** Rows by columns. Unit: 1. */
  readonly matrix: readonly (readonly number[])[];
}

/** Dark counts of one counter. */
export interface DarkRate {
  /** Counts a second without light. Unit: Hz. */
  readonly rate_hz: NonNegative;
}

/** The relationType list of DataCite 4.5. */
export type DataciteRelation = "IsCitedBy" | "Cites" | "IsSupplementTo" | "IsSupplementedBy" | "IsContinuedBy" | "Continues" | "IsDescribedBy" | "Describes" | "HasMetadata" | "IsMetadataFor" | "HasVersion" | "IsVersionOf" | "IsNewVersionOf" | "IsPreviousVersionOf" | "IsPartOf" | "HasPart" | "IsPublishedIn" | "IsReferencedBy" | "References" | "IsDocumentedBy" | "Documents" | "IsCompiledBy" | "Compiles" | "IsVariantFormOf" | "IsOriginalFormOf" | "IsIdenticalTo" | "IsReviewedBy" | "Reviews" | "IsDerivedFrom" | "IsSourceOf" | "IsRequiredBy" | "Requires" | "IsObsoletedBy" | "Obsoletes" | "IsCollectedBy" | "Collects";

/** A package. */
export interface Dependency {
  /** Its version. */
  readonly version: Token;
  /** Tag of the wheel it was installed from. Absent: not installed from a wheel. */
  readonly wheel_tag?: Token;
  /** Digest of what it was installed from. Absent: not known. */
  readonly sha256?: Sha256;
}

/** A derivative. */
export interface Derivative {
  /** Change of the cost per unit of the parameter. */
  readonly value: number;
  /** Its standard error. Absent: the cost is not sampled. */
  readonly standard_error?: NonNegative;
}

/** The device, data/inputs/device.json. */
export interface Device {
  /** What kind of device. */
  readonly type: DeviceType;
  /** The component kinds it can execute. */
  readonly capabilities: readonly Name[];
  /** What must not be exceeded. */
  readonly limits: DeviceLimits;
  /** Which piece of hardware. Absent: it is not hardware. */
  readonly identity?: DeviceIdentity;
  /** The model behind a twin. Absent: it is not a twin. */
  readonly twin?: TwinModel;
  /** Data of others. Absent: there is none. */
  readonly extensions?: Extensions;
}

/** Phases that a twin shows otherwise than the recorded device did, and whether a calibration for it would mend the result. */
export interface DeviceDrift {
  /** The drifted phases by parameter. */
  readonly phases: { readonly [name: string]: PhaseDrift };
  /** Verdict of another re-execution with a calibration that undoes the drift. Absent: the device does not bear the drives for that. */
  readonly recalibrated?: Verdict;
}

/** Which piece of hardware. */
export interface DeviceIdentity {
  /** Who made it. */
  readonly manufacturer: Line;
  /** Its model. */
  readonly model: Line;
  /** Its serial number. */
  readonly serial: Line;
  /** Its firmware. Absent: it has none. */
  readonly firmware?: Line;
}

/** What must not be exceeded. */
export interface DeviceLimits {
  /** Greatest source power. Absent: no limit. Unit: W. */
  readonly maximum_power_w?: NonNegative;
  /** Greatest absolute phase drive. Absent: no limit. Unit: rad. */
  readonly maximum_phase_rad?: NonNegative;
  /** Most nodes. Absent: no limit. */
  readonly maximum_nodes?: Count;
  /** Most points of the grid. Absent: no limit. */
  readonly maximum_points?: Count;
  /** Most shots. Absent: no limit. */
  readonly maximum_shots?: Count;
}

/** Kinds of devices. */
export type DeviceType = "simulator" | "twin" | "hardware";

/** One thing in which two records differ. */
export interface Difference {
  /** What kind of thing. */
  readonly subject: DifferenceSubject;
  /** Which one, such as a package, a parameter or a pointer. */
  readonly name: Line;
  /** The file of the bundle that states it. */
  readonly path: Line;
  /** The recorded value as JSON. Absent: the record has none. */
  readonly recorded?: Text;
  /** The other value as JSON. Absent: the other side has none. */
  readonly replayed?: Text;
  /** What is known of its effect. */
  readonly effect: Effect;
}

/** Kinds of differences, in the order of how directly they act on results. */
export type DifferenceSubject = "graph" | "parameter" | "experiment" | "seed" | "calibration" | "device" | "task" | "engine" | "package" | "platform" | "evidence";

/** Measured drift of one phase. */
export interface DriftEstimate {
  /** Change of its phase. Unit: rad/s. */
  readonly rate_rad_s: number;
  /** Its standard error. Unit: rad/s. */
  readonly standard_error_rad_s: NonNegative;
}

/** Element types of NPY files. */
export type Dtype = "<f8" | "<i8" | "<u8" | "|b1";

/** A connection of two ports. */
export interface Edge {
  /** The two endpoints. */
  readonly ends: readonly [Endpoint, Endpoint];
  /** Time that light takes. Absent: none. Unit: ps. */
  readonly delay_ps?: NonNegative;
}

/** What a difference does to the results. */
export type Effect = "cause" | "possible" | "no_effect" | "irrelevant";

/** An electronic mail address. */
export type Email = string;

/** A port of the graph, written node.port. */
export type Endpoint = string;

/** The environment, data/evidence/environment.json, collected by allow-list. */
export interface Environment {
  /** The implementation that ran. */
  readonly runtime: Runtime;
  /** The Python it ran on. Absent: it is not written in Python. */
  readonly python?: PythonBuild;
  /** The operating system. */
  readonly os: OperatingSystem;
  /** The processor. */
  readonly cpu: Processor;
  /** The memory. Absent: not recorded. */
  readonly memory?: Memory;
  /** Graphics processors that were there; they have no part in the results. */
  readonly gpus: readonly Gpu[];
  /** What was switched on. */
  readonly feature_flags: FeatureFlags;
  /** What the numeric self-test found. Absent: there was none. */
  readonly numerics?: NumericSelfTest;
  /** Packages by normalised name. */
  readonly dependencies: { readonly [name: string]: Dependency };
  /** Data of others. Absent: there is none. */
  readonly extensions?: Extensions;
}

/** Something that happened, a line of data/evidence/events.jsonl. */
export interface Event {
  /** Number of the line, from 0. */
  readonly sequence: Count;
  /** Nanoseconds since the execution began. Unit: ns. */
  readonly elapsed_ns: Count;
  /** What happened. */
  readonly name: TelemetryName;
  /** When on the experiment clock. Absent: not on that clock. Unit: ps. */
  readonly clock_ps?: Unsigned64;
  /** The node. Absent: it concerns no single node. */
  readonly node?: NodeId;
  /** More by name. */
  readonly attributes: { readonly [name: string]: boolean | number | string };
}

/** The experiment, data/inputs/experiment.json. */
export interface Experiment {
  /** The type of the artifact. */
  readonly artifact_type: TypeName;
  /** The contract that defines the results, not the software that computed them. */
  readonly semantics: Semantics;
  /** Owns all randomness. */
  readonly seed: Unsigned64;
  /** Samples of each sampled output; 0 asks for expectations only. */
  readonly shots: number;
  /** Where in wavelength or frequency the circuit is solved. */
  readonly grid: Grid;
  /** The experiment clock. Absent: nothing happens in time. */
  readonly clock?: ExperimentClock;
  /** How long light stays coherent. Absent: coherence is not judged. */
  readonly coherence_window?: CoherenceWindow;
  /** Endpoints whose field is an output. */
  readonly record: readonly Endpoint[];
  /** Data of others. Absent: there is none. */
  readonly extensions?: Extensions;
}

/** The clock that events are ordered by, in integer picoseconds. */
export interface ExperimentClock {
  /** The time at which the execution starts. Unit: ps. */
  readonly origin_ps: Unsigned64;
}

/** Reverse-domain name of an extension. */
export type ExtensionKey = string;

/** Data of others by reverse-domain name. Readers keep what they do not know; it never changes a standard member. */
export type Extensions = { readonly [name: string]: JsonValue };

/** What was switched on. */
export interface FeatureFlags {
  /** Traces, metrics and events. */
  readonly observability: boolean;
  /** Differentiation. */
  readonly gradients: boolean;
  /** Quantum states of light. */
  readonly quantum: boolean;
}

/** A code of the registry of findings. */
export type FindingCode = string;

/** A number between 0 and 1. */
export type Fraction = number;

/** Frequencies start + (stop - start) * i / (points - 1), in that order of operations. */
export interface FrequencyGrid {
  /** Says which kind it is. */
  readonly kind: "frequency";
  /** First frequency. Unit: THz. */
  readonly start_thz: NonNegative;
  /** Last frequency. Unit: THz. */
  readonly stop_thz: NonNegative;
  /** How many. */
  readonly points: number;
}

/** A grant or another source of money. */
export interface Funding {
  /** Who paid. */
  readonly funder_name: Line;
  /** The funder's ROR identifier. Absent: not given. */
  readonly funder_ror?: Ror;
  /** Number of the award. Absent: not given. */
  readonly award_number?: Line;
  /** Title of the award. Absent: not given. */
  readonly award_title?: Line;
  /** Page of the award. Absent: not given. */
  readonly award_url?: Url;
}

/** A graphics processor. */
export interface Gpu {
  /** Its model. */
  readonly model: Line;
  /** Version of its driver. Absent: not recorded. */
  readonly driver?: Token;
}

/** The cost and its derivatives. */
export interface GradientBody {
  /** The type of the artifact. */
  readonly artifact_type: "gradient";
  /** How the execution ended. */
  readonly status: Status;
  /** Why it did not complete. Absent: it completed. */
  readonly reason?: Reason;
  /** The cost where the derivatives are taken. Absent: the execution did not get that far. */
  readonly baseline_cost?: number;
  /** Its standard error. Absent: the cost is not sampled. */
  readonly baseline_standard_error?: NonNegative;
  /** The derivatives by parameter. */
  readonly gradient: { readonly [name: string]: Derivative };
  /** Costs at shifted parameters, in the order of evaluation; none for the adjoint method. */
  readonly perturbations: readonly Perturbation[];
  /** Forward evaluations of the circuit. */
  readonly evaluations: Count;
}

/** How derivatives are taken. */
export type GradientMethod = "adjoint" | "parameter_shift" | "finite_difference";

/** Which derivatives of which cost, and how. */
export interface GradientTask {
  /** The type of the artifact. */
  readonly artifact_type: "gradient";
  /** The cost as an expression over outputs. */
  readonly cost: Line;
  /** How the derivatives are taken. */
  readonly method: GradientMethod;
  /** With respect to which parameters. */
  readonly parameters: readonly ParameterName[];
  /** Step of finite differences, in each parameter's unit. Absent: another method. */
  readonly step?: number;
  /** The run that is differentiated. Absent: it does not exist as an artifact. */
  readonly parent?: ArtifactId;
}

/** The circuit, data/inputs/ir.json. Every port of every node is connected exactly once. */
export interface Graph {
  /** The components by id. */
  readonly nodes: { readonly [name: string]: Node };
  /** The connections. */
  readonly edges: readonly Edge[];
  /** What is decided while the experiment runs. Absent: nothing is. */
  readonly control?: readonly ControlRule[];
  /** Data of others. Absent: there is none. */
  readonly extensions?: Extensions;
}

/** Where the circuit is solved. */
export type Grid = FrequencyGrid | WavelengthGrid | WavelengthList;

/** A name of the artifact in some registry. */
export interface Identifier {
  /** The registry. */
  readonly type: IdentifierType;
  /** The name as the registry writes it; a DOI is bare. */
  readonly value: Line;
}

/** Kinds of names. */
export type IdentifierType = "doi" | "handle" | "ark" | "swhid" | "url" | "other";

/** Name of the inputs. */
export type InputsId = string;

/** Time of day in UTC, RFC 3339 with +00:00. Never in inputs, claim or results. */
export type Instant = string;

/** What observed. */
export interface InstrumentationScope {
  /** Its name. */
  readonly name: Line;
  /** Its version. */
  readonly version: Token;
}

/** An attribute. */
export interface KeyValue {
  /** Its name. */
  readonly key: Token;
  /** Its value. */
  readonly value: AnyValue;
}

/** A licence. */
export interface License {
  /** Its name. */
  readonly name: Line;
  /** Its SPDX identifier. Absent: it has none. */
  readonly spdx_id?: SpdxId;
  /** Its text. Absent: it is not on the web. */
  readonly url?: Url;
}

/** One line of text for people, not empty and free of control characters. */
export type Line = string;

/** Nodes that are solved together. */
export interface LoweredComponent {
  /** Its level in the order of execution. */
  readonly level: Count;
  /** Its nodes. */
  readonly nodes: readonly LoweredId[];
}

/** The plan of an execution, data/evidence/ir.lowered.json. */
export interface LoweredGraph {
  /** The contract it implements. */
  readonly semantics: Semantics;
  /** Which of the equivalent walks was taken. */
  readonly method: Name;
  /** Nodes after expansion of composites. */
  readonly nodes: { readonly [name: string]: LoweredNode };
  /** Nodes that no source reaches or no output depends on. */
  readonly pruned: readonly LoweredId[];
  /** Strongly connected components in the order of execution, each by its nodes in the order of elimination. */
  readonly components: readonly LoweredComponent[];
}

/** Name of a node after expansion: that of its composite, a slash and its own. */
export type LoweredId = string;

/** A node after expansion. */
export interface LoweredNode {
  /** Its kind. */
  readonly kind: Name;
  /** The composite it came from. Absent: it is a node of the graph. */
  readonly expanded_from?: NodeId;
}

/** The manifest of a bundle, manifest.json. */
export interface Manifest {
  /** Selects the classes of the task and the body. */
  readonly artifact_type: TypeName;
  /** Version of the specification the bundle was written to. */
  readonly spec_version: SpecVersion;
  /** The names of the artifact; the seal is not among them, for it covers this file. */
  readonly ids: ArtifactIds;
  /** When this record was sealed. */
  readonly created: Instant;
  /** The software that sealed it. */
  readonly tool: Tool;
  /** Every file under data/ by its path. */
  readonly content: { readonly [name: string]: ContentEntry };
  /** Extensions without which the bundle would be misread. Absent: there is none. */
  readonly critical?: readonly ExtensionKey[];
  /** Data of others. Absent: there is none. */
  readonly extensions?: Extensions;
}

/** What a constraint measures. */
export type Measure = "minimum" | "maximum" | "mean" | "extinction_ratio" | "insertion_loss" | "passivity" | "fidelity" | "coherence" | "calibration_age" | "reproducibility" | "count";

/** A media type without parameters, lower case. */
export type MediaType = string;

/** Main memory. */
export interface Memory {
  /** How much. Unit: By. */
  readonly total_bytes: Count;
}

/** The description of an artifact, metadata.json. It never takes part in the identity. */
export interface Metadata {
  /** One line, for people. */
  readonly title: Line;
  /** What was done and found. */
  readonly description: Text;
  /** When the artifact came to be; the date that citations give. */
  readonly created: Instant;
  /** Under what terms others may use it. */
  readonly license: License;
  /** Who made it, in the order of citation. */
  readonly creators: readonly Creator[];
  /** The author's version of the artifact. Absent: the author gives none. */
  readonly version?: Line;
  /** Tags. Absent: there are none. */
  readonly keywords?: readonly Line[];
  /** Anything else for the reader. Absent: nothing. */
  readonly notes?: Text;
  /** Who published it. Absent: it is not published. */
  readonly publisher?: Organization;
  /** Whom to ask. Absent: nobody is named. */
  readonly contact?: Contact;
  /** Who paid. Absent: nothing is stated. */
  readonly funding?: readonly Funding[];
  /** Names that others gave it. Absent: none was assigned. */
  readonly identifiers?: readonly Identifier[];
  /** Works it relates to, besides its parents. Absent: there are none. */
  readonly related?: readonly RelatedWork[];
  /** Data of others. Absent: there is none. */
  readonly extensions?: Extensions;
}

/** One metric. */
export interface Metric {
  /** Its kind. */
  readonly kind: MetricKind;
  /** Its unit in UCUM. */
  readonly unit: Token;
  /** What it counts or measures. */
  readonly description: Line;
  /** Its values, one for each set of attributes. */
  readonly points: readonly MetricPoint[];
}

/** Kinds of metrics. */
export type MetricKind = "counter" | "gauge" | "histogram";

/** The value of a metric for one set of attributes. */
export interface MetricPoint {
  /** The value of a counter or gauge, the sum of a histogram. */
  readonly value: number;
  /** How many values a histogram holds. Absent: no histogram. */
  readonly count?: Count;
  /** The least of them. Absent: no histogram. */
  readonly minimum?: number;
  /** The greatest of them. Absent: no histogram. */
  readonly maximum?: number;
  /** Attributes by name. */
  readonly attributes: { readonly [name: string]: boolean | number | string };
}

/** The metrics of an execution by name, data/evidence/metrics.json. */
export type Metrics = { readonly [name: string]: Metric };

/** A short machine name. */
export type Name = string;

/** A component. */
export interface Node {
  /** Its kind; the semantics say which there are. */
  readonly kind: Name;
  /** Its parameters; the kind says which. */
  readonly params: { readonly [name: string]: number | ParameterName };
  /** Its scattering matrix, for kind s_matrix. Absent: the kind is a formula. */
  readonly table?: ScatteringTable;
}

/** Name of a node of the graph. */
export type NodeId = string;

/** A parameter of a node, written node.parameter. */
export type NodeParameter = string;

/** A finite binary64 number that is not negative. */
export type NonNegative = number;

/** What results are worth. */
export type NumericLevel = "bit_exact" | "numeric";

/** Whether arithmetic on this machine gives the bits of the specification. */
export interface NumericSelfTest {
  /** What results of this machine are worth. */
  readonly level: NumericLevel;
  /** Digest of what the self-test computed. */
  readonly digest: Sha256;
}

/** An operating system. */
export interface OperatingSystem {
  /** Its name. */
  readonly name: Line;
  /** Its release. Absent: not recorded. */
  readonly release?: Line;
  /** Its C library and version. Absent: not recorded. */
  readonly libc?: Line;
}

/** How a state is fitted. */
export interface Optimiser {
  /** The algorithm. */
  readonly method: OptimiserMethod;
  /** After how many steps it gives up. */
  readonly maximum_iterations: Count;
  /** Residual below which it stops. */
  readonly tolerance: NonNegative;
}

/** Algorithms. */
export type OptimiserMethod = "gauss_newton" | "gradient_descent" | "direct";

/** An ORCID in four groups of four. */
export type Orcid = string;

/** An organization. */
export interface Organization {
  /** Its name. */
  readonly name: Line;
  /** Its ROR identifier. Absent: not given. */
  readonly ror?: Ror;
}

/** An organization as author. */
export interface OrganizationCreator {
  /** Says which kind it is. */
  readonly type: "organization";
  /** Its name. */
  readonly name: Line;
  /** Its ROR identifier. Absent: not given. */
  readonly ror?: Ror;
}

/** What was observed. */
export interface OtlpResource {
  /** Its attributes. */
  readonly attributes: readonly KeyValue[];
}

/** One numeric output. */
export interface Output {
  /** How its elements are stored. */
  readonly dtype: Dtype;
  /** Lengths of its axes; none for a scalar. */
  readonly shape: readonly Count[];
  /** Its unit. */
  readonly unit: Unit;
  /** What it measures. */
  readonly quantity: Quantity;
  /** Names of its axes. The last may be complex, with real and imaginary part. */
  readonly axes: readonly Name[];
  /** Whether its values are random draws. */
  readonly sampled: boolean;
  /** Its file beside this one. */
  readonly file: string;
}

/** How one output differs. Metrics are absent where the two cannot be subtracted. */
export interface OutputComparison {
  /** Verdict on this output. */
  readonly verdict: Verdict;
  /** In which member of their descriptions the two differ. Absent: in none. */
  readonly mismatch?: OutputMember;
  /** How many elements were compared. Absent: none. */
  readonly elements?: Count;
  /** Greatest distance. Absent: not compared. */
  readonly max_absolute_error?: NonNegative;
  /** Greatest distance over the recorded modulus. Absent: not compared, or every recorded element is zero. */
  readonly max_relative_error?: NonNegative;
  /** Elements that are recorded as zero and are not zero now. Absent: not compared. */
  readonly zero_mismatches?: Count;
  /** Root mean square distance. Absent: not compared. */
  readonly rms_error?: NonNegative;
  /** Greatest distance in units of the last place. Absent: not compared, or not binary64. */
  readonly max_ulp?: Unsigned64;
  /** Overlap of two fields. Absent: no field, or one of them is zero. */
  readonly fidelity?: NonNegative;
  /** The absolute tolerance that was applied. Absent: not compared. */
  readonly tolerance_absolute?: NonNegative;
  /** The relative tolerance that was applied. Absent: not compared. */
  readonly tolerance_relative?: NonNegative;
  /** Statistical test of a sampled output. Absent: none was needed. */
  readonly test?: StatisticalTest;
}

/** Members of an output's description. */
export type OutputMember = "dtype" | "shape" | "unit" | "quantity" | "axes";

/** Name of an output, normally node.quantity. */
export type OutputName = string;

/** Tolerance of one output. */
export interface OutputTolerance {
  /** In the unit of the output. */
  readonly absolute: NonNegative;
  /** As a fraction of the recorded value. */
  readonly relative: NonNegative;
}

/** The outputs by name, data/results/outputs.json. It describes them; the values stand in NPY files. */
export type Outputs = { readonly [name: string]: Output };

/** A value with its unit. */
export interface Parameter {
  /** The value. */
  readonly value: number;
  /** Its unit. */
  readonly unit: Unit;
}

/** A key of the parameters. */
export type ParameterName = string;

/** The parameters by name, data/inputs/parameters.json. */
export type Parameters = { readonly [name: string]: Parameter };

/** An artifact this one came from. */
export interface Parent {
  /** Its name. */
  readonly artifact_id: ArtifactId;
  /** What it is to this one. */
  readonly relation: Relation;
}

/** A person. */
export interface PersonCreator {
  /** Says which kind it is. */
  readonly type: "person";
  /** Family name, or the whole name where there is only one. */
  readonly family_name: Line;
  /** Given names. Absent: the person has one name only. */
  readonly given_name?: Line;
  /** Particle before the family name, such as van der. Absent: none. */
  readonly name_particle?: Line;
  /** Suffix such as Jr. Absent: none. */
  readonly name_suffix?: Line;
  /** ORCID. Absent: not given. */
  readonly orcid?: Orcid;
  /** Address. Absent: not given. */
  readonly email?: Email;
  /** Where the person works. Absent: not given. */
  readonly affiliations?: readonly Organization[];
}

/** The cost at one shifted parameter. */
export interface Perturbation {
  /** The parameter that was shifted. */
  readonly parameter: ParameterName;
  /** By how much, in the parameter's unit. */
  readonly shift: number;
  /** The cost there. */
  readonly cost: number;
}

/** What is known of one phase. */
export interface PhaseCalibration {
  /** Phase without drive. Unit: rad. */
  readonly offset_rad: number;
  /** Added at run time. Unit: rad. */
  readonly correction_rad: number;
  /** Ageing. Unit: rad/s. */
  readonly drift_rate_rad_s: number;
  /** Change with temperature. Unit: rad/K. */
  readonly temperature_coefficient_rad_k: number;
  /** Standard deviation of the Ornstein-Uhlenbeck drift. Unit: rad. */
  readonly ou_sigma_rad: NonNegative;
  /** Correlation time of that drift. Unit: s. */
  readonly ou_tau_s: NonNegative;
}

/** How far one phase has drifted. */
export interface PhaseDrift {
  /** Phase now less phase at the record. Unit: rad. */
  readonly drift_rad: number;
  /** How far the recorded calibration lets it have moved by the time of the twin. Unit: rad. */
  readonly uncertainty_rad: NonNegative;
}

/** A port of a node, counted from o1. */
export type Port = string;

/** A processor. */
export interface Processor {
  /** Its instruction set. */
  readonly architecture: Token;
  /** How many logical cores. */
  readonly logical_cores: number;
  /** Instruction set extensions that numerics may depend on. */
  readonly features: readonly Token[];
  /** Its model. Absent: not recorded. */
  readonly model?: Line;
}

/** An activity. */
export interface ProvActivity {
  /** When it began. */
  readonly "prov:startTime": Instant;
  /** When it ended. */
  readonly "prov:endTime": Instant;
  /** Its type. */
  readonly "prov:type": ProvQualified;
  /** Its label. Absent: none. */
  readonly "prov:label"?: Line;
}

/** An agent. */
export interface ProvAgent {
  /** Its type. */
  readonly "prov:type": ProvQualified;
  /** Its label. Absent: none. */
  readonly "prov:label"?: Line;
}

/** An agent was responsible for an activity. */
export interface ProvAssociation {
  /** The activity. */
  readonly "prov:activity": QualifiedName;
  /** The agent. */
  readonly "prov:agent": QualifiedName;
}

/** An entity is an agent's work. */
export interface ProvAttribution {
  /** The entity. */
  readonly "prov:entity": QualifiedName;
  /** The agent. */
  readonly "prov:agent": QualifiedName;
}

/** An activity used what another made. */
export interface ProvCommunication {
  /** The later activity. */
  readonly "prov:informed": QualifiedName;
  /** The earlier activity. */
  readonly "prov:informant": QualifiedName;
}

/** An agent acted for another. */
export interface ProvDelegation {
  /** Who acted. */
  readonly "prov:delegate": QualifiedName;
  /** For whom. */
  readonly "prov:responsible": QualifiedName;
}

/** An entity was made from another. */
export interface ProvDerivation {
  /** What was made. */
  readonly "prov:generatedEntity": QualifiedName;
  /** From what. */
  readonly "prov:usedEntity": QualifiedName;
  /** The relation. Absent: a derivation and no more. */
  readonly "prov:type"?: ProvQualified;
}

/** An entity. */
export interface ProvEntity {
  /** Its type. */
  readonly "prov:type": ProvQualified;
  /** Its label. Absent: none. */
  readonly "prov:label"?: Line;
  /** The artifact type. Absent: no artifact, or not known. */
  readonly "awen:artifactType"?: TypeName;
}

/** An activity made an entity. */
export interface ProvGeneration {
  /** The activity. */
  readonly "prov:activity": QualifiedName;
  /** The entity. */
  readonly "prov:entity": QualifiedName;
  /** When. Absent: not stated. */
  readonly "prov:time"?: Instant;
}

/** An entity is part of another. */
export interface ProvMembership {
  /** The whole. */
  readonly "prov:collection": QualifiedName;
  /** The part. */
  readonly "prov:entity": QualifiedName;
}

/** A qualified name as attribute value. */
export interface ProvQualified {
  /** The name. */
  readonly "$": QualifiedName;
  /** Says that it is one. */
  readonly type: "prov:QUALIFIED_NAME";
}

/** An activity used an entity. */
export interface ProvUsage {
  /** The activity. */
  readonly "prov:activity": QualifiedName;
  /** The entity. */
  readonly "prov:entity": QualifiedName;
  /** When. Absent: not stated. */
  readonly "prov:time"?: Instant;
}

/** Who and what made the results, data/evidence/provenance.json. */
export interface Provenance {
  /** Namespaces by prefix. */
  readonly prefix: { readonly [name: string]: string };
  /** Entities by name. */
  readonly entity: { readonly [name: string]: ProvEntity };
  /** Activities by name. */
  readonly activity: { readonly [name: string]: ProvActivity };
  /** Agents by name. */
  readonly agent: { readonly [name: string]: ProvAgent };
  /** What activities used. */
  readonly used: { readonly [name: string]: ProvUsage };
  /** What activities made. */
  readonly wasGeneratedBy: { readonly [name: string]: ProvGeneration };
  /** Whose activities they were. */
  readonly wasAssociatedWith: { readonly [name: string]: ProvAssociation };
  /** What was made from what. */
  readonly wasDerivedFrom: { readonly [name: string]: ProvDerivation };
  /** What consists of what. Absent: nothing does. */
  readonly hadMember?: { readonly [name: string]: ProvMembership };
  /** Whose work it is. Absent: not stated. */
  readonly wasAttributedTo?: { readonly [name: string]: ProvAttribution };
  /** Which activity followed which. Absent: there is one only. */
  readonly wasInformedBy?: { readonly [name: string]: ProvCommunication };
  /** Who acted for whom. Absent: not stated. */
  readonly actedOnBehalfOf?: { readonly [name: string]: ProvDelegation };
}

/** A Python. */
export interface PythonBuild {
  /** CPython or another. */
  readonly implementation: Line;
  /** Its version. */
  readonly version: Token;
  /** Its build. */
  readonly build: Line;
  /** What it was compiled with. */
  readonly compiler: Line;
}

/** A name with a prefix, or one that is local to the document with the prefix _. */
export type QualifiedName = string;

/** What an output measures. */
export type Quantity = "optical_power" | "optical_field" | "photocurrent" | "photon_count" | "quadrature" | "phase" | "group_delay" | "gradient" | "cost" | "parameter" | "residual" | "standard_error" | "ratio" | "rate" | "temperature" | "drift_rate" | "margin" | "probability";

/** Why an execution did not complete. */
export interface Reason {
  /** Finding code. */
  readonly code: FindingCode;
  /** What happened; in the body of a run the message of the code's registry entry. */
  readonly message: Text;
  /** The node where it happened. Absent: it concerns the whole graph. */
  readonly node?: NodeId;
}

/** A work that the artifact relates to. */
export interface RelatedWork {
  /** What the artifact is to that work, in DataCite's words. */
  readonly relation: DataciteRelation;
  /** What kind of name the value is. */
  readonly type: IdentifierType;
  /** The name of the work. */
  readonly value: Line;
  /** Its title. Absent: not given. */
  readonly title?: Line;
}

/** What a parent is to the artifact that names it. */
export type Relation = "gradient_of" | "calibration_for" | "calibrated_by" | "replay_of" | "validation_of" | "derived_from";

/** What the re-execution showed. A refused replay executes nothing and leaves no bundle. */
export interface ReplayBody {
  /** The type of the artifact. */
  readonly artifact_type: "replay";
  /** How the execution ended. */
  readonly status: Status;
  /** Why it did not complete. Absent: it completed. */
  readonly reason?: Reason;
  /** How the recorded execution ended. */
  readonly recorded_status: Status;
  /** How the re-execution ended. */
  readonly replayed_status: Status;
  /** The two results side by side. */
  readonly comparison: Comparison;
}

/** One step of a replay, a line of data/evidence/replay_log.jsonl. */
export interface ReplayLogEntry {
  /** Number of the line, from 0. */
  readonly sequence: Count;
  /** Nanoseconds since the replay began. Unit: ns. */
  readonly elapsed_ns: Count;
  /** What was done. */
  readonly step: ReplayStep;
  /** How it went. */
  readonly outcome: StepOutcome;
  /** What happened. */
  readonly message: Text;
}

/** Steps of a replay. */
export type ReplayStep = "verify" | "check" | "execute" | "compare" | "attribute" | "bisect";

/** What is executed again. */
export interface ReplayTask {
  /** The type of the artifact. */
  readonly artifact_type: "replay";
  /** The artifact. */
  readonly artifact_id: ArtifactId;
  /** The seed that is used. */
  readonly seed: Unsigned64;
  /** The time on the experiment clock at which age and expiry are judged. Unit: ps. */
  readonly as_of_ps: Unsigned64;
}

/** Spans of one resource. */
export interface ResourceSpans {
  /** What was observed. */
  readonly resource: OtlpResource;
  /** Spans by instrumentation. */
  readonly scopeSpans: readonly ScopeSpans[];
  /** Which semantic conventions. Absent: not stated. */
  readonly schemaUrl?: Url;
}

/** Name of the results. */
export type ResultsId = string;

/** A ROR identifier as URL. */
export type Ror = string;

/** What a run did. */
export interface RunBody {
  /** The type of the artifact. */
  readonly artifact_type: "run";
  /** How the execution ended. */
  readonly status: Status;
  /** Why it did not complete. Absent: it completed. */
  readonly reason?: Reason;
  /** Samples that were taken of each sampled output. */
  readonly shots: Count;
  /** Endpoints whose field is among the outputs. */
  readonly recorded_states: readonly Endpoint[];
}

/** An implementation. */
export interface Runtime {
  /** Its name. */
  readonly name: Line;
  /** Its version. */
  readonly version: Token;
}

/** One element of a scattering matrix at every wavelength. */
export interface ScatteringEntry {
  /** The port that light leaves by. */
  readonly output: Port;
  /** The port that light enters by. */
  readonly input: Port;
  /** Real parts by wavelength. Unit: 1. */
  readonly re: readonly number[];
  /** Imaginary parts by wavelength. Unit: 1. */
  readonly im: readonly number[];
}

/** A scattering matrix by wavelength; entries that are not listed are zero. */
export interface ScatteringTable {
  /** How many ports it has. */
  readonly ports: number;
  /** Vacuum wavelengths. Unit: um. */
  readonly wavelengths_um: readonly NonNegative[];
  /** The non-zero elements, ascending by output, then input, as numbers. */
  readonly entries: readonly ScatteringEntry[];
}

/** Spans of one instrumentation. */
export interface ScopeSpans {
  /** The instrumentation. */
  readonly scope: InstrumentationScope;
  /** Its spans. */
  readonly spans: readonly Span[];
  /** Which semantic conventions. Absent: not stated. */
  readonly schemaUrl?: Url;
}

/** Name and version of a contract that defines results or procedures. */
export type Semantics = string;

/** SHA-256 digest in lower-case hexadecimal. */
export type Sha256 = string;

/** One operation. */
export interface Span {
  /** The trace it belongs to. */
  readonly traceId: string;
  /** Its id. */
  readonly spanId: string;
  /** The span it happened in. Absent: it is the root. */
  readonly parentSpanId?: string;
  /** What was done. */
  readonly name: Line;
  /** Its kind by number; 1 is internal. */
  readonly kind: number;
  /** When it began. Unit: ns. */
  readonly startTimeUnixNano: Unsigned64;
  /** When it ended. Unit: ns. */
  readonly endTimeUnixNano: Unsigned64;
  /** Its attributes. Absent: none. */
  readonly attributes?: readonly KeyValue[];
  /** What happened in it. Absent: nothing. */
  readonly events?: readonly SpanEvent[];
  /** How it ended. Absent: nothing to say. */
  readonly status?: SpanStatus;
}

/** Something that happened within a span. */
export interface SpanEvent {
  /** When. Unit: ns. */
  readonly timeUnixNano: Unsigned64;
  /** What. */
  readonly name: Line;
  /** Its attributes. Absent: none. */
  readonly attributes?: readonly KeyValue[];
}

/** How a span ended. */
export interface SpanStatus {
  /** 0 unset, 1 ok, 2 error. */
  readonly code: number;
  /** More. Absent: nothing. */
  readonly message?: Text;
}

/** A licence identifier of the SPDX list. */
export type SpdxId = string;

/** Version of the specification, MAJOR.MINOR. */
export type SpecVersion = string;

/** A statistical test of two samples. */
export interface StatisticalTest {
  /** The test. */
  readonly name: Name;
  /** Probability of a false alarm. */
  readonly level: Fraction;
  /** Its statistic. */
  readonly statistic: number;
  /** Probability of a statistic at least as great. */
  readonly p_value: Fraction;
}

/** How an execution ended. */
export type Status = "completed" | "aborted" | "coherence_violated" | "failed";

/** How a step went. */
export type StepOutcome = "ok" | "warning" | "failed";

/** The type's own inputs, data/inputs/task.json. A run has none. */
export type Task = CalibrationTask | GradientTask | ReplayTask | ValidationTask;

/** A name of OpenTelemetry's kind. */
export type TelemetryName = string;

/** Text for people, not empty; line breaks and tabs are allowed, other control characters are not. */
export type Text = string;

/** The execution on a time axis, data/evidence/timeline.json. */
export interface Timeline {
  /** What is drawn. */
  readonly traceEvents: readonly TimelineEvent[];
  /** What times are shown in. Absent: milliseconds. */
  readonly displayTimeUnit?: TimelineUnit;
}

/** Something on the time axis. */
export interface TimelineEvent {
  /** What. */
  readonly name: Line;
  /** How it is drawn. */
  readonly ph: TimelinePhase;
  /** Row group. */
  readonly pid: Count;
  /** Row. */
  readonly tid: Count;
  /** Category. Absent: none. */
  readonly cat?: Line;
  /** Microseconds at its begin. Absent: it has no time. Unit: us. */
  readonly ts?: NonNegative;
  /** Microseconds it took. Absent: no complete event. Unit: us. */
  readonly dur?: NonNegative;
  /** Scope of an instant. Absent: no instant, or that of its row. */
  readonly s?: TimelineScope;
  /** More by name. Absent: nothing. */
  readonly args?: { readonly [name: string]: boolean | number | string };
}

/** How something is drawn. */
export type TimelinePhase = "X" | "i" | "C" | "M";

/** Scope of an instant. */
export type TimelineScope = "t" | "p" | "g";

/** What times are shown in. */
export type TimelineUnit = "ns" | "ms";

/** Printable ASCII without spaces, as versions and tags have it. */
export type Token = string;

/** How far a number x may be from the recorded r, |x - r| <= absolute + relative * |r|. */
export interface Tolerance {
  /** In the unit of the output. */
  readonly absolute: NonNegative;
  /** As a fraction of the recorded value. */
  readonly relative: NonNegative;
}

/** A piece of software. */
export interface Tool {
  /** Its name. */
  readonly name: Line;
  /** Its version. */
  readonly version: Token;
  /** Where it is described. */
  readonly url: Url;
}

/** Spans of an execution, a line of data/evidence/traces.jsonl. */
export interface TracesData {
  /** Spans by resource. */
  readonly resourceSpans: readonly ResourceSpans[];
}

/** A simulated device that drifts, ages and counts in the dark. */
export interface TwinModel {
  /** Owns the randomness of its drift. */
  readonly seed: Unsigned64;
  /** Its time on the experiment clock. Unit: ps. */
  readonly at_ps: Unsigned64;
  /** Its temperature. Unit: K. */
  readonly temperature_k: NonNegative;
  /** The temperature at which its offsets hold. Unit: K. */
  readonly reference_temperature_k: NonNegative;
  /** Its true phases by parameter. */
  readonly phases: { readonly [name: string]: PhaseCalibration };
  /** Its true crosstalk. */
  readonly crosstalk: Crosstalk;
  /** Its true dark counts by counter node. */
  readonly dark_rates: { readonly [name: string]: DarkRate };
}

/** An artifact type. A reader meets types that it does not know, so that the list stays open here. */
export type TypeName = string;

/** The closed list of units, in UCUM spelling save for the root of a watt. Each quantity has one unit. */
export type Unit = "1" | "rad" | "um" | "W" | "sqrt(W)" | "dB" | "dB/cm" | "ps" | "s" | "Hz" | "Hz-1" | "THz" | "K" | "A" | "A/W" | "Ohm" | "ps/(nm.km)" | "rad/s" | "rad/K";

/** An integer below 2 to the power of 64 in decimal digits, since JSON numbers end at 2 to the power of 53. */
export type Unsigned64 = string;

/** An absolute http or https URL. */
export type Url = string;

/** What held and what did not. */
export interface ValidationBody {
  /** The type of the artifact. */
  readonly artifact_type: "validation";
  /** How the execution ended. */
  readonly status: Status;
  /** Why it did not complete. Absent: it completed. */
  readonly reason?: Reason;
  /** Whether every constraint passed. */
  readonly passed: boolean;
  /** The constraints by id. */
  readonly constraints: { readonly [name: string]: ConstraintResult };
}

/** Which constraints are held against which artifacts. */
export interface ValidationTask {
  /** The type of the artifact. */
  readonly artifact_type: "validation";
  /** The contract of the procedure that measures. */
  readonly procedure: Semantics;
  /** The artifacts that are judged; none where the procedure judges something else. */
  readonly subjects: readonly ArtifactId[];
  /** The time on the experiment clock at which ages are judged. Unit: ps. */
  readonly as_of_ps: Unsigned64;
  /** The constraints by id. */
  readonly constraints: { readonly [name: string]: Constraint };
}

/** How well a re-execution agrees with the record, best first. */
export type Verdict = "bit_exact" | "within_tolerance" | "statistically_consistent" | "different";

/** Wavelengths start + (stop - start) * i / (points - 1), in that order of operations. */
export interface WavelengthGrid {
  /** Says which kind it is. */
  readonly kind: "wavelength";
  /** First vacuum wavelength. Unit: um. */
  readonly start_um: NonNegative;
  /** Last vacuum wavelength. Unit: um. */
  readonly stop_um: NonNegative;
  /** How many. */
  readonly points: number;
}

/** Wavelengths one by one. */
export interface WavelengthList {
  /** Says which kind it is. */
  readonly kind: "wavelength_list";
  /** Vacuum wavelengths, strictly ascending. Unit: um. */
  readonly values_um: readonly NonNegative[];
}

/** Document classes by name. */
export interface Documents {
  readonly Body: Body;
  readonly Calibration: Calibration;
  readonly Claim: Claim;
  readonly Comparison: Comparison;
  readonly ControlDecision: ControlDecision;
  readonly Device: Device;
  readonly Environment: Environment;
  readonly Event: Event;
  readonly Experiment: Experiment;
  readonly Graph: Graph;
  readonly LoweredGraph: LoweredGraph;
  readonly Manifest: Manifest;
  readonly Metadata: Metadata;
  readonly Metrics: Metrics;
  readonly Outputs: Outputs;
  readonly Parameters: Parameters;
  readonly Provenance: Provenance;
  readonly ReplayLogEntry: ReplayLogEntry;
  readonly Task: Task;
  readonly Timeline: Timeline;
  readonly TracesData: TracesData;
}
