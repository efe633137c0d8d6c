"""The coefficients of Rodas5P, a stiffly accurate Rosenbrock method of order 5 with 8 stages.

G. Steinebach, Construction of Rosenbrock-Wanner method Rodas5P and numerical benchmarks within the Julia
Differential Equations package, BIT Numerical Mathematics 63:27, 2023, DOI:10.1007/s10543-023-00967-x.
Digits as in the tableau of OrdinaryDiffEq.jl. Stage i solves, with A = I / (gamma h) - J,

    A U_i = f(t + C_TIME_i h, y + sum_j STAGE_ij U_j) + (1 / h) sum_j COUPLING_ij U_j + h C_SLOPE_i df/dt.

With U_i = V_i + w_i U_1, where w_i = 1 + gamma sum_j COUPLING_ij w_j (`shares`), the same stages read

    A V_i = f(t + C_TIME_i h, y + ...) - f_1 + (1 - w_i) (f_1 - U_1/(gamma h)) + (1/h) sum_j COUPLING_ij V_j

with V_1 = 0 and the df/dt left out here: nothing large is left over to cancel, so float32 will do.
Stages 7 and 8 stand on stage 6: g_7 = g_6 + U_6 and g_8 = g_7 + U_7; the new state is g_8 + U_8, and U_8
estimates its error.
"""

from __future__ import annotations

from collections.abc import Sequence

GAMMA = 0.21193756319429014

STAGE: tuple[tuple[float, ...], ...] = (
    (),
    (3.0,),
    (2.849394379747939, 0.45842242204463923),
    (-6.954028509809101, 2.489845061869568, -10.358996098473584),
    (2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641),
    (-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946),
)

COUPLING: tuple[tuple[float, ...], ...] = (
    (),
    (-14.155112264123755,),
    (-17.97296035885952, -2.859693295451294),
    (147.12150275711716, -1.41221402718213, 71.68940251302358),
    (165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306),
    (24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471),
    (
        30.91273214028599,
        -3.1208243349937974,
        77.79954646070892,
        34.28646028294783,
        -19.097331116725623,
        -28.087943162872662,
    ),
    (
        37.80277123390563,
        -3.2571969029072276,
        112.26918849496327,
        66.9347231244047,
        -40.06618937091002,
        -54.66780262877968,
        -9.48861652309627,
    ),
)

C_TIME: tuple[float, ...] = (
    0.0,
    0.6358126895828704,
    0.4095798393397535,
    0.9769306725060716,
    0.4288403609558664,
    1.0,
    1.0,
    1.0,
)

C_SLOPE: tuple[float, ...] = (
    0.21193756319429014,
    -0.42387512638858027,
    -0.3384627126235924,
    1.8046452872882734,
    2.325825639765069,
    0.0,
    0.0,
    0.0,
)

# y(t + s h) = (1 - s) y_0 + s (y_1 + (1 - s) (K_1 + s (K_2 + s K_3))) with K_r = sum_j DENSE_rj U_j, order 4.
DENSE: tuple[tuple[float, ...], ...] = (
    (
        25.948786856663858,
        -2.5579724845846235,
        10.433815404888879,
        -2.3679251022685204,
        0.524948541321073,
        1.1241088310450404,
        0.4272876194431874,
        -0.17202221070155493,
    ),
    (
        -9.91568850695171,
        -0.9689944594115154,
        3.0438037242978453,
        -24.495224566215796,
        20.176138334709044,
        15.98066361424651,
        -6.789040303419874,
        -6.710236069923372,
    ),
    (
        11.419903575922262,
        2.8879645146136994,
        72.92137995996029,
        80.12511834622643,
        -52.072871366152654,
        -59.78993625266729,
        -0.15582684282751913,
        4.883087185713722,
    ),
)


def shares() -> tuple[float, ...]:
    """Return w_i, the part of U_1 in each stage: 0 in the last three."""
    found: list[float] = [1.0]
    for row in COUPLING[1:5]:
        found.append(1.0 + GAMMA * sum(c * w for c, w in zip(row, found, strict=True)))
    return (*found, 0.0, 0.0, 0.0)


def over_first(weights: Sequence[float]) -> tuple[float, ...]:
    """Return the weights of U_1, V_2, V_3, ... that stand for these weights of U_1, U_2, U_3, ..."""
    first = sum(weight * share for weight, share in zip(weights, shares(), strict=False))
    return (first, *weights[1:])


def dense_weights() -> tuple[tuple[float, ...], ...]:
    """Return `DENSE` for U_1, V_2, ..., V_8."""
    return tuple(over_first(row) for row in DENSE)
