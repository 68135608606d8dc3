// Lines of a manifest and the ids over them (AWB-R-050 to AWB-R-060).

import { createHash } from 'node:crypto';
import { nameFaults, compareOctets } from './names.js';

// one space and a marker, or a CR or another control character, make a line malformed, not its path one outside the grammar
const lineForm = /^([0-9a-fA-F]{64}) {2}([^\x00-\x1f\x7f]*)$/;

const sha256 = (octets) => createHash('sha256').update(octets).digest('hex');

/**
 * Reads a manifest.
 *
 * `faults` are codes, each once. `entries` are the lines that could be read, as {digest, path}; `complete` tells whether these
 * are all lines, so that what they do not list is not listed.
 */
export function parseManifest(octets) {
  const faults = new Set();
  const entries = [];
  let complete = true;
  const text = octets.toString('latin1');
  if (text === '') return { faults: ['AWB-INT-007'], entries, complete: false, octets };
  if (!text.endsWith('\n')) faults.add('AWB-INT-004'); // AWB-R-050: the last line too
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) {
    const match = lineForm.exec(line);
    if (match === null) {
      faults.add('AWB-INT-001'); // AWB-R-050
      complete = false;
      continue;
    }
    const [, digest, path] = match;
    if (/[A-F]/.test(digest)) faults.add('AWB-INT-005'); // AWB-R-050
    if (nameFaults(path).length > 0) {
      faults.add('AWB-INT-006'); // AWB-R-050
      complete = false;
      continue;
    }
    entries.push({ digest: digest.toLowerCase(), path });
  }
  const seen = new Set();
  entries.forEach(({ path }, index) => {
    if (seen.has(path)) faults.add('AWB-INT-002'); // AWB-R-051
    else if (index > 0 && compareOctets(entries[index - 1].path, path) > 0) faults.add('AWB-INT-003'); // AWB-R-052
    seen.add(path);
  });
  return { faults: [...faults], entries, complete, octets };
}

const selections = {
  inputs_id: ['inp_', ['data/inputs/']],
  results_id: ['res_', ['data/results/']],
  artifact_id: ['awen_', ['data/inputs/', 'data/claim/', 'data/results/']],
};

/** The ids of a payload manifest without faults (AWB-R-055), or the code that says why there are none. */
export function payloadIds(manifest) {
  if (manifest.faults.length > 0) return { code: manifest.faults[0] }; // AWB-R-055
  const folders = selections.artifact_id[1];
  for (const folder of folders) {
    // AWB-R-060
    if (!manifest.entries.some(({ path }) => path.startsWith(folder))) return { code: 'AWB-IDN-001' };
  }
  const ids = {};
  for (const [name, [prefix, chosen]] of Object.entries(selections)) {
    // AWB-R-056 to AWB-R-058, from the octets as stored (AWB-R-062): a manifest without faults is these lines
    const lines = manifest.entries
      .filter(({ path }) => chosen.some((folder) => path.startsWith(folder)))
      .map(({ digest, path }) => `${digest}  ${path}\n`);
    ids[name] = prefix + sha256(Buffer.from(lines.join(''), 'latin1'));
  }
  return { ids };
}

/** The seal of a tag manifest without faults (AWB-R-059). */
export const sealOf = (manifest) => `seal_${sha256(manifest.octets)}`;

