"""Counts: parameters, shapes, bytes."""

import numpy as np

from grader.exercise import Exercise, case


def count_params(sizes):
    """Count the trainable parameters of a fully connected network.

    Parameters
    ----------
    sizes : list of int
        Units of each layer, the input first.

    Returns
    -------
    n_params : int
        Weights and biases of all layers.
    """
    return sum(d * m + m for d, m in zip(sizes, sizes[1:]))


def _sizes_cases(rng):
    yield case("784-256-10", [784, 256, 10])
    yield case("2-3-2", [2, 3, 2])
    yield case("an input and no layer", [5])
    yield case("one unit everywhere", [1, 1, 1, 1])
    yield case("a random network", [int(n) for n in rng.integers(2, 50, size=5)])


def _biases_not_counted(sizes):
    """You counted the weights. Each layer also has one bias a unit: how many has 784-256-10?"""
    return sum(d * m for d, m in zip(sizes, sizes[1:]))


def _input_biases_counted(sizes):
    """The input layer computes nothing, so it has no biases: count them from the second size on."""
    return sum(d * m for d, m in zip(sizes, sizes[1:])) + sum(sizes)


def _one_bias_a_layer(sizes):
    """A bias a layer is too few: every output unit has one of its own."""
    return sum(d * m + 1 for d, m in zip(sizes, sizes[1:]))


def _units_counted(sizes):
    """You counted units; a parameter is a weight on a connection or a bias of a unit."""
    return sum(sizes)


def _a_bias_an_input(sizes):
    """You count one bias an input of each layer. A bias belongs to a unit."""
    return sum(d * m + d for d, m in zip(sizes, sizes[1:]))


def _no_output_biases(sizes):
    """The output units have biases as well; you count those of the hidden layers alone."""
    return sum(d * m for d, m in zip(sizes, sizes[1:])) + sum(sizes[1:-1])


def _all_sizes_multiplied(sizes):
    """Each layer has its own weights, and they add up; you multiply through all layers."""
    return int(np.prod(sizes)) if len(sizes) > 1 else 0


count_params_exercise = Exercise(
    reference=count_params,
    cases=_sizes_cases,
    points=1,
    mistakes=(
        _biases_not_counted,
        _input_biases_counted,
        _one_bias_a_layer,
        _units_counted,
        _a_bias_an_input,
        _no_output_biases,
        _all_sizes_multiplied,
    ),
    difficulty=1,
    minutes=4,
    follow_up="Which layer of 784-256-10 would you shrink to halve the model, and at what price?",
    follow_up_answer=(
        "The hidden layer, from 256 to 128 units. A hidden unit owns 784 weights in, 10 out and a "
        "bias, so the count is almost proportional to the width. About 99 % of it sits in the "
        "first layer. The price is capacity: fewer features for the output to combine. I would "
        "measure what that costs in accuracy."
    ),
)


def shape_trace(sizes, n_examples):
    """List the shapes a batch meets on its way through a fully connected network.

    Parameters
    ----------
    sizes : list of int
        Units of each layer, the input first.
    n_examples : int
        Examples in the batch.

    Returns
    -------
    shapes : list of tuple
        One ``(shape of W, shape of b, shape of Z)`` a layer.
    """
    pairs = zip(sizes, sizes[1:])
    return [((d, m), (m,), (n_examples, m)) for d, m in pairs]


def _trace_cases(rng):
    for named in _sizes_cases(rng):
        yield case(named.label, *named.args, int(rng.integers(2, 64)))
    yield case("a batch of one", [4, 3], 1)


def _trace_weights_transposed(sizes, n_examples):
    """With examples in rows `W` is (inputs, outputs); (outputs, inputs) is the column form."""
    return [((m, d), b, Z) for (d, m), b, Z in shape_trace(sizes, n_examples)]


def _trace_bias_a_row_for_each_example(sizes, n_examples):
    """There is one bias a unit, shared by all examples: its shape is (M,)."""
    return [(W, Z, Z) for W, _, Z in shape_trace(sizes, n_examples)]


def _trace_batch_lost(sizes, n_examples):
    """The batch axis never goes away: every `Z` has one row an example."""
    return [(W, b, b) for W, b, _ in shape_trace(sizes, n_examples)]


def _trace_columns(sizes, n_examples):
    """Here examples are rows, so `Z` is (N, M); you listed (M, N)."""
    return [(W, b, Z[::-1]) for W, b, Z in shape_trace(sizes, n_examples)]


