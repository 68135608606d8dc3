// The verb `run`: what an engine of awen-ir/1.0 makes of an experiment, as the files of `results/`, or why it refuses.

import { judgeGraph } from '../graph.js';
import { JsonFault, canonicalText, parseJson } from '../json.js';
import { finding, isError, kinds, messageOf } from '../registry.js';
import { validate } from '../schema.js';
import { expand, plan } from './circuit.js';
import { arrivalSpread, violation } from './coherence.js';
import { Aborted, control, times } from './control.js';
import { DeviceState, GREATEST_PHASE } from './device.js';
import { Experiment, Uncountable } from './experiment.js';
import { judgeInputs, judgePhases } from './refusals.js';
import { Singular } from './solve.js';

export const SEMANTICS = 'awen-ir/1.0';

const classes = { experiment: 'Experiment', ir: 'Graph', parameters: 'Parameters', calibration: 'Calibration', device: 'Device' };

/** AWB-R-421 to AWB-R-423 */
export function wavelengthsOf(grid) {
  if (grid.kind === 'wavelength_list') return grid.values_um;
  const [start, stop] = grid.kind === 'frequency' ? [grid.start_thz, grid.stop_thz] : [grid.start_um, grid.stop_um];
  const { points } = grid;
  const list = Array.from({ length: points }, (_, i) => (points === 1 ? start : start + ((stop - start) * i) / (points - 1)));
  return grid.kind === 'frequency' ? list.map((nu) => 299.792458 / nu) : list;
}

/** Files of `results/` by path, or `{findings}`; `read(name)` gives the octets of an input or null. */
export function run(read) {
  const findings = [];
  const note = (code, path = '', pointer = '') => findings.push(finding(code, path, pointer));
  const documents = load(read, note);
  const refused = () => findings.some(isError);
  if (refused()) return { findings };
  const { experiment, graph, parameters, calibration, device } = documents;
  if (experiment.semantics !== SEMANTICS) note('AWB-SEM-100', 'experiment.json', '/semantics'); // AWB-R-400
  if (refused()) return { findings };
  const named = new Map(Object.keys(classes).map((name) => [`data/inputs/${name}.json`, documents[name === 'ir' ? 'graph' : name]]));
  judgeGraph({ documents: named, paths: new Set(named.keys()), type: 'run' }, experiment, note);
  if (refused()) return { findings };
  const wavelengths = wavelengthsOf(experiment.grid);
  judgeInputs(documents, wavelengths, note);
  if (refused()) return { findings };
  const state = new DeviceState(calibration, device);
  judgePhases(state, (name) => parameters[name].value, device.limits.maximum_phase_rad ?? GREATEST_PHASE, note);
  if (refused()) return { findings };
  const circuit = expand(graph);
  const planned = plan(circuit, experiment.record);
  return { files: execute(documents, new Experiment(documents, circuit, planned, state, wavelengths)) };
}

function load(read, note) {
  const documents = {};
  for (const [name, className] of Object.entries(classes)) {
    const file = `${name}.json`;
    const octets = read(file);
    if (octets === null) {
      note('AWB-PKG-001', file);
      continue;
    }
    try {
      const value = parseJson(octets);
      const walk = validate(className, value);
      for (const { code, pointer } of walk.errors) note(code, file, pointer);
      for (const pointer of walk.unsorted) {
        const code = unsortedCode(pointer);
        if (code !== null) note(code, file, pointer);
      }
      documents[name === 'ir' ? 'graph' : name] = value;
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      note(error.code, file);
    }
  }
  return documents;
}

/** The code of a list that is not sorted; null where it is judged with what it belongs to. */
function unsortedCode(pointer) {
  if (pointer.endsWith('/table/wavelengths_um')) return 'AWB-SEM-114'; // AWB-R-410
  if (pointer === '/grid/values_um') return 'AWB-SEM-117'; // AWB-R-420
  return /^[/]edges|[/]crosstalk[/]order$/.test(pointer) ? null : 'AWB-SEM-003';
}

/** Executes; what does not complete leaves a reason (AWB-R-564, AWB-R-565). */
function execute(documents, running) {
  const { experiment, graph } = documents;
  const rules = graph.control ?? [];
  const lines = [];
  try {
    judgeCoherence(experiment, rules, running);
    const last = control(rules, running, documents, lines);
    const outputs = collect(experiment, running, last);
    return files(outputs, { status: 'completed', shots: experiment.shots, recorded_states: experiment.record }, lines);
  } catch (error) {
    const [status, code, node] = reasonOf(error);
    const reason = { code, message: messageOf(code), ...(node === undefined ? {} : { node }) };
    return files(new Map(), { status, reason, shots: 0, recorded_states: [] }, lines);
  }
}

