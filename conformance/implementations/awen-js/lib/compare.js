// One result held against another: metrics, verdicts, attribution (AWB-R-301 to AWB-R-314).

import { readWhole } from './container.js';
import { canonicalText, token } from './json.js';
import { sameJson } from './schema.js';

const verdicts = ['bit_exact', 'within_tolerance', 'statistically_consistent', 'different'];
const described = ['dtype', 'shape', 'unit', 'quantity', 'axes'];
const LEVEL = 1e-3;
const RESULTS = 'data/results/';
const ENVIRONMENT = 'data/evidence/environment.json';
const INPUTS = /^data[/]inputs[/][a-z]+[.]json$/;

/** One side: documents to attribute by, outputs, arrays by output, digests by path below the results, status. */
export async function sideOf(bundle) {
  const outputs = bundle.documents.get(`${RESULTS}outputs.json`);
  const arrays = {};
  for (const [name, output] of Object.entries(outputs)) {
    const entry = bundle.entries.find(({ path }) => path === RESULTS + output.file);
    arrays[name] = valuesOf(await readWhole(entry, Infinity), output.dtype);
  }
  const documents = new Map([...bundle.documents].filter(([path]) => INPUTS.test(path) || path === ENVIRONMENT));
  const digests = new Map([...bundle.sealed].filter(([path]) => path.startsWith(RESULTS)).map(([path, { sha256 }]) => [path.slice(RESULTS.length), sha256]));
  return { documents, outputs, arrays, digests, status: bundle.documents.get(`${RESULTS}body.json`).status };
}

/** The elements of an array file and its octets; integers as big ones. */
export function valuesOf(octets, dtype) {
  const data = octets.subarray(10 + octets.readUInt16LE(8));
  const width = dtype === '|b1' ? 1 : 8;
  const read = { '<f8': (at) => data.readDoubleLE(at), '<u8': (at) => data.readBigUInt64LE(at), '<i8': (at) => data.readBigInt64LE(at), '|b1': (at) => data[at] };
  return { data, dtype, list: Array.from({ length: data.length / width }, (_, i) => read[dtype](i * width)) };
}

/** A `Comparison`; the claim is that of the recorded side, `stricter` a tolerance that applies where it is tighter. */
export function compare(recorded, replayed, claim, stricter) {
  const names = Object.keys(recorded.outputs).filter((name) => Object.hasOwn(replayed.outputs, name)).sort();
  const redrawn = seedOf(recorded) !== seedOf(replayed);
  const outputs = {};
  for (const name of names) outputs[name] = compareOutput(name, recorded, replayed, toleranceOf(name, claim, stricter), redrawn);
  const only = (one, other) => Object.keys(one.outputs).filter((name) => !Object.hasOwn(other.outputs, name)).sort();
  const [onlyRecorded, onlyReplayed] = [only(recorded, replayed), only(replayed, recorded)];
  let verdict = worst(['within_tolerance', ...Object.values(outputs).map((one) => one.verdict)]);
  if (onlyRecorded.length > 0 || onlyReplayed.length > 0 || recorded.status !== replayed.status) verdict = 'different';
  if (sameDigests(recorded.digests, replayed.digests)) verdict = 'bit_exact'; // AWB-R-301, AWB-R-305
  return { verdict, outputs, only_recorded: onlyRecorded, only_replayed: onlyReplayed, attribution: attribute(recorded, replayed) };
}

const worst = (list) => list.reduce((one, other) => (verdicts.indexOf(other) > verdicts.indexOf(one) ? other : one));
const sameDigests = (one, other) => one.size === other.size && [...one].every(([path, digest]) => other.get(path) === digest);
const seedOf = ({ documents }) => documents.get('data/inputs/experiment.json')?.seed;

/** AWB-R-302, AWB-R-303 */
function toleranceOf(name, { tolerance, output_tolerances: own = {} }, stricter) {
  const sealed = Object.hasOwn(own, name) ? own[name] : tolerance;
  return {
    absolute: Math.min(sealed.absolute, stricter?.absolute ?? Infinity),
    relative: Math.min(sealed.relative, stricter?.relative ?? Infinity),
  };
}

/** AWB-R-305, AWB-R-306, AWB-R-310 */
function compareOutput(name, recorded, replayed, tolerance, otherSeed) {
  const [here, there] = [recorded.outputs[name], replayed.outputs[name]];
  const mismatch = described.find((member) => !sameJson(here[member], there[member]));
  if (mismatch !== undefined) return { verdict: 'different', mismatch };
  const [r, x] = [recorded.arrays[name], replayed.arrays[name]];
  const found = { ...metrics(r, x, here), tolerance_absolute: tolerance.absolute, tolerance_relative: tolerance.relative };
  const redrawn = here.sampled && otherSeed;
  if (!redrawn && r.data.equals(x.data)) return { verdict: 'bit_exact', ...found };
  if (!redrawn && inside(r.list, x.list, tolerance)) return { verdict: 'within_tolerance', ...found };
  if (!here.sampled) return { verdict: 'different', ...found };
  const test = kolmogorovSmirnov(r.list, x.list, here.shape[0]);
  return { verdict: test.p_value >= LEVEL ? 'statistically_consistent' : 'different', ...found, test };
}

