// Limits of the default policy (AWB-R-360, AWB-R-361).

const MiB = 1024 * 1024;

export const limits = Object.freeze({
  files: 10_000,
  pathOctets: 1024,
  segmentOctets: 255,
  segments: 16,
  deflateRatio: 100,
  deflateFree: MiB,
  inflatedTotal: 8 * 1024 * MiB,
  jsonOctets: 8 * MiB,
  jsonOctetsTogether: 12 * MiB,
  jsonValues: 400_000,
  jsonLineValues: 2_000_000,
  jsonDepth: 32,
  jsonMembers: 100_000,
  jsonString: MiB,
  npyHeader: 4096,
  npyDimensions: 16,
  signatures: 16,
  signatureOctets: MiB,
  tagOctets: 16 * MiB,
  textOctets: MiB,
});
