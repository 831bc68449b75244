"""An optimizer class with a state for every parameter, against the clock."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.optimizers._inputs import told_by_step


class Optimizer:
    """Update named parameters, each with a state of its own.

    Parameters
    ----------
    kind : str
        ``"sgd"``, ``"momentum"`` (0.9, PyTorch's form) or ``"adam"`` (0.9, 0.999, and 1e-8 outside
        the root).
    lr : float
        Learning rate.
    """

    def __init__(self, kind, lr):
        """Remember the settings; no parameter has been seen yet."""
        self.kind, self.lr = kind, lr
        self.state = {}

    def step(self, params, grads):
        """Return new parameters after one step.

        Parameters
        ----------
        params : dict of str to ndarray
            The parameters by name.
        grads : dict of str to ndarray
            Their gradients by name.

        Returns
        -------
        params_new : dict of str to ndarray
            The parameters after the step; `params` stays as it is.
        """
        new = {}
        for name, g in grads.items():
            t, m, v = self.state.get(name, (0, 0.0, 0.0))
            direction = g
            if self.kind == "momentum":
                direction = m = 0.9 * m + g
            elif self.kind == "adam":
                t, m = t + 1, 0.9 * m + 0.1 * g
                v = 0.999 * v + 0.001 * g**2
                root = np.sqrt(v / (1 - 0.999**t))
                direction = m / (1 - 0.9**t) / (root + 1e-8)
            self.state[name] = t, m, v
            new[name] = params[name] - self.lr * direction
        return new


def _drive_optimizer(answer, kind, lr, params, gradients):
    """List the parameters behind each step; end early if they are of another form."""
    optimizer, path = answer(kind, lr), []
    for grads in gradients:
        got = optimizer.step(params, grads)
        if not isinstance(got, dict) or got.keys() != params.keys():
            return [*path, (got, True)]
        path.append(({name: np.array(value) for name, value in got.items()}, True))
        params = got
    return path


def _class_cases(rng):
    for kind in ("sgd", "momentum", "adam"):
        yield case(f"{kind}, a layer over four steps", kind, 0.1, *_layer_run(rng, (3, 2), 4))
    yield case("adam, two weights of one shape", "adam", 0.05, *_twins_run(rng, 3))
    tiny = [{"W": 1e-6 * rng.normal(size=(2, 2))} for _ in range(2)]
    yield case("adam, gradients of a millionth", "adam", 0.1, {"W": rng.normal(size=(2, 2))}, tiny)
    yield case("momentum, a single step", "momentum", 0.2, *_layer_run(rng, (2, 2), 1))


def _layer_run(rng, shape, n_steps):
    def draw():
        return {"W": rng.normal(size=shape), "b": rng.normal(size=shape[1])}

    return draw(), [draw() for _ in range(n_steps)]


def _twins_run(rng, n_steps):
    def draw():
        return {"W1": rng.normal(size=(2, 2)), "W2": rng.normal(size=(2, 2))}

    return draw(), [draw() for _ in range(n_steps)]


class _SharedCount(Optimizer):
    """The step count is shared by the parameters, so the second one counts twice as fast."""

    def step(self, params, grads):
        new = {}
        for name in grads:
            _, m, v = self.state.get(name, (0, 0.0, 0.0))
            self.count = getattr(self, "count", -1) + 1
            self.state[name] = self.count, m, v
            new |= super().step({name: params[name]}, {name: grads[name]})
        return new


class _StateForgotten(Optimizer):
    """Every step starts from an empty state: keep it between calls, by parameter name."""

    def step(self, params, grads):
        self.state = {}
        return super().step(params, grads)


class _Ascends(Optimizer):
    """Your parameters climb: a step goes against the gradient."""

    def step(self, params, grads):
        return super().step(params, {name: -grad for name, grad in grads.items()})


class _MomentumAveraged(Optimizer):
    """Your momentum weights the gradient by 0.1: PyTorch's form adds it in full."""

    def step(self, params, grads):
        share = 0.1 if self.kind == "momentum" else 1.0
        return super().step(params, {name: share * grad for name, grad in grads.items()})


