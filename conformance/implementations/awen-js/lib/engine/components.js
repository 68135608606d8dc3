// Coefficients of the component kinds (AWB-R-440 to AWB-R-454), as complex numbers by the name of their entry.

import { fraction, minus, nearest, over, pairOf, plus, sinCos, sinCosTurns, tenTo, times } from './exact.js';
import { add, divide, multiply } from './numerics.js';

const LIGHT = [299792458n, 1000000n]; // um THz, AWB-R-433
const LIGHT_PAIR = pairOf(LIGHT);
const whole = (n) => [BigInt(n), 1n];

const kept = new Map();

/** The value of a function of numbers, made once: a circuit has many parts that are alike. */
function once(name, make, ...numbers) {
  const key = `${name}:${numbers.map((x) => (Object.is(x, -0) ? '-0' : x)).join()}`;
  if (!kept.has(key)) {
    if (kept.size > 100000) kept.clear();
    kept.set(key, make(...numbers));
  }
  return kept.get(key);
}

const cosSin = (phase) => once('phase', (x) => sinCos(x).reverse(), phase);
const amplitude = (loss) => once('dB', (x) => tenTo(over(fraction(-x), whole(20))), loss);

/** AWB-R-440 */
function waveguide(params, lambda) {
  const { length_um: length, n_eff: index, n_g: group, dispersion_ps_nm_km: dispersion, loss_db_cm: loss, reference_wavelength_um: reference } = params;
  return once('waveguide', () => {
    const [a, b, d] = dispersed(index, group, dispersion, reference);
    const at = [lambda, 0];
    let turns = add(divide(a, at), b);
    if (dispersion !== 0) turns = add(turns, multiply(d, at));
    const [sine, cosine] = sinCosTurns(...multiply(turns, [length, 0]));
    const scale = tenTo(over(times(fraction(-loss), fraction(length)), whole(200000)));
    return [scale * cosine, scale * sine];
  }, length, index, group, dispersion, loss, reference, lambda);
}

/** The terms of the phase by wavelength, as pairs. */
function dispersed(...numbers) {
  return once('dispersed', (index, group, dispersion, reference) => {
    const [n, g, D, r] = [index, group, dispersion, reference].map(fraction);
    const h = over(times(LIGHT, D), whole(1000000));
    const two = whole(2);
    return [
      minus(g, over(times(h, r), two)),
      plus(over(minus(n, g), r), h),
      over(times(whole(-1), h), times(two, r)),
    ].map(pairOf);
  }, ...numbers);
}

/** AWB-R-441 */
function delayed(delay, lambda) {
  return once('delay', () => sinCosTurns(...multiply(divide(LIGHT_PAIR, [lambda, 0]), [delay, 0])).reverse(), delay, lambda);
}

/** AWB-R-446 */
function mzi(theta, phi) {
  const [re, im] = cosSin(theta);
  const [pre, pim] = cosSin(phi);
  const [m, q] = [re - 1, re + 1];
  return {
    o2_o3: [0.5 * (pre * m - pim * im), 0.5 * (pre * im + pim * m)],
    o1_o3: [-0.5 * im, 0.5 * q],
    o2_o4: [-0.5 * (pre * im + pim * q), 0.5 * (pre * q - pim * im)],
    o1_o4: [0.5 * (1 - re), -0.5 * im],
  };
}

const real = (value) => [value, 0];

const formulas = {
  waveguide: (p, lambda) => ({ through: waveguide(p, lambda) }),
  phase_shifter: (p) => ({ through: cosSin(p.phase_rad) }),
  attenuator: (p) => ({ through: real(amplitude(p.loss_db)) }),
  delay: (p, lambda) => ({ through: delayed(p.delay_ps, lambda) }),
  coupler: (p) => ({ bar: real(Math.sqrt(1 - p.kappa)), cross: [0, Math.sqrt(p.kappa)] }),
  splitter: (p) => ({ first: real(Math.sqrt(p.ratio)), second: real(Math.sqrt(1 - p.ratio)) }),
  mzi: (p) => mzi(p.theta_rad, p.phi_rad),
  crossing: (p) => ({ through: real(amplitude(p.loss_db)) }),
  isolator: (p) => ({ forward: real(amplitude(p.loss_db)), backward: real(amplitude(p.isolation_db)) }),
};

/** AWB-R-454, each entry by its number */
function tabulated({ wavelengths_um: grid, entries }, lambda) {
  let k = grid.findLastIndex((at) => at <= lambda);
  if (k === grid.length - 1) k -= 1;
  const t = (lambda - grid[k]) / (grid[k + 1] - grid[k]);
  return entries.map(({ re, im }) => [re, im].map((v) => v[k] + t * (v[k + 1] - v[k])));
}

/** The coefficients of a node at a wavelength, by entry. */
export function coefficients(node, lambda) {
  if (node.table !== undefined) return tabulated(node.table, lambda);
  return formulas[node.kind](node.params, lambda);
}

/** The wave that leaves a source (AWB-R-445). */
export function launched({ power_w: power, phase_rad: phase }) {
  const [cosine, sine] = cosSin(phase);
  const root = Math.sqrt(power);
  return [root * cosine, root * sine];
}

/** Group delay of a node in ps (AWB-R-543). */
export function groupDelay({ kind, params }) {
  if (kind === 'waveguide') return (params.length_um * params.n_g) / nearest(LIGHT);
  return kind === 'delay' ? params.delay_ps : 0;
}
