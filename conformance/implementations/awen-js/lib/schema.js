// The part of JSON Schema 2020-12 that the published schemas use (AWB-R-180).
//
// The code of an error follows from the key word that fails: additionalProperties, required, type, any other.
//
// Besides errors it collects what rests on the schema and is judged elsewhere: lists that have to be sorted (AWB-R-103), instants
// (AWB-R-101) and ORCIDs (AWB-R-185).

import { canonicalText, token } from './json.js';
import { compareOctets } from './names.js';
import { schemaOf } from './registry.js';

const patterns = new Map();

function matches(pattern, text) {
  if (!patterns.has(pattern)) patterns.set(pattern, new RegExp(pattern, 'u'));
  return patterns.get(pattern).test(text);
}

function typeOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value; // boolean, number, string, object
}

function hasType(value, wanted) {
  if (Array.isArray(wanted)) return wanted.some((one) => hasType(value, one));
  if (wanted === 'integer') return Number.isInteger(value); // AWB-R-089
  return typeOf(value) === wanted;
}

/** Equality of JSON values; numbers by value, objects without order. */
export function sameJson(a, b) {
  if (a === b) return true;
  if (typeOf(a) !== typeOf(b) || typeof a !== 'object') return false;
  if (Array.isArray(a)) return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]));
}

/** Order of two entries of a sorted list: octets of strings, numbers by value, lists entry by entry; NaN where there is none. */
function compareEntries(a, b, members) {
  if (members.length > 0) {
    for (const member of members) {
      const order = compareEntries(a?.[member], b?.[member], []);
      if (order !== 0) return order;
    }
    return 0;
  }
  if (typeof a === 'string' && typeof b === 'string') return compareOctets(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
      const order = compareEntries(a[i], b[i], []);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  return NaN;
}

class Walk {
  /** `newer`: written to a later minor version, so that what is unknown is passed over (AWB-R-241). */
  constructor(schema, newer) {
    this.root = schema;
    this.newer = newer;
    this.errors = [];
    this.unsorted = [];
    this.instants = [];
    this.orcids = [];
    this.texts = [];
  }

  error(code, pointer) {
    this.errors.push({ code, pointer });
  }

  /** Whether a value is valid, without a trace of it; an unknown value chooses no branch. */
  accepts(schema, value) {
    const probe = new Walk(this.root, false);
    probe.visit(schema, value, '');
    return probe.errors.length === 0;
  }

  visit(schema, value, at) {
    if (schema === true) return;
    if (schema === false) {
      this.error('AWB-SCH-004', at);
      return;
    }
    if (schema.$ref !== undefined) {
      const name = schema.$ref.replace('#/$defs/', '');
      this.visit(this.root.$defs[name], value, at);
      if (name === 'Instant' && typeof value === 'string') this.instants.push({ value, pointer: at });
      if (name === 'Orcid' && typeof value === 'string') this.orcids.push({ value, pointer: at });
      if ((name === 'Line' || name === 'Text') && typeof value === 'string') this.texts.push({ value, pointer: at });
    }
    if (schema.type !== undefined && !hasType(value, schema.type)) {
      this.error('AWB-SCH-003', at);
      return;
    }
    this.visitValues(schema, value, at);
    if (typeof value === 'string') this.visitString(schema, value, at);
    else if (typeof value === 'number') this.visitNumber(schema, value, at);
    else if (Array.isArray(value)) this.visitArray(schema, value, at);
    else if (value !== null && typeof value === 'object') this.visitObject(schema, value, at);
    this.visitApplicators(schema, value, at);
  }

  visitValues(schema, value, at) {
    if (schema.const !== undefined && !sameJson(schema.const, value)) this.error('AWB-SCH-004', at);
    if (schema.enum !== undefined && !schema.enum.some((one) => sameJson(one, value))) {
      if (!this.newer || typeof value !== 'string') this.error('AWB-SCH-004', at); // AWB-R-241: a closed list may have grown
    }
  }

  visitString(schema, value, at) {
    const length = (schema.minLength ?? schema.maxLength) === undefined ? 0 : [...value].length;
    const bad = (schema.pattern !== undefined && !matches(schema.pattern, value)) ||
      length < (schema.minLength ?? 0) || length > (schema.maxLength ?? Infinity);
    if (bad) this.error('AWB-SCH-004', at);
  }

  visitNumber(schema, value, at) {
    const bad = value < schema.minimum || value > schema.maximum || value <= schema.exclusiveMinimum ||
      value >= schema.exclusiveMaximum;
    if (bad) this.error('AWB-SCH-004', at);
  }

  visitArray(schema, value, at) {
    if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity)) this.error('AWB-SCH-004', at);
    const sorted = schema['x-awen-sorted'];
    let ascending = true;
    if (sorted !== undefined) {
      for (let i = 1; i < value.length; i += 1) {
        if (compareEntries(value[i - 1], value[i], sorted) >= 0) ascending = false;
      }
      if (!ascending) this.unsorted.push(at); // AWB-R-103
    }
    // what is strictly ascending has no repetition; else each is held against each
    if (schema.uniqueItems && !(sorted !== undefined && ascending)) {
      const seen = new Set();
      const repeated = value.some((item) => {
        return seen.size === seen.add(canonicalText(item)).size;
      });
      if (repeated) this.error('AWB-SCH-004', at);
    }
    const prefix = schema.prefixItems ?? [];
    value.forEach((item, i) => {
      const one = i < prefix.length ? prefix[i] : schema.items;
      if (one !== undefined) this.visit(one, item, `${at}/${i}`);
    });
  }

  visitObject(schema, value, at) {
    const names = Object.keys(value);
    if (names.length < (schema.minProperties ?? 0) || names.length > (schema.maxProperties ?? Infinity)) {
      this.error('AWB-SCH-004', at);
    }
    for (const name of schema.required ?? []) {
      if (!Object.hasOwn(value, name)) this.error('AWB-SCH-002', at + token(name));
    }
    for (const name of names) {
      const here = at + token(name);
      if (schema.propertyNames !== undefined) this.visit(schema.propertyNames, name, here);
      if (schema.properties !== undefined && Object.hasOwn(schema.properties, name)) {
        this.visit(schema.properties[name], value[name], here);
      } else if (schema.additionalProperties === false) {
        if (!this.newer) this.error('AWB-SCH-001', here); // AWB-R-095, AWB-R-241
      } else if (schema.additionalProperties !== undefined) {
        this.visit(schema.additionalProperties, value[name], here);
      }
    }
  }

  visitApplicators(schema, value, at) {
    for (const one of schema.allOf ?? []) this.visit(one, value, at);
    if (schema.anyOf !== undefined && !schema.anyOf.some((one) => this.accepts(one, value))) this.error('AWB-SCH-004', at);
    if (schema.oneOf !== undefined && schema.oneOf.filter((one) => this.accepts(one, value)).length !== 1) this.error('AWB-SCH-004', at);
    if (schema.not !== undefined && this.accepts(schema.not, value)) this.error('AWB-SCH-004', at);
    if (schema.if !== undefined) {
      const branch = this.accepts(schema.if, value) ? schema.then : schema.else;
      if (branch !== undefined) this.visit(branch, value, at);
    }
  }
}

/** Holds a document against the schema of its class. */
export function validate(className, document, newer = false) {
  const schema = schemaOf(className);
  const walk = new Walk(schema, newer);
  walk.visit(schema, document, '');
  const seen = new Set();
  walk.errors = walk.errors.filter(({ code, pointer }) => seen.size !== seen.add(code + pointer).size);
  return walk;
}