class _AdamUncorrected(Optimizer):
    """Adam's moments start at 0: the bias correction is missing."""

    def step(self, params, grads):
        if self.kind != "adam":
            return super().step(params, grads)
        new = {}
        for name, g in grads.items():
            m, v = self.state.get(name, (0.0, 0.0))
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            self.state[name] = m, v
            new[name] = params[name] - self.lr * m / (np.sqrt(v) + 1e-8)
        return new


class _OneStateForAll(Optimizer):
    """The moments of all parameters mix: keep a state for each name."""

    def step(self, params, grads):
        new = {}
        for name in grads:
            new |= super().step({"one": params[name]}, {"one": grads[name]})
            new[name] = new.pop("one")
        return new


class _NesterovStep(Optimizer):
    """Your momentum step is Nesterov's: plain momentum moves by the velocity alone."""

    def step(self, params, grads):
        new = super().step(params, grads)
        if self.kind == "momentum":
            for name, g in grads.items():
                velocity = self.state[name][1]
                new[name] = params[name] - self.lr * (g + 0.9 * velocity)
        return new


class _AdamVariant(Optimizer):
    """A step of Adam of whose moments a subclass makes something else."""

    def step(self, params, grads):
        if self.kind != "adam":
            return super().step(params, grads)
        new = {}
        for name, g in grads.items():
            t, m, v = self.state.get(name, (0, 0.0, 0.0))
            t, m, v = t + 1, 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            self.state[name] = t, m, v
            new[name] = params[name] - self.lr * self.direction(t, m, v)
        return new


class _EpsInside(_AdamVariant):
    """Look at gradients of a millionth: your eps stands inside the root and outweighs them."""

    def direction(self, t, m, v):
        return m / (1 - 0.9**t) / np.sqrt(v / (1 - 0.999**t) + 1e-8)


class _OnlyMeanCorrected(_AdamVariant):
    """You corrected Adam's mean and not its second moment, which is off by far more."""

    def direction(self, t, m, v):
        return m / (1 - 0.9**t) / (np.sqrt(v) + 1e-8)


class _RootForgotten(_AdamVariant):
    """Adam divides by the root of the second moment: without it tiny gradients jump."""

    def direction(self, t, m, v):
        return m / (1 - 0.9**t) / (v / (1 - 0.999**t) + 1e-8)


class _CountsFromZero(_AdamVariant):
    """Adam's first step is step 1: at 0 the correction divides by 0."""

    def direction(self, t, m, v):
        correction = np.float64(1 - 0.9 ** (t - 1)), np.float64(1 - 0.999 ** (t - 1))
        with np.errstate(invalid="ignore", divide="ignore"):
            return m / correction[0] / (np.sqrt(v / correction[1]) + 1e-8)


optimizer_exercise = Exercise(
    reference=Optimizer,
    cases=_class_cases,
    driver=_drive_optimizer,
    accept=told_by_step(Optimizer, _drive_optimizer, "params_new"),
    points=4,
    mistakes=(
        _SharedCount,
        _StateForgotten,
        _Ascends,
        _MomentumAveraged,
        _AdamUncorrected,
        _OneStateForAll,
        _NesterovStep,
        _EpsInside,
        _OnlyMeanCorrected,
        _RootForgotten,
        _CountsFromZero,
    ),
    kind="timed",
    difficulty=4,
    minutes=15,
    follow_up="How would you save and restore a run in the middle of training?",
    follow_up_answer=(
        "I save all that the next step depends on: parameters, moments and counts by name, the "
        "schedule's step, the generator's state and the place in the epoch; also running "
        "statistics and the best validation loss. I write to a temporary file and rename it. The "
        "test: a resumed run must end with the same weights as one that never stopped, bit for "
        "bit."
    ),
)
