// What an engine would refuse of a graph, its grid and its device, found in a sealed bundle (AWB-R-192). Whether a table is passive
// (AWB-R-411) takes computing and is left to engines.

import { token } from './json.js';
import { compareOctets } from './names.js';
import { kinds } from './registry.js';

const EXPERIMENT = 'data/inputs/experiment.json';
const GRAPH = 'data/inputs/ir.json';
const PARAMETERS = 'data/inputs/parameters.json';
const TASK = 'data/inputs/task.json';
const C = 299.792458; // um THz, AWB-R-433

/** Judges the graph of a bundle whose semantics are known; `note(code, path, pointer)` takes findings. */
export function judgeGraph({ documents, paths, type }, experiment, note) {
  const graph = documents.get(GRAPH);
  judgeGrid(experiment.grid, note);
  // without a graph that could be judged only a type that may lack one can be
  if (graph === undefined && (paths.has(GRAPH) || type !== 'validation')) return;
  const judge = new GraphJudge(graph ?? { nodes: {}, edges: [] }, experiment, documents, note, type === 'validation' && !paths.has(PARAMETERS));
  if (graph !== undefined) judge.judge();
  judge.judgeRecord();
  judge.judgeParameters(type);
}

/** AWB-R-420 */
function judgeGrid(grid, note) {
  let good;
  if (grid.kind === 'wavelength_list') {
    good = Math.min(...wavelengths(grid)) > 0; // its order is that of any sorted list (AWB-R-103)
  } else if (['wavelength', 'frequency'].includes(grid.kind)) {
    const [start, stop] = gridEnds(grid);
    good = start > 0 && (grid.points > 1 ? start < stop : start === stop);
  } else return;
  if (!good) note('AWB-SEM-117', EXPERIMENT, '/grid');
}

const gridEnds = (grid) => (grid.kind === 'frequency' ? [grid.start_thz, grid.stop_thz] : [grid.start_um, grid.stop_um]);

/** Least and greatest wavelength of a grid. */
function wavelengths(grid) {
  if (grid.kind === 'wavelength_list') return [grid.values_um[0], grid.values_um.at(-1)];
  const [start, stop] = gridEnds(grid);
  return grid.kind === 'frequency' ? [C / stop, C / start] : [start, stop];
}

class GraphJudge {
  constructor(graph, experiment, documents, note, withoutParameters) {
    this.graph = graph;
    this.experiment = experiment;
    this.parameters = withoutParameters ? {} : documents.get(PARAMETERS);
    this.device = documents.get('data/inputs/device.json');
    this.task = documents.get(TASK);
    this.note = note;
    this.used = new Set();
    this.values = new Map(); // node.parameter -> value
  }

  judge() {
    for (const [id, node] of Object.entries(this.graph.nodes)) this.judgeNode(id, node, `/nodes${token(id)}`);
    this.judgeEdges();
    const roles = Object.values(this.graph.nodes).map((node) => kinds.get(node.kind)?.role);
    const read = roles.includes('detector') || this.experiment.record.length > 0;
    // AWB-R-413; what a kind that is not known may be is not guessed
    if (!roles.includes(undefined) && (!roles.includes('source') || !read)) this.note('AWB-SEM-118', GRAPH, '/nodes');
    this.judgeLimits();
  }

  judgeNode(id, node, at) {
    const kind = kinds.get(node.kind);
    if (kind === undefined) {
      this.note('AWB-SEM-101', GRAPH, `${at}/kind`); // AWB-R-401
      for (const value of Object.values(node.params)) if (typeof value === 'string') this.used.add(value);
      return;
    }
    if (this.device !== undefined && !this.device.capabilities.includes(node.kind)) {
      this.note('AWB-SEM-120', GRAPH, `${at}/kind`); // AWB-R-195, AWB-R-415
    }
    const known = new Map(kind.params.map((param) => [param.name, param]));
    for (const name of known.keys()) {
      if (!Object.hasOwn(node.params, name)) this.note('AWB-SEM-102', GRAPH, `${at}/params${token(name)}`); // AWB-R-402
    }
    for (const [name, given] of Object.entries(node.params)) {
      const here = `${at}/params${token(name)}`;
      const param = known.get(name);
      if (param === undefined) this.note('AWB-SEM-103', GRAPH, here); // AWB-R-402
      const value = typeof given === 'string' ? this.resolve(given, param?.unit, GRAPH, here) : given;
      if (param === undefined || value === undefined) continue;
      this.values.set(`${id}.${name}`, value);
      const { minimum, maximum, above } = param;
      const outside = (minimum !== null && value < minimum) || (maximum !== null && value > maximum) || (above !== null && value <= above);
      if (outside) this.note('AWB-SEM-107', GRAPH, here); // AWB-R-405
    }
    if ((node.table !== undefined) !== kind.table) this.note('AWB-SEM-114', GRAPH, `${at}/table`); // AWB-R-410
    else if (kind.table) this.judgeTable(node.table, `${at}/table`);
  }

