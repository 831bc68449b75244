"""Drawing for the lessons: figures of one look, and explorers.

Colours keep their meaning: blue for values going forward, vermilion for gradients going back, green
for parameters, grey for context. A figure's title is what it claims.
"""

from viz.controls import choice, slider
from viz.curves import draw_curves, draw_heatmap, draw_histograms
from viz.explorer import Explorer
from viz.graph import Node, draw_graph, draw_network
from viz.prediction import predict_first
from viz.shapes import Box, draw_shapes
from viz.style import BACKWARD, CONTEXT, FORWARD, PARAMETER, tint, use_style

__all__ = [
    "BACKWARD",
    "CONTEXT",
    "FORWARD",
    "PARAMETER",
    "Box",
    "Explorer",
    "Node",
    "choice",
    "draw_curves",
    "draw_graph",
    "draw_heatmap",
    "draw_histograms",
    "draw_network",
    "draw_shapes",
    "predict_first",
    "slider",
    "tint",
    "use_style",
]
