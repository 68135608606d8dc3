// Double-double arithmetic and sums in a stated order (AWB-R-480, AWB-R-484, AWB-R-485). ECMAScript rounds each operation on its own.

export function twoSum(a, b) {
  const s = a + b;
  const t = s - a;
  return [s, a - (s - t) + (b - t)];
}

function quickTwoSum(a, b) {
  const s = a + b;
  return [s, b - (s - a)];
}

function split(a) {
  const t = 134217729 * a;
  const h = t - (t - a);
  return [h, a - h];
}

function twoProd(a, b) {
  const p = a * b;
  const [ah, al] = split(a);
  const [bh, bl] = split(b);
  return [p, ah * bh - p + ah * bl + al * bh + al * bl];
}

export function add([xh, xl], [yh, yl]) {
  const [s, e] = twoSum(xh, yh);
  const [t, f] = twoSum(xl, yl);
  const [u, g] = quickTwoSum(s, e + t);
  return quickTwoSum(u, g + f);
}

export function multiply([xh, xl], [yh, yl]) {
  const [p, e] = twoProd(xh, yh);
  return quickTwoSum(p, e + (xh * yl + xl * yh));
}

export function divide([xh, xl], [yh, yl]) {
  const q = xh / yh;
  const [p, e] = twoProd(q, yh);
  const r = xh - p - e + xl - q * yl;
  return quickTwoSum(q, r / yh);
}

/** The pairwise sum of a list. */
export function pairwise(list) {
  if (list.length === 0) return 0;
  let rest = list;
  while (rest.length > 1) {
    const next = [];
    for (let i = 0; i + 1 < rest.length; i += 2) next.push(rest[i] + rest[i + 1]);
    if (rest.length % 2 === 1) next.push(rest.at(-1));
    rest = next;
  }
  return rest[0];
}

export const product = ([a, b], [c, d]) => [a * c - b * d, a * d + b * c];
export const sum = ([a, b], [c, d]) => [a + c, b + d];
