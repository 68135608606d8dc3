// The RO-Crate (AWB-R-264, AWB-R-265, AWB-R-267).

import { finding } from './registry.js';
import { creatorName, renderedLine, sameText } from './rendered.js';

const PATH = 'ro-crate-metadata.json';
const VERSIONS = ['https://w3id.org/ro/crate/1.2', 'https://w3id.org/ro/crate/1.1'];
const PROCESS = 'https://w3id.org/ro/wfrun/process/0.5';
const citationFiles = new Set(['CITATION.cff', 'citation/citation.bib', 'citation/citation.md', 'citation/csl.json', 'citation/datacite.json']);

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const hasType = (entity, type) => list(entity['@type']).includes(type);

export function judgeCrate(crate, { sealed, unlisted, ids, metadata }) {
  const out = [];
  const note = (code, pointer = '') => out.push(finding(code, PATH, pointer));
  if (!isObject(crate) || !Array.isArray(crate['@graph'])) {
    note('AWB-SEM-028'); // AWB-R-264: nothing that could be judged further
    return out;
  }
  const graph = crate['@graph'].filter(isObject);
  const byId = new Map(graph.map((entity) => [entity['@id'], entity]));
  const resolve = (value) => (isObject(value) && typeof value['@id'] === 'string' ? byId.get(value['@id']) ?? value : value);

  // AWB-R-264
  const descriptor = byId.get(PATH);
  const root = resolve(descriptor?.about);
  const versions = list(descriptor?.conformsTo).map((one) => one?.['@id']);
  const good = descriptor !== undefined && isObject(root) && hasType(root, 'Dataset') &&
    versions.length === 2 && VERSIONS.every((version, i) => versions[i] === version) &&
    list(root.conformsTo).some((one) => one?.['@id'] === PROCESS);
  if (!good) note('AWB-SEM-028');

  // AWB-R-265
  const wanted = new Set([...sealed.keys()].filter((path) =>
    path.startsWith('data/') || path === 'metadata.json' || path === 'manifest.json' || citationFiles.has(path)));
  const described = new Set();
  for (const entity of graph.filter((one) => one['@type'] === 'File')) {
    const id = entity['@id'];
    if (!wanted.has(id)) {
      if (!unlisted.has(id)) note('AWB-SEM-029');
      continue;
    }
    described.add(id);
    const { sha256, size } = sealed.get(id);
    const sized = size === undefined ? typeof entity.contentSize === 'string' : entity.contentSize === String(size);
    if (entity.sha256 !== sha256 || !sized) note('AWB-SEM-029');
  }
  if ([...wanted].some((path) => !described.has(path))) note('AWB-SEM-029');

  // AWB-R-267
  if (isObject(root) && metadata !== undefined) {
    const identified = list(root.identifier).map(resolve).some((one) =>
      isObject(one) && hasType(one, 'PropertyValue') && (ids === undefined || one.value === ids.artifact_id));
    const license = resolve(list(root.license)[0]);
    const authors = list(root.author).map(resolve);
    // whoever has the identifier of an earlier one is referred to once
    const identity = ({ orcid, ror }) => orcid ?? ror;
    const creators = metadata.creators.filter((one, i, all) =>
      identity(one) === undefined || all.findIndex((other) => identity(other) === identity(one)) === i);
    const named = authors.length === creators.length && authors.every((author, i) => {
      const name = creatorName(creators[i]);
      return isObject(author) && [author.familyName, author.name].some((text) => typeof text === 'string' && text.includes(name));
    });
    const same = identified && named && root.name === renderedLine(metadata.title) && sameText(root.description, metadata.description) &&
      isObject(license) && license.name === renderedLine(metadata.license.name);
    if (!same) note('AWB-SEM-030');
  }
  return out.filter((item, i) => out.findIndex((other) => other.code === item.code) === i);
}
