// The one spelling of array files (AWB-R-110 to AWB-R-118), checked chunk by chunk (AWB-R-363).

import { limits } from './limits.js';

const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 0x01, 0x00]);
const template = /^\{'descr': '([^']*)', 'fortran_order': False, 'shape': (\(\)|\((?:0|[1-9][0-9]*),\)|\((?:0|[1-9][0-9]*)(?:, (?:0|[1-9][0-9]*))+\)), \}( *)\n$/;
const widths = { '<f8': 8, '<i8': 8, '<u8': 8, '|b1': 1 };

/** Takes the chunks of an array file by `update`; `finish` gives {code} or {dtype, shape}. */
export class NpyCheck {
  constructor() {
    this.head = Buffer.alloc(0);
    this.dataAt = 0;
    this.code = null;
    this.header = null;
    this.rest = Buffer.alloc(0);
    this.count = 0n;
  }

  update(chunk) {
    if (this.code !== null) return;
    if (this.header === null) {
      this.head = Buffer.concat([this.head, chunk]);
      this.readHeader();
      if (this.header === null) return;
      chunk = this.head.subarray(this.dataAt);
      this.head = null;
    }
    this.takeData(chunk);
  }

  readHeader() {
    const { head } = this;
    if (!head.subarray(0, 8).equals(magic.subarray(0, head.length))) this.code = 'AWB-ENC-020'; // AWB-R-110
    if (this.code !== null || head.length < 10) return;
    const length = head.readUInt16LE(8);
    if (length > limits.npyHeader) this.code = 'AWB-LIM-014'; // AWB-R-361
    if (this.code !== null || head.length < 10 + length) return;
    const match = template.exec(head.toString('latin1', 10, 10 + length));
    if (match === null || (10 + length) % 64 !== 0 || match[3].length > 63) {
      this.code = 'AWB-ENC-021'; // AWB-R-111
      return;
    }
    const [, dtype, shapeText] = match;
    const shape = (shapeText.match(/[0-9]+/g) ?? []).map(BigInt);
    if (!Object.hasOwn(widths, dtype)) this.code = 'AWB-ENC-022'; // AWB-R-112
    else if (shape.length > limits.npyDimensions) this.code = 'AWB-LIM-015'; // AWB-R-118
    if (this.code !== null) return;
    this.dataAt = 10 + length;
    this.header = { dtype, shape };
    this.expected = shape.reduce((product, n) => product * n, 1n) * BigInt(widths[dtype]);
  }

  takeData(chunk) {
    this.count += BigInt(chunk.length);
    if (this.header.dtype === '|b1') {
      if (chunk.some((octet) => octet > 1)) this.code = 'AWB-ENC-025'; // AWB-R-115
    } else if (this.header.dtype === '<f8') {
      const octets = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
      const whole = octets.length - (octets.length % 8);
      for (let at = 0; at < whole; at += 8) {
        // AWB-R-114: all bits of the exponent set
        if ((octets[at + 7] & 0x7f) === 0x7f && (octets[at + 6] & 0xf0) === 0xf0) {
          this.code = 'AWB-ENC-024';
          return;
        }
      }
      this.rest = octets.subarray(whole);
    }
  }

  finish() {
    if (this.code === null && this.header === null) {
      this.code = this.head.length < 8 ? 'AWB-ENC-020' : 'AWB-ENC-021'; // cut short before the header or within it
    }
    if (this.code === null && this.count !== this.expected) this.code = 'AWB-ENC-023'; // AWB-R-113
    return this.code === null ? this.header : { code: this.code };
  }
}
