// Validation of a bundle: profiles V1 (shape), V2 (sealed) and V3 (semantic).

import { createHash } from 'node:crypto';
import { citationPaths, judgeCitation } from './citation.js';
import { openContainer, readWhole } from './container.js';
import { judgeCrate } from './crate.js';
import { ControlOrder, isInstant, isOrcid, judgeCrossReferences } from './crossrefs.js';
import { Fault } from './fault.js';
import { isBagit, judgeInventory, readBagInfo } from './inventory.js';
import { JsonFault, countValues, isCanonical, parseJson, token } from './json.js';
import { limits } from './limits.js';
import { parseManifest, payloadIds, sealOf } from './manifest.js';
import { NpyCheck } from './npy.js';
import { isVisible, repeatedCreators } from './people.js';
import { judgeProvenance } from './provenance.js';
import { artifactTypes, finding, isError, rowOf } from './registry.js';
import { validate } from './schema.js';
import { envelopeFault } from './signatures.js';

const PREVIEW = 'ro-crate-preview.html';
const PAYLOAD = 'manifest-sha256.txt';
const TAGS = 'tagmanifest-sha256.txt';
const MAJOR = 1;
const MINOR = 0;
const PER_FILE = 100; // findings of one file that are worth having

/** Verdict, findings and artifact_id of the bundle at a path (AWB-R-320 to AWB-R-323). */
export async function verify(path) {
  const container = await openContainer(path);
  try {
    const bundle = new Bundle(container);
    if (!container.refused) await bundle.judge();
    const verdict = bundle.findings.some(isError) ? 'invalid' : 'valid'; // AWB-R-320
    const result = { verdict, findings: bundle.findings };
    if (bundle.ids !== undefined) result.artifact_id = bundle.ids.artifact_id;
    return result;
  } finally {
    container.close();
  }
}

/** What `use` makes of a bundle that is valid; `{findings}` where it is not. */
export async function examine(path, use) {
  const container = await openContainer(path);
  try {
    const bundle = new Bundle(container);
    if (!container.refused) await bundle.judge();
    if (bundle.findings.some(isError)) return { findings: bundle.findings };
    return await use(bundle);
  } finally {
    container.close();
  }
}

/** The four ids, or the code for which they are refused (AWB-R-055 to AWB-R-060). */
export async function identify(path) {
  const container = await openContainer(path);
  try {
    if (container.refused) return { code: container.findings.find(isError).code };
    const manifests = [];
    for (const name of [PAYLOAD, TAGS]) {
      const entry = container.entries.find((one) => one.path === name);
      if (entry === undefined) {
        const reason = container.findings.find((one) => one.path === name && isError(one));
        return { code: reason?.code ?? 'AWB-INV-014' };
      }
      const octets = await readWhole(entry, limits.tagOctets);
      if (octets === null) return { code: 'AWB-LIM-007' };
      manifests.push(parseManifest(octets));
    }
    const [payload, tags] = manifests;
    const { ids, code } = payloadIds(payload);
    if (code !== undefined) return { code };
    if (tags.faults.length > 0) return { code: tags.faults[0] }; // AWB-R-055
    return { ids: { ...ids, seal: sealOf(tags) } };
  } catch (error) {
    if (error instanceof Fault) return { code: error.finding.code };
    throw error;
  } finally {
    container.close();
  }
}

class Bundle {
  constructor(container) {
    this.entries = container.entries;
    this.findings = [...container.findings];
    this.blocked = new Set(container.findings.filter(isError).map((item) => item.path)); // there, but not to be read
    this.paths = new Set(this.entries.map((entry) => entry.path));
    this.digests = new Map(); // path -> {sha256, size} of what could be read
    this.documents = new Map(); // valid documents
    this.parsed = new Map(); // parsed ones, valid or not
    this.texts = new Map(); // octets of tag files
    this.arrays = new Map(); // headers of array files
    this.unsorted = [];
    this.manifests = new Map();
    this.sealed = new Map();
    this.counts = new Map();
    this.spent = { octets: 0, values: 0, lineValues: 0 }; // by all JSON files, and by all JSON Lines files
    this.told = new Set();
  }

  /** AWB-R-361: whether what all files of a kind take together is within its limit; told once where it is not. */
  spend(what, amount, limit, code, path) {
    this.spent[what] += amount;
    if (this.spent[what] <= limit) return true;
    if (!this.told.has(what)) this.note(code, path);
    this.told.add(what);
    return false;
  }

