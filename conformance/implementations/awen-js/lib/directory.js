// A bundle as a directory: walked with lstat, links never followed (AWB-R-001, AWB-R-009).

import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, readdirSync } from 'node:fs';
import { Fault } from './fault.js';
import { limits } from './limits.js';
import { finding } from './registry.js';

const CHUNK = 256 * 1024;

/** The files of a directory, and what is wrong with the directory itself. */
export function readDirectory(root) {
  const entries = [];
  const findings = [];
  let tooMany = false;

  const walk = (folder, prefix, depth) => {
    let names;
    try {
      names = readdirSync(folder, { encoding: 'buffer' });
    } catch {
      findings.push(finding('AWB-PKG-007', prefix.slice(0, -1))); // AWB-R-156
      return;
    }
    if (names.length === 0 && prefix !== '') findings.push(finding('AWB-PKG-005', prefix.slice(0, -1))); // AWB-R-009
    names.sort(Buffer.compare);
    for (const name of names) {
      if (tooMany) return;
      const path = prefix + (isUtf8(name) ? name.toString('utf8') : name.toString('latin1'));
      const full = Buffer.concat([folder, Buffer.from('/'), name]);
      let status;
      try {
        status = lstatSync(full);
      } catch {
        findings.push(finding('AWB-PKG-007', path)); // AWB-R-156
        continue;
      }
      if (status.isSymbolicLink()) {
        findings.push(finding('AWB-PKG-002', path)); // AWB-R-001
        continue;
      }
      if ((status.mode & 0o7000) !== 0) findings.push(finding('AWB-PKG-004', path)); // AWB-R-012
      if (status.isDirectory()) {
        // AWB-R-017: what lies deeper than any name may be is not looked at
        if (depth > limits.segments) findings.push(finding('AWB-LIM-004', path));
        else walk(full, `${path}/`, depth + 1);
      } else if (status.isFile()) {
        if (entries.length === limits.files) {
          findings.push(finding('AWB-LIM-001')); // AWB-R-361
          tooMany = true;
          return;
        }
        entries.push({ path, size: status.size, chunks: () => chunksOf(full, path, status) });
      } else {
        findings.push(finding('AWB-PKG-003', path)); // AWB-R-001
      }
    }
  };

  walk(Buffer.from(root), '', 1);
  return { entries, findings };
}

/** The octets of a file, in chunks; a Fault where it cannot be read or changes meanwhile (AWB-R-156). */
function* chunksOf(full, path, before) {
  let file;
  try {
    file = openSync(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    throw new Fault('AWB-PKG-007', path);
  }
  try {
    let total = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      let count;
      try {
        count = readSync(file, chunk, 0, CHUNK, null);
      } catch {
        throw new Fault('AWB-PKG-007', path);
      }
      if (count === 0) break;
      total += count;
      if (total > before.size) throw new Fault('AWB-PKG-006', path);
      yield chunk.subarray(0, count);
    }
    const after = fstatSync(file);
    const same = after.ino === before.ino && after.dev === before.dev && after.mtimeMs === before.mtimeMs;
    if (total !== before.size || !same) throw new Fault('AWB-PKG-006', path);
  } finally {
    closeSync(file);
  }
}
