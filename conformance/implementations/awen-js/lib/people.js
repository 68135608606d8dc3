// What the schema cannot say of metadata.json (AWB-R-229, AWB-R-230).

const invisible = new RegExp('[' +
  '\\u{0}-\\u{20}\\u{7f}-\\u{a0}\\u{ad}\\u{34f}\\u{61c}\\u{115f}\\u{1160}\\u{1680}\\u{17b4}\\u{17b5}\\u{180b}-\\u{180f}' +
  '\\u{2000}-\\u{200f}\\u{2028}-\\u{202f}\\u{205f}-\\u{206f}\\u{2800}\\u{3000}\\u{3164}\\u{fdd0}-\\u{fdef}\\u{fe00}-\\u{fe0f}' +
  '\\u{feff}\\u{ffa0}\\u{fff0}-\\u{fffb}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}' +
  ']', 'u');

/** Whether a text has a character that is not in the list of AWB-R-230. */
export function isVisible(text) {
  for (const character of text) {
    const lastOfPlane = (character.codePointAt(0) & 0xfffe) === 0xfffe;
    if (!lastOfPlane && !invisible.test(character)) return true;
  }
  return false;
}

/** JSON with the members in order, so that equal values have equal texts. */
function ordered(value) {
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${ordered(value[name])}`).join(',')}}`;
}

/** Pointers to the creators that an earlier one is, too: by ORCID, by ROR, or equal in everything. */
export function repeatedCreators(creators) {
  const seen = new Set();
  const repeated = [];
  creators.forEach((creator, i) => {
    const names = [ordered(creator)];
    for (const member of ['orcid', 'ror']) if (creator[member] !== undefined) names.push(`${member} ${creator[member]}`);
    if (names.some((name) => seen.has(name))) repeated.push(`/creators/${i}`);
    for (const name of names) seen.add(name);
  });
  return repeated;
}
