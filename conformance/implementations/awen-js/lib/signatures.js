// The form of signature files (AWB-R-380, AWB-R-381). Whether a signature is to be trusted is asked with a policy only.

import { JsonFault, parseJson } from './json.js';

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Octets of base64 in its one canonical form, or nothing. */
function decode(text) {
  if (typeof text !== 'string') return null;
  const octets = Buffer.from(text, 'base64');
  return octets.toString('base64') === text ? octets : null;
}

function parse(octets) {
  try {
    return parseJson(octets);
  } catch (error) {
    if (error instanceof JsonFault) return null;
    throw error;
  }
}

/** The code of what is wrong with an envelope, if anything. */
export function envelopeFault(octets) {
  const envelope = parse(octets);
  const signed = isObject(envelope) && envelope.payloadType === 'application/vnd.in-toto+json' &&
    Array.isArray(envelope.signatures) && envelope.signatures.length > 0 &&
    envelope.signatures.every((one) => isObject(one) && decode(one.sig) !== null && ['undefined', 'string'].includes(typeof one.keyid));
  const payload = signed ? decode(envelope.payload) : null;
  if (payload === null) return 'AWB-SIG-001';
  const statement = parse(payload);
  const subject = (one, name) => isObject(one) && one.name === name && isObject(one.digest) && /^[0-9a-f]{64}$/.test(one.digest.sha256);
  const good = isObject(statement) && statement._type === 'https://in-toto.io/Statement/v1' && Array.isArray(statement.subject) &&
    statement.subject.length === 2 && subject(statement.subject[0], 'artifact_id') && subject(statement.subject[1], 'seal') &&
    statement.predicateType === 'https://w3id.org/awen/seal/v1' && isObject(statement.predicate) &&
    typeof statement.predicate.artifact_type === 'string' && typeof statement.predicate.signed_at === 'string';
  return good ? null : 'AWB-SIG-002';
}
