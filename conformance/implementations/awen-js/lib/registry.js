// The published registries and schemas, read once from the specification's generated files.

import { readFileSync } from 'node:fs';

const published = new URL('../../../../generated/', import.meta.url);
const load = (name) => JSON.parse(readFileSync(new URL(name, published), 'utf8'));

const codes = new Map(load('codes.json').map((entry) => [entry.code, entry]));

/** The sentence that the registry has of a code (AWB-R-565). */
export const messageOf = (code) => codes.get(code).message;

/** The matrix of files: rows with `path` or `pattern`, and the presence by artifact type. */
export const layout = load('layout.json');
for (const row of layout.files) row.match = row.path ? null : new RegExp(`^(?:${row.pattern})$`, 'u');

export const artifactTypes = new Set(Object.keys(layout.artifact_types));

/** The component kinds of `awen-ir/1.0` by name. */
export const kinds = new Map(load('kinds.json').map((kind) => [kind.name, kind]));

const schemas = new Map();

/** The published JSON Schema of a class. */
export function schemaOf(name) {
  if (!schemas.has(name)) schemas.set(name, load(`json-schema/${name}.schema.json`));
  return schemas.get(name);
}

/** A finding with the severity of the registry (AWB-R-321, AWB-R-612). */
export function finding(code, path = '', pointer = '') {
  const severity = codes.get(code)?.severity;
  if (severity === undefined) throw new Error(`no such finding code: ${code}`);
  return { code, severity, path, pointer };
}

export const isError = (item) => item.severity === 'error';

/** The row of the matrix that covers a path, if any. */
export function rowOf(path) {
  return layout.files.find((row) => (row.match ? row.match.test(path) : row.path === path));
}