  note(code, path = '', pointer = '') {
    const count = this.counts.get(path) ?? 0;
    this.counts.set(path, count + 1);
    if (count < PER_FILE) this.findings.push(finding(code, path, pointer));
  }

  add(list) {
    for (const item of list) this.note(item.code, item.path, item.pointer);
  }

  async judge() {
    const manifest = this.entries.find((entry) => entry.path === 'manifest.json');
    if (manifest !== undefined) await this.readEntry(manifest);
    this.readVersion();
    for (const entry of this.entries) if (entry !== manifest) await this.readEntry(entry);
    this.judgeManifests();
    if (this.foreign) return; // AWB-R-242: containers, digests, identity, and no further
    this.add(judgeInventory([...this.paths], this).filter(({ code, path }) => code !== 'AWB-INV-014' || !this.blocked.has(path)));
    this.judgeTagFiles();
    this.judgeContent();
    this.judgeSignatures();
    if (this.typeKnown) this.add(judgeCrossReferences(this));
    else if (/^[a-z][a-z0-9_]{0,63}$/.test(this.type ?? '')) this.note('AWB-SCH-005', 'manifest.json', '/artifact_type'); // AWB-R-013
    this.judgeRenderings();
  }

  /** Type and version, on which everything else rests (AWB-R-013, AWB-R-240 to AWB-R-243). */
  readVersion() {
    const manifest = this.parsed.get('manifest.json');
    const stated = typeof manifest?.spec_version === 'string' ? /^(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)$/.exec(manifest.spec_version) : null;
    this.foreign = stated !== null && Number(stated[1]) !== MAJOR;
    this.newer = stated !== null && !this.foreign && Number(stated[2]) > MINOR;
    if (this.foreign) {
      this.findings = this.findings.filter((item) => item.path !== 'manifest.json' || !item.code.startsWith('AWB-SCH-'));
      this.note('AWB-SCH-007', 'manifest.json', '/spec_version');
    }
    if (this.newer) this.note('AWB-SCH-006', 'manifest.json', '/spec_version');
    this.type = typeof manifest?.artifact_type === 'string' ? manifest.artifact_type : undefined;
    this.typeKnown = artifactTypes.has(this.type);
    if (this.foreign || manifest === undefined) return;
    const critical = Array.isArray(manifest.critical) ? manifest.critical : [];
    critical.forEach((_, i) => this.note('AWB-SCH-008', 'manifest.json', `/critical/${i}`)); // AWB-R-243: none is known
    if (this.newer) this.revalidate('manifest.json', 'Manifest');
  }

  revalidate(path, className) {
    this.findings = this.findings.filter((item) => item.path !== path || !item.code.startsWith('AWB-SCH-00') || /00[5-8]$/.test(item.code));
    this.judgeSchema(path, className, this.parsed.get(path));
  }

