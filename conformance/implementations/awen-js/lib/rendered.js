// Texts of metadata.json as the renderings give them (AWB-R-289).

// what XML 1.0 or YAML 1.2 do not print
const unprinted = /[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;
const lineEnds = /\r\n|[\r\u0085\u2028\u2029\v\f]/g;

const printed = (text) => text.replace(lineEnds, '\n').replace(unprinted, '');

/** A title, a name, a keyword. */
export const renderedLine = (text) => printed(text).replace(/[ \t\n]+/g, ' ').trim();

/** A description, notes: single line ends and single blank lines are kept. */
export const renderedText = (text) =>
  printed(text).split('\n').map((one) => one.replace(/[ \t]+$/, '')).join('\n').replace(/\n{3,}/g, '\n\n').trim();

/** Whether a rendered text is that of the description; blank space at line ends and further blank lines carry nothing. */
export function sameText(rendered, text) {
  const words = (one) => printed(one).split(/[ \t\n]+/).filter(Boolean).join(' ');
  return typeof rendered === 'string' && words(rendered) === words(text);
}

/** The name by which a creator is sorted and cited: family name or name. */
export const creatorName = (creator) => renderedLine(creator.type === 'person' ? creator.family_name : creator.name);
