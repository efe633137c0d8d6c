"""diffrax's Kvaerno5 in float64, all patients at once (vmap), restarted at each dose."""

from __future__ import annotations

import importlib.util
import os
from typing import Any

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import diffrax
import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
MOST_STEPS = 100_000


class Diffrax:
    """One compiled function for the time between two doses; output times are padded with its end."""

    version = f"diffrax {diffrax.__version__}, JAX {jax.__version__}"
    doses = "restarted at each dose"

    def __init__(self, question: Any) -> None:
        self.question = question
        spec = importlib.util.spec_from_file_location("model_jax", question.folder / "model_jax.py")
        if spec is None or spec.loader is None:
            raise RuntimeError("the JAX text is missing")
        self.text = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.text)
        self.most = max(len(times) for _, _, times in question.segments()) + 1
        self.target = [str(s) for s in question.states].index(question.dose_target)
        self.begin = jax.jit(jax.vmap(lambda p: (self.text.initial(p), self.text.constants(p))))
        self.step = jax.jit(jax.vmap(self._between, in_axes=(0, 0, None, None, None)))
        self.see = jax.jit(jax.vmap(jax.vmap(self.text.observe, in_axes=(0, 0, None)), in_axes=(None, 0, 0)))

    def _between(self, state: Any, constants: Any, span: Any, times: Any, rtol: Any) -> Any:
        start, end = span
        answer = diffrax.diffeqsolve(
            diffrax.ODETerm(self.text.slopes), diffrax.Kvaerno5(), start, end, None, state, constants,
            saveat=diffrax.SaveAt(ts=times), max_steps=MOST_STEPS, throw=False,
            stepsize_controller=diffrax.PIDController(rtol=rtol, atol=rtol * 1e-3),
        )  # fmt: skip
        return answer.ys

    def solve(self, who: list[int], rtol: float) -> Any:
        """Return [patients, times, outputs]; a patient that fails is NaN."""
        question = self.question
        state, constants = self.begin(jnp.array(question.parameters[who]))
        rows = [np.asarray(state)[:, np.newaxis]]
        for start, end, times in question.segments():
            padded = np.concatenate([times, np.full(self.most - len(times), end)])
            found = self.step(state, constants, (start, end), jnp.array(padded), rtol)
            rows.append(np.asarray(found)[:, : len(times)])
            state = found[:, -1].at[:, self.target].add(question.dose_amount)
        states = jnp.array(np.concatenate(rows, axis=1))
        return np.asarray(self.see(jnp.array(question.times), states, constants))


def load(question: Any) -> Diffrax:
    """Return the solver of a problem."""
    return Diffrax(question)