  /** The value of a parameter where a place refers to it (AWB-R-193, AWB-R-403). */
  resolve(name, unit, path, pointer) {
    this.used.add(name);
    if (this.parameters === undefined) return undefined;
    if (!Object.hasOwn(this.parameters, name)) {
      this.note('AWB-SEM-104', path, pointer);
      return undefined;
    }
    const parameter = this.parameters[name];
    if (unit !== undefined && parameter.unit !== unit) {
      this.note('AWB-SEM-105', path, pointer);
      return undefined;
    }
    return parameter.value;
  }

  portsOf(node) {
    const kind = kinds.get(node.kind);
    return kind?.table ? node.table?.ports : kind?.ports;
  }

  /** Whether an endpoint exists (AWB-R-190, AWB-R-406). */
  exists(endpoint, path, pointer) {
    const [id, port] = endpoint.split('.');
    if (!Object.hasOwn(this.graph.nodes, id)) this.note('AWB-SEM-109', path, pointer);
    else if (Number(port.slice(1)) > (this.portsOf(this.graph.nodes[id]) ?? Infinity)) this.note('AWB-SEM-110', path, pointer);
    else return true;
    return false;
  }

  judgeEdges() {
    const { edges, nodes } = this.graph;
    const connected = new Map();
    let ordered = true;
    edges.forEach(({ ends, delay_ps: delay }, i) => {
      ends.forEach((endpoint, k) => {
        if (this.exists(endpoint, GRAPH, `/edges/${i}/ends/${k}`)) connected.set(endpoint, (connected.get(endpoint) ?? 0) + 1);
      });
      if (delay !== undefined && this.experiment.clock === undefined) this.note('AWB-SEM-119', GRAPH, `/edges/${i}/delay_ps`); // AWB-R-414
      const before = edges[i - 1]?.ends;
      if (compareOctets(ends[0], ends[1]) >= 0) ordered = false;
      if (before && (compareOctets(before[0], ends[0]) || compareOctets(before[1], ends[1])) >= 0) ordered = false;
    });
    if (!ordered) this.note('AWB-SEM-113', GRAPH, '/edges'); // AWB-R-408
    // AWB-R-407
    for (const [endpoint, count] of connected) if (count > 1) this.note('AWB-SEM-111', GRAPH, `/nodes${token(endpoint.split('.')[0])}`);
    for (const [id, node] of Object.entries(nodes)) {
      for (let port = 1; port <= (this.portsOf(node) ?? 0); port += 1) {
        if (!connected.has(`${id}.o${port}`)) this.note('AWB-SEM-112', GRAPH, `/nodes${token(id)}`);
      }
    }
  }

  judgeRecord() {
    this.experiment.record.forEach((endpoint, i) => this.exists(endpoint, EXPERIMENT, `/record/${i}`)); // AWB-R-190
  }

  /** AWB-R-193, AWB-R-194, AWB-R-404 */
  judgeParameters(type) {
    if (this.task !== undefined && this.task.artifact_type === type) {
      if (type === 'gradient') this.task.parameters.forEach((name, i) => this.resolve(name, undefined, TASK, `/parameters/${i}`));
      if (type === 'calibration' && this.task.procedure !== 'dark_counts') {
        this.task.targets.forEach((name, i) => this.resolve(name, 'rad', TASK, `/targets/${i}`));
      }
    }
    for (const name of Object.keys(this.parameters ?? {})) {
      if (!this.used.has(name)) this.note('AWB-SEM-106', PARAMETERS, token(name));
    }
  }

  /** AWB-R-416 */
  judgeLimits() {
    const limits = this.device?.limits;
    if (limits === undefined) return;
    const { grid, shots } = this.experiment;
    const powers = Object.entries(this.graph.nodes).filter(([, node]) => node.kind === 'source').map(([id]) => this.values.get(`${id}.power_w`) ?? 0);
    const exceeded = {
      maximum_nodes: Object.keys(this.graph.nodes).length,
      maximum_points: grid.points ?? grid.values_um?.length ?? 0,
      maximum_shots: shots,
      maximum_power_w: Math.max(0, ...powers),
    };
    for (const [name, value] of Object.entries(exceeded)) {
      if (value > limits[name]) this.note('AWB-SEM-121', 'data/inputs/device.json', `/limits/${name}`);
    }
  }

  /** AWB-R-410, AWB-R-412; the order of wavelengths is that of any sorted list (AWB-R-103) */
  judgeTable(table, at) {
    const { ports, wavelengths_um: grid, entries } = table;
    const number = (port) => Number(port.slice(1));
    const good = grid[0] > 0 && entries.every((entry, i) => {
      const [to, from] = [number(entry.output), number(entry.input)];
      const before = entries[i - 1];
      const after = before === undefined || number(before.output) < to || (number(before.output) === to && number(before.input) < from);
      return after && to <= ports && from <= ports && entry.re.length === grid.length && entry.im.length === grid.length;
    });
    if (!good) {
      this.note('AWB-SEM-114', GRAPH, at);
      return;
    }
    const [least, greatest] = wavelengths(this.experiment.grid);
    if (least < grid[0] || greatest > grid.at(-1)) this.note('AWB-SEM-116', GRAPH, at); // AWB-R-412
  }
}
