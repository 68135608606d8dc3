// The citation files (AWB-R-281, AWB-R-282, AWB-R-288).

import { isUtf8 } from 'node:buffer';
import { finding } from './registry.js';
import { creatorName, renderedLine } from './rendered.js';

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Title, creators, year and artifact_id that every citation file has to give. */
function facts(metadata, ids) {
  return {
    title: renderedLine(metadata.title),
    creators: metadata.creators.map(creatorName),
    year: metadata.created.slice(0, 4),
    artifact: ids?.artifact_id ?? '',
  };
}

/** Letters and digits only, for texts in which a format escapes what is special to it. */
const bare = (text) => text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** BibTeX and Markdown by their letters and digits: how they escape what is special to them is the producer's matter. */
function judgeProse(text, { title, creators, year, artifact }, commands) {
  const body = bare(commands ? text.replace(commands, ' ') : text); // AWB-R-290
  let at = 0;
  const inOrder = creators.every((name) => {
    const found = body.indexOf(bare(name), at);
    at = found + bare(name).length;
    return found >= 0;
  });
  const plain = text.replaceAll('\\', ''); // TeX and Markdown escape by backslashes, also within the id
  const dated = new RegExp(`(?<![\\p{L}\\p{N}])${year}(?!\\p{N})`, 'u').test(plain.replaceAll(artifact, ''));
  return inOrder && body.includes(bare(title)) && dated && plain.includes(artifact);
}

/** CITATION.cff in the one spelling of AWB-R-288: {title, date, creators}, or nothing. */
function readCff(text) {
  if (!text.endsWith('\n')) return null;
  const lines = text.split('\n');
  const scalar = (prefix, among) => {
    const found = among.filter((line) => line.startsWith(prefix));
    if (found.length !== 1) return null;
    try {
      const value = JSON.parse(found[0].slice(prefix.length));
      return typeof value === 'string' && found[0][prefix.length] === '"' ? value : null;
    } catch {
      return null;
    }
  };
  const title = scalar('title: ', lines);
  const date = scalar('date-released: ', lines);
  const start = lines.indexOf('authors:');
  if (title === null || date === null || start < 0) return null;
  const creators = [];
  let block = [];
  const flush = () => {
    if (block.length > 0) creators.push(scalar('    family-names: ', block) ?? scalar('    name: ', block));
    block = [];
  };
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith('  - ')) {
      flush();
      block.push(`    ${line.slice(4)}`);
    } else if (line.startsWith('    ') && block.length > 0) block.push(line);
    else break;
  }
  flush();
  return creators.length === 0 || creators.includes(null) ? null : { title, date, creators };
}

const sameList = (a, b) => a.length === b.length && a.every((one, i) => one === b[i]);

const judges = {
  'CITATION.cff'(text, { title, creators, year, artifact }) {
    const cff = readCff(text);
    if (cff === null) return 'AWB-SEM-032';
    const same = cff.title === title && cff.date.startsWith(year) && sameList(cff.creators, creators) && text.includes(artifact);
    return same ? null : 'AWB-SEM-031';
  },
  'citation/citation.bib'(text, wanted) {
    return judgeProse(text, wanted, /\\[A-Za-z]+/g) ? null : 'AWB-SEM-031';
  },
  'citation/citation.md'(text, wanted) {
    return judgeProse(text, wanted) ? null : 'AWB-SEM-031';
  },
  'citation/csl.json'(text, { title, creators, year, artifact }, document) {
    const item = Array.isArray(document) && document.length === 1 ? document[0] : null;
    if (!isObject(item) || item.type !== 'dataset') return 'AWB-SEM-032'; // AWB-R-282
    const authors = Array.isArray(item.author) ? item.author.map((one) => one?.family ?? one?.literal) : [];
    const same = item.title === title && String(item.issued?.['date-parts']?.[0]?.[0] ?? '').padStart(4, '0') === year &&
      sameList(authors, creators) && text.includes(artifact);
    return same ? null : 'AWB-SEM-031';
  },
  'citation/datacite.json'(text, { title, creators, year, artifact }, document) {
    const form = isObject(document) && document.schemaVersion === 'http://datacite.org/schema/kernel-4'; // AWB-R-282
    if (!form || !Array.isArray(document.titles) || !Array.isArray(document.creators)) return 'AWB-SEM-032';
    const names = document.creators.map((one) => one?.familyName ?? one?.name);
    const same = document.titles[0]?.title === title && document.publicationYear === year &&
      names.length === creators.length && names.every((name, i) => name === creators[i] || name?.endsWith(` ${creators[i]}`)) &&
      text.includes(artifact);
    return same ? null : 'AWB-SEM-031';
  },
};

export const citationPaths = Object.keys(judges);

/** Judges one citation file; `document` is the parsed text of a JSON one. */
export function judgeCitation(path, octets, document, metadata, ids) {
  if (!isUtf8(octets)) return [finding('AWB-SEM-032', path)];
  const code = judges[path](octets.toString('utf8'), facts(metadata, ids), document);
  return code === null ? [] : [finding(code, path)];
}