  async readEntry(entry) {
    const { path } = entry;
    const row = rowOf(path);
    const hash = createHash('sha256');
    let size = 0;
    const taker = this.takerOf(path, row, entry);
    try {
      for await (const chunk of entry.chunks()) {
        hash.update(chunk);
        size += chunk.length;
        taker.update(chunk);
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.add([error.finding]); // AWB-R-156: neither absent nor altered
      return;
    }
    this.digests.set(path, { sha256: hash.digest('hex'), size });
    taker.finish();
  }

  /** What takes the octets of a file as they are read, so that no file is read twice and none is held needlessly (AWB-R-363). */
  takerOf(path, row, entry) {
    const nothing = { update() {}, finish() {} };
    if (row === undefined) return nothing;
    if (row.role === 'signatures') return this.whole(entry, limits.signatureOctets, 'AWB-LIM-009', (octets) => this.takeSignature(path, octets));
    if (this.foreign && row.role !== 'seal') return nothing; // AWB-R-242
    if (row.format === 'npy') return this.array(path);
    if (row.format === 'jsonl') return this.lines(path, row.schema);
    if (row.format === 'json') {
      if (!this.spend('octets', entry.size, limits.jsonOctetsTogether, 'AWB-LIM-018', path)) return nothing;
      return this.whole(entry, limits.jsonOctets, 'AWB-LIM-010', (octets) => this.takeJson(path, row, octets));
    }
    if (row.format === 'text') {
      const grows = path === PREVIEW || /^(?:tag)?manifest-/.test(path); // with the number of files
      const kept = row.role === 'seal' || citationPaths.includes(path);
      const limit = grows ? limits.tagOctets : limits.textOctets;
      return this.whole(entry, limit, 'AWB-LIM-007', (octets) => kept && this.texts.set(path, octets));
    }
    return nothing;
  }

  whole(entry, limit, code, take) {
    if (entry.size > limit) {
      this.note(code, entry.path); // AWB-R-360 to AWB-R-362
      return { update() {}, finish() {} };
    }
    const chunks = [];
    return { update: (chunk) => chunks.push(chunk), finish: () => take(Buffer.concat(chunks)) };
  }

  array(path) {
    const check = new NpyCheck();
    return {
      update: (chunk) => check.update(chunk),
      finish: () => {
        const header = check.finish();
        if (header.code !== undefined) this.note(header.code, path);
        else this.arrays.set(path, header);
      },
    };
  }

  takeJson(path, row, octets) {
    if (!this.spend('values', countValues(octets), limits.jsonValues, 'AWB-LIM-017', path)) return;
    let value;
    try {
      value = parseJson(octets);
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      this.note(error.code, path);
      return;
    }
    if (!isCanonical(octets, value)) this.note('AWB-ENC-007', path); // AWB-R-080
    this.parsed.set(path, value);
    this.texts.set(path, octets);
    if (row.schema !== '') {
      // AWB-R-013: task and body of an unknown type are not judged
      if (['Task', 'Body'].includes(row.schema) && this.type !== undefined && !this.typeKnown) return;
      this.judgeSchema(path, row.schema, value);
    } else {
      const at = nullIn(value, '');
      if (at !== null) this.note('AWB-SCH-003', path, at); // AWB-R-091
    }
  }

  /** AWB-R-101, AWB-R-103, AWB-R-180, AWB-R-185 */
  judgeSchema(path, className, value) {
    const walk = validate(className, value, this.newer);
    for (const { code, pointer } of walk.errors) this.note(code, path, pointer);
    if (walk.errors.length > 0) return false; // AWB-R-322: what rests on a valid document is judged on a valid one only
    for (const pointer of walk.unsorted) {
      this.unsorted.push({ path, pointer });
      if (!hasOwnCode(path, pointer)) this.note('AWB-SEM-003', path, pointer);
    }
    for (const { value: text, pointer } of walk.instants) if (!isInstant(text)) this.note('AWB-SEM-022', path, pointer);
    for (const { value: text, pointer } of walk.orcids) if (!isOrcid(text)) this.note('AWB-SEM-023', path, pointer);
    if (className === 'Metadata') {
      for (const pointer of repeatedCreators(value.creators)) this.note('AWB-SEM-036', path, pointer); // AWB-R-229
      for (const { value: text, pointer } of walk.texts) if (!isVisible(text)) this.note('AWB-SEM-037', path, pointer); // AWB-R-230
    }
    this.documents.set(path, value);
    return true;
  }

  /** JSON Lines (AWB-R-093), one line in memory at a time. */
  lines(path, className) {
    const LF = 0x0a;
    const order = className === 'ControlDecision' ? new ControlOrder() : null;
    let orderly = order !== null;
    let parts = [];
    let length = 0;
    const take = (octets) => {
      if (octets.length === 0) {
        this.note('AWB-ENC-009', path);
        orderly = false;
        return;
      }
      if (!this.spend('lineValues', countValues(octets), limits.jsonLineValues, 'AWB-LIM-017', path)) {
        orderly = false;
        return;
      }
      let value;
      try {
        value = parseJson(octets);
      } catch (error) {
        if (!(error instanceof JsonFault)) throw error;
        this.note(error.code, path);
        orderly = false;
        return;
      }
      if (!isCanonical(octets, value)) this.note('AWB-ENC-007', path);
      if (value === null || typeof value !== 'object' || Array.isArray(value)) {
        this.note('AWB-ENC-011', path);
        orderly = false;
      } else if (!this.judgeSchema(path, className, value)) orderly = false;
      else if (orderly) order.take(value);
    };
    const flush = () => {
      if (length > limits.jsonOctets) {
        this.note('AWB-LIM-010', path);
        orderly = false;
      } else take(Buffer.concat(parts));
      parts = [];
      length = 0;
    };
    const keep = (octets) => {
      length += octets.length;
      if (length <= limits.jsonOctets) parts.push(octets);
      else parts = []; // AWB-R-362
    };
    return {
      update: (chunk) => {
        let start = 0;
        for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
          keep(chunk.subarray(start, end));
          flush();
          start = end + 1;
        }
        if (start < chunk.length) keep(chunk.subarray(start));
      },
      finish: () => {
        if (length > 0) {
          this.note('AWB-ENC-008', path);
          flush();
        }
        this.documents.delete(path); // its lines are no document
        if (orderly) this.add(order.judge(path)); // AWB-R-094, AWB-R-208
      },
    };
  }

