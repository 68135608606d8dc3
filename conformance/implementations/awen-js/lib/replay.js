// Executes a run again and compares (AWB-R-300 to AWB-R-308, AWB-R-315, AWB-R-316).

import { createHash } from 'node:crypto';
import { arch, availableParallelism, platform } from 'node:os';
import { compare, sideOf, valuesOf } from './compare.js';
import { DeviceState, GREATEST_PHASE, uncertainty } from './engine/device.js';
import { run } from './engine/run.js';
import { canonicalText, parseJson } from './json.js';
import { finding } from './registry.js';
import { examine } from './verify.js';

const INPUTS = ['experiment', 'ir', 'parameters', 'calibration', 'device'];

const environment = () => ({
  runtime: { name: 'awen-js', version: '1.0.0' },
  os: { name: platform() },
  cpu: { architecture: arch(), logical_cores: availableParallelism(), features: [] },
  gpus: [],
  feature_flags: { observability: false, gradients: false, quantum: false },
  dependencies: {},
});

const refused = (findings) => ({ verdict: 'refused', findings });

/** The answer to `replay`. */
export async function replay({ input, seed, device, tolerance }) {
  const answer = await examine(input, async (bundle) => {
    if (bundle.type !== 'run') return refused([finding('AWB-SEM-120', 'manifest.json', '/artifact_type')]);
    const recorded = await sideOf(bundle);
    const documents = Object.fromEntries(INPUTS.map((name) => [name, bundle.documents.get(`data/inputs/${name}.json`)]));
    const changed = { ...documents };
    if (seed !== undefined) changed.experiment = { ...changed.experiment, seed };
    if (device !== undefined) changed.device = device;
    const claim = bundle.documents.get('data/claim/claim.json');
    const again = execute(changed);
    if (again.findings !== undefined) return refused(again.findings);
    const comparison = compare(recorded, again, claim, tolerance);
    if (comparison.verdict === 'different') Object.assign(comparison, drifted(documents, changed, recorded, claim, tolerance));
    return { verdict: comparison.verdict, comparison, recorded_status: recorded.status, replayed_status: again.status };
  });
  return answer.verdict === undefined ? refused(answer.findings) : answer;
}

/** The other side: what the engine makes of the documents; `{findings}` where it refuses. */
function execute(documents) {
  const { findings, files } = run((name) => Buffer.from(canonicalText(documents[name.slice(0, -'.json'.length)])));
  if (findings !== undefined) return { findings };
  const outputs = parseJson(files.get('outputs.json'));
  const arrays = Object.fromEntries(Object.entries(outputs).map(([name, { file, dtype }]) => [name, valuesOf(files.get(file), dtype)]));
  const inputs = INPUTS.map((name) => [`data/inputs/${name}.json`, documents[name]]);
  return {
    documents: new Map([...inputs, ['data/evidence/environment.json', environment()]]),
    outputs,
    arrays,
    digests: new Map([...files].map(([path, octets]) => [path, createHash('sha256').update(octets).digest('hex')])),
    status: parseJson(files.get('body.json')).status,
  };
}

/** AWB-R-315, AWB-R-316: phases that the twin shows otherwise than the recorded device did, and whether that is why. */
function drifted(documents, changed, recorded, claim, tolerance) {
  const { twin } = changed.device;
  if (twin === undefined) return {};
  const asked = (name) => changed.parameters[name].value;
  const now = new DeviceState(changed.calibration, changed.device);
  const then = new DeviceState(documents.calibration, documents.device);
  const [shown, before] = [now.phases(asked), then.phases(asked)];
  const was = (name) => before.get(name) ?? asked(name);
  const moved = [...shown.keys()].filter((name) => shown.get(name) !== was(name)).sort();
  if (moved.length === 0) return {};
  const age = BigInt(twin.at_ps) - BigInt(documents.calibration.calibrated_at_ps);
  const phases = Object.fromEntries(moved.map((name) => {
    const known = documents.calibration.phases[name] ?? twin.phases[name];
    return [name, { drift_rad: shown.get(name) - was(name), uncertainty_rad: known === undefined ? 0 : uncertainty(known, age > 0n ? age : 0n) }];
  }));
  const calibration = recalibrated(changed, now, asked, was);
  const { drives } = new DeviceState(calibration, changed.device).bears(asked, changed.device.limits.maximum_phase_rad ?? GREATEST_PHASE);
  if (!drives) return { drift: { phases } };
  const again = execute({ ...changed, calibration });
  if (again.findings !== undefined) return { drift: { phases } };
  return { drift: { phases, recalibrated: compare(recorded, again, claim, tolerance).verdict } };
}

/** The calibration whose offsets and crosstalk are the twin's at its time, and whose corrections bring the former phases back. */
function recalibrated({ calibration, device: { twin } }, state, asked, was) {
  const phases = {};
  for (const name of state.names) {
    const { offset, heat, age, x } = state.drifts.get(name);
    phases[name] = {
      offset_rad: offset + heat + age + x,
      correction_rad: was(name) - asked(name),
      drift_rate_rad_s: 0,
      temperature_coefficient_rad_k: 0,
      ou_sigma_rad: 0,
      ou_tau_s: 0,
    };
  }
  const { expires_at_ps: _, stale_limit_rad: __, ...rest } = calibration;
  return { ...rest, phases, crosstalk: twin.crosstalk };
}
