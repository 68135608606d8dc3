// Whether light stays coherent (AWB-R-540 to AWB-R-543).

import { compareOctets } from '../names.js';
import { groupDelay } from './components.js';
import { expMinusPi, expOf, fraction, over, times } from './exact.js';

/** The code of what a window does not allow, or null. Times are big integers. */
export function violation(window, times_, spread) {
  const [start, end, idle] = [window.start_ps, window.end_ps, window.idle_budget_ps].map(BigInt);
  const sorted = [...times_].sort((a, b) => (a < b ? -1 : Number(a > b)));
  if (sorted[0] < start || sorted.at(-1) > end) return 'AWB-SEM-222';
  if (sorted.some((time, i) => i > 0 && time - sorted[i - 1] > idle)) return 'AWB-SEM-223';
  return visibility(window, spread()) < window.minimum_visibility ? 'AWB-SEM-224' : null;
}

/** AWB-R-542, of a spread in picoseconds */
export function visibility({ linewidth_hz: width, decoherence_time_ps: time }, spread) {
  const [n, d] = fraction(spread / Number(time));
  return expMinusPi(times(fraction(width), fraction(spread / 1e12))) * expOf([-n, d]);
}

/** The largest difference of arrivals of one source's light at one reading (AWB-R-543). */
export function arrivalSpread(circuit, { sources, terms, steps, read }) {
  let largest = 0;
  for (const first of sources.keys()) {
    const arrivals = new Map([[first, [0, 0]]]);
    for (const { waves, order } of steps) arrive(waves, order !== null, terms, arrivals, circuit);
    for (const name of read) {
      if (arrivals.has(name)) largest = Math.max(largest, arrivals.get(name)[1] - arrivals.get(name)[0]);
    }
  }
  return largest;
}

function arrive(waves, loop, terms, arrivals, circuit) {
  const within = new Set(waves);
  const delay = (id) => groupDelay(circuit.nodes.get(id));
  const entries = new Map();
  for (const name of waves) {
    const came = terms.get(name).filter(({ from }) => !within.has(from) && arrivals.has(from))
      .map(({ from, node }) => arrivals.get(from).map((time) => time + delay(node)));
    if (came.length > 0) entries.set(name, [Math.min(...came.map(([early]) => early)), Math.max(...came.map(([, late]) => late))]);
  }
  if (entries.size === 0) return;
  if (!loop) {
    for (const [name, both] of entries) arrivals.set(name, both);
    return;
  }
  const early = shortest(waves, new Map([...entries].map(([name, [time]]) => [name, time])), terms, within, delay);
  const nodes = [...new Set(waves.flatMap((name) => terms.get(name).filter(({ from }) => within.has(from)).map(({ node }) => node)))].sort(compareOctets);
  const late = nodes.reduce((time, id) => time + delay(id), Math.max(...[...entries.values()].map(([, time]) => time)));
  for (const [name, time] of early) arrivals.set(name, [time, late]);
}

/** Earliest arrivals within a loop, by the shortest way. */
function shortest(waves, found, terms, within, delay) {
  for (let changed = true; changed;) {
    changed = false;
    for (const name of waves) {
      for (const { from, node } of terms.get(name)) {
        if (!within.has(from) || !found.has(from)) continue;
        const time = found.get(from) + delay(node);
        if (!found.has(name) || time < found.get(name)) {
          found.set(name, time);
          changed = true;
        }
      }
    }
  }
  return found;
}