  /** Manifests against their grammar, the files and the ids (AWB-R-020, AWB-R-021, AWB-R-050 to AWB-R-061). */
  judgeManifests() {
    this.judgeManifest(PAYLOAD, (path) => path.startsWith('data/'), ['AWB-INV-017', 'AWB-INV-018']);
    const tag = (path) => !path.startsWith('data/') && !path.startsWith('signatures/') && path !== TAGS;
    this.judgeManifest(TAGS, tag, ['AWB-INV-019', 'AWB-INV-020']);
    this.sealed = new Map([...this.sealedBy(PAYLOAD, (path) => path.startsWith('data/')), ...this.sealedBy(TAGS, tag)]);
    const payload = this.manifests.get(PAYLOAD);
    if (payload === undefined || payload.faults.length > 0) return;
    const { ids, code } = payloadIds(payload);
    if (code !== undefined) {
      this.note(code, PAYLOAD); // AWB-R-060
      return;
    }
    this.ids = ids;
    const stated = this.parsed.get('manifest.json')?.ids;
    if (stated === null || typeof stated !== 'object') return;
    for (const [name, value] of Object.entries(ids)) {
      if (typeof stated[name] === 'string' && stated[name] !== value) this.note('AWB-IDN-010', 'manifest.json', `/ids/${name}`); // AWB-R-061
    }
  }

  judgeManifest(name, covers, [notListed, stranger]) {
    const octets = this.texts.get(name);
    if (octets === undefined) return;
    const manifest = parseManifest(octets);
    this.manifests.set(name, manifest);
    for (const code of manifest.faults) this.note(code, name);
    const listed = new Set();
    for (const { digest, path } of manifest.entries) {
      if (!covers(path)) this.note(stranger, name, ''); // AWB-R-020, AWB-R-021
      listed.add(path);
      const file = this.digests.get(path);
      if (file !== undefined) {
        if (file.sha256 !== digest) this.note('AWB-INT-010', path); // AWB-R-053
      } else if (!this.paths.has(path) && !this.blocked.has(path)) {
        this.note('AWB-INV-021', path); // AWB-R-054
      }
    }
    if (!manifest.complete) return;
    for (const path of this.paths) if (covers(path) && !listed.has(path)) this.note(notListed, path);
  }

  /**
   * Digests and sizes that other documents are held against: those of the manifest's lines, so that a file that is altered, missing
   * or not listed is reported by its manifest alone (AWB-R-322). A size is known where the file is as listed.
   */
  sealedBy(name, covers) {
    const manifest = this.manifests.get(name);
    if (manifest === undefined || !manifest.complete) return [...this.digests].filter(([path]) => covers(path));
    return manifest.entries.map(({ digest, path }) => {
      const file = this.digests.get(path);
      return [path, { sha256: digest, size: file?.sha256 === digest ? file.size : undefined }];
    });
  }

