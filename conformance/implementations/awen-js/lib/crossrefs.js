// Cross-references between the documents of a bundle (profile V3).

import { judgeGraph } from './graph.js';
import { token } from './json.js';
import { compareOctets } from './names.js';
import { finding } from './registry.js';
import { sameJson } from './schema.js';

export const SEMANTICS = 'awen-ir/1.0';

const INPUTS = 'data/inputs';
const RESULTS = 'data/results';

/** Instants exist in the Gregorian calendar (AWB-R-101). */
export function isInstant(text) {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})T/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year > 0 && day <= days[month - 1];
}

/** Sign of the difference of two instants; a fraction is at most nine digits. */
export function compareInstants(a, b) {
  const parts = (text) => [text.slice(0, 19), `${/\.([0-9]+)/.exec(text)?.[1] ?? ''}000000000`.slice(0, 9)].join('.');
  return parts(a) < parts(b) ? -1 : Number(parts(a) > parts(b));
}

/** ISO 7064 MOD 11-2 over the first fifteen digits (AWB-R-185). */
export function isOrcid(text) {
  const digits = text.replaceAll('-', '');
  let total = 0;
  for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return digits[15] === (check === 10 ? 'X' : String(check));
}

/**
 * Judges the documents against each other.
 *
 * `documents` holds those that are valid against their schema, by path; `arrays` the headers of good array files, `paths` all files.
 */
export function judgeCrossReferences(bundle) {
  const out = [];
  const note = (code, path, pointer = '') => out.push(finding(code, path, pointer));
  const { documents } = bundle;
  const experiment = documents.get(`${INPUTS}/experiment.json`);
  judgeTypes(bundle, note);
  judgeOutputs(bundle, RESULTS, experiment, note);
  if (bundle.type === 'replay') judgeOutputs(bundle, `${RESULTS}/replayed`, experiment, note); // AWB-R-008
  judgeClaim(bundle, note);
  if (experiment !== undefined) {
    judgeRun(bundle, RESULTS, experiment, note);
    if (bundle.type === 'replay') judgeRun(bundle, `${RESULTS}/replayed`, experiment, note);
    if (experiment.semantics !== SEMANTICS) {
      note('AWB-SEM-002', `${INPUTS}/experiment.json`, '/semantics'); // AWB-R-192
    } else {
      judgeGraph(bundle, experiment, note);
    }
  }
  judgeValidation(bundle, note);
  return out;
}

/** AWB-R-181 */
function judgeTypes({ documents, type, typeKnown }, note) {
  const others = [`${INPUTS}/experiment.json`];
  if (typeKnown) others.push(`${INPUTS}/task.json`, `${RESULTS}/body.json`); // AWB-R-013: else not judged
  for (const path of others) {
    const stated = documents.get(path)?.artifact_type;
    if (stated !== undefined && type !== undefined && stated !== type) note('AWB-SEM-001', path, '/artifact_type');
  }
}

/** AWB-R-007, AWB-R-116, AWB-R-202 to AWB-R-205 */
function judgeOutputs({ documents, arrays, paths }, folder, experiment, note) {
  const where = `${folder}/outputs.json`;
  const outputs = documents.get(where);
  if (outputs === undefined) return;
  const named = new Set();
  for (const [name, output] of Object.entries(outputs)) {
    const at = token(name);
    if (output.file !== `arrays/${name}.npy`) note('AWB-SEM-010', where, `${at}/file`); // AWB-R-202
    const file = `${folder}/${output.file}`;
    named.add(file);
    if (!paths.has(file)) note('AWB-SEM-011', where, at); // AWB-R-007
    const header = arrays.get(file);
    if (header !== undefined) {
      const shape = output.shape.length === header.shape.length && output.shape.every((n, i) => BigInt(n) === header.shape[i]);
      if (output.dtype !== header.dtype || !shape) note('AWB-SEM-013', where, at); // AWB-R-203
    }
    const complex = output.axes.indexOf('complex');
    const last = output.axes.length - 1;
    const fits = output.axes.length === output.shape.length &&
      (complex < 0 || (complex === last && output.shape[last] === 2 && output.dtype === '<f8')) &&
      (complex >= 0 || output.quantity !== 'optical_field');
    if (!fits) note('AWB-SEM-014', where, at); // AWB-R-204, AWB-R-116
    if (output.sampled && experiment?.shots === 0) note('AWB-SEM-015', where, `${at}/sampled`); // AWB-R-205
  }
  for (const path of paths) {
    if (path.startsWith(`${folder}/arrays/`) && !named.has(path)) note('AWB-SEM-012', path); // AWB-R-007
  }
}

const ownRelation = { gradient: 'gradient_of', calibration: 'calibration_for', replay: 'replay_of', validation: 'validation_of' };
const anyType = new Set(['calibrated_by', 'derived_from']);
const relationsOfTypes = new Set(Object.values(ownRelation));