class Incoherent extends Error {}

function reasonOf(error) {
  if (error instanceof Singular) return ['failed', 'AWB-SEM-122'];
  if (error instanceof Uncountable) return ['failed', 'AWB-SEM-123', error.node];
  if (error instanceof Aborted) return ['aborted', error.code, error.node];
  if (error instanceof Incoherent) return ['coherence_violated', error.message];
  throw error;
}

/** AWB-R-541 */
function judgeCoherence({ clock, coherence_window: window }, rules, running) {
  if (window === undefined) return;
  const spread = () => {
    const parameters = running.inForce(0);
    const nodes = new Map([...running.circuit.nodes].map(([id, node]) => [id, { kind: node.kind, params: parameters(id) }]));
    return arrivalSpread({ nodes }, running.plan);
  };
  const code = violation(window, [BigInt(clock.origin_ps), ...times(rules)], spread);
  if (code !== null) throw new Incoherent(code);
}

/** Every output: name -> {output, values} (AWB-R-478, AWB-R-479, AWB-R-506, AWB-R-535). */
function collect(experiment, running, last) {
  const outputs = new Map();
  const put = (name, described, rows, sampled, byShot) => {
    const axes = byShot && described.axes[0] !== 'shot' ? ['shot', ...described.axes] : described.axes;
    const lengths = { shot: experiment.shots, wavelength: running.wavelengths.length, complex: 2 };
    const { dtype, unit, quantity } = described;
    const output = { dtype, unit, quantity, axes, shape: axes.map((axis) => lengths[axis]), sampled: sampled || byShot, file: `arrays/${name}.npy` };
    outputs.set(name, { output, values: (axes[0] === 'shot' ? rows : rows[0]).flat(Infinity) });
  };
  const ids = Object.keys(running.graph.nodes).filter((id) => kinds.get(running.graph.nodes[id].kind).role === 'detector').sort();
  for (const id of ids) {
    const { outputs: stated, sampled } = kinds.get(running.graph.nodes[id].kind);
    const { rows, samples, byShot } = last.get(id) ?? running.measure(id);
    const pick = (table, name) => table.map((row) => row.map((values) => values[name]));
    for (const one of stated) put(`${id}.${one.name}`, one, pick(rows, one.name), false, byShot);
    if (samples !== null) for (const one of sampled) put(`${id}.${one.name}`, one, pick(samples, one.name), true, false);
  }
  const field = { dtype: '<f8', unit: 'sqrt(W)', quantity: 'optical_field', axes: ['wavelength', 'complex'] };
  for (const endpoint of experiment.record) {
    const inner = running.circuit.inner(endpoint);
    put(`${endpoint}.incident`, field, running.recorded(inner), false, running.byShot);
    put(`${endpoint}.emergent`, field, running.recorded(running.circuit.joined.get(inner)), false, running.byShot);
  }
  return outputs;
}

/** The files of `results/`. */
function files(outputs, body, lines) {
  const text = (value) => Buffer.from(canonicalText(value));
  const found = new Map();
  found.set('outputs.json', text(Object.fromEntries([...outputs].map(([name, { output }]) => [name, output]))));
  found.set('body.json', text({ artifact_type: 'run', ...body }));
  if (lines.length > 0) found.set('control.jsonl', Buffer.concat(lines.map((line) => Buffer.concat([text(line), Buffer.from('\n')]))));
  for (const { output, values } of outputs.values()) found.set(output.file, array(output, values));
  return found;
}

/** An array file (AWB-R-110 to AWB-R-113). */
function array({ dtype, shape }, values) {
  const written = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${written}, }`;
  const length = Math.ceil((10 + header.length + 1) / 64) * 64 - 10;
  const octets = Buffer.alloc(10 + length + 8 * values.length);
  octets.write('\x93NUMPY\x01\x00', 0, 'latin1');
  octets.writeUInt16LE(length, 8);
  octets.write(`${header.padEnd(length - 1)}\n`, 10, 'latin1');
  values.forEach((value, i) => {
    const at = 10 + length + 8 * i;
    if (dtype === '<u8') octets.writeBigUInt64LE(value, at);
    else octets.writeDoubleLE(value, at);
  });
  return octets;
}
