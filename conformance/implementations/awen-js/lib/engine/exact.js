// Functions of real numbers, rounded once (AWB-R-481, AWB-R-483): fixed point with big integers, and more digits until both ends of
// what the value may be round to the same float.

const abs = (n) => (n < 0n ? -n : n);
const bits = (n) => n.toString(2).length; // of a positive integer

const octets = new DataView(new ArrayBuffer(8));

/** 2 to the power of an integer from -1074 to 1023, from its bits. */
function powerOfTwo(exponent) {
  octets.setBigUint64(0, exponent < -1022 ? 1n << BigInt(exponent + 1074) : BigInt(exponent + 1023) << 52n);
  return octets.getFloat64(0);
}

/** A finite float as a fraction `[numerator, denominator]`. */
export function fraction(x) {
  octets.setFloat64(0, x);
  const word = octets.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const mantissa = (word & 0xfffffffffffffn) | (exponent === 0 ? 0n : 1n << 52n);
  const signed = word >> 63n ? -mantissa : mantissa;
  const scale = Math.max(exponent, 1) - 1075;
  return scale >= 0 ? [signed << BigInt(scale), 1n] : [signed, 1n << BigInt(-scale)];
}

export const plus = ([a, b], [c, d]) => [a * d + c * b, b * d];
export const minus = ([a, b], [c, d]) => [a * d - c * b, b * d];
export const times = ([a, b], [c, d]) => [a * c, b * d];
export const over = ([a, b], [c, d]) => (c < 0n ? [-a * d, -b * c] : [a * d, b * c]);

/** The float nearest to a fraction with a positive denominator, ties to even. */
export function nearest([numerator, denominator]) {
  if (numerator === 0n) return 0;
  const n = abs(numerator);
  let last = Math.max(bits(n) - bits(denominator) - 53, -1074); // exponent of the last bit that is kept
  let q;
  let rest;
  for (;;) {
    const [above, below] = last >= 0 ? [n, denominator << BigInt(last)] : [n << BigInt(-last), denominator];
    q = above / below;
    rest = 2n * (above - q * below) - below; // sign of what is left beyond the half
    if (q < 1n << 53n) break;
    last += 1;
  }
  if (rest > 0n || (rest === 0n && q & 1n)) q += 1n;
  const value = last > 971 ? Infinity : Number(q) * powerOfTwo(last);
  return numerator < 0n ? -value : value;
}

/** A fraction as a pair of floats whose sum stands for it. */
export function pairOf(value) {
  const high = nearest(value);
  return [high, nearest(minus(value, fraction(high)))];
}

/** The float nearest to what `attempt` brackets: it gives a scaled integer and its error for a number of bits. */
function settle(attempt) {
  for (let precision = 128; ; precision *= 2) {
    const [value, error, scale] = attempt(precision);
    const [low, high] = [value - error, value + error].map((end) => nearest(scale >= 0 ? [end, 1n << BigInt(scale)] : [end << BigInt(-scale), 1n]));
    if (Object.is(low, high)) return low;
  }
}

/** Sum of the series whose terms `next` makes one from another, until they vanish. */
function series(first, next) {
  let sum = first;
  let term = first;
  for (let k = 1n; term !== 0n; k += 1n) {
    term = next(term, k);
    sum += term;
  }
  return sum;
}

/** artanh(1/n) or arctan(1/n), scaled by 2^p. */
function inverse(n, p, sign) {
  const one = (1n << p) / n;
  let power = one;
  return series(one, (_, k) => {
    power = (sign * power) / (n * n);
    return power / (2n * k + 1n);
  });
}

const constants = new Map();

/** pi, ln 2 or ln 10 times 2^p, to some units. */
function constant(name, p) {
  const key = `${name}${p}`;
  if (!constants.has(key)) {
    const wide = p + 16n;
    const value = {
      pi: () => 16n * inverse(5n, wide, -1n) - 4n * inverse(239n, wide, -1n),
      ln2: () => 2n * inverse(3n, wide, 1n),
      ln10: () => 6n * inverse(3n, wide, 1n) + 2n * inverse(9n, wide, 1n),
    }[name]();
    constants.set(key, value >> 16n);
  }
  return constants.get(key);
}

/** Sine and cosine of a scaled angle below 1. */
function smallSinCos(r, p) {
  const square = (r * r) >> p;
  const sine = series(r, (term, k) => -((term * square) >> p) / (2n * k * (2n * k + 1n)));
  const cosine = series(1n << p, (term, k) => -((term * square) >> p) / ((2n * k - 1n) * 2n * k));
  return [sine, cosine];
}

const rounded = ([n, d]) => {
  const twice = 2n * n + d;
  const q = twice / (2n * d);
  return twice < 0n && q * 2n * d !== twice ? q - 1n : q; // the nearest integer
};

/** `[sine, cosine]` of a quarter-turn number and the scaled angle that is left. */
function turned(quarter, [sine, cosine]) {
  return [[sine, cosine], [cosine, -sine], [-sine, -cosine], [-cosine, sine]][Number(((quarter % 4n) + 4n) % 4n)];
}

