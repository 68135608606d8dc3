// The grammar of names (AWB-R-014 to AWB-R-018).

import { limits } from './limits.js';

const segmentForm = /^[a-z0-9][a-z0-9._-]*$/;
const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** The codes of what is wrong with a path, none for a good one. */
export function nameFaults(path) {
  if (path === 'CITATION.cff') return []; // AWB-R-014: the one exception
  const codes = new Set();
  if (Buffer.byteLength(path) > limits.pathOctets) codes.add('AWB-LIM-002'); // AWB-R-017
  const segments = path.split('/');
  if (segments.length > limits.segments) codes.add('AWB-LIM-004'); // AWB-R-017
  for (const segment of segments) {
    if (Buffer.byteLength(segment) > limits.segmentOctets) codes.add('AWB-LIM-003'); // AWB-R-017
    if (!segmentForm.test(segment)) {
      codes.add('AWB-INV-001'); // AWB-R-014
      continue;
    }
    if (segment.endsWith('.')) codes.add('AWB-INV-002'); // AWB-R-015
    if (device.test(segment.split('.', 1)[0])) codes.add('AWB-INV-003'); // AWB-R-016
  }
  return [...codes];
}

/** Names among the paths that are both a file and a folder (AWB-R-018). */
export function filesThatAreFolders(paths) {
  const files = new Set(paths);
  const both = new Set();
  for (const path of paths) {
    for (let cut = path.indexOf('/'); cut >= 0; cut = path.indexOf('/', cut + 1)) {
      const folder = path.slice(0, cut);
      if (files.has(folder)) both.add(folder);
    }
  }
  return [...both];
}

/** Order of the octets of two strings in UTF-8. */
export const compareOctets = (a, b) => Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
