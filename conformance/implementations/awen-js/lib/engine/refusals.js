// What an engine refuses beyond what a validator finds in a sealed bundle (AWB-R-411, AWB-R-530, AWB-R-540, AWB-R-548, AWB-R-551).

import { token } from '../json.js';
import { compareOctets } from '../names.js';
import { kinds } from '../registry.js';
import { beside } from './detectors.js';
import { GREATEST_PHASE, outdated, solution } from './device.js';

const EXPERIMENT = 'experiment.json';
const GRAPH = 'ir.json';
const CALIBRATION = 'calibration.json';
const DEVICE = 'device.json';
const LAST = (1n << 64n) - 1n;
const MOST_DECISIONS = 100000;

/** Notes of everything that is wrong, by code, file and pointer. */
export function judgeInputs(documents, wavelengths, note) {
  judgeTables(documents.graph, wavelengths, note);
  judgeControl(documents, wavelengths, note);
  judgeWindow(documents.experiment, note);
  judgeStates(documents, note);
}

/** AWB-R-411, AWB-R-489 */
function judgeTables({ nodes }, wavelengths, note) {
  const slow = Object.values(nodes).some(({ kind }) => kind === 'delay_monitor');
  for (const [id, { table }] of Object.entries(nodes)) {
    if (table === undefined) continue;
    const at = `/nodes${token(id)}/table`;
    if (table.wavelengths_um.some((_, k) => !passive(table, k))) note('AWB-SEM-115', GRAPH, at);
    const seen = slow ? wavelengths.flatMap(beside) : [];
    if (seen.some((x) => x < table.wavelengths_um[0] || x > table.wavelengths_um.at(-1))) note('AWB-SEM-116', GRAPH, at);
  }
}

/** Whether (1 + 1e-9) - S*S has no negative eigenvalue: elimination of the Hermitian matrix meets no negative pivot. */
function passive({ ports, entries }, k) {
  const S = Array.from({ length: ports }, () => Array.from({ length: ports }, () => [0, 0]));
  for (const { output, input, re, im } of entries) S[Number(output.slice(1)) - 1][Number(input.slice(1)) - 1] = [re[k], im[k]];
  const inner = (i, j) => S.reduce(([re, im], row) => {
    const [[a, b], [c, d]] = [row[i], row[j]];
    return [re + a * c + b * d, im + a * d - b * c];
  }, [0, 0]);
  const M = S.map((_, i) => S.map((__, j) => inner(i, j).map((part, which) => (i === j && which === 0 ? 1 + 1e-9 : 0) - part)));
  for (let p = 0; p < ports; p += 1) {
    const pivot = M[p][p][0];
    if (pivot <= 0) return false;
    for (let i = p + 1; i < ports; i += 1) {
      const [fr, fi] = M[i][p].map((part) => part / pivot);
      for (let j = p + 1; j < ports; j += 1) {
        const [a, b] = M[p][j];
        M[i][j] = [M[i][j][0] - (fr * a - fi * b), M[i][j][1] - (fr * b + fi * a)];
      }
    }
  }
  return true;
}

/** AWB-R-530 */
function judgeControl({ experiment, graph }, wavelengths, note) {
  const rules = graph.control;
  if (rules === undefined) return;
  if (experiment.clock === undefined) note('AWB-SEM-230', GRAPH, '/control');
  if (wavelengths.length > 1) note('AWB-SEM-231', GRAPH, '/control');
  if (rules.length * Math.max(1, experiment.shots) > MOST_DECISIONS) note('AWB-SEM-236', GRAPH, '/control');
  const origin = BigInt(experiment.clock?.origin_ps ?? 0);
  let ordered = true;
  rules.forEach((rule, i) => {
    const at = `/control/${i}`;
    const roleOf = (id) => kinds.get(graph.nodes[id]?.kind)?.role;
    if (roleOf(rule.detector) !== 'detector') note('AWB-SEM-232', GRAPH, `${at}/detector`);
    const [id, parameter] = rule.target.split('.');
    const params = graph.nodes[id]?.params ?? {};
    if (!Object.hasOwn(params, parameter) || roleOf(id) === 'composite') note('AWB-SEM-233', GRAPH, `${at}/target`);
    const [start, ...spans] = [rule.at_ps, rule.measure_ps, rule.decide_ps, rule.actuate_ps].map(BigInt);
    if (start < origin || spans.reduce((a, b) => a + b, start) > LAST) note('AWB-SEM-234', GRAPH, `${at}/at_ps`);
    if (i > 0 && compareRules(rules[i - 1], rule) >= 0) ordered = false;
  });
  if (!ordered) note('AWB-SEM-235', GRAPH, '/control');
}

