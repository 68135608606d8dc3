// Control: measurements, decisions and settings in the order of their times (AWB-R-531 to AWB-R-536).

import { compareOctets } from '../names.js';
import { kinds } from '../registry.js';
import { detectors } from './detectors.js';
import { GREATEST_PHASE, outdated } from './device.js';

/** An execution that control ends (AWB-R-534). */
export class Aborted extends Error {
  constructor(code, node) {
    super(code);
    Object.assign(this, { code, node });
  }
}

const SETTING = 0;
const MEASUREMENT = 1;
const DECISION = 2;

/** When the measurement, the decision and the setting of a rule happen. */
function timesOf(rule) {
  const measured = BigInt(rule.at_ps);
  const decided = measured + BigInt(rule.measure_ps) + BigInt(rule.decide_ps);
  return [measured, decided, decided + BigInt(rule.actuate_ps)];
}

export const times = (rules) => rules.flatMap(timesOf);

/** The events of the rules in their order: what follows from an event is due after it, also at the same time (AWB-R-531). */
function* eventsOf(rules) {
  const due = rules.map((rule, i) => ({ time: timesOf(rule)[0], node: rule.detector, order: MEASUREMENT, rule: i }));
  const compare = (a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)) || compareOctets(a.node, b.node) || a.order - b.order || a.rule - b.rule;
  while (due.length > 0) {
    const event = due.reduce((first, one) => (compare(one, first) < 0 ? one : first));
    due.splice(due.indexOf(event), 1);
    yield event;
    const rule = rules[event.rule];
    const [, decided, effective] = timesOf(rule);
    if (event.order === MEASUREMENT) due.push({ ...event, time: decided, order: DECISION });
    if (event.order === DECISION) due.push({ time: effective, node: rule.target.split('.')[0], order: SETTING, rule: event.rule });
  }
}

/** Goes through the events; fills `lines` with the decisions and gives the last measurement of each detector. */
export function control(rules, experiment, { calibration, device }, lines) {
  const last = new Map(); // detector -> its last measurement
  const shared = new Map(); // detector and time -> the measurement
  const taken = rules.map(() => null); // rule -> what it measured
  const decided = rules.map(() => []); // rule -> value by row
  for (const { time, order, rule: number } of eventsOf(rules)) {
    const rule = rules[number];
    if (order === MEASUREMENT) {
      const key = `${rule.detector} ${time}`;
      if (!shared.has(key)) shared.set(key, experiment.measure(rule.detector));
      taken[number] = shared.get(key);
      last.set(rule.detector, taken[number]);
    } else if (order === DECISION) {
      const code = outdated(calibration, time);
      if (code !== null) throw new Aborted(code, rule.detector);
      decided[number] = decide(rule, number, time, taken[number], { experiment, calibration, device, lines });
    } else {
      set(rule, decided[number], experiment, device);
    }
  }
  return last;
}

/** Puts values in force, and ends what the drives or phases that follow would not bear (AWB-R-534). */
function set(rule, values, experiment, { limits }) {
  experiment.put(rule.target, values);
  const most = limits.maximum_phase_rad ?? GREATEST_PHASE;
  for (const settings of experiment.settings) {
    const { drives, phases } = experiment.state.bears(experiment.asked(settings), most);
    if (!drives || !phases) throw new Aborted('AWB-SEM-240', rule.target.split('.')[0]);
  }
}

/** AWB-R-533, AWB-R-534: a value for each shot, or null where nothing is set. */
function decide(rule, number, time, { rows, samples }, { experiment, calibration, device, lines }) {
  const { kind } = experiment.circuit.nodes.get(rule.detector);
  const values = Array.from({ length: experiment.rows }, (_, shot) => {
    const [means] = rows[rows.length === 1 ? 0 : shot];
    const measured = detectors[kind].measured({ ...means, ...samples?.[shot][0] });
    const acts = rule.threshold === undefined || measured >= rule.threshold;
    const value = acts ? rule.offset + rule.gain * measured : null;
    const line = { at_ps: String(time), rule: number, node: rule.detector, measured, calibrated_at_ps: calibration.calibrated_at_ps };
    if (experiment.shots > 0) line.shot = shot;
    if (acts) line.action = { target: rule.target, value, effective_at_ps: String(time + BigInt(rule.actuate_ps)) };
    lines.push(line);
    return value;
  });
  const [id, name] = rule.target.split('.');
  if (!values.every((value) => value === null || within(experiment.circuit.nodes.get(id).kind, name, value, device.limits))) {
    throw new Aborted('AWB-SEM-240', id);
  }
  return values;
}

/** Whether the kind's bounds and the device's limits allow a value. */
function within(kind, name, value, limits) {
  const { minimum, maximum, above, unit } = kinds.get(kind).params.find((param) => param.name === name);
  if (!Number.isFinite(value) || value < (minimum ?? -Infinity) || value > (maximum ?? Infinity) || value <= (above ?? -Infinity)) return false;
  if (unit === 'rad') return Math.abs(value) <= (limits.maximum_phase_rad ?? Infinity);
  return kind !== 'source' || name !== 'power_w' || value <= (limits.maximum_power_w ?? Infinity);
}
