// An experiment while it is executed: the values in force, by shot, and what detectors and recorded ports see.

import { wave } from './circuit.js';
import { beside, detectors } from './detectors.js';
import { Stream } from './random.js';
import { solve } from './solve.js';

const COUNTABLE = 2 ** 62;

/** More counts than a count can hold (AWB-R-486). */
export class Uncountable extends Error {
  constructor(node) {
    super(node);
    this.node = node;
  }
}

const darkness = [0, 0];

export class Experiment {
  constructor({ graph, parameters, experiment }, circuit, plan, state, wavelengths) {
    Object.assign(this, { graph, parameters, circuit, plan, state, wavelengths });
    this.seed = experiment.seed;
    this.shots = experiment.shots;
    this.rows = Math.max(1, this.shots); // without shots expectations take their place
    this.settings = Array.from({ length: this.rows }, () => new Map());
    this.set = false; // whether there was a setting, in whichever shots, and be it in none
    this.events = new Map(); // detector -> how often it was measured
    this.solved = new Map();
  }

  /** What a target stands for: a phase that calibration or twin name, or a parameter of one node (AWB-R-545). */
  slot(target) {
    const at = target.lastIndexOf('.');
    const given = this.graph.nodes[target.slice(0, at)].params[target.slice(at + 1)];
    return this.state.names.has(given) ? given : target;
  }

  /** Puts a target's values in force: one for each row, or null where what was in force stays. */
  put(target, values) {
    values.forEach((value, row) => {
      if (value !== null) this.settings[row].set(this.slot(target), value);
    });
    this.set = true;
  }

  /** The parameters of a part under settings, with what calibration and twin make of them. */
  parametersOf(id, settings, phases) {
    const { params, kind, shares = {} } = this.circuit.nodes.get(id);
    const values = {};
    for (const [name, given] of Object.entries(params)) {
      let value = phases.get(given) ?? settings.get(`${id}.${name}`) ?? given;
      if (typeof value === 'string') ({ value } = this.parameters[value]);
      values[name] = value / (shares[name] ?? 1);
    }
    if (kind === 'photon_counter' && Object.hasOwn(this.state.rates, id)) values.dark_rate_hz = this.state.rates[id].rate_hz; // AWB-R-550
    return values;
  }

  asked(settings) {
    return (name) => settings.get(name) ?? this.parameters[name].value;
  }

  /** The parameters of each part, by id, under the settings of a row. */
  inForce(row) {
    const settings = this.settings[row];
    const phases = this.state.phases(this.asked(settings));
    const known = new Map();
    return (id) => {
      if (!known.has(id)) known.set(id, this.parametersOf(id, settings, phases));
      return known.get(id);
    };
  }

  /** The waves at every wavelength, and beside it where delays are read, under the settings of a row. */
  waves(row) {
    const key = JSON.stringify([...this.settings[row]].sort().map(([name, value]) => [name, Object.is(value, -0) ? '-0' : value]));
    if (!this.solved.has(key)) {
      const parameters = this.inForce(row);
      const slow = [...this.circuit.nodes.values()].some(({ kind }) => kind === 'delay_monitor');
      const at = (lambda) => solve(this.circuit, this.plan, lambda, parameters);
      this.solved.set(key, { parameters, points: this.wavelengths.map((lambda) => [at(lambda), ...(slow ? beside(lambda).map(at) : [])]) });
    }
    return this.solved.get(key);
  }

  /** Whether what is seen is so by shot: a setting has come into force (AWB-R-506). */
  get byShot() {
    return this.shots > 0 && this.set;
  }

  /** A measurement of a detector: lists over rows of lists over wavelengths of named values; samples always have all shots. */
  measure(id) {
    const { kind } = this.circuit.nodes.get(id);
    const event = this.events.get(id) ?? 0;
    this.events.set(id, event + 1);
    const { means, sample } = detectors[kind];
    const rows = Array.from({ length: this.byShot ? this.shots : 1 }, (_, row) => {
      const { parameters, points } = this.waves(row);
      return points.map((waves, w) => {
        const fields = waves.map((one) => one.get(wave(id, 1)) ?? darkness);
        return means(parameters(id), kind === 'delay_monitor' ? fields : fields[0], this.wavelengths[w]);
      });
    });
    if (sample === undefined || this.shots === 0) return { rows, samples: null, byShot: this.byShot };
    if (kind === 'photon_counter' && rows.flat().some(({ mean }) => mean > COUNTABLE)) throw new Uncountable(id);
    const stream = new Stream(this.seed, id, kind === 'photon_counter' ? 'counts' : 'samples');
    const samples = Array.from({ length: this.shots }, (_, shot) => {
      const draw = { uniform: (i) => stream.uniform(i, shot, event), normal: (i) => stream.normal(i, shot, event) };
      const row = rows.length === 1 ? 0 : shot;
      const own = this.waves(row).parameters(id);
      return rows[row].map((values, w) => sample(own, values, draw, w));
    });
    return { rows, samples, byShot: this.byShot };
  }

  /** The wave that enters by a port of a part, a list over rows of lists over wavelengths. */
  recorded(name) {
    return Array.from({ length: this.byShot ? this.shots : 1 }, (_, row) => this.waves(row).points.map(([waves]) => waves.get(name) ?? darkness));
  }
}