/** Sine and cosine of an angle in radians. */
export function sinCos(x) {
  if (Math.abs(x) < 2 ** -27) return [x, 1]; // what is left out is below half a unit of the last place
  const [n, d] = fraction(x);
  const at = (part) => settle((precision) => {
    const p = BigInt(precision + 64 + bits(abs(n)));
    const angle = (n << p) / d;
    const quarterTurn = constant('pi', p) >> 1n;
    const quarter = rounded([angle, quarterTurn]);
    const rest = angle - quarter * quarterTurn;
    return [turned(quarter, smallSinCos(rest, p))[part], abs(quarter) * 64n + 4096n, Number(p)];
  });
  return [at(0), at(1)];
}

/** Sine and cosine of `high + low` turns. */
export function sinCosTurns(high, low) {
  const [n, d] = plus(fraction(high), fraction(low));
  if (n === 0n) return [high + low, 1];
  const quarter = rounded([4n * n, d]);
  const rest = 4n * n - quarter * d; // of a quarter turn, over d
  if (rest === 0n) {
    const [sine, cosine] = turned(quarter, [0n, 1n]).map(Number);
    return [sine === 0 && n < 0n ? -0 : sine, cosine];
  }
  const small = BigInt(Math.max(0, bits(d) - bits(abs(rest)))); // bits that a small angle needs more
  const at = (part) => settle((precision) => {
    const p = BigInt(precision) + 64n + 2n * small;
    const angle = (rest * (constant('pi', p) >> 1n)) / d;
    return [turned(quarter, smallSinCos(angle, p))[part], 4096n, Number(p)];
  });
  return [at(0), at(1)];
}

/** The exponential of `sign` times a scaled magnitude, as a scaled integer and the scale. */
function exponential(y, p) {
  const ln2 = constant('ln2', p);
  const k = rounded([y, ln2]);
  const r = y - k * ln2;
  const value = series(1n << p, (term, j) => ((term * r) >> p) / j);
  return [value, Number(p) - Number(k), abs(k)];
}

const TOO_SMALL = -800n; // e to this is below half the least subnormal number

/** The float nearest to the exponential of a fraction. */
export function expOf([n, d]) {
  if (n === 0n) return 1;
  if (n < TOO_SMALL * d) return 0;
  return settle((precision) => {
    const p = BigInt(precision + 64);
    const [value, scale, k] = exponential((n << p) / d, p);
    return [value, 4096n * (k + 1n), scale];
  });
}

/** The float nearest to 10 to the power of a fraction. */
export function tenTo([n, d]) {
  if (n === 0n) return 1;
  if (2n * n < TOO_SMALL * d) return 0;
  return settle((precision) => {
    const p = BigInt(precision + 64);
    const [value, scale, k] = exponential((n * constant('ln10', p)) / d, p);
    return [value, 65536n * (k + 1n), scale];
  });
}

/** The float nearest to exp(-pi times a fraction). */
export function expMinusPi([n, d]) {
  if (n === 0n) return 1;
  if (-n * 3n < TOO_SMALL * d) return 0;
  return settle((precision) => {
    const p = BigInt(precision + 64);
    const [value, scale, k] = exponential((-n * constant('pi', p)) / d, p);
    return [value, 65536n * (k + 1n), scale];
  });
}

/** The float nearest to a square root of what the exponentials of -t and -2t make: `pick` gives the scaled radicand. */
function rootOf([n, d], pick) {
  return settle((precision) => {
    const p = BigInt(2 * precision + 128);
    const [value, scale] = exponential((-2n * n << p) / d, p);
    const shift = BigInt(scale) - p;
    const square = shift < 0n ? value << -shift : value >> shift; // exp(-2t), scaled by 2^p
    const radicand = pick(square, p);
    return [root(radicand << p), 1n << BigInt(precision), Number(p)];
  });
}

function root(n) {
  if (n < 2n) return n;
  let x = 1n << BigInt((bits(n) + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** The float nearest to the square root of 1 - exp(-2t). */
export function relaxed(t) {
  if (t[0] === 0n) return 0;
  return t[0] > 40n * t[1] ? 1 : rootOf(t, (square, p) => (1n << p) - square);
}

/** `[r/(1 + r*r), sqrt((1 - r*r)/(1 + r*r))]` for r = exp(-t), each the nearest float. */
export function between(t) {
  const [n, d] = t;
  if (n === 0n) return [0.5, 0];
  if (n > 800n * d) return [0, 1];
  const mean = settle((precision) => {
    const p = BigInt(precision + 128);
    const [value, scale] = exponential((-n << p) / d, p);
    const shift = BigInt(scale) - p;
    const r = shift < 0n ? value << -shift : value >> shift;
    return [(r << p) / ((1n << p) + ((r * r) >> p)), 1n << 64n, Number(p)];
  });
  return [mean, rootOf(t, (square, p) => (((1n << p) - square) << p) / ((1n << p) + square))];
}

/** The float nearest to the natural logarithm of a positive float. */
export function log(x) {
  if (x === 1) return 0;
  const [n, d] = fraction(x);
  return settle((precision) => {
    const p = BigInt(precision + 64);
    let k = BigInt(bits(n) - bits(d));
    const [a, b] = k >= 0n ? [n, d << k] : [n << -k, d]; // x = a/b * 2^k with a/b between 1/2 and 2
    const z = ((a - b) << p) / (a + b);
    const square = (z * z) >> p;
    let power = z;
    const artanh = series(z, (_, j) => {
      power = (power * square) >> p;
      return power / (2n * j + 1n);
    });
    return [2n * artanh + k * constant('ln2', p), 4096n * (abs(k) + 1n), Number(p)];
  });
}
