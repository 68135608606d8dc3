// What holds a bundle: a directory or an archive, told apart by content (AWB-R-011, AWB-R-145).

import { statSync } from 'node:fs';
import { readArchive } from './archive.js';
import { readDirectory } from './directory.js';
import { filesThatAreFolders, nameFaults } from './names.js';
import { finding, isError } from './registry.js';

/**
 * Opens a container: its `entries` with good names, each {path, size, chunks()}, and `findings`.
 *
 * An archive with a fault is `refused` as a whole; a directory never is, unless it is none. `close()` has to be called.
 */
export async function openContainer(path) {
  let status;
  try {
    status = statSync(path);
  } catch (error) {
    const code = ['ENOENT', 'ENOTDIR'].includes(error.code) ? 'AWB-PKG-001' : 'AWB-PKG-007';
    return { entries: [], findings: [finding(code)], refused: true, close() {} };
  }
  let container;
  if (status.isDirectory()) container = { ...readDirectory(path), archive: false, close() {} };
  else if (status.isFile()) container = { ...(await readArchive(path, status)), archive: true };
  else return { entries: [], findings: [finding('AWB-PKG-001')], refused: true, close() {} };

  const wrapped = container.findings.some((item) => item.code === 'AWB-PKG-034');
  const good = [];
  for (const entry of container.entries) {
    if (wrapped || (container.archive && entry.path.endsWith('/'))) continue; // has been reported as a wrapper, as a folder
    const codes = nameFaults(entry.path); // AWB-R-014 to AWB-R-017, AWB-R-148
    if (codes.length === 0) good.push(entry);
    for (const code of codes) container.findings.push(finding(code, entry.path));
  }
  for (const both of filesThatAreFolders(container.entries.map((entry) => entry.path))) {
    container.findings.push(finding('AWB-INV-004', both)); // AWB-R-018, AWB-R-148
  }
  // AWB-R-145: an archive that is not as it has to be is refused; nothing of it is judged, nor is anything passed over
  const refused = container.archive && container.findings.some(isError);
  if (refused) return { ...container, findings: container.findings.filter(isError), entries: [], refused };
  return { ...container, entries: good, refused };
}

/** The whole of an entry, or nothing where it is longer than the limit (AWB-R-362). */
export async function readWhole(entry, limit) {
  if (entry.size > limit) return null;
  const chunks = [];
  for await (const chunk of entry.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
