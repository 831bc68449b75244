"""Seven optimizers on a ravine, at a saddle and in a noisy bowl (lesson 06)."""

import numpy as np

from reference_impl import optimizers
from viz.controls import choice, slider
from viz.explorer import Explorer
from viz.style import BACKWARD, CONTEXT, FORWARD

NAMES = {
    "sgd": "SGD",
    "momentum": "momentum",
    "nesterov": "Nesterov",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "adamw": "AdamW",
}
STARTS = {"ravine": (-4.0, 1.2), "saddle": (-3.0, 0.01), "noisy bowl": (-3.5, 2.0)}
STEEPNESS, NOISE, SEED = 20.0, 2.0, 0
REACH, FAR = 5.0, 1e3
AXIS = np.linspace(-REACH, REACH, 51)
LEVELS = (0.05, 0.3, 1, 3, 8, 20, 60)


def optimizer_paths_explorer():
    """Return an explorer of the paths of seven optimizers from one starting point.

    Returns
    -------
    explorer : Explorer
        Its controls set the landscape, how far it is turned, the learning rate as a power of ten
        and the number of steps.
    """
    return Explorer(
        _draw,
        {
            "landscape": choice("landscape", list(STARTS), "ravine"),
            "log_lr": slider("log10 of the rate", -1.5, -3.0, 0.5, 0.1),
            "n_steps": slider("steps", 60, 5, 200, 5),
            "turn": slider("turned by (°)", 0, 0, 45, 5),
        },
        alt="Paths of seven optimizers from one start, and the loss at which each of them ends",
        figsize=(8.6, 4.4),
        subplots={"nrows": 2, "ncols": 4},
    )


def loss_at(landscape, w, turn=0):
    """Compute the height of a landscape.

    Parameters
    ----------
    landscape : str
        ``"ravine"``, ``"saddle"`` or ``"noisy bowl"``.
    w : ndarray of shape (..., 2)
        Points.
    turn : float, default=0
        By how many degrees the landscape is turned.

    Returns
    -------
    loss : ndarray of shape (...)
        At least 0.
    """
    u, v = np.moveaxis(w @ _rotation(turn), -1, 0)
    if landscape == "ravine":
        return 0.5 * (u**2 + STEEPNESS * v**2)
    if landscape == "saddle":
        # Minima of height 0 at u = 0, v = ±√5; at the origin u bends up and v bends down.
        return 0.5 * u**2 + 0.05 * (v**2 - 5) ** 2
    return 0.5 * (u**2 + v**2)


def gradient_at(landscape, w, turn=0):
    """Compute the gradient of `loss_at`, without noise.

    Parameters
    ----------
    landscape : str
        As in `loss_at`.
    w : ndarray of shape (2,)
        A point.
    turn : float, default=0
        By how many degrees the landscape is turned.

    Returns
    -------
    grad : ndarray of shape (2,)
        The direction in which the loss rises fastest.
    """
    Q = _rotation(turn)
    u, v = w @ Q
    slopes = {
        "ravine": (u, STEEPNESS * v),
        "saddle": (u, 0.2 * v * (v**2 - 5)),
        "noisy bowl": (u, v),
    }
    return Q @ np.array(slopes[landscape])


def descend(name, landscape, lr, n_steps, turn=0):
    """Walk one optimizer through a landscape.

    Parameters
    ----------
    name : str
        A function of `reference_impl.optimizers` without its ``_step``; other settings keep their
        defaults.
    landscape : str
        As in `loss_at`; in the noisy bowl every optimizer meets the same noise.
    lr : float
        Learning rate.
    n_steps : int
        Steps at most: a path that leaves for good ends early.
    turn : float, default=0
        By how many degrees the landscape is turned.

    Returns
    -------
    path : ndarray of shape (T + 1, 2)
        The start and the point behind each step.
    """
    rng = np.random.default_rng(SEED)
    w = _rotation(turn) @ np.array(STARTS[landscape])
    step = getattr(optimizers, f"{name}_step")
    state, path = getattr(optimizers, f"{name}_init")(w), [w]
    for _ in range(n_steps):
        grad = gradient_at(landscape, w, turn)
        if landscape == "noisy bowl":
            grad = grad + NOISE * rng.normal(size=2)
        w, state = step(w, grad, state, lr=lr)
        path.append(w)
        if np.abs(w).max() > FAR:
            break
    return np.array(path)


def draw_path(ax, landscape, path, turn=0):
    """Draw a path over the level lines of its landscape.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Gets the drawing; its title is for the caller.
    landscape : str
        As in `loss_at`.
    path : ndarray of shape (T, 2)
        Points in order; the last one is marked.
    turn : float, default=0
        By how many degrees the landscape is turned.
    """
    heights = loss_at(landscape, np.stack(np.meshgrid(AXIS, AXIS), axis=-1), turn)
    ax.contour(AXIS, AXIS, heights, levels=LEVELS, colors=CONTEXT, linewidths=0.6)
    ax.plot(*path.T, ".-", color=BACKWARD, linewidth=1, markersize=3)
    ax.plot(*path[-1], "o", color=FORWARD, markersize=6)
    ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=[], yticks=[])


def _rotation(degrees):
    angle = np.deg2rad(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _draw(axes, landscape, log_lr, n_steps, turn):
    lr, ends = 10.0**log_lr, {}
    # A fixed layout, titles included, draws twice as fast as one that measures every text.
    axes[0, 0].figure.set_layout_engine("none")
    for (row, column), ax in np.ndenumerate(axes):
        ax.set_position((0.01 + 0.25 * column, 0.55 - 0.5 * row, 0.22, 0.38))
    for ax, (name, shown) in zip(axes.flat, NAMES.items(), strict=False):
        path = descend(name, landscape, lr, n_steps, turn)
        ends[shown] = float(loss_at(landscape, path[-1], turn))
        draw_path(ax, landscape, path, turn)
        ax.set_title(shown, y=1.0)
    lowest = min(ends, key=ends.get)
    _draw_ends(axes[-1, -1], ends, lowest)
    losses = ", ".join(f"{shown} {_in_words(loss)}" for shown, loss in ends.items())
    start = float(loss_at(landscape, np.array(STARTS[landscape])))
    return (
        f"{landscape}, learning rate {lr:.3g}, {n_steps} steps from a loss of {start:.3g}. "
        f"Loss at the end: {losses}."
    )


def _draw_ends(ax, ends, lowest):
    # A logarithmic axis needs a floor and, for what has left, a ceiling.
    widths = np.clip(list(ends.values()), 3e-8, 1e3)
    colours = [FORWARD if shown == lowest else CONTEXT for shown in ends]
    ax.barh(list(ends), widths, color=colours)
    ax.set(xscale="log", xlim=(1e-8, 1e3), xlabel="loss at the end", xticks=[1e-6, 1])
    ax.minorticks_off()
    ax.invert_yaxis()
    ax.grid(visible=False)
    ax.tick_params(axis="y", labelsize=8)
    ax.set_title(f"{lowest} ends lowest here", x=-0.65, y=1.0, fontsize=8)
    # The names of the bars need room at the left.
    ax.set_position((0.85, 0.14, 0.13, 0.29))


def _in_words(loss):
    return "diverges" if loss > FAR else f"{loss:.2g}"
