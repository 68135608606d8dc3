// What is computed of a graph, and in which order (AWB-R-460 to AWB-R-474): parts, live waves, loops, the order of elimination.
//
// A wave is named by the port by which it enters a node, `node.oK`. Ids of parts have a slash, so that a dot ends an id for good.

import { compareOctets } from '../names.js';
import { kinds } from '../registry.js';

export const wave = (node, port) => `${node}.o${port}`;

/** Node id and port number of an endpoint. */
export function endOf(endpoint) {
  const at = endpoint.lastIndexOf('.');
  return [endpoint.slice(0, at), Number(endpoint.slice(at + 2))];
}

const byOctetsThenPort = (a, b) => {
  const [[n, p], [m, q]] = [endOf(a), endOf(b)];
  return compareOctets(n, m) || p - q;
};

/** Parts of the composite kinds: what they are, how they are joined, which of their ports stand outside. */
const composites = {
  ring_all_pass: {
    parts: { in: ['coupler', { kappa: 'kappa' }], loop: ['waveguide', {}] },
    inner: [['in.o3', 'loop.o1'], ['loop.o2', 'in.o2']],
    outer: ['in.o1', 'in.o4'],
    share: 1,
  },
  ring_add_drop: {
    parts: { in: ['coupler', { kappa: 'kappa_in' }], drop: ['coupler', { kappa: 'kappa_drop' }], right: ['waveguide', {}], left: ['waveguide', {}] },
    inner: [['in.o3', 'right.o1'], ['right.o2', 'drop.o2'], ['drop.o3', 'left.o1'], ['left.o2', 'in.o2']],
    outer: ['in.o1', 'drop.o4', 'drop.o1', 'in.o4'],
    share: 2,
  },
};

/** The graph after expansion: `nodes` from id to {kind, params, table}, `joined` from port to port, `inside` from outer to inner port. */
export function expand(graph) {
  const nodes = new Map();
  const joined = new Map();
  const inside = new Map();
  const join = (a, b) => joined.set(a, b).set(b, a);
  for (const [id, node] of Object.entries(graph.nodes)) {
    const composite = composites[node.kind];
    if (composite === undefined) nodes.set(id, node);
    else expandComposite(id, node, composite, { nodes, inside, join });
  }
  const inner = (endpoint) => inside.get(endpoint) ?? endpoint;
  for (const { ends: [first, second], delay_ps: delay } of graph.edges) {
    if (delay === undefined) {
      join(inner(first), inner(second));
      continue;
    }
    const [id, port] = endOf(first); // AWB-R-462
    const between = `${id}/delay_o${port}`;
    nodes.set(between, { kind: 'delay', params: { delay_ps: delay } });
    join(inner(first), wave(between, 1));
    join(wave(between, 2), inner(second));
  }
  return { nodes, joined, inner };
}

/** AWB-R-460, AWB-R-461 */
function expandComposite(id, node, composite, { nodes, inside, join }) {
  const { parts, inner, outer, share } = composite;
  const named = (endpoint) => `${id}/${endpoint}`;
  for (const [part, [kind, renamed]] of Object.entries(parts)) {
    const params = {};
    for (const { name } of kinds.get(kind).params) params[name] = node.params[renamed[name] ?? name];
    nodes.set(named(part), { kind, params, shares: kind === 'waveguide' ? { length_um: share } : {} });
  }
  for (const [a, b] of inner) join(named(a), named(b));
  outer.forEach((endpoint, i) => inside.set(wave(id, i + 1), named(endpoint)));
}

/** The entries that are not zero, whatever the parameters: `[to, from, name]`. */
export function entriesOf(node) {
  if (node.table !== undefined) return node.table.entries.map(({ output, input }, i) => [Number(output.slice(1)), Number(input.slice(1)), i]);
  const { entries, coefficients } = kinds.get(node.kind);
  return entries.map(([to, from, i]) => [to, from, coefficients[i]]);
}

