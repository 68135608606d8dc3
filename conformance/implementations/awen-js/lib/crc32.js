// CRC-32 as ZIP wants it, chunk by chunk.

import * as zlib from 'node:zlib';

const table = new Uint32Array(256);
for (let n = 0; n < 256; n += 1) {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  table[n] = c >>> 0;
}

function byTable(octets, before) {
  let c = ~before >>> 0;
  for (let i = 0; i < octets.length; i += 1) c = table[(c ^ octets[i]) & 0xff] ^ (c >>> 8);
  return ~c >>> 0;
}

/** crc32(octets, crc32 of what stands before them); older releases of Node lack their own. */
export const crc32 = (octets, before = 0) => (zlib.crc32 ?? byTable)(octets, before);