const distance = (a, b) => Math.abs(typeof a === 'bigint' ? Number(a - b) : a - b);
const size = (a) => Math.abs(Number(a));
const finite = (value) => Math.min(value, Number.MAX_VALUE);
const inside = (r, x, { absolute, relative }) => r.every((one, i) => distance(x[i], one) <= absolute + relative * size(one));

/** The table of metrics. */
function metrics({ list: r, dtype }, { list: x }, { quantity }) {
  const far = r.map((one, i) => distance(x[i], one));
  const most = far.reduce((a, b) => Math.max(a, b), 0);
  const known = r.map((one, i) => i).filter((i) => size(r[i]) !== 0);
  const found = {
    elements: r.length,
    max_absolute_error: finite(most),
    zero_mismatches: r.filter((one, i) => size(one) === 0 && size(x[i]) !== 0).length,
    rms_error: finite(most === 0 || most === Infinity ? most : most * Math.sqrt(far.reduce((sum, one) => sum + (one / most) ** 2, 0) / r.length)),
  };
  if (known.length > 0) found.max_relative_error = finite(known.reduce((a, i) => Math.max(a, far[i] / size(r[i])), 0));
  if (dtype === '<f8') found.max_ulp = String(r.reduce((a, one, i) => (ulps(one, x[i]) > a ? ulps(one, x[i]) : a), 0n));
  const shared = quantity === 'optical_field' ? fidelity(r, x) : null;
  if (shared !== null) found.fidelity = shared;
  return found;
}

const octets = new DataView(new ArrayBuffer(8));

/** The place of a float in the sequence of all of them; -0 and +0 are one apart. */
function placeOf(value) {
  octets.setFloat64(0, value);
  const word = octets.getBigUint64(0);
  return word >> 63n ? -(word & ((1n << 63n) - 1n)) - 1n : word;
}

function ulps(a, b) {
  const apart = placeOf(a) - placeOf(b);
  return apart < 0n ? -apart : apart;
}

/** |sum of r* x|^2 over both norms, of parts scaled to 1; null where one side is zero throughout. */
function fidelity(r, x) {
  const scaled = (list) => {
    const most = list.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    return most === 0 ? null : list.map((one) => one / most);
  };
  const [a, b] = [scaled(r), scaled(x)];
  if (a === null || b === null) return null;
  let [re, im, norm, other] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i += 2) {
    re += a[i] * b[i] + a[i + 1] * b[i + 1];
    im += a[i] * b[i + 1] - a[i + 1] * b[i];
    norm += a[i] ** 2 + a[i + 1] ** 2;
    other += b[i] ** 2 + b[i + 1] ** 2;
  }
  return (re * re + im * im) / (norm * other);
}

/** AWB-R-314 */
function kolmogorovSmirnov(r, x, shots) {
  const channels = r.length / shots;
  const channel = (list, k) => Array.from({ length: shots }, (_, i) => list[i * channels + k]).sort((a, b) => (a < b ? -1 : Number(a > b)));
  let D = 0;
  for (let k = 0; k < channels; k += 1) D = Math.max(D, largestStep(channel(r, k), channel(x, k)));
  const root = Math.sqrt((shots * shots) / (shots + shots));
  const z = (root + 0.12 + 0.11 / root) * D;
  let p = 1;
  if (z >= 0.2) {
    p = 0;
    for (let k = 1; k <= 100; k += 1) p += 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * z * z);
  }
  return { name: 'kolmogorov_smirnov', level: LEVEL, statistic: D, p_value: Number(Math.min(1, Math.max(0, p) * channels).toPrecision(6)) };
}

/** The largest distance of two empirical distribution functions of sorted samples. */
function largestStep(a, b) {
  let [i, j, most] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const at = j >= b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
    while (i < a.length && a[i] <= at) i += 1;
    while (j < b.length && b[j] <= at) j += 1;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
}

/** AWB-R-311 */
function attribute(recorded, replayed) {
  const paths = [...new Set([...recorded.documents.keys(), ...replayed.documents.keys()])].sort();
  return paths.flatMap((path) => differences(path, '', recorded.documents.get(path), replayed.documents.get(path)));
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

function differences(path, pointer, here, there) {
  if (isObject(here) && isObject(there)) {
    const names = [...new Set([...Object.keys(here), ...Object.keys(there)])].sort();
    return names.flatMap((name) => differences(path, pointer + token(name), here[name], there[name]));
  }
  if (here !== undefined && there !== undefined && sameJson(here, there)) return [];
  const subject = subjectOf(path, pointer);
  return [{
    subject,
    name: pointer,
    path,
    ...(here === undefined ? {} : { recorded: canonicalText(here) }),
    ...(there === undefined ? {} : { replayed: canonicalText(there) }),
    effect: subject === 'evidence' ? 'irrelevant' : 'possible',
  }];
}

const byFile = { 'ir.json': 'graph', 'parameters.json': 'parameter', 'calibration.json': 'calibration', 'device.json': 'device', 'task.json': 'task' };
const byMember = { runtime: 'engine', dependencies: 'package', os: 'platform', cpu: 'platform', numerics: 'platform' };

function subjectOf(path, pointer) {
  if (path === ENVIRONMENT) return byMember[pointer.split('/')[1]] ?? 'evidence';
  if (path.endsWith('experiment.json')) return pointer === '/seed' ? 'seed' : 'experiment';
  return byFile[path.slice('data/inputs/'.length)];
}
