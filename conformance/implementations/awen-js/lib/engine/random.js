// Addressed random numbers (AWB-R-510 to AWB-R-514).

import { createHash } from 'node:crypto';
import { expOf, fraction, log } from './exact.js';

const WORD = 0xffffffffffffffffn;
const MULTIPLIERS = [0xd2e7470ee14c6c93n, 0xca5a826395121157n];
const WEYL = [0x9e3779b97f4a7c15n, 0xbb67ae8584caa73bn];

/** Philox4x64 with ten rounds: four words of a counter of four and a key of two. */
export function philox(counter, key) {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round += 1) {
    const a = MULTIPLIERS[0] * c0;
    const b = MULTIPLIERS[1] * c2;
    [c0, c1, c2, c3] = [(b >> 64n) ^ c1 ^ k0, b & WORD, (a >> 64n) ^ c3 ^ k1, a & WORD];
    k0 = (k0 + WEYL[0]) & WORD;
    k1 = (k1 + WEYL[1]) & WORD;
  }
  return [c0, c1, c2, c3];
}

/** The numbers of one owner for one purpose. */
export class Stream {
  constructor(seed, owner, purpose) {
    const digest = createHash('sha256').update(JSON.stringify(['awen-ir/1.0', seed, owner, purpose])).digest();
    this.key = [digest.readBigUInt64BE(0), digest.readBigUInt64BE(8)];
    this.block = null;
  }

  /** Number i of a shot and an event, between 0 and 1. */
  uniform(i, shot, event) {
    const place = [BigInt(i) / 4n, BigInt(shot), BigInt(event), 0n];
    if (this.block === null || this.block.place.some((word, k) => word !== place[k])) {
      this.block = { place, words: philox(place, this.key) };
    }
    const word = this.block.words[i % 4];
    return (Number(word >> 12n) + 0.5) * 2 ** -52;
  }

  normal(i, shot, event) {
    return quantile(this.uniform(i, shot, event));
  }
}

// AS 241, PPND16: numerators and denominators from the highest power, in the centre, the tails and far out.
const CENTRE = [
  [2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608],
  [5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1],
];
const TAIL = [
  [7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734],
  [1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1],
];
const FAR = [
  [2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772],
  [2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1],
];

const horner = (coefficients, r) => coefficients.reduce((value, next) => value * r + next);

/** The normal number of a uniform one (AWB-R-512). */
export function quantile(u) {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(CENTRE[0], r)) / horner(CENTRE[1], r);
  }
  const r = Math.sqrt(-log(q < 0 ? u : 1 - u));
  const [above, below] = r <= 5 ? TAIL : FAR;
  const rest = r - (r <= 5 ? 1.6 : 5);
  const z = horner(above, rest) / horner(below, rest);
  return q < 0 ? -z : z;
}

/** The Poisson number of a mean and a uniform number (AWB-R-513, AWB-R-514), as a big integer. */
export function poisson(mean, u) {
  if (mean > 256) {
    const z = quantile(u);
    const value = Math.floor(mean + Math.sqrt(mean) * z + (z * z - 1) / 6 + 0.5);
    return BigInt(Math.max(0, value));
  }
  const [n, d] = fraction(mean);
  let p = expOf([-n, d]);
  let c = p;
  let k = 0;
  while (c < u) {
    k += 1;
    p = (p * mean) / k;
    const next = c + p;
    if (k > mean && next === c) break;
    c = next;
  }
  return BigInt(k);
}
