// The waves of a planned circuit at one wavelength (AWB-R-471 to AWB-R-475).

import { coefficients, launched } from './components.js';
import { product, sum } from './numerics.js';

const SINGULAR = 2 ** -80;

/** A loop has no finite solution (AWB-R-475). */
export class Singular extends Error {}

/** Every live wave at a wavelength, by name; `parameters(id)` gives the parameters in force of a node. */
export function solve(circuit, { terms, sources, steps }, lambda, parameters) {
  const made = new Map();
  const waves = new Map();
  const coefficient = ({ node, entry }) => {
    if (!made.has(node)) {
      const { kind, table } = circuit.nodes.get(node);
      made.set(node, coefficients({ kind, table, params: parameters(node) }, lambda));
    }
    return made.get(node)[entry];
  };
  const outside = (name, within) => {
    if (sources.has(name)) return launched(parameters(sources.get(name)));
    const added = terms.get(name).filter(({ from }) => !within.has(from)).map((term) => product(coefficient(term), waves.get(term.from)));
    return added.length === 0 ? [0, 0] : added.reduce(sum);
  };
  for (const { waves: names, order } of steps) {
    if (order === null) waves.set(names[0], outside(names[0], new Set()));
    else eliminate(names, order, terms, coefficient, outside).forEach((x, k) => waves.set(names[k], x));
  }
  return waves;
}

/** x = Ax + b of a loop (AWB-R-472, AWB-R-474). */
function eliminate(names, order, terms, coefficient, outside) {
  const index = new Map(names.map((name, k) => [name, k]));
  const within = new Set(names);
  const b = names.map((name) => outside(name, within));
  const A = names.map((name) => new Map(terms.get(name).filter(({ from }) => within.has(from)).map((term) => [index.get(term.from), coefficient(term)])));
  for (const { k, J, I, itself } of order) {
    if (itself) {
      const [re, im] = A[k].get(k);
      const [r, w] = [1 - re, -im];
      const m = r * r + w * w;
      if (m < SINGULAR) throw new Singular();
      const g = [r / m, -w / m];
      for (const j of J) A[k].set(j, product(g, A[k].get(j)));
      b[k] = product(g, b[k]);
    }
    for (const i of I) {
      const factor = A[i].get(k);
      for (const j of J) {
        const more = product(factor, A[k].get(j));
        A[i].set(j, A[i].has(j) ? sum(A[i].get(j), more) : more);
      }
      b[i] = sum(b[i], product(factor, b[k]));
    }
  }
  const x = new Array(names.length);
  for (const { k, J } of [...order].reverse()) x[k] = J.reduce((value, j) => sum(value, product(A[k].get(j), x[j])), b[k]);
  return x;
}