  /** bagit.txt and bag-info.txt (AWB-R-019, AWB-R-022 to AWB-R-024). */
  judgeTagFiles() {
    const bagit = this.texts.get('bagit.txt');
    if (bagit !== undefined && !isBagit(bagit)) this.note('AWB-INV-022', 'bagit.txt');
    const octets = this.texts.get('bag-info.txt');
    if (octets === undefined) return;
    const labels = readBagInfo(octets);
    if (labels === null) {
      this.note('AWB-INV-023', 'bag-info.txt');
      return;
    }
    const payload = [...this.sealed].filter(([path]) => path.startsWith('data/'));
    const below = [...this.paths, ...this.blocked].filter((path) => path.startsWith('data/'));
    const whole = payload.every(([, { size }]) => size !== undefined) && below.every((path) => this.sealed.has(path));
    const oxum = `${payload.reduce((sum, [, { size }]) => sum + size, 0)}.${payload.length}`;
    const wrongId = this.ids !== undefined && labels.get('External-Identifier') !== this.ids.artifact_id;
    if (wrongId || (whole && labels.get('Payload-Oxum') !== oxum)) this.note('AWB-SEM-033', 'bag-info.txt'); // AWB-R-023
    const created = this.documents.get('manifest.json')?.created;
    if (created !== undefined && labels.get('Bagging-Date') !== created.slice(0, 10)) this.note('AWB-SEM-034', 'bag-info.txt'); // AWB-R-024
  }

  /** The content index of manifest.json (AWB-R-182, AWB-R-183). */
  judgeContent() {
    const content = this.documents.get('manifest.json')?.content;
    if (content === undefined) return;
    for (const path of this.sealed.keys()) {
      if (path.startsWith('data/') && !Object.hasOwn(content, path)) this.note('AWB-IDN-011', 'manifest.json', `/content${token(path)}`);
    }
    for (const [path, { sha256, size_bytes: size, media_type: media }] of Object.entries(content)) {
      const at = `/content${token(path)}`;
      const file = this.sealed.get(path);
      if (file === undefined) {
        if (!this.paths.has(path) && !this.blocked.has(path)) this.note('AWB-IDN-011', 'manifest.json', at);
        continue;
      }
      if (file.sha256 !== sha256 || (file.size !== undefined && file.size !== size)) this.note('AWB-IDN-012', 'manifest.json', at);
      const wanted = rowOf(path)?.media_type;
      if (wanted && media !== wanted) this.note('AWB-IDN-013', 'manifest.json', `${at}/media_type`);
    }
  }

  takeSignature(path, octets) {
    if (path.endsWith('.dsse.json')) {
      const code = envelopeFault(octets); // AWB-R-381
      if (code !== null) this.note(code, path);
    } else if (/^signatures\/tagmanifest-[0-9a-f]{64}\.txt$/.test(path)) { // of the others the octets are not looked at: AWB-R-390
      const name = createHash('sha256').update(octets).digest('hex');
      if (path !== `signatures/tagmanifest-${name}.txt`) this.note('AWB-SEM-035', path); // AWB-R-380
    }
  }

  judgeSignatures() {
    const count = [...this.paths].filter((path) => path.startsWith('signatures/')).length;
    if (count > limits.signatures) this.note('AWB-LIM-008', 'signatures'); // AWB-R-380
  }

  /** What is made from the metadata and the ids: provenance, crate, citation files. */
  judgeRenderings() {
    const claim = this.documents.get('data/claim/claim.json');
    const account = this.documents.get('data/evidence/provenance.json');
    if (account !== undefined) this.add(judgeProvenance(account, this.ids, claim));
    const metadata = this.documents.get('metadata.json');
    const crate = this.parsed.get('ro-crate-metadata.json');
    if (crate !== undefined) {
      const unlisted = new Set([...this.paths].filter((path) => path.startsWith('data/') && !this.sealed.has(path)));
      this.add(judgeCrate(crate, { sealed: this.sealed, unlisted, ids: this.ids, metadata }));
    }
    if (metadata === undefined) return;
    for (const path of citationPaths) {
      const octets = this.texts.get(path);
      if (octets !== undefined) this.add(judgeCitation(path, octets, this.parsed.get(path), metadata, this.ids));
    }
  }
}

/** Whether the order of a list has a code of its own (AWB-R-103): the claim's parents (AWB-R-198), the edges of a graph (AWB-R-408). */
const hasOwnCode = (path, pointer) =>
  (path === 'data/claim/claim.json' && pointer === '/parents') || (path === 'data/inputs/ir.json' && pointer.startsWith('/edges'));

/** Where `null` stands outside `extensions`, if anywhere (AWB-R-091). */
function nullIn(value, at) {
  if (value === null) return at;
  if (typeof value !== 'object') return null;
  for (const [name, member] of Object.entries(value)) {
    if (name === 'extensions') continue;
    const found = nullIn(member, at + token(name));
    if (found !== null) return found;
  }
  return null;
}
