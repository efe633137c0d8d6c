"""The style of every figure: classes named after what a mark means, colours only as variables."""

from __future__ import annotations

from lekti.outputs.tokens import DARK, LIGHT, SANS, css_variables

FIGURE_CSS = """
.figure{display:block;overflow:visible}
.figure .t{font-family:var(--sans);font-size:12px;fill:var(--ink2)}
.figure .t{font-variant-numeric:tabular-nums lining-nums}
.figure .t.b{font-weight:600}
.figure .t .tail{font-weight:400}
.figure .t.ink{fill:var(--ink)}
.figure .t.ink3{fill:var(--ink3)}
.figure .t.model{fill:var(--model)}
.figure .t.alt{fill:var(--alt)}
.figure .t.given{fill:var(--drugtext)}
.figure .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.figure .grid{stroke:var(--rule);stroke-width:1}
.figure .axis{stroke:var(--edge);stroke-width:1}
.figure .b90{fill:var(--model);fill-opacity:var(--band90)}
.figure .b50{fill:var(--model);fill-opacity:var(--band50)}
.figure .med{fill:none;stroke:var(--model);stroke-width:2;stroke-linejoin:round}
.figure .med.thin{stroke-width:1.2}
.figure .healthy{fill:var(--ink);fill-opacity:var(--healthy)}
.figure .dose{fill:none;stroke:var(--drug);stroke-width:1.4}
.figure .begins{stroke:var(--drug);stroke-width:1.3;stroke-dasharray:2 3}
.figure .dot{fill:var(--ink);stroke:var(--paper);stroke-width:2;paint-order:stroke}
.figure .ring{stroke:var(--paper);stroke-width:5}
.figure .paper{fill:var(--paper)}
.figure .ink-line{fill:none;stroke:var(--ink);stroke-width:1.8}
.figure .ink-fill,.figure .shade{fill:var(--ink)}
.figure .shade{shape-rendering:crispEdges}
.figure .open-head{fill:var(--paper);stroke:var(--ink);stroke-width:1.6;stroke-linejoin:round}
.figure .range90{stroke:var(--model);stroke-width:2.5;stroke-opacity:.55}
.figure .range50{stroke:var(--model);stroke-width:9;stroke-opacity:.6}
.figure .model-dot{fill:var(--model);stroke:var(--paper);stroke-width:2}
.figure .observed{stroke:var(--ink);stroke-width:2}
.figure .ped-open{fill:var(--paper);stroke:var(--ink);stroke-width:1.8}
.figure .ped-full{fill:var(--ink);stroke:var(--ink);stroke-width:1.8}
.figure .ped-line{fill:none;stroke:var(--ink);stroke-width:1.5}
.figure .ped-head{fill:none;stroke:var(--ink);stroke-width:1.8;stroke-linejoin:round}
.figure .ped-asked{fill:var(--paper);stroke:var(--model);stroke-width:2}
.figure .ped-dashed{fill:none;stroke:var(--model);stroke-width:1.5;stroke-dasharray:4 3}
.figure .ped-box{fill:var(--model);fill-opacity:var(--band90);stroke:var(--model);stroke-width:2}
""".strip()


def standalone_style() -> str:
    """Return the whole style for a figure outside the page, light or dark as the reader prefers."""
    return (
        f"svg{{{css_variables(LIGHT)}--sans:{SANS};background:var(--paper)}}"
        f"@media (prefers-color-scheme:dark){{svg{{{css_variables(DARK)}}}}}{FIGURE_CSS}"
    )
