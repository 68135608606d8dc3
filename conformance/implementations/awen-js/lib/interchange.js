// Archive to directory, and directory to canonical or compressed archive (AWB-R-130 to AWB-R-154).

import { closeSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { openContainer } from './container.js';
import { crc32 } from './crc32.js';
import { Fault } from './fault.js';
import { limits } from './limits.js';
import { compareOctets } from './names.js';
import { finding, isError } from './registry.js';

/** Unpacks an archive below `workdir` as `name`, all at once or not at all (AWB-R-152); gives the findings of a refusal. */
export async function unpack(archive, workdir, name) {
  const container = await openContainer(archive);
  const staging = mkdtempSync(join(workdir, 'unpack-'));
  try {
    if (!container.archive && !container.refused) return [finding('AWB-PKG-001')];
    const errors = container.findings.filter(isError);
    if (errors.length > 0) return errors;
    for (const entry of container.entries) {
      const target = join(staging, ...entry.path.split('/'));
      mkdirSync(dirname(target), { recursive: true });
      const file = openSync(target, 'wx', 0o644);
      try {
        for await (const chunk of entry.chunks()) writeAll(file, chunk);
      } finally {
        closeSync(file);
      }
    }
    renameSync(staging, join(workdir, name));
    return null;
  } catch (error) {
    if (error instanceof Fault) return [error.finding];
    throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
    container.close();
  }
}

function writeAll(file, octets) {
  for (let done = 0; done < octets.length; ) done += writeSync(file, octets, done);
}

const FULL32 = 0xffffffff;
const FULL16 = 0xffff;
const fit32 = (value) => Math.min(value, FULL32);
const u16 = (...values) => Buffer.from(Uint16Array.from(values).buffer);
const u32 = (...values) => Buffer.from(Uint32Array.from(values).buffer);
const u64 = (...values) => Buffer.from(BigUint64Array.from(values.map(BigInt)).buffer);

/** Writes the archive of a directory (AWB-R-134, AWB-R-135, AWB-R-154); gives the findings of a refusal. */
export async function pack(directory, target, compress) {
  const container = await openContainer(directory);
  const errors = container.findings.filter(isError);
  if (errors.length > 0 || container.archive) {
    container.close();
    return errors.length > 0 ? errors : [finding('AWB-PKG-001')];
  }
  const file = openSync(target, 'wx', 0o644);
  try {
    let at = 0;
    const write = (octets) => {
      writeAll(file, octets);
      at += octets.length;
    };
    const central = [];
    // AWB-R-132
    for (const entry of [...container.entries].sort((a, b) => compareOctets(a.path, b.path))) {
      central.push(await writeEntry(entry, at, write, compress));
    }
    writeEnd(central, at, write);
    return null;
  } catch (error) {
    if (error instanceof Fault) return [error.finding];
    throw error;
  } finally {
    closeSync(file);
    container.close();
  }
}

/** One local header with its data; gives the central header. */
async function writeEntry(entry, offset, write, compress) {
  const name = Buffer.from(entry.path, 'latin1');
  const { size } = entry;
  let sum = 0;
  let packed = null;
  const chunks = [];
  for await (const chunk of entry.chunks()) {
    sum = crc32(chunk, sum);
    if (compress && size <= limits.jsonOctets) chunks.push(chunk);
  }
  if (chunks.length > 0) {
    const deflated = deflateRawSync(Buffer.concat(chunks));
    // a reader refuses what is deflated too well (AWB-R-151)
    const ratio = size > limits.deflateFree && size > limits.deflateRatio * deflated.length;
    if (deflated.length < size && !ratio) packed = deflated;
  }
  const method = packed === null ? 0 : 8;
  const length = packed?.length ?? size;
  const longSizes = Math.max(size, length) >= FULL32; // AWB-R-136
  const longOffset = offset >= FULL32;
  const sizes = longSizes ? u32(FULL32, FULL32) : u32(length, size);
  const needed = (long) => u16(long ? 45 : 20);
  const common = Buffer.concat([u16(0, method, 0, 33), u32(sum), sizes, u16(name.length)]);
  const localExtra = longSizes ? Buffer.concat([u16(1, 16), u64(size, length)]) : Buffer.alloc(0); // AWB-R-137
  write(Buffer.concat([u32(0x04034b50), needed(longSizes), common, u16(localExtra.length), name, localExtra]));
  if (packed !== null) write(packed);
  else for await (const chunk of entry.chunks()) write(chunk);
  const values = [...(longSizes ? [size, length] : []), ...(longOffset ? [offset] : [])]; // AWB-R-138
  const extra = values.length > 0 ? Buffer.concat([u16(1, 8 * values.length), u64(...values)]) : Buffer.alloc(0);
  return Buffer.concat([
    u32(0x02014b50), u16(values.length > 0 ? 0x032d : 0x0314), needed(values.length > 0), common, u16(extra.length, 0, 0, 0),
    u32(0x81a40000, fit32(offset)), name, extra,
  ]);
}

function writeEnd(central, offset, write) {
  const count = central.length;
  const size = central.reduce((sum, octets) => sum + octets.length, 0);
  for (const octets of central) write(octets);
  // AWB-R-139
  if (count >= FULL16 || size >= FULL32 || offset >= FULL32) {
    write(Buffer.concat([u32(0x06064b50), u64(44), u16(0x032d, 45), u32(0, 0), u64(count, count, size, offset)]));
    write(Buffer.concat([u32(0x07064b50, 0), u64(offset + size), u32(1)]));
  }
  const few = Math.min(count, FULL16);
  write(Buffer.concat([u32(0x06054b50), u16(0, 0, few, few), u32(fit32(size), fit32(offset)), u16(0)]));
}
