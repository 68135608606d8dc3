// Which files a bundle has to have, may have and must not have (AWB-R-002 to AWB-R-010, AWB-R-018 to AWB-R-024).

import { isUtf8 } from 'node:buffer';
import { artifactTypes, finding, layout, rowOf } from './registry.js';

const topFolders = new Set(layout.directories.root);
const dataFolders = new Set(layout.directories.data);
const otherManifest = /^(?:tag)?manifest-.+\.txt$/;
const manifests = new Set(['manifest-sha256.txt', 'tagmanifest-sha256.txt']);

/** Judges the paths of a bundle by the matrix. */
export function judgeInventory(paths, { type, newer }) {
  const findings = new Map(); // one a place: a stray folder is one fault
  const note = (code, path) => findings.set(`${code} ${path}`, finding(code, path));
  const known = artifactTypes.has(type);
  for (const path of paths) {
    const segments = path.split('/');
    const row = rowOf(path);
    if (path === 'fetch.txt' || (otherManifest.test(path) && !manifests.has(path))) {
      note('AWB-INV-016', path); // AWB-R-010
      continue;
    }
    if (row === undefined) {
      if (newer) continue; // AWB-R-241
      if (segments.length === 1 || !topFolders.has(segments[0])) note('AWB-INV-011', segments[0]); // AWB-R-002
      else if (segments[0] === 'data' && (segments.length === 2 || !dataFolders.has(segments[1]))) {
        note('AWB-INV-012', `data/${segments[1]}`); // AWB-R-003
      } else note('AWB-INV-013', path); // AWB-R-006
      continue;
    }
    if (known && row.presence[type] === 'forbidden') note('AWB-INV-015', path); // AWB-R-005
  }
  const present = new Set(paths);
  for (const row of layout.files) {
    if (row.match !== null || present.has(row.path)) continue;
    const below = row.path.startsWith('data/');
    // AWB-R-013: of an unknown type only files outside data/ are asked for
    const wanted = known ? row.presence[type] === 'required' : !below && Object.values(row.presence).every((p) => p === 'required');
    if (wanted) note('AWB-INV-014', row.path); // AWB-R-004
  }
  return [...findings.values()];
}

const BAGIT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** bagit.txt (AWB-R-019). */
export const isBagit = (octets) => octets.toString('latin1') === BAGIT;

const labels = ['Bagging-Date', 'External-Description', 'External-Identifier', 'Payload-Oxum'];

/** The labels of bag-info.txt with their values, or nothing where it is malformed (AWB-R-022). */
export function readBagInfo(octets) {
  if (!isUtf8(octets)) return null;
  const text = octets.toString('utf8');
  if (!text.endsWith('\n')) return null;
  const values = new Map();
  for (const line of text.slice(0, -1).split('\n')) {
    const match = /^([^ \t:\r][^:\r]*): ([^\r]+)$/u.exec(line);
    if (match === null) return null;
    const [, label, value] = match;
    values.set(label, [...(values.get(label) ?? []), value]);
  }
  if (labels.some((label) => values.get(label)?.length !== 1)) return null;
  return new Map([...values].map(([label, [value]]) => [label, value]));
}
