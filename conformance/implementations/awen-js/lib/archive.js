// The strict ZIP reader (AWB-R-130 to AWB-R-151).

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { crc32 } from './crc32.js';
import { Fault } from './fault.js';
import { limits } from './limits.js';
import { finding } from './registry.js';

const CHUNK = 256 * 1024;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR = 0x07064b50;
const FULL32 = 0xffffffff;
const FULL16 = 0xffff;

/** The entries of an archive and its findings; any error refuses the whole. */
export async function readArchive(path, status) {
  let file;
  try {
    file = openSync(path, 'r');
  } catch {
    return { entries: [], findings: [finding('AWB-PKG-007')], close() {} }; // AWB-R-156
  }
  const close = () => closeSync(file);
  const archive = new Archive(file, status.size);
  try {
    archive.readStructure();
    if (!archive.broken) for (const entry of archive.entries) await archive.checkData(entry);
    if (fstatSync(file).mtimeMs !== status.mtimeMs) archive.note('AWB-PKG-006');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    archive.findings.push(error.finding);
  }
  const entries = archive.entries.map((entry) => ({
    path: entry.name,
    size: entry.size,
    chunks: () => archive.chunksOf(entry),
  }));
  return { entries, findings: archive.findings, close };
}

class Archive {
  constructor(file, size) {
    this.file = file;
    this.size = size;
    this.entries = [];
    this.findings = [];
    this.broken = false;
  }

  note(code, path = '') {
    if (this.findings.some((item) => item.code === code && item.path === path)) return;
    const item = finding(code, path);
    this.findings.push(item);
    if (item.severity === 'error') this.broken = true;
  }

