"""Writes binomial.json: confidence bounds, tests and quantiles by SciPy.

    pip install scipy
    python Tests/Fixtures/make_binomial_fixture.py

The one-sided bounds of Clopper and Pearson are quantiles of beta
distributions. Each is checked here against the binomial tail it stands for.
"""

import json
import math
import pathlib
import platform

import scipy
from scipy.stats import beta, binom, binomtest, norm

TOTALS = [1, 2, 3, 7, 10, 30, 100, 999, 1_000, 10_000, 100_000]
ALPHAS = [0.001, 0.01, 0.025, 0.05]
CONFIDENCE = 0.95
PROBABILITIES = [
    1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.001, 0.025, 0.1, 0.25, 0.4, 0.499999,
    0.5, 0.500001, 0.6, 0.75, 0.9, 0.975, 0.999, 0.99993, 1 - 1e-10,
]


def successes(total):
    shares = [0.01, 0.1, 0.3, 0.5, 0.52, 0.8, 0.95, 0.99]
    inner = [round(share * total) for share in shares]
    return sorted({0, 1, *inner, total - 1, total})


def lower_bound(k, n, alpha):
    """The p with P(X >= k) = alpha."""
    if k == 0:
        return 0.0
    bound = float(beta.ppf(alpha, k, n - k + 1))
    assert math.isclose(binom.sf(k - 1, n, bound), alpha, rel_tol=1e-8)
    return bound


def upper_bound(k, n, alpha):
    """The p with P(X <= k) = alpha."""
    if k == n:
        return 1.0
    bound = float(beta.isf(alpha, k + 1, n - k))
    assert math.isclose(binom.cdf(k, n, bound), alpha, rel_tol=1e-8)
    return bound


def entry(k, n):
    tail = (1 - CONFIDENCE) / 2
    return {
        "successes": k,
        "total": n,
        "lowerBounds": [lower_bound(k, n, alpha) for alpha in ALPHAS],
        "interval": [lower_bound(k, n, tail), upper_bound(k, n, tail)],
        "signTest": float(binomtest(k, n, 0.5).pvalue),
    }


fixture = {
    "madeWith": {
        "python": platform.python_version(),
        "scipy": scipy.__version__,
    },
    "alphas": ALPHAS,
    "confidence": CONFIDENCE,
    "proportions": [entry(k, n) for n in TOTALS for k in successes(n)],
    "normalQuantiles": [
        {"probability": p, "quantile": float(norm.ppf(p))}
        for p in PROBABILITIES
    ],
}
path = pathlib.Path(__file__).with_name("binomial.json")
path.write_text(json.dumps(fixture, indent=1, sort_keys=True) + "\n")
