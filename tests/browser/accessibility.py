"""What can be measured of how well a page is read: findings of axe, and contrasts of text."""

import pytest

SERIOUS = {"serious", "critical"}
SETTLED = 2000
"""Milliseconds after which a theme's colours no longer fade into each other."""


def serious_findings(page, context):
    """Return the rules of axe that something below a selector breaks seriously.

    Parameters
    ----------
    page : playwright.sync_api.Page
        What is open.
    context : str
        A CSS selector.
    """
    module = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    page.wait_for_timeout(SETTLED)
    violations = module.Axe().run(page, context=context).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in violations
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]


def lowest_contrast(page, context):
    """Return the lowest contrast of text to what is behind it, from 1 to 21 (WCAG 2.1, 1.4.3)."""
    page.wait_for_timeout(SETTLED)
    return min(page.evaluate(CONTRASTS, context))


CONTRASTS = """(context) => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const colour = rgb(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const words = "p, li, label, summary, b, strong, code, button:not([disabled]), .widget-label";
  return [...document.querySelectorAll(context)]
    .flatMap((box) => [...box.querySelectorAll(words)])
    .filter((e) => e.textContent.trim())
    .map((e) => [light(rgb(getComputedStyle(e).color)), light(behind(e))])
    .map(([a, b]) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
}"""