function compareRules(a, b) {
  const [s, t] = [BigInt(a.at_ps), BigInt(b.at_ps)];
  if (s !== t) return s < t ? -1 : 1;
  return compareOctets(a.detector, b.detector) || compareOctets(a.target, b.target);
}

/** AWB-R-540 */
function judgeWindow({ clock, coherence_window: window }, note) {
  if (window === undefined) return;
  if (clock === undefined) {
    note('AWB-SEM-220', EXPERIMENT, '/coherence_window');
    return;
  }
  const [start, end, decoherence, origin] = [window.start_ps, window.end_ps, window.decoherence_time_ps, clock.origin_ps].map(BigInt);
  if (end < start || end < origin || decoherence === 0n) note('AWB-SEM-221', EXPERIMENT, '/coherence_window');
}

/** AWB-R-548, AWB-R-551 */
function judgeStates({ experiment, graph, parameters, calibration, device }, note) {
  judgeState({ graph, parameters }, calibration, CALIBRATION, '', note);
  if (device.twin !== undefined) judgeState({ graph, parameters }, device.twin, DEVICE, '/twin', note);
  if (experiment.clock === undefined) return;
  const code = outdated(calibration, BigInt(experiment.clock.origin_ps));
  if (code !== null) note(code, CALIBRATION, '');
}

function judgeState({ graph, parameters }, state, file, at, note) {
  const phase = (name, here) => {
    if (!Object.hasOwn(parameters, name)) note('AWB-SEM-200', file, here);
    else if (parameters[name].unit !== 'rad') note('AWB-SEM-201', file, here);
  };
  for (const [name, { ou_sigma_rad: sigma, ou_tau_s: tau }] of Object.entries(state.phases)) {
    phase(name, `${at}/phases${token(name)}`);
    if (sigma > 0 && tau === 0) note('AWB-SEM-207', file, `${at}/phases${token(name)}`);
  }
  state.crosstalk.order.forEach((name, i) => phase(name, `${at}/crosstalk/order/${i}`));
  const { order, matrix } = state.crosstalk;
  const square = matrix.length === order.length && matrix.every((row) => row.length === order.length);
  const ascending = order.every((name, i) => i === 0 || compareOctets(order[i - 1], name) < 0);
  if (!square || !ascending || solution(matrix, order.map(() => 0)) === null) note('AWB-SEM-203', file, `${at}/crosstalk`);
  for (const [id, { rate_hz: rate }] of Object.entries(state.dark_rates)) {
    const here = `${at}/dark_rates${token(id)}`;
    if (graph.nodes[id]?.kind !== 'photon_counter') note('AWB-SEM-202', file, here);
    else if (rate > kinds.get('photon_counter').params.find(({ name }) => name === 'dark_rate_hz').maximum) note('AWB-SEM-209', file, here);
  }
}

/** What a state that can be undone does to the phases that are asked for (AWB-R-551). */
export function judgePhases(state, asked, limit, note) {
  const { drives, phases } = state.bears(asked, limit);
  if (!drives) note('AWB-SEM-208', CALIBRATION, '');
  if (!phases) note('AWB-SEM-209', DEVICE, '');
}
