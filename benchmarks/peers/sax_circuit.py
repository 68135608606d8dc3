# It runs in an environment of its own, with packages that this one does not have.
# mypy: ignore-errors

"""The same circuit in SAX, an oracle and a competitor: one process, one JSON line.

Runs in an environment of its own (`uv venv .venv-peers && uv pip install --python .venv-peers sax==0.18.2`),
and imports nothing of ours. The circuit comes as primitive nodes with numbers, as `benchmarks/engine.py`
writes it: {nodes, edges, wavelengths_um, source, detectors}.

Usage: python sax_circuit.py CIRCUIT.json [--gradient] [--save OUT.npz] [--warm SECONDS]
"""

import argparse
import json
import time

BEGAN = time.perf_counter()

import jax  # noqa: E402 - the clock above must run before the imports it measures
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
import sax  # noqa: E402

jax.config.update("jax_enable_x64", True)


def waveguide(*, wl=1.55, length_um=10.0, n_eff=2.34, n_g=3.4, loss_db_cm=0.0, reference_wavelength_um=1.55):  # noqa: ANN001, ANN201
    """SAX's `straight`, with the loss per length."""
    index = n_eff - (wl - reference_wavelength_um) * (n_g - n_eff) / reference_wavelength_um
    amplitude = 10 ** (-1e-4 * loss_db_cm * length_um / 20)
    return sax.reciprocal({("o1", "o2"): amplitude * jnp.exp(2j * jnp.pi * index * length_um / wl)})


def coupler(*, wl=1.55, kappa=0.5):  # noqa: ANN001, ANN201
    """SAX's ideal coupler."""
    one = jnp.ones_like(wl, dtype=complex)
    cross, bar = 1j * kappa**0.5 * one, (1 - kappa) ** 0.5 * one
    return sax.reciprocal({("o1", "o4"): bar, ("o1", "o3"): cross, ("o2", "o4"): cross, ("o2", "o3"): bar})


def mzi(*, wl=1.55, theta_rad=0.0, phi_rad=0.0):  # noqa: ANN001, ANN201
    """The 2x2 of Clements et al."""
    one = jnp.ones_like(wl, dtype=complex)
    e, p = jnp.exp(1j * theta_rad), jnp.exp(1j * phi_rad)
    return sax.reciprocal(
        {
            ("o2", "o3"): 0.5 * p * (e - 1) * one,
            ("o1", "o3"): 0.5j * (e + 1) * one,
            ("o2", "o4"): 0.5j * p * (e + 1) * one,
            ("o1", "o4"): 0.5 * (1 - e) * one,
        }
    )


MODELS = {"waveguide": waveguide, "coupler": coupler, "mzi": mzi}
OUTSIDE = {"source", "monitor", "terminator"}


def netlist(circuit):  # noqa: ANN001, ANN201
    """SAX's netlist: sources and monitors are ports, terminators are nothing."""
    flat = {name: name.replace("/", "__") for name in circuit["nodes"]}
    instances, ports, connections = {}, {}, {}
    for name, node in circuit["nodes"].items():
        if node["kind"] not in OUTSIDE:
            settings = {key: value for key, value in node["params"].items() if key != "dispersion_ps_nm_km"}
            instances[flat[name]] = {"component": node["kind"], "settings": settings}
    for first, second in circuit["edges"]:
        (a, a_port), (b, b_port) = (end.rsplit(".", 1) for end in (first, second))
        kinds = circuit["nodes"][a]["kind"], circuit["nodes"][b]["kind"]
        if "terminator" in kinds:
            continue
        if kinds[0] in OUTSIDE or kinds[1] in OUTSIDE:
            outside, inside = (
                (a, f"{flat[b]},{b_port}") if kinds[0] in OUTSIDE else (b, f"{flat[a]},{a_port}")
            )
            ports[outside] = inside
        else:
            connections[f"{flat[a]},{a_port}"] = f"{flat[b]},{b_port}"
    return {"instances": instances, "connections": connections, "ports": ports}


def main() -> None:
    """Compile, run, time, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("circuit")
    parser.add_argument("--gradient", action="store_true")
    parser.add_argument("--save")
    parser.add_argument("--warm", type=float, default=5.0)
    arguments = parser.parse_args()
    with open(arguments.circuit, encoding="utf-8") as stream:  # noqa: PTH123 - no pathlib before the clock stops
        circuit = json.load(stream)
    imported = time.perf_counter()
    net = netlist(circuit)
    solve, _ = sax.circuit(netlist=net, models=MODELS, backend="klu", return_type="SDense")
    place = {port: number for number, port in enumerate(net["ports"])}
    wavelengths = jnp.asarray(circuit["wavelengths_um"])
    if wavelengths.size == 1:
        wavelengths = wavelengths[0]
    params = {
        name: {key: jnp.asarray(value, dtype=float) for key, value in row["settings"].items()}
        for name, row in net["instances"].items()
    }

    def scattering(params):  # noqa: ANN001, ANN202
        matrix, _ = solve(wl=wavelengths, **params)
        return matrix

    def cost(params):  # noqa: ANN001, ANN202
        wave = scattering(params)[..., place[circuit["detectors"][0]], place[circuit["source"]]]
        return jnp.sum(jnp.real(wave) ** 2 + jnp.imag(wave) ** 2)

    run = jax.jit(jax.value_and_grad(cost) if arguments.gradient else scattering)
    built = time.perf_counter()
    result = jax.block_until_ready(run(params))
    first = time.perf_counter()
    warm = []
    while len(warm) < 30 and (not warm or time.perf_counter() - first < arguments.warm):
        before = time.perf_counter()
        jax.block_until_ready(run(params))
        warm.append(time.perf_counter() - before)
    if arguments.save:
        save(arguments, circuit, place, result)
    print(
        json.dumps(
            {
                "tool": f"sax {sax.__version__}",
                "import_s": imported - BEGAN,
                "build_s": built - imported,
                "first_s": first - built,
                "cold_s": first - BEGAN,
                "warm_s": min(warm),
            }
        )
    )


def save(arguments, circuit, place, result) -> None:  # noqa: ANN001
    """Fields at the detectors for 1 sqrt(W) in, or the gradient by node and parameter."""
    if arguments.gradient:
        value, gradient = result
        flat = {
            f"{n.replace('__', '/')}|{k}": np.asarray(v)
            for n, row in gradient.items()
            for k, v in row.items()
        }
        np.savez_compressed(arguments.save, value=np.asarray(value), **flat)
        return
    matrix, source = np.asarray(result), place[circuit["source"]]
    fields = {name: np.atleast_1d(matrix[..., place[name], source]) for name in circuit["detectors"]}
    np.savez_compressed(arguments.save, wavelengths_um=np.array(circuit["wavelengths_um"]), **fields)


if __name__ == "__main__":
    main()
