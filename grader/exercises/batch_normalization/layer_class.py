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
        """Start in training mode: `training` is True.

        Arrays of shape (D,): `gamma` 1, `beta` 0, `running_mean` 0 and
        `running_var` 1.
        """
        self.gamma = np.ones(n_features)
        self.beta = np.zeros(n_features)
        self.running_mean = np.zeros(n_features)
        self.running_var = np.ones(n_features)
        self.training = True

    def forward(self, X):
        """Return the output; in training also update the running statistics.

        Momentum 0.1 weights the new batch, eps is 1e-5. The layer's variance is
        biased, the running one unbiased.
        """
        mu, var = self.running_mean, self.running_var
        if self.training:
            mu, var = X.mean(axis=0), X.var(axis=0)
            unbiased = X.var(axis=0, ddof=1)
            self.running_mean = 0.9 * self.running_mean + 0.1 * mu
            self.running_var = 0.9 * self.running_var + 0.1 * unbiased
        inv_std = 1 / np.sqrt(var + 1e-5)
        X_hat = (X - mu) * inv_std
        if self.training:
            self.inv_std, self.X_hat = inv_std, X_hat
        return self.gamma * X_hat + self.beta

    def backward(self, dout):
        """Return ``(dX, dgamma, dbeta)`` of the last forward pass in training.

        The last two have shape (D,).
        """
        dbeta = dout.sum(axis=0)
        dgamma = (dout * self.X_hat).sum(axis=0)
        n = len(dout)
        collected = n * dout - dbeta - self.X_hat * dgamma
        return self.gamma * self.inv_std / n * collected, dgamma, dbeta


def _drive_layer(answer, gamma, beta, batches, X_eval, dout):
    told = {}

    def tell(when, **values):
        for name, value in values.items():  # copied, for the layer may go on to change it
            told[name + when] = value.copy() if isinstance(value, np.ndarray) else value

    layer = answer(len(gamma))
    tell(" at the start", gamma=layer.gamma, beta=layer.beta)
    layer.gamma, layer.beta = gamma.copy(), beta.copy()
    for i, X in enumerate(batches, start=1):
        tell(f" of batch {i}", output=layer.forward(X))
    tell(" in training", running_mean=layer.running_mean, running_var=layer.running_var)
    gradients = layer.backward(dout)
    if not isinstance(gradients, (tuple, list)) or len(gradients) != 3:
        gradients = gradients, None, None
    tell("", dX=gradients[0], dgamma=gradients[1], dbeta=gradients[2])
    layer.training = False
    tell(" at evaluation", output=layer.forward(X_eval))
    tell(" for its first row alone", output=layer.forward(X_eval[:1]))
    tell(" after evaluation", running_mean=layer.running_mean, running_var=layer.running_var)
    return told


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


class _MovesAtEvaluation(BatchNorm):
    """Yours learns at evaluation too: there the running statistics stay where they are."""

    def forward(self, X):
        if not self.training:
            self.running_mean = 0.9 * self.running_mean + 0.1 * X.mean(axis=0)
        return super().forward(X)


class _GammaStartsAtZero(BatchNorm):
    """Gamma starts at 1: with 0 the layer puts out beta for every input, and `dX` is 0."""

    def __init__(self, n_features):
        super().__init__(n_features)
        self.gamma = np.zeros(n_features)


class _BatchAveraged(BatchNorm):
    """Gamma and beta served every example, so their gradients are sums over the batch."""

    def backward(self, dout):
        dX, dgamma, dbeta = super().backward(dout)
        return dX, dgamma / len(dout), dbeta / len(dout)


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
    """Gamma stands between the output and the normalised input: it belongs in `dX`."""

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
        _MovesAtEvaluation,
        _GammaStartsAtZero,
        _BatchAveraged,
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
