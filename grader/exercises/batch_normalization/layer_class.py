"""The whole layer as a class, against the clock."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.batch_normalization._inputs import batch, scale_and_shift


class BatchNorm:
    """Batch normalization with running statistics, for (N, D) batches.

    Parameters
    ----------
    n_features : int
        D.
    """

    def __init__(self, n_features):
        """Start with gamma 1, beta 0, running mean 0, running variance 1, in training mode."""
        self.gamma, self.beta = np.ones(n_features), np.zeros(n_features)
        self.running_mean, self.running_var = np.zeros(n_features), np.ones(n_features)
        self.training = True

    def forward(self, X):
        """Return the output; in training also update the running statistics.

        Momentum 0.1 weights the new batch, eps is 1e-5; the layer's variance is biased, the
        running one unbiased.
        """
        mu, var = self.running_mean, self.running_var
        if self.training:
            mu, var = X.mean(axis=0), X.var(axis=0)
            self.running_mean = 0.9 * self.running_mean + 0.1 * mu
            self.running_var = 0.9 * self.running_var + 0.1 * X.var(axis=0, ddof=1)
        self.inv_std = 1 / np.sqrt(var + 1e-5)
        self.X_hat = (X - mu) * self.inv_std
        return self.gamma * self.X_hat + self.beta

    def backward(self, dout):
        """Return ``(dX, dgamma, dbeta)`` of the last forward pass, which was in training mode."""
        dbeta, dgamma = dout.sum(axis=0), (dout * self.X_hat).sum(axis=0)
        n = len(dout)
        dX = self.gamma * self.inv_std / n * (n * dout - dbeta - self.X_hat * dgamma)
        return dX, dgamma, dbeta


def _drive_layer(answer, gamma, beta, batches, X_eval, dout):
    layer = answer(len(gamma))
    layer.gamma, layer.beta = gamma.copy(), beta.copy()
    outs = [None if (out := layer.forward(X)) is None else np.array(out) for X in batches]
    gradients = [np.array(g) for g in layer.backward(dout)]
    statistics = np.array(layer.running_mean), np.array(layer.running_var)
    layer.training = False
    evaluated = np.array(layer.forward(X_eval)), np.array(layer.forward(X_eval[:1]))
    return {
        "outputs in training": outs,
        "dX, dgamma, dbeta": gradients,
        "running mean and variance": statistics,
        "outputs at evaluation": evaluated,
        "statistics after evaluation": (np.array(layer.running_mean), np.array(layer.running_var)),
    }


def _life_cases(rng):
    def life(n, d, count):
        batches = [batch(rng, n, d) for _ in range(count)]
        return *scale_and_shift(rng, d), batches, batch(rng, 3, d), rng.normal(size=(n, d))

    yield case("three batches, then evaluation", *life(6, 3, 3))
    yield case("a single batch", *life(5, 2, 1))
    yield case("batches of two", *life(2, 3, 2))
    yield case("square batches", *life(4, 4, 2))


class _ModeIgnored(BatchNorm):
    """Set `training` to False: yours goes on using the batch's own statistics."""

    def forward(self, X):
        was, self.training = self.training, True
        out = super().forward(X)
        self.training = was
        return out


class _BiasedBuffer(BatchNorm):
    """The running variance takes the unbiased variance of the batch, divided by N - 1."""

    def forward(self, X):
        before = self.running_var
        out = super().forward(X)
        if self.training:
            self.running_var = 0.9 * before + 0.1 * X.var(axis=0)
        return out


class _MomentumTurned(BatchNorm):
    """0.1 is the weight of the new batch, 0.9 that of the old value: yours are turned round."""

    def forward(self, X):
        mean, var = self.running_mean, self.running_var
        out = super().forward(X)
        if self.training:
            self.running_mean = 0.1 * mean + 0.9 * X.mean(axis=0)
            self.running_var = 0.1 * var + 0.9 * X.var(axis=0, ddof=1)
        return out


class _GammaMissing(BatchNorm):
    """gamma stands between the output and the normalised input: it belongs in `dX`."""

    def backward(self, dout):
        dX, dgamma, dbeta = super().backward(dout)
        return dX / self.gamma, dgamma, dbeta


class _ConstantsAssumed(BatchNorm):
    """Mean and variance depend on the batch: two paths are missing from `dX`."""

    def backward(self, dout):
        _, dgamma, dbeta = super().backward(dout)
        return dout * self.gamma * self.inv_std, dgamma, dbeta


batchnorm_class_exercise = Exercise(
    reference=BatchNorm,
    cases=_life_cases,
    driver=_drive_layer,
    points=5,
    mistakes=(
        _ModeIgnored,
        _BiasedBuffer,
        _MomentumTurned,
        _GammaMissing,
        _ConstantsAssumed,
    ),
    atol=1e-8,
    kind="timed",
    difficulty=4,
    minutes=20,
    follow_up="How would you verify it? Name four checks before you run any training.",
    follow_up_answer=(
        "First, in training each output feature has mean beta and, eps aside, deviation gamma. "
        "Second, a finite difference of `dX`, `dgamma` and `dbeta`, with random gamma and upstream "
        "gradient. Third, two evaluations of a batch agree and leave the running statistics alone. "
        "Fourth, at evaluation a row gives the same output alone and in a batch. I would add one "
        "update of the statistics by hand."
    ),
    asked=(
        "https://prachub.com/interview-questions/implement-common-neural-network-layers-in-pytorch",
    ),
)
