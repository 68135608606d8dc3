// Strict JSON (AWB-R-081 to AWB-R-088) and canonical text (RFC 8785).

import { isUtf8 } from 'node:buffer';
import { limits } from './limits.js';

/** What is wrong with a JSON text, by its code in the registry. */
export class JsonFault extends Error {
  constructor(code, detail) {
    super(`${code}: ${detail}`);
    this.code = code;
  }
}

const plain = /[^"\\\u0000-\u001f]*/y; // eslint-disable-line no-control-regex
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const space = /[ \t\n\r]*/y;
const notFinite = /-?Infinity|NaN/y;
const fourHex = /[0-9a-fA-F]{4}/y;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const escapes = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

class Parser {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  fail(code, detail) {
    throw new JsonFault(code, `${detail} at character ${this.at}`);
  }

  take(pattern) {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return null;
    this.at = pattern.lastIndex;
    return match[0];
  }

  value(depth) {
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth + 1);
      case '[':
        return this.array(depth + 1);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  word(word, value) {
    if (!this.text.startsWith(word, this.at)) this.fail('AWB-ENC-003', 'no value');
    this.at += word.length;
    return value;
  }

  number() {
    const token = this.take(number);
    if (token === null) {
      // AWB-R-083: the tokens NaN, Infinity and -Infinity
      if (this.take(notFinite) !== null) this.fail('AWB-ENC-005', 'not a finite number');
      this.fail('AWB-ENC-003', 'no value');
    }
    const value = Number(token); // round to nearest, ties to even
    if (!Number.isFinite(value)) this.fail('AWB-ENC-005', 'overflow'); // AWB-R-084
    return value;
  }

  string() {
    this.at += 1;
    const parts = [];
    for (;;) {
      parts.push(this.take(plain));
      const next = this.text[this.at];
      if (next === '"') break;
      if (next !== '\\') this.fail('AWB-ENC-003', 'string not ended or with a control character');
      this.at += 1;
      const letter = this.text[this.at];
      this.at += 1;
      if (letter === 'u') {
        const hex = this.take(fourHex);
        if (hex === null) this.fail('AWB-ENC-003', 'wrong escape');
        parts.push(String.fromCharCode(parseInt(hex, 16)));
      } else if (letter !== undefined && Object.hasOwn(escapes, letter)) {
        parts.push(escapes[letter]);
      } else {
        this.fail('AWB-ENC-003', 'wrong escape');
      }
    }
    this.at += 1;
    const value = parts.length === 1 ? parts[0] : parts.join('');
    if (parts.length > 1 && loneSurrogate.test(value)) this.fail('AWB-ENC-006', 'lone surrogate'); // AWB-R-087
    // AWB-R-361: UTF-8 octets of one string
    if (value.length * 3 > limits.jsonString && Buffer.byteLength(value) > limits.jsonString) {
      this.fail('AWB-LIM-013', 'string too long');
    }
    return value;
  }

  enter(depth) {
    if (depth > limits.jsonDepth) this.fail('AWB-LIM-011', 'too deep'); // AWB-R-088
    this.at += 1;
    this.take(space);
  }

  array(depth) {
    this.enter(depth);
    const items = [];
    if (this.text[this.at] === ']') {
      this.at += 1;
      return items;
    }
    for (;;) {
      items.push(this.value(depth));
      this.take(space);
      const next = this.text[this.at];
      if (next !== ',' && next !== ']') this.fail('AWB-ENC-003', 'no comma or end of array');
      this.at += 1;
      if (next === ']') return items;
      this.take(space);
    }
  }

  object(depth) {
    this.enter(depth);
    const members = Object.create(null);
    let count = 0;
    if (this.text[this.at] === '}') {
      this.at += 1;
      return members;
    }
    for (;;) {
      if (this.text[this.at] !== '"') this.fail('AWB-ENC-003', 'no member name');
      const name = this.string();
      if (name in members) this.fail('AWB-ENC-004', 'member repeated'); // AWB-R-082
      count += 1;
      if (count > limits.jsonMembers) this.fail('AWB-LIM-012', 'too many members'); // AWB-R-361
      this.take(space);
      if (this.text[this.at] !== ':') this.fail('AWB-ENC-003', 'no colon');
      this.at += 1;
      this.take(space);
      members[name] = this.value(depth);
      this.take(space);
      const next = this.text[this.at];
      if (next !== ',' && next !== '}') this.fail('AWB-ENC-003', 'no comma or end of object');
      this.at += 1;
      if (next === '}') return members;
      this.take(space);
    }
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** The number of values in a JSON text, counted without making any of them (AWB-R-361, AWB-R-362). */
export function countValues(octets) {
  let count = 1;
  let opened = false; // whether the last token opened an array or object
  for (let at = 0; at < octets.length; at += 1) {
    const octet = octets[at];
    if (BLANK.has(octet)) continue;
    if (opened && !CLOSING.has(octet)) count += 1; // the first value inside
    opened = OPENING.has(octet);
    if (octet === COMMA) count += 1;
    if (octet !== QUOTE) continue;
    for (at += 1; at < octets.length && octets[at] !== QUOTE; at += 1) if (octets[at] === BACKSLASH) at += 1;
  }
  return count;
}

/** The value of a JSON text, or a JsonFault. */
export function parseJson(octets) {
  if (octets.length > limits.jsonOctets) throw new JsonFault('AWB-LIM-010', 'too large');
  if (octets.length > limits.jsonValues && countValues(octets) > limits.jsonValues) {
    throw new JsonFault('AWB-LIM-017', 'too many values');
  }
  if (octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf) {
    throw new JsonFault('AWB-ENC-002', 'byte order mark'); // AWB-R-081
  }
  if (!isUtf8(octets)) throw new JsonFault('AWB-ENC-001', 'not UTF-8'); // AWB-R-081
  const parser = new Parser(octets.toString('utf8'));
  parser.take(space);
  const value = parser.value(0);
  parser.take(space);
  if (parser.at !== parser.text.length) parser.fail('AWB-ENC-003', 'more after the value'); // AWB-R-083
  return value;
}

/** The canonical text of a value (AWB-R-085, AWB-R-086); ECMAScript's own number and string forms are RFC 8785's. */
export function canonicalText(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const names = Object.keys(value).sort(); // by UTF-16 code units
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Whether the octets are the canonical text of the value that they gave (AWB-R-080). */
export function isCanonical(octets, value) {
  return octets.equals(Buffer.from(canonicalText(value), 'utf8'));
}

/** One reference token of a JSON Pointer (RFC 6901). */
export const token = (name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
