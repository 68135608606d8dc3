// What the PROV account has to say (AWB-R-260 to AWB-R-263).

import { compareInstants } from './crossrefs.js';
import { token } from './json.js';
import { finding } from './registry.js';

const PATH = 'data/evidence/provenance.json';
const idForm = /^(inp|res|awen)_[0-9a-f]{64}$/;

/** The local name of a qualified name. */
const local = (name) => name.slice(name.indexOf(':') + 1);

export function judgeProvenance(account, ids, claim) {
  const out = [];
  const note = (code, pointer = '') => out.push(finding(code, PATH, pointer));
  const entities = Object.keys(account.entity);
  const parents = new Set((claim?.parents ?? []).map((parent) => parent.artifact_id));

  // AWB-R-261: entities named by ids are those of the bundle and of the claim's parents
  if (ids !== undefined && claim !== undefined) {
    const good = new Set([...Object.values(ids), ...parents]);
    for (const name of entities) {
      if (idForm.test(local(name)) && !good.has(local(name))) note('AWB-SEM-025', `/entity${token(name)}`);
    }
  }

  // AWB-R-260: the statements that every account has; one about another id is there, but has been reported as such
  const namesOf = (id, prefix) => {
    const right = entities.filter((name) => local(name) === id);
    return right.length > 0 ? right : entities.filter((name) => local(name).startsWith(prefix) && idForm.test(local(name)) && !parents.has(local(name)));
  };
  const inputs = namesOf(ids?.inputs_id, 'inp_');
  const results = namesOf(ids?.results_id, 'res_');
  const artifact = namesOf(ids?.artifact_id, 'awen_');
  for (const found of [inputs, results, artifact]) if (found.length === 0) note('AWB-SEM-024', '/entity');
  if (inputs.length > 0 && results.length > 0) {
    const agents = new Set(Object.keys(account.agent).filter((name) => account.agent[name]['prov:type'].$ === 'prov:SoftwareAgent'));
    const used = Object.values(account.used);
    const made = Object.values(account.wasGeneratedBy);
    const associated = Object.values(account.wasAssociatedWith);
    const activity = Object.keys(account.activity).some((name) =>
      used.some((one) => one['prov:activity'] === name && inputs.includes(one['prov:entity'])) &&
      made.some((one) => one['prov:activity'] === name && results.includes(one['prov:entity'])) &&
      associated.some((one) => one['prov:activity'] === name && agents.has(one['prov:agent'])));
    if (!activity) note('AWB-SEM-024', '/activity');
    const derived = Object.values(account.wasDerivedFrom).some((one) =>
      results.includes(one['prov:generatedEntity']) && inputs.includes(one['prov:usedEntity']));
    if (!derived) note('AWB-SEM-024', '/wasDerivedFrom');
  }

  // AWB-R-262: the artifact is derived from the claim's parents and nothing else
  if (claim !== undefined) {
    const origins = Object.values(account.wasDerivedFrom)
      .filter((one) => artifact.includes(one['prov:generatedEntity']))
      .map((one) => local(one['prov:usedEntity']));
    const entityNames = new Set(entities.map(local));
    const missing = [...parents].some((id) => !origins.includes(id) || !entityNames.has(id));
    if (missing || origins.some((id) => !parents.has(id))) note('AWB-SEM-026', '/wasDerivedFrom');
  }

  // AWB-R-263
  for (const [name, activity] of Object.entries(account.activity)) {
    if (compareInstants(activity['prov:startTime'], activity['prov:endTime']) > 0) note('AWB-SEM-027', `/activity${token(name)}`);
  }
  return out;
}