/** AWB-R-198 to AWB-R-201, AWB-R-223 */
function judgeClaim({ documents, sealed, type, typeKnown, unsorted }, note) {
  const where = 'data/claim/claim.json';
  const claim = documents.get(where);
  if (claim === undefined) return;
  if (unsorted.some(({ path, pointer }) => path === where && pointer === '/parents')) {
    note('AWB-SEM-006', where, '/parents'); // AWB-R-198
  }
  const outputs = documents.get(`${RESULTS}/outputs.json`);
  if (outputs !== undefined) {
    for (const name of Object.keys(claim.output_tolerances ?? {})) {
      if (!Object.hasOwn(outputs, name)) note('AWB-SEM-007', where, `/output_tolerances${token(name)}`); // AWB-R-199
    }
  }
  if (!typeKnown) return;
  const stated = claim.environment_digest;
  const environment = sealed.get('data/evidence/environment.json')?.sha256;
  if ((stated !== undefined) !== (type === 'replay') || (stated !== undefined && environment !== undefined && stated !== environment)) {
    note('AWB-SEM-008', where, '/environment_digest'); // AWB-R-200
  }
  // AWB-R-201
  claim.parents.forEach(({ relation }, i) => {
    if (relationsOfTypes.has(relation) && relation !== ownRelation[type] && !anyType.has(relation)) {
      note('AWB-SEM-009', where, `/parents/${i}/relation`);
    }
  });
  const task = documents.get(`${INPUTS}/task.json`);
  if (task === undefined || task.artifact_type !== type || type === 'calibration') return;
  const own = claim.parents.filter(({ relation }) => relation === ownRelation[type]).map((parent) => parent.artifact_id);
  if (type === 'replay') {
    if (own.length !== 1) note('AWB-SEM-009', where, '/parents');
    else if (own[0] !== task.artifact_id) note('AWB-SEM-020', `${INPUTS}/task.json`, '/artifact_id'); // AWB-R-223
    return;
  }
  const named = type === 'gradient' ? [task.parent].filter((id) => id !== undefined) : task.subjects;
  if (!sameJson([...new Set(own)].sort(), [...new Set(named)].sort())) note('AWB-SEM-009', where, '/parents');
}

/** AWB-R-191, AWB-R-207, of a run and of one that was executed again (AWB-R-008) */
function judgeRun({ documents }, folder, experiment, note) {
  const body = documents.get(`${folder}/body.json`);
  if (body?.artifact_type !== 'run' || body.status !== 'completed') return;
  if (body.shots !== experiment.shots) note('AWB-SEM-017', `${folder}/body.json`, '/shots');
  if (!sameJson(body.recorded_states, experiment.record)) note('AWB-SEM-017', `${folder}/body.json`, '/recorded_states');
  const outputs = documents.get(`${folder}/outputs.json`);
  if (outputs === undefined) return;
  const waves = new Set(experiment.record.flatMap((endpoint) => [`${endpoint}.incident`, `${endpoint}.emergent`]));
  for (const name of waves) {
    if (!Object.hasOwn(outputs, name)) note('AWB-SEM-005', `${folder}/outputs.json`, token(name));
  }
  for (const name of Object.keys(outputs)) {
    const wave = /^[a-z][a-z0-9_]{0,63}[.]o[1-9][0-9]{0,3}[.](?:incident|emergent)$/.test(name);
    if (wave && !waves.has(name)) note('AWB-SEM-005', `${folder}/outputs.json`, token(name));
  }
}

/** AWB-R-224 */
function judgeValidation({ documents, type }, note) {
  const where = `${RESULTS}/body.json`;
  const body = documents.get(where);
  const task = documents.get(`${INPUTS}/task.json`);
  if (type !== 'validation' || body?.artifact_type !== type || task?.artifact_type !== type) return;
  const wanted = Object.keys(task.constraints).sort(compareOctets);
  if (!sameJson(wanted, Object.keys(body.constraints).sort(compareOctets))) {
    note('AWB-SEM-021', where, '/constraints');
    return;
  }
  for (const name of wanted) {
    const asked = task.constraints[name];
    const found = body.constraints[name];
    const same = ['unit', 'minimum', 'maximum'].every((member) => asked[member] === found[member]);
    const inside = found.measured !== undefined && !(found.measured < asked.minimum) && !(found.measured > asked.maximum);
    if (!same || found.passed !== inside) note('AWB-SEM-021', where, `/constraints${token(name)}`);
  }
  const all = Object.values(body.constraints).every(({ passed }) => passed);
  if (body.passed !== all) note('AWB-SEM-021', where, '/passed');
}

/** Judges the order of control decisions as they come (AWB-R-094, AWB-R-208). */
export class ControlOrder {
  constructor() {
    this.count = 0;
    this.ordered = true;
    this.last = null;
  }

  take({ at_ps: time, node }) {
    this.count += 1;
    const now = { time: BigInt(time), node };
    if (this.last !== null) {
      const before = this.last.time < now.time || (this.last.time === now.time && compareOctets(this.last.node, node) <= 0);
      if (!before) this.ordered = false;
    }
    this.last = now;
  }

  judge(path) {
    if (this.count === 0) return [finding('AWB-SEM-019', path)];
    return this.ordered ? [] : [finding('AWB-SEM-018', path)];
  }
}
