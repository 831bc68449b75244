"""One prediction against targets with an outlier: every loss and its slope (lesson 02)."""

import numpy as np

from reference_impl import regression_losses
from viz.controls import slider
from viz.explorer import Explorer
from viz.style import BACKWARD, CONTEXT, FORWARD

TARGETS = np.array([1.0, 1.5, 2.0, 2.5])
GRID = np.linspace(-2, 12, 281)


def regression_loss_explorer():
    """Return an explorer of three losses of one constant prediction.

    Returns
    -------
    explorer : Explorer
        Its sliders set the prediction, the outlier and the border of the Huber loss.
    """
    return Explorer(
        _draw,
        {
            "prediction": slider("prediction", 4.0, -2.0, 12.0, 0.25),
            "outlier": slider("outlier", 10.0, 3.0, 12.0, 0.5),
            "delta": slider("Huber's delta", 1.0, 0.25, 5.0, 0.25),
        },
        alt="Three losses over the prediction, with the point and the slope of the prediction set",
        figsize=(7.5, 2.8),
        subplots={"ncols": 3},
    )


def losses(prediction, outlier, delta):
    """Compute every loss and slope of one constant prediction for five targets.

    Parameters
    ----------
    prediction, outlier, delta : float
        What the sliders are set to.

    Returns
    -------
    values : dict of str to tuple of float
        Loss and its derivative with respect to the prediction, by the loss's name.
    """
    targets = np.append(TARGETS, outlier)
    pred = np.full(len(targets), float(prediction))
    r = regression_losses
    return {
        "MSE": (r.mse(pred, targets), r.mse_backward(pred, targets).sum()),
        "MAE": (r.mae(pred, targets), r.mae_backward(pred, targets).sum()),
        "Huber": (
            r.huber(pred, targets, delta=delta),
            r.huber_backward(pred, targets, delta=delta).sum(),
        ),
    }


def _draw(axes, prediction, outlier, delta):
    here = losses(prediction, outlier, delta)
    curves = [losses(p, outlier, delta) for p in GRID]
    for ax, (name, (loss, slope)) in zip(axes, here.items(), strict=True):
        heights = np.array([values[name][0] for values in curves])
        ax.plot(GRID, heights, color=FORWARD)
        step = np.array([-1.2, 1.2])
        ax.plot(prediction + step, loss + slope * step, color=BACKWARD, linestyle="--")
        ax.plot(prediction, loss, "o", color=FORWARD)
        ax.plot(GRID[heights.argmin()], heights.min(), "v", color=CONTEXT)
        # Room for the point and its tangent at the ends of the slider.
        ax.set(xlabel="prediction", xlim=(-3.4, 13.4), ylim=(0, 1.3 * heights.max()))
        ax.set_title(f"{name} pulls {'down' if slope > 0 else 'up'} by {abs(slope):.2f}")
    axes[0].set_ylabel("loss")
    best = {name: GRID[np.argmin([v[name][0] for v in curves])] for name in here}
    values = "; ".join(f"{n} = {loss:.2f}, slope {s:.2f}" for n, (loss, s) in here.items())
    lows = ", ".join(f"{name} {where:.2f}" for name, where in best.items())
    return f"At the prediction {prediction:.2f}: {values}. Lowest at {lows} (triangles)."
