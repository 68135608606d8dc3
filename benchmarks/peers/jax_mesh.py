# It runs in an environment of its own, with packages that this one does not have.
# mypy: ignore-errors

"""A mesh written by hand in JAX, column by column: the fair limit for a mesh, not a netlist tool.

Usage: python jax_mesh.py CIRCUIT.json, with the circuit as for `sax_circuit.py`; needs a Clements mesh.
"""

import json
import sys
import time

BEGAN = time.perf_counter()

import jax  # noqa: E402 - the clock above must run before the imports it measures
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

jax.config.update("jax_enable_x64", True)


def main() -> None:
    """Compile, run, time, print."""
    with open(sys.argv[1], encoding="utf-8") as stream:  # noqa: PTH123 - no pathlib before the clock stops
        circuit = json.load(stream)
    phases = {
        tuple(map(int, name.split("_")[1:])): (node["params"]["theta_rad"], node["params"]["phi_rad"])
        for name, node in circuit["nodes"].items()
        if node["kind"] == "mzi"
    }
    modes = 1 + max(column for column, _ in phases)
    theta, phi, here = (np.zeros((modes, modes // 2)) for _ in range(3))
    for (column, mode), (a, b) in phases.items():
        theta[column, mode // 2], phi[column, mode // 2], here[column, mode // 2] = a, b, 1.0

    def column(x, row):  # noqa: ANN001, ANN202
        t, f, on, odd = row
        y = jnp.where(odd == 1, jnp.roll(x, -1), x)
        upper, lower = y[0::2], y[1::2]
        e, p = jnp.exp(1j * t), jnp.exp(1j * f)
        u = 0.5 * p * (e - 1) * upper + 0.5j * (e + 1) * lower
        v = 0.5j * p * (e + 1) * upper + 0.5 * (1 - e) * lower
        y = jnp.stack([jnp.where(on == 1, u, upper), jnp.where(on == 1, v, lower)], 1).reshape(-1)
        return jnp.where(odd == 1, jnp.roll(y, 1), y), None

    def power(params):  # noqa: ANN001, ANN202
        start = jnp.zeros(modes, complex).at[0].set(1.0)
        rows = (params[0], params[1], jnp.asarray(here), jnp.arange(modes) % 2)
        x, _ = jax.lax.scan(column, start, rows)
        return jnp.real(x[0]) ** 2 + jnp.imag(x[0]) ** 2

    params = jnp.asarray(theta), jnp.asarray(phi)
    timings = {"tool": f"jax {jax.__version__} by hand"}
    for name, run in (("", jax.jit(power)), ("gradient_", jax.jit(jax.value_and_grad(power)))):
        jax.block_until_ready(run(params))
        timings[f"{name}cold_s"] = time.perf_counter() - BEGAN
        warm = []
        for _ in range(50):
            before = time.perf_counter()
            jax.block_until_ready(run(params))
            warm.append(time.perf_counter() - before)
        timings[f"{name}warm_s"] = min(warm)
    print(json.dumps(timings))


if __name__ == "__main__":
    main()