def _trace_input_for_sum(sizes, n_examples):
    """Your third shape is that of the layer's input. `Z` has one column a unit."""
    return [((d, m), (m,), (n_examples, d)) for d, m in zip(sizes, sizes[1:])]


def _trace_bias_with_two_axes(sizes, n_examples):
    """A bias has one axis in the row form: (M,), not (1, M)."""
    return [(W, (1, *b), Z) for W, b, Z in shape_trace(sizes, n_examples)]


shape_trace_exercise = Exercise(
    reference=shape_trace,
    cases=_trace_cases,
    points=1,
    mistakes=(
        _trace_weights_transposed,
        _trace_bias_a_row_for_each_example,
        _trace_batch_lost,
        _trace_columns,
        _trace_input_for_sum,
        _trace_bias_with_two_axes,
    ),
    difficulty=1,
    minutes=4,
    follow_up="Now the gradients: what is the shape of the loss's gradient at each of these?",
    follow_up_answer=(
        "That of the array itself: `dW` is (D, M), `db` is (M,) and `dZ` is (N, M). The loss is "
        "one number, so there is one slope for each entry. The shapes remind me of the formulas: "
        "`dW = X.T @ dZ`, and `db` sums `dZ` over the batch."
    ),
)


def activation_memory(sizes, n_examples, dtype):
    """Count the bytes a forward pass keeps for the backward pass.

    Kept is the input of every layer, as the gradients of the weights need it.

    Parameters
    ----------
    sizes : list of int
        Units of each layer, the input first.
    n_examples : int
        Examples in the batch.
    dtype : str
        ``"float16"``, ``"float32"`` or ``"float64"``.

    Returns
    -------
    n_bytes : int
        Bytes of the inputs of all layers together.
    """
    return n_examples * sum(sizes[:-1]) * np.dtype(dtype).itemsize


def _memory_cases(rng):
    yield case("784-256-10, batch 128, float32", [784, 256, 10], 128, "float32")
    yield case("the same in float64", [784, 256, 10], 128, "float64")
    yield case("a batch of one, float16", [3, 4, 2], 1, "float16")
    sizes = [int(n) for n in rng.integers(2, 40, size=4)]
    yield case("a random network", sizes, int(rng.integers(2, 64)), "float32")


def _entries_counted(sizes, n_examples, dtype):
    """You counted numbers; each takes 2, 4 or 8 bytes, depending on the dtype."""
    return n_examples * sum(sizes[:-1])


def _output_kept_too(sizes, n_examples, dtype):
    """The output is nobody's input: no weight gradient needs it, so it is not counted."""
    return n_examples * sum(sizes) * np.dtype(dtype).itemsize


def _input_not_kept(sizes, n_examples, dtype):
    """The first layer's gradient needs the batch itself: the input counts as well."""
    return n_examples * sum(sizes[1:-1]) * np.dtype(dtype).itemsize


def _parameters_measured(sizes, n_examples, dtype):
    """That is the size of the parameters; activations grow with the batch instead."""
    return count_params(sizes) * np.dtype(dtype).itemsize


def _bits_counted(sizes, n_examples, dtype):
    """float32 is 32 bits, which is 4 bytes."""
    return 8 * activation_memory(sizes, n_examples, dtype)


def _outputs_in_place_of_inputs(sizes, n_examples, dtype):
    """You count what each layer puts out. Kept is what each one reads, the batch included."""
    return n_examples * sum(sizes[1:]) * np.dtype(dtype).itemsize


def _sums_kept_too(sizes, n_examples, dtype):
    """You count every `Z` as well. The docstring asks for the inputs alone."""
    return n_examples * (sum(sizes[:-1]) + sum(sizes[1:])) * np.dtype(dtype).itemsize


def _one_example_only(sizes, n_examples, dtype):
    """That is one example's share: each example of the batch has inputs of its own."""
    return sum(sizes[:-1]) * np.dtype(dtype).itemsize


activation_memory_exercise = Exercise(
    reference=activation_memory,
    cases=_memory_cases,
    points=2,
    mistakes=(
        _entries_counted,
        _output_kept_too,
        _input_not_kept,
        _parameters_measured,
        _bits_counted,
        _outputs_in_place_of_inputs,
        _sums_kept_too,
        _one_example_only,
    ),
    minutes=5,
    follow_up="Memory is full. What do you recompute instead of keeping, and what does it cost?",
    follow_up_answer=(
        "Activations. I keep the input of every few layers as a checkpoint and recompute the "
        "others from it during the backward pass. It costs up to one more forward pass, about a "
        "third more work, since a backward pass takes about two. With L layers, a checkpoint "
        "every √L of them makes the memory grow like √L."
    ),
)
