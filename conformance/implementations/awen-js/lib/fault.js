// A finding that ends what is being done.

import { finding } from './registry.js';

export class Fault extends Error {
  constructor(code, path = '', pointer = '') {
    super(`${code} ${path}`);
    this.finding = finding(code, path, pointer);
  }
}
