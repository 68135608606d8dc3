// What detectors give of the wave that enters them (AWB-R-487, AWB-R-500 to AWB-R-505).

import { sinCos } from './exact.js';
import { poisson } from './random.js';

const H_C = 1.9864458571489287e-19; // J um
const CHARGE = 1.602176634e-19;
const BOLTZMANN = 1.380649e-23;
const LIGHT = 299.792458;

const power = ([re, im]) => re * re + im * im;
const seconds = (ps) => ps / 1e12;

/** AWB-R-487: the field, and those at the longer and the shorter wavelength beside it. */
export function groupDelay(lambda, [E, longer, shorter]) {
  const [above, below] = beside(lambda);
  const N = [0, 1].map((part) => shorter[part] - longer[part]);
  const D = [0, 1].map((part) => shorter[part] + longer[part] + 4 * E[part]);
  const m = power(D);
  const width = (LIGHT * (above - below)) / above / below;
  if (!(m > 0 && width > 0)) return 0;
  const q = (D[0] * N[1] - D[1] * N[0]) / m;
  return (3 * q) / (3.141592653589793 * width);
}

/** The longer and the shorter wavelength beside one. */
export const beside = (lambda) => [lambda * (1 + 2 ** -30), lambda * (1 - 2 ** -30)];

/** The quadratures of a field in the frame of the local oscillator, and the root of photons in the window for a watt. */
function quadratures({ lo_phase_rad: phase, window_ps: window }, [re, im], lambda) {
  const [sine, cosine] = sinCos(phase);
  return { scale: Math.sqrt((seconds(window) * lambda) / H_C), q: re * cosine + im * sine, p: im * cosine - re * sine };
}

const noisy = (mean, variance, draw, i) => mean + Math.sqrt(variance) * draw.normal(i);

/**
 * For each kind `means`: named values at one wavelength, and `sample`: what one shot measures, where shots are taken.
 * `draw` gives the numbers of the shot by their number; w is the number of the wavelength.
 */
export const detectors = {
  monitor: {
    means: (_, field) => ({ field, power: power(field) }),
    measured: ({ power: value }) => value,
  },
  delay_monitor: {
    means: (_, fields, lambda) => ({ group_delay: groupDelay(lambda, fields) }),
    measured: ({ group_delay: value }) => value,
  },
  photodetector: {
    means(p, field) {
      const light = power(field);
      return { power: light, current: p.responsivity_a_w * light + p.dark_current_a };
    },
    sample(p, { power: light, current }, draw, w) {
      const converted = p.responsivity_a_w * light;
      const shot = 2 * CHARGE * current * p.bandwidth_hz;
      const thermal = (4 * BOLTZMANN * p.temperature_k * p.bandwidth_hz) / p.load_ohm;
      return { samples: noisy(current, shot + thermal + p.rin_per_hz * converted * converted * p.bandwidth_hz, draw, w) };
    },
    measured: ({ samples, current }) => samples ?? current,
  },
  photon_counter: {
    means: (p, field, lambda) => ({ mean: (p.efficiency * ((power(field) * lambda) / H_C) + p.dark_rate_hz) * seconds(p.window_ps) }),
    sample: (_, { mean }, draw, w) => ({ counts: poisson(mean, draw.uniform(w)) }),
    measured: ({ counts, mean }) => (counts === undefined ? mean : Number(counts)),
  },
  homodyne: {
    means(p, field, lambda) {
      const { scale, q } = quadratures(p, field, lambda);
      return { mean: Math.sqrt(2 * p.efficiency) * scale * q };
    },
    sample: (p, { mean }, draw, w) => ({ samples: noisy(mean, 0.5 + p.electronic_variance, draw, w) }),
    measured: ({ samples, mean }) => samples ?? mean,
  },
  heterodyne: {
    means(p, field, lambda) {
      const { scale, q, p: other } = quadratures(p, field, lambda);
      return { mean: [q, other].map((value) => Math.sqrt(p.efficiency) * scale * value) };
    },
    sample: (p, { mean }, draw, w) => ({ samples: mean.map((value, i) => noisy(value, 0.5 + p.electronic_variance, draw, 2 * w + i)) }),
    measured: ({ samples, mean }) => (samples ?? mean)[0],
  },
};
