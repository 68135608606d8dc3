// A bundle of given content under `data/` and a plan: the seal and the description around it.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { citationFiles, displayName, formats } from './cite.js';
import { canonicalText, parseJson } from './json.js';
import { parseManifest, payloadIds } from './manifest.js';
import { compareOctets } from './names.js';
import { finding, isError, rowOf } from './registry.js';
import { renderedLine, renderedText } from './rendered.js';
import { verify } from './verify.js';

const sha256 = (octets) => createHash('sha256').update(octets).digest('hex');

function* filesBelow(folder, prefix) {
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = `${prefix}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(folder, path);
    else yield path;
  }
}

const manifestOf = (files) => Buffer.from([...files.keys()].sort(compareOctets).map((path) => `${sha256(files.get(path))}  ${path}\n`).join(''));

/** Builds below `workdir` as `output`; gives the findings of a refusal, or null. */
export async function build({ input, plan, workdir }) {
  const { artifact_type: type, created, tool, metadata } = parseJson(readFileSync(plan));
  const payload = new Map([...filesBelow(input, 'data')].map((path) => [path, readFileSync(join(input, path))]));
  const manifest = manifestOf(payload);
  const { ids, code } = payloadIds(parseManifest(manifest));
  if (code !== undefined) return [finding(code, 'manifest-sha256.txt')];
  const lacking = ['data/claim/claim.json', 'data/evidence/provenance.json'].filter((path) => !payload.has(path));
  if (lacking.length > 0) return lacking.map((path) => finding('AWB-INV-014', path));
  const document = (path) => parseJson(payload.get(path));
  const { parents } = document('data/claim/claim.json');
  const files = new Map();
  const put = (path, text) => files.set(path, Buffer.from(text));
  put('metadata.json', canonicalText(metadata));
  const content = Object.fromEntries([...payload].map(([path, octets]) => [path, {
    sha256: sha256(octets),
    size_bytes: octets.length,
    media_type: rowOf(path)?.media_type || 'application/octet-stream', // AWB-R-183
  }]));
  put('manifest.json', canonicalText({ artifact_type: type, spec_version: '1.0', ids, created, tool, content }));
  for (const [path, format] of Object.entries(citationFiles)) put(path, formats[format](metadata, ids.artifact_id, parents));
  const described = new Map([...payload, ...files]);
  put('ro-crate-metadata.json', canonicalText(crate({ metadata, tool, ids, parents, described, account: document('data/evidence/provenance.json') })));
  put('ro-crate-preview.html', `<!DOCTYPE html>\n<meta charset="utf-8">\n<title>${ids.artifact_id}</title>\n<p>${ids.artifact_id}</p>\n`);
  put('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  put('bag-info.txt', bagInfo({ metadata, created, tool, ids, payload }));
  files.set('manifest-sha256.txt', manifest);
  files.set('tagmanifest-sha256.txt', manifestOf(files));
  return write(new Map([...payload, ...files]), workdir);
}

/** Everything at once, or nothing where the whole is not valid (AWB-R-221, AWB-R-646). */
async function write(files, workdir) {
  const staging = join(workdir, 'build');
  for (const [path, octets] of files) {
    mkdirSync(dirname(join(staging, path)), { recursive: true });
    writeFileSync(join(staging, path), octets, { flag: 'wx', mode: 0o644 });
  }
  const { findings } = await verify(staging);
  if (findings.some(isError)) {
    rmSync(staging, { recursive: true });
    return findings;
  }
  renameSync(staging, join(workdir, 'output'));
  return null;
}

/** AWB-R-025 */
function bagInfo({ metadata, created, tool, ids, payload }) {
  const octets = [...payload.values()].reduce((sum, one) => sum + one.length, 0);
  const values = {
    'Bag-Software-Agent': `${tool.name} ${tool.version} <${tool.url}>`,
    'Bagging-Date': created.slice(0, 10),
    'Contact-Email': metadata.contact?.email ?? '',
    'Contact-Name': metadata.contact?.name ?? '',
    'External-Description': `${metadata.title}: ${metadata.description}`,
    'External-Identifier': ids.artifact_id,
    'Payload-Oxum': `${octets}.${payload.size}`,
    'Source-Organization': metadata.publisher?.name ?? '',
  };
  const lines = Object.entries(values).map(([label, value]) => [label, value.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu, ' ').replace(/^ | $/g, '')]);
  return lines.filter(([, value]) => value !== '').map(([label, value]) => `${label}: ${value}\n`).join('');
}

const reference = (id) => ({ '@id': id });
const compact = (list) => (list.length === 1 ? list[0] : list); // what RO-Crate readers want of a list of one
const SPDX = 'https://spdx.org/licenses/';

/** AWB-R-264 to AWB-R-267, AWB-R-283, AWB-R-284 */
function crate({ metadata, tool, ids, parents, described, account }) {
  const generation = Object.values(account.wasGeneratedBy).find((one) => one['prov:entity'].endsWith(`:${ids.results_id}`));
  const activity = account.activity[generation['prov:activity']];
  const second = (instant) => instant.replace(/[.][0-9]+/, '');
  const paths = [...described.keys()].sort(compareOctets);
  const license = metadata.license.spdx_id === undefined ? '#license' : SPDX + metadata.license.spdx_id;
  const { authors, people } = creatorsOf(metadata);
  const works = parents.map(({ artifact_id: id, relation }) => ({ '@id': `urn:awen:${id}`, '@type': 'CreativeWork', name: id, description: relation }));
  const root = {
    '@id': './',
    '@type': 'Dataset',
    conformsTo: reference('https://w3id.org/ro/wfrun/process/0.5'),
    name: renderedLine(metadata.title),
    description: renderedText(metadata.description),
    datePublished: metadata.created.slice(0, 10),
    license: reference(license),
    author: compact(authors.map(reference)),
    identifier: reference('#artifact'),
    hasPart: paths.map(reference),
    mentions: reference('#activity'),
    ...(works.length > 0 ? { isBasedOn: compact(works.map((work) => reference(work['@id']))) } : {}),
  };
  const graph = [
    {
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      about: reference('./'),
      conformsTo: ['https://w3id.org/ro/crate/1.2', 'https://w3id.org/ro/crate/1.1'].map(reference),
    },
    root,
    { '@id': 'https://w3id.org/ro/wfrun/process/0.5', '@type': ['CreativeWork', 'Profile'], name: 'Process Run Crate', version: '0.5' },
    { '@id': '#artifact', '@type': 'PropertyValue', name: 'artifact_id', propertyID: 'artifact_id', value: ids.artifact_id },
    { '@id': license, '@type': 'CreativeWork', name: renderedLine(metadata.license.name), description: renderedLine(metadata.license.name) },
    ...people,
    ...works,
    { '@id': tool.url, '@type': 'SoftwareApplication', name: tool.name, version: tool.version, url: tool.url },
    {
      '@id': '#activity',
      '@type': 'CreateAction',
      name: 'Execution',
      description: 'What made the results.',
      startTime: second(activity['prov:startTime']),
      endTime: second(activity['prov:endTime']),
      instrument: reference(tool.url),
      agent: reference(authors[0]),
      object: paths.filter((path) => path.startsWith('data/inputs/')).map(reference),
      result: paths.filter((path) => path.startsWith('data/results/')).map(reference),
    },
    ...paths.map((path) => ({
      '@id': path,
      '@type': 'File',
      name: path,
      description: path.startsWith('data/') ? `One of the ${path.split('/')[1]}` : 'Description of the bundle',
      contentSize: String(described.get(path).length),
      sha256: sha256(described.get(path)),
      encodingFormat: rowOf(path)?.media_type || 'application/octet-stream',
    })),
  ];
  return { '@context': 'https://w3id.org/ro/crate/1.2/context', '@graph': graph };
}

/** Ids of the authors, each identifier once, and their entities (AWB-R-267). */
function creatorsOf({ creators }) {
  const people = new Map();
  creators.forEach((creator, i) => {
    const id = creator.orcid !== undefined ? `https://orcid.org/${creator.orcid}` : creator.ror ?? `#creator-${i + 1}`;
    if (people.has(id)) return;
    const kind = creator.type === 'person' ? { '@type': 'Person', familyName: renderedLine(creator.family_name) } : { '@type': 'Organization' };
    people.set(id, { '@id': id, name: displayName(creator), ...kind });
  });
  return { authors: [...people.keys()], people: [...people.values()] };
}
