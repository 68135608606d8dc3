// What calibration and twin make of phases and counters (AWB-R-545 to AWB-R-550).

import { between, expOf, fraction, over, relaxed } from './exact.js';
import { pairwise } from './numerics.js';
import { Stream } from './random.js';

export const GREATEST_PHASE = 1e9; // AWB-R-551

const PICO = 1000000000000n;
const seconds = (ps) => Number(ps) / 1e12;
const still = { offset_rad: 0, correction_rad: 0, drift_rate_rad_s: 0, temperature_coefficient_rad_k: 0, ou_sigma_rad: 0, ou_tau_s: 0 };

/** How uncertain a phase is at an age in picoseconds (AWB-R-548). */
export function uncertainty(phase, age) {
  const wander = phase.ou_sigma_rad === 0 ? 0 : 3 * phase.ou_sigma_rad * relaxed(over(fraction(seconds(age)), fraction(phase.ou_tau_s)));
  return Math.abs(phase.drift_rate_rad_s) * seconds(age) + wander;
}

/** The finding code of a calibration that must not be used at a time, or null (AWB-R-534, AWB-R-548). */
export function outdated(calibration, time) {
  const made = BigInt(calibration.calibrated_at_ps);
  if (time < made) return 'AWB-SEM-204';
  if (calibration.expires_at_ps !== undefined && time >= BigInt(calibration.expires_at_ps)) return 'AWB-SEM-205';
  const limit = calibration.stale_limit_rad;
  const stale = limit !== undefined && Object.values(calibration.phases).some((phase) => uncertainty(phase, time - made) > limit);
  return stale ? 'AWB-SEM-206' : null;
}

/** The solution of a matrix for a right side (AWB-R-546), or null where it is singular. */
export function solution(matrix, right) {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i]]);
  for (let k = 0; k < n; k += 1) {
    let pivot = k;
    for (let row = k + 1; row < n; row += 1) if (Math.abs(a[row][k]) > Math.abs(a[pivot][k])) pivot = row;
    if (a[pivot][k] === 0) return null;
    [a[k], a[pivot]] = [a[pivot], a[k]];
    for (let row = k + 1; row < n; row += 1) {
      const factor = a[row][k] / a[k][k];
      for (let column = k; column <= n; column += 1) a[row][column] -= factor * a[k][column];
    }
  }
  const x = new Array(n);
  for (let k = n - 1; k >= 0; k -= 1) {
    const known = pairwise(x.slice(k + 1).map((value, i) => a[k][k + 1 + i] * value));
    x[k] = (a[k][n] - known) / a[k][k];
  }
  return x;
}

/** The number of an Ornstein-Uhlenbeck path at a time in picoseconds (AWB-R-547). */
export function wandered(seed, name, { ou_sigma_rad: sigma, ou_tau_s: tau }, time) {
  if (sigma === 0) return 0;
  const stream = new Stream(seed, name, 'phase_drift');
  const elapsed = (ps) => over([ps, PICO], fraction(tau));
  let length = 1n << 64n;
  const whole = elapsed(length);
  let left = sigma * stream.normal(0, 0, 0);
  let right = expOf([-whole[0], whole[1]]) * left + sigma * relaxed(whole) * stream.normal(1, 0, 0);
  let start = 0n;
  for (let k = 0; k <= 63 && start !== time; k += 1) {
    const half = length / 2n;
    const [mean, spread] = between(elapsed(half));
    const middle = mean * (left + right) + sigma * spread * stream.normal(k + 2, start / length, 0);
    if (time >= start + half) {
      start += half;
      left = middle;
    } else right = middle;
    length = half;
  }
  return left;
}

/** Phases and counters as a device has them. */
export class DeviceState {
  constructor(calibration, device) {
    const twin = device.twin;
    this.calibration = calibration;
    this.rates = (twin ?? calibration).dark_rates;
    this.truth = twin ?? { phases: {}, crosstalk: { order: [], matrix: [] } };
    const named = (state) => [...Object.keys(state.phases), ...state.crosstalk.order];
    this.names = new Set([...named(calibration), ...named(this.truth)]);
    this.drifts = new Map();
    for (const name of this.names) {
      const phase = this.truth.phases[name] ?? still;
      const warmer = twin === undefined ? 0 : twin.temperature_k - twin.reference_temperature_k;
      const time = twin === undefined ? 0n : BigInt(twin.at_ps);
      this.drifts.set(name, {
        offset: phase.offset_rad,
        heat: phase.temperature_coefficient_rad_k * warmer,
        age: phase.drift_rate_rad_s * seconds(time),
        x: twin === undefined ? 0 : wandered(twin.seed, name, phase, time),
      });
    }
  }

  /** The drives for what is asked for, by name; the matrix can be undone. */
  drives(asked) {
    const command = (name) => {
      const { offset_rad: offset, correction_rad: correction } = this.calibration.phases[name] ?? still;
      return asked(name) - offset + correction;
    };
    const drives = new Map([...this.names].map((name) => [name, command(name)]));
    const { order, matrix } = this.calibration.crosstalk;
    const solved = solution(matrix, order.map(command));
    order.forEach((name, i) => drives.set(name, solved[i]));
    return drives;
  }

  /** Whether the drives for what is asked for, and the phases that they give, are within their limits. */
  bears(asked, limit) {
    const within = (values, most) => [...values.values()].every((value) => Math.abs(value) <= most);
    return { drives: within(this.drives(asked), limit), phases: within(this.phases(asked), GREATEST_PHASE) };
  }

  /** The phases that the device shows for what is asked for, by name. */
  phases(asked) {
    const drives = this.drives(asked);
    const { order, matrix } = this.truth.crosstalk;
    const driven = (name) => {
      const row = order.indexOf(name);
      return row < 0 ? drives.get(name) : pairwise(matrix[row].map((factor, j) => factor * (drives.get(order[j]) ?? 0)));
    };
    return new Map([...this.names].map((name) => {
      const { offset, heat, age, x } = this.drifts.get(name);
      return [name, offset + driven(name) + heat + age + x];
    }));
  }
}