  read(offset, length) {
    const octets = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      let count;
      try {
        count = readSync(this.file, octets, done, length - done, offset + done);
      } catch {
        throw new Fault('AWB-PKG-007');
      }
      if (count === 0) throw new Fault('AWB-PKG-006');
      done += count;
    }
    return octets;
  }

  readStructure() {
    const end = this.readEnd();
    this.readCentral(end);
    this.judgeNames();
    if (!this.broken) this.readLocals(end); // else what the central directory says of the local headers is not to be relied on
  }

  /** The end record and, where needed, its ZIP64 form (AWB-R-136, AWB-R-139, AWB-R-146). */
  readEnd() {
    const tail = this.read(Math.max(0, this.size - 22 - FULL16), Math.min(this.size, 22 + FULL16));
    const at = tail.length - 22;
    if (at < 0 || tail.readUInt32LE(at) !== END || tail.readUInt16LE(at + 20) !== 0) {
      for (let i = Math.min(at, tail.length - 22); i >= 0; i -= 1) {
        if (tail.readUInt32LE(i) === END) throw new Fault('AWB-PKG-011'); // AWB-R-146: a comment, a suffix
      }
      const start = this.read(0, Math.min(4, this.size));
      const zip = start.length === 4 && [LOCAL, END].includes(start.readUInt32LE(0));
      throw new Fault(zip ? 'AWB-PKG-010' : 'AWB-PKG-001'); // AWB-R-146, AWB-R-145
    }
    if (tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 6) !== 0) throw new Fault('AWB-PKG-012'); // AWB-R-147
    const end = {
      count: tail.readUInt16LE(at + 10),
      size: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
      at: this.size - 22,
    };
    if (tail.readUInt16LE(at + 8) !== end.count) throw new Fault('AWB-PKG-013'); // AWB-R-130: miscounted
    const needed = end.count === FULL16 || end.size === FULL32 || end.offset === FULL32;
    const located = at >= 20 && tail.readUInt32LE(at - 20) === LOCATOR;
    // AWB-R-139: both present where needed, otherwise neither
    if (needed !== located) {
      // the four octets of a locator may be the end of a good central directory only by chance: then it is no locator
      if (needed || end.offset + end.size !== end.at) throw new Fault('AWB-PKG-024');
    } else if (needed) {
      this.readEnd64(end, tail.subarray(at - 20, at));
    }
    if (end.offset + end.size > end.at) throw new Fault('AWB-PKG-013'); // AWB-R-130
    if (end.offset + end.size < end.at) throw new Fault('AWB-PKG-014'); // AWB-R-146
    return end;
  }

  readEnd64(end, locator) {
    const wrong = () => new Fault('AWB-PKG-024'); // AWB-R-139
    const at = Number(locator.readBigUInt64LE(8));
    if (locator.readUInt32LE(4) !== 0 || locator.readUInt32LE(16) !== 1) throw new Fault('AWB-PKG-012');
    if (at !== end.at - 20 - 56) throw wrong();
    const record = this.read(at, 56);
    if (record.readUInt32LE(0) !== END64 || record.readBigUInt64LE(4) !== 44n) throw wrong();
    if (record.readUInt16LE(12) !== 0x032d || record.readUInt16LE(14) !== 45) throw wrong();
    if (record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0) throw new Fault('AWB-PKG-012');
    const [here, count, size, offset] = [24, 32, 40, 48].map((i) => Number(record.readBigUInt64LE(i)));
    if (here !== count) throw new Fault('AWB-PKG-013');
    // AWB-R-136: full if and only if the value does not fit
    if ((end.count === FULL16) !== count >= FULL16 || (end.count !== FULL16 && end.count !== count)) throw wrong();
    if ((end.size === FULL32) !== size >= FULL32 || (end.size !== FULL32 && end.size !== size)) throw wrong();
    if ((end.offset === FULL32) !== offset >= FULL32 || (end.offset !== FULL32 && end.offset !== offset)) throw wrong();
    Object.assign(end, { count, size, offset, at });
  }

  readCentral(end) {
    if (end.count > limits.files) throw new Fault('AWB-LIM-001'); // AWB-R-361
    // no header of an entry within the limits is longer than this; what is longer is not read (AWB-R-362)
    if (end.size > end.count * (46 + 3 * FULL16)) throw new Fault('AWB-PKG-013');
    const central = this.read(end.offset, end.size);
    let at = 0;
    for (let i = 0; i < end.count; i += 1) {
      if (at + 46 > central.length || central.readUInt32LE(at) !== CENTRAL) throw new Fault('AWB-PKG-013'); // AWB-R-130
      const nameLength = central.readUInt16LE(at + 28);
      const extraLength = central.readUInt16LE(at + 30);
      const commentLength = central.readUInt16LE(at + 32);
      const next = at + 46 + nameLength + extraLength + commentLength;
      if (next > central.length) throw new Fault('AWB-PKG-013');
      const octets = central.subarray(at + 46, at + 46 + nameLength);
      const entry = {
        octets,
        name: octets.toString('utf8'),
        madeBy: central.readUInt16LE(at + 4),
        needed: central.readUInt16LE(at + 6),
        flags: central.readUInt16LE(at + 8),
        method: central.readUInt16LE(at + 10),
        time: central.readUInt16LE(at + 12),
        date: central.readUInt16LE(at + 14),
        crc: central.readUInt32LE(at + 16),
        packed: central.readUInt32LE(at + 20),
        size: central.readUInt32LE(at + 24),
        disk: central.readUInt16LE(at + 34),
        internal: central.readUInt16LE(at + 36),
        external: central.readUInt32LE(at + 38),
        offset: central.readUInt32LE(at + 42),
      };
      if (commentLength > 0) this.note('AWB-PKG-023', entry.name); // AWB-R-146
      this.readCentralExtra(entry, central.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
      this.judgeEntry(entry);
      this.entries.push(entry);
      at = next;
    }
    if (at !== central.length) throw new Fault('AWB-PKG-013'); // miscounted
  }

  /** The ZIP64 field of a central header, and no other (AWB-R-138, AWB-R-140). */
  readCentralExtra(entry, extra) {
    const wants = ['size', 'packed', 'offset'].filter((name) => entry[name] === FULL32);
    entry.longSizes = entry.size === FULL32 || entry.packed === FULL32;
    entry.long = wants.length > 0;
    if (extra.length === 0) {
      if (entry.long) this.note('AWB-PKG-024', entry.name); // AWB-R-136: missing
      return;
    }
    if (extra.length < 4 || extra.readUInt16LE(0) !== 1) {
      this.note('AWB-PKG-022', entry.name); // AWB-R-140
      return;
    }
    const good = entry.long && extra.length === 4 + 8 * wants.length && extra.readUInt16LE(2) === 8 * wants.length;
    if (!good || (entry.size === FULL32) !== (entry.packed === FULL32)) {
      this.note('AWB-PKG-024', entry.name); // AWB-R-136, AWB-R-138
      return;
    }
    wants.forEach((name, i) => {
      entry[name] = Number(extra.readBigUInt64LE(4 + 8 * i));
    });
    const wrong = (entry.longSizes && Math.max(entry.size, entry.packed) < FULL32) ||
      (wants.includes('offset') && entry.offset < FULL32);
    if (wrong) this.note('AWB-PKG-024', entry.name); // AWB-R-136
  }

  /** What the fields of one entry say (AWB-R-134, AWB-R-145, AWB-R-147, AWB-R-151). */
  judgeEntry(entry) {
    const { name, flags, method, external } = entry;
    const note = (code) => this.note(code, name);
    if (entry.disk !== 0) note('AWB-PKG-012');
    if (flags & 0x2041) note('AWB-PKG-017'); // encryption, strong encryption, masked headers
    if (flags & 0x0008) note('AWB-PKG-018'); // data descriptor
    const passed = 0x0800 | (method === 8 ? 0x0006 : 0);
    if (flags & ~(passed | 0x2041 | 0x0008)) note('AWB-PKG-019'); // patch data and all others
    if (method !== 0 && method !== 8) note('AWB-PKG-020');
    if (![10, 20, 45].includes(entry.needed)) note('AWB-PKG-021');
    const mode = external >>> 16;
    const type = mode & 0xf000;
    if (type === 0x4000 || external & 0x10 || name.endsWith('/')) note('AWB-PKG-025'); // AWB-R-131: a folder
    else if ((type !== 0 && type !== 0x8000) || external & 0x408) note('AWB-PKG-026'); // a link or a volume of Windows too
    if (mode & 0o7000) note('AWB-PKG-027');
    if (method === 0 && entry.size !== entry.packed) note('AWB-PKG-029'); // AWB-R-149
    if (method === 8 && entry.size > limits.deflateFree && entry.size > limits.deflateRatio * entry.packed) {
      note('AWB-LIM-005'); // AWB-R-151
    }
    const needed = entry.long ? 45 : 20;
    const madeBy = entry.long ? 0x032d : 0x0314;
    const same = entry.madeBy === madeBy && entry.needed === needed && flags === 0 && entry.time === 0 && entry.date === 33;
    if (!same || entry.internal !== 0 || external !== 0x81a40000) note('AWB-PKG-032'); // AWB-R-134, AWB-R-145
  }

  /** Local headers and data cover the file up to the central directory (AWB-R-130, AWB-R-133, AWB-R-146). */
  readLocals(end) {
    let expected = 0;
    for (const entry of this.entries) {
      if (entry.offset !== expected) throw new Fault('AWB-PKG-014', entry.name);
      if (expected + 30 > end.offset) throw new Fault('AWB-PKG-015', entry.name);
      const fixed = this.read(expected, 30);
      if (fixed.readUInt32LE(0) !== LOCAL) throw new Fault('AWB-PKG-015', entry.name);
      const nameLength = fixed.readUInt16LE(26);
      const extraLength = fixed.readUInt16LE(28);
      entry.data = expected + 30 + nameLength + extraLength;
      if (entry.data > end.offset) throw new Fault('AWB-PKG-015', entry.name);
      const rest = this.read(expected + 30, nameLength + extraLength);
      this.compareHeaders(entry, fixed, rest.subarray(0, nameLength), rest.subarray(nameLength));
      expected = entry.data + entry.packed;
      if (expected > end.offset) throw new Fault('AWB-PKG-014', entry.name);
    }
    if (expected !== end.offset) throw new Fault('AWB-PKG-014');
    // AWB-R-132, AWB-R-145: another order is passed over with a warning
    const sorted = this.entries.every((entry, i) => i === 0 || Buffer.compare(this.entries[i - 1].octets, entry.octets) <= 0);
    if (!sorted) this.note('AWB-PKG-033');
    const inflated = this.entries.filter((entry) => entry.method === 8).reduce((sum, entry) => sum + entry.size, 0);
    if (inflated > limits.inflatedTotal) this.note('AWB-LIM-006'); // AWB-R-151
  }

  /** The local header is what the central one lets expect (AWB-R-133, AWB-R-137). */
  compareHeaders(entry, fixed, name, extra) {
    // a local header does not know that the offset needs ZIP64
    const needed = entry.long && !entry.longSizes ? 20 : entry.needed;
    const sizes = entry.longSizes ? [FULL32, FULL32] : [entry.packed, entry.size];
    const wanted = Buffer.alloc(26);
    wanted.writeUInt32LE(LOCAL, 0);
    [needed, entry.flags, entry.method, entry.time, entry.date].forEach((value, i) => wanted.writeUInt16LE(value, 4 + 2 * i));
    [entry.crc, ...sizes].forEach((value, i) => wanted.writeUInt32LE(value, 14 + 4 * i));
    const long = Buffer.alloc(entry.longSizes ? 20 : 0);
    if (entry.longSizes) {
      long.writeUInt32LE(0x00100001, 0);
      long.writeBigUInt64LE(BigInt(entry.size), 4);
      long.writeBigUInt64LE(BigInt(entry.packed), 12);
    }
    const same = fixed.subarray(0, 26).equals(wanted) && name.equals(entry.octets) && extra.equals(long);
    if (!same) this.note('AWB-PKG-016', entry.name);
  }

  /** No name twice, no wrapper folder (AWB-R-131, AWB-R-148); the grammar of names is the container's matter. */
  judgeNames() {
    const seen = new Set();
    for (const { name, octets } of this.entries) {
      const key = octets.toString('latin1');
      if (seen.has(key)) this.note('AWB-PKG-028', name);
      seen.add(key);
    }
    const folders = new Set(this.entries.map(({ name }) => (name.includes('/') ? name.split('/', 1)[0] : '')));
    if (folders.size === 1 && !folders.has('')) this.note('AWB-PKG-034');
  }

  /** The data of an entry against its CRC-32 and sizes (AWB-R-149, AWB-R-150). */
  async checkData(entry) {
    let sum = 0;
    for await (const chunk of this.chunksOf(entry)) sum = crc32(chunk, sum);
    if (sum !== entry.crc) this.note('AWB-PKG-030', entry.name);
  }

  *rawChunksOf(entry) {
    const end = entry.data + entry.packed;
    for (let at = entry.data; at < end; at += CHUNK) yield this.read(at, Math.min(CHUNK, end - at));
  }

  async *chunksOf(entry) {
    if (entry.method === 0) {
      yield* this.rawChunksOf(entry);
      return;
    }
    const wrong = () => new Fault('AWB-PKG-031', entry.name); // AWB-R-150
    if (entry.packed === 0) throw wrong(); // no octet, no stream
    const source = Readable.from(this.rawChunksOf(entry));
    const inflate = createInflateRaw();
    source.on('error', (error) => inflate.destroy(error));
    source.pipe(inflate);
    let size = 0;
    try {
      for await (const chunk of inflate) {
        size += chunk.length;
        if (size > entry.size) throw wrong(); // stops inflating
        yield chunk;
      }
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw wrong(); // broken, or not ended
    } finally {
      source.destroy();
      inflate.destroy();
    }
    // complete, and ended with the last octet of the entry
    if (size !== entry.size || inflate.bytesWritten !== entry.packed) throw wrong();
  }
}