/** The waves that have to be computed, each with what it is made of (AWB-R-470, AWB-R-471). */
export function plan(circuit, record) {
  const { nodes, joined } = circuit;
  const feeds = new Map(); // wave -> the terms that feed it: {from, node, entry}
  const sources = new Map(); // wave -> the source that feeds it
  for (const [id, node] of nodes) {
    if (node.kind === 'source') sources.set(joined.get(wave(id, 1)), id);
    for (const [to, from, entry] of entriesOf(node)) {
      const target = joined.get(wave(id, to));
      feeds.set(target, [...(feeds.get(target) ?? []), { from: wave(id, from), node: id, entry }]);
    }
  }
  const read = readings(circuit, record);
  const reached = closure([...sources.keys()], forward(feeds));
  const seen = closure(read, (to) => (feeds.get(to) ?? []).map(({ from }) => from));
  const live = [...reached].filter((name) => seen.has(name)).sort(byOctetsThenPort);
  const alive = new Set(live);
  const terms = new Map(live.map((name) => [name, (feeds.get(name) ?? []).filter(({ from }) => alive.has(from)).sort((a, b) => byOctetsThenPort(a.from, b.from))]));
  return { live, terms, sources, steps: components(live, terms), read };
}

/** The waves that somebody looks at: at detectors, and both at each recorded endpoint. */
function readings({ nodes, joined, inner }, record) {
  const detectors = [...nodes].filter(([, node]) => kinds.get(node.kind).role === 'detector').map(([id]) => wave(id, 1));
  return [...detectors, ...record.flatMap((endpoint) => [inner(endpoint), joined.get(inner(endpoint))])];
}

function forward(feeds) {
  const to = new Map();
  for (const [target, terms] of feeds) for (const { from } of terms) to.set(from, [...(to.get(from) ?? []), target]);
  return (name) => to.get(name) ?? [];
}

function closure(starts, next) {
  const found = new Set(starts);
  const waiting = [...found];
  while (waiting.length > 0) {
    for (const name of next(waiting.pop())) {
      if (!found.has(name)) {
        found.add(name);
        waiting.push(name);
      }
    }
  }
  return found;
}

/** Strongly connected components, each after those that feed it: a list of waves and, for a loop, the order of elimination (AWB-R-472). */
function components(live, terms) {
  const number = new Map();
  const low = new Map();
  const stack = [];
  const held = new Set();
  const steps = [];
  for (const start of live) {
    if (number.has(start)) continue;
    const path = [[start, 0]];
    while (path.length > 0) {
      const top = path.at(-1);
      const [name, position] = top;
      if (position === 0) {
        number.set(name, number.size);
        low.set(name, number.get(name));
        stack.push(name);
        held.add(name);
      }
      const feeders = terms.get(name);
      if (position < feeders.length) {
        top[1] += 1;
        const { from } = feeders[position];
        if (!number.has(from)) path.push([from, 0]);
        else if (held.has(from)) low.set(name, Math.min(low.get(name), number.get(from)));
        if (position > 0) settleLow(low, held, name, feeders[position - 1].from);
        continue;
      }
      path.pop();
      for (const { from } of feeders) settleLow(low, held, name, from);
      if (low.get(name) !== number.get(name)) continue;
      const waves = stack.splice(stack.indexOf(name));
      for (const one of waves) held.delete(one);
      steps.push(step(waves.sort(byOctetsThenPort), terms));
    }
  }
  return steps;
}

function settleLow(low, held, name, from) {
  if (held.has(from)) low.set(name, Math.min(low.get(name), low.get(from)));
}

function step(waves, terms) {
  const loop = waves.length > 1 || terms.get(waves[0]).some(({ from }) => from === waves[0]);
  return { waves, order: loop ? elimination(waves, terms) : null };
}

/** The order in which a loop is eliminated, by number: of each variable those left that feed it and that it feeds (AWB-R-473, AWB-R-474). */
function elimination(waves, terms) {
  const index = new Map(waves.map((name, k) => [name, k]));
  const into = waves.map((name) => new Set(terms.get(name).map(({ from }) => index.get(from)).filter((k) => k !== undefined)));
  const out = waves.map(() => new Set());
  into.forEach((set, i) => set.forEach((j) => out[j].add(i)));
  const left = new Set(waves.keys());
  const order = [];
  const others = (set, k) => [...set].filter((i) => i !== k && left.has(i)).sort((a, b) => a - b);
  while (left.size > 0) {
    const k = [...left].map((i) => [others(into[i], i).length * others(out[i], i).length, into[i].has(i) ? 1 : 0, i])
      .reduce((best, one) => (one[0] - best[0] || one[1] - best[1] || one[2] - best[2]) < 0 ? one : best)[2];
    const [J, I] = [others(into[k], k), others(out[k], k)];
    order.push({ k, J, I, itself: into[k].has(k) });
    for (const i of I) {
      for (const j of J) {
        into[i].add(j);
        out[j].add(i);
      }
    }
    left.delete(k);
  }
  return order;
}
