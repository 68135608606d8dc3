// The citation files, from metadata, the artifact's name and its parents alone (AWB-R-280 to AWB-R-289).

import { canonicalText } from './json.js';
import { renderedLine, renderedText } from './rendered.js';

const line = renderedLine;
const text = renderedText;
const orcidUrl = (creator) => `https://orcid.org/${creator.orcid}`;
const doiOf = ({ identifiers = [] }) => identifiers.find(({ type }) => type === 'doi')?.value;
const yearOf = ({ created }) => created.slice(0, 4);
const given = (creator) => (creator.given_name === undefined ? '' : line(creator.given_name));
const quoted = (value) => JSON.stringify(value);

/** The name as it is read: given name, particle, family name and suffix, or that of an organization. */
export function displayName(creator) {
  if (creator.type === 'organization') return line(creator.name);
  const parts = [creator.given_name, creator.name_particle, creator.family_name, creator.name_suffix];
  return parts.filter((part) => part !== undefined).map(line).join(' ');
}

const parentsOf = (parents) => parents.map(({ artifact_id: id, relation }) => `${relation} ${id}`);

/** AWB-R-283, AWB-R-284, AWB-R-288 */
function cff(metadata, id, parents) {
  const lines = ['cff-version: 1.2.0', 'message: "Cite this artifact by its name."', 'type: dataset', `title: ${quoted(line(metadata.title))}`];
  lines.push(`abstract: ${quoted(text(metadata.description))}`, 'authors:');
  for (const creator of metadata.creators) {
    const members = creator.type === 'organization' ? [['name', line(creator.name)]] : [['family-names', line(creator.family_name)]];
    if (creator.given_name !== undefined) members.push(['given-names', given(creator)]);
    if (creator.name_particle !== undefined) members.push(['name-particle', line(creator.name_particle)]);
    if (creator.name_suffix !== undefined) members.push(['name-suffix', line(creator.name_suffix)]);
    if (creator.orcid !== undefined) members.push(['orcid', orcidUrl(creator)]);
    members.forEach(([key, value], i) => lines.push(`${i === 0 ? '  - ' : '    '}${key}: ${quoted(value)}`));
  }
  lines.push(`date-released: ${quoted(metadata.created.slice(0, 10))}`);
  if (metadata.license.spdx_id !== undefined) lines.push(`license: ${quoted(metadata.license.spdx_id)}`);
  if (metadata.version !== undefined) lines.push(`version: ${quoted(line(metadata.version))}`);
  const doi = doiOf(metadata);
  if (doi !== undefined) lines.push(`doi: ${quoted(doi)}`);
  lines.push('identifiers:', '  - type: other', `    value: ${quoted(id)}`, '    description: "Name of the artifact."');
  for (const parent of parentsOf(parents)) lines.push('  - type: other', `    value: ${quoted(parent)}`, '    description: "A parent."');
  return `${lines.join('\n')}\n`;
}

const special = { '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', '&': '\\&', '%': '\\%', $: '\\$', '#': '\\#', _: '\\_', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' };
const tex = (value) => value.replace(/[\\{}&%$#_~^]/g, (sign) => special[sign]);

function bibtex(metadata, id, parents) {
  const authors = metadata.creators.map((creator) => {
    if (creator.type === 'organization') return `{${tex(line(creator.name))}}`;
    const family = [creator.name_particle, creator.family_name].filter((part) => part !== undefined).map((part) => tex(line(part))).join(' ');
    return [`{${family}}`, creator.name_suffix, creator.given_name].filter((part) => part !== undefined).map((part, i) => (i === 0 ? part : tex(line(part)))).join(', ');
  });
  const fields = [['title', `{${tex(line(metadata.title))}}`], ['author', authors.join(' and ')], ['year', yearOf(metadata)]];
  const doi = doiOf(metadata);
  if (doi !== undefined) fields.push(['doi', tex(doi)]);
  fields.push(['note', tex([id, ...parentsOf(parents)].join('; '))]);
  return `@misc{${id.slice(0, 21)},\n${fields.map(([key, value]) => `  ${key} = {${value}},\n`).join('')}}\n`;
}

const markdownSafe = (value) => value.replace(/[\\`*_{}[\]<>()#+!|~&$]/g, '\\$&');

function markdown(metadata, id, parents) {
  const doi = doiOf(metadata);
  const names = metadata.creators.map((creator) => markdownSafe(displayName(creator))).join(', ');
  const head = `${names} (${yearOf(metadata)}). *${markdownSafe(line(metadata.title))}*.`;
  const rest = [`Artifact \`${id}\`.`, ...(doi === undefined ? [] : [`DOI ${markdownSafe(doi)}.`]), ...parentsOf(parents).map((parent) => `\`${parent}\`.`)];
  return `${head}\n${rest.join('\n')}\n`;
}

function csl(metadata, id, parents) {
  const author = metadata.creators.map((creator) => {
    if (creator.type === 'organization') return { literal: line(creator.name) };
    const name = { family: line(creator.family_name) };
    if (creator.given_name !== undefined) name.given = given(creator);
    if (creator.name_particle !== undefined) name['non-dropping-particle'] = line(creator.name_particle);
    if (creator.name_suffix !== undefined) name.suffix = line(creator.name_suffix);
    return name;
  });
  const date = metadata.created.slice(0, 10).split('-').map(Number);
  const item = { id, type: 'dataset', title: line(metadata.title), author, issued: { 'date-parts': [date] }, note: [id, ...parentsOf(parents)].join('; ') };
  const doi = doiOf(metadata);
  if (doi !== undefined) item.DOI = doi;
  return canonicalText([item]);
}

function datacite(metadata, id, parents) {
  const creators = metadata.creators.map((creator) => {
    if (creator.type === 'organization') return { name: line(creator.name), nameType: 'Organizational' };
    const family = line(creator.family_name);
    const named = { name: [family, given(creator)].filter(Boolean).join(', '), nameType: 'Personal', familyName: family };
    if (creator.given_name !== undefined) named.givenName = given(creator);
    if (creator.orcid !== undefined) {
      named.nameIdentifiers = [{ nameIdentifier: orcidUrl(creator), nameIdentifierScheme: 'ORCID', schemeUri: 'https://orcid.org' }];
    }
    return named;
  });
  const record = {
    schemaVersion: 'http://datacite.org/schema/kernel-4',
    titles: [{ title: line(metadata.title) }],
    creators,
    publicationYear: yearOf(metadata),
    publisher: { name: metadata.publisher === undefined ? ':unav' : line(metadata.publisher.name) },
    types: { resourceTypeGeneral: 'Dataset', resourceType: 'AWEN artifact' },
    descriptions: [{ description: text(metadata.description), descriptionType: 'Abstract' }],
    alternateIdentifiers: [id, ...parentsOf(parents)].map((alternateIdentifier) => ({ alternateIdentifier, alternateIdentifierType: 'AWEN' })),
  };
  const doi = doiOf(metadata);
  if (doi !== undefined) record.doi = doi;
  return canonicalText(record);
}

export const formats = { cff, bibtex, markdown, 'csl-json': csl, 'datacite-json': datacite };

export const citationFiles = {
  'CITATION.cff': 'cff',
  'citation/citation.bib': 'bibtex',
  'citation/citation.md': 'markdown',
  'citation/csl.json': 'csl-json',
  'citation/datacite.json': 'datacite-json',
};
