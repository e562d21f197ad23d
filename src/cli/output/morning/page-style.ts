/** What the page of the morning looks like, by day, by night and on paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #5c6570; --ground: #ffffff; --panel: #f3f5f7; --edge: #d5dae0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ec; --faint: #a3acb6; --ground: #15181c; --panel: #20252b; --edge: #3a424b; }
}
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .8rem; padding-bottom: .2rem; border-bottom: 1px solid var(--edge); }
h3 { font-size: 1rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
p { margin: .2rem 0; overflow-wrap: anywhere; color: var(--faint); }
code { font: .86rem/1.5 ui-monospace, monospace; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .6rem; margin: 1rem 0; }
.figures div { background: var(--panel); border: 1px solid var(--edge); border-radius: .4rem; padding: .5rem .7rem; }
.figures dt { color: var(--faint); font-size: .82rem; }
.figures dd { margin: 0; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.figures dd.note { font-size: .78rem; color: var(--faint); }
.entry { border-left: .25rem solid var(--edge); padding: .1rem 0 .1rem .9rem; margin: 0 0 1.1rem; break-inside: avoid; }
.commands { list-style: none; margin: .5rem 0 0; padding: 0; }
.commands li { display: grid; grid-template-columns: 11.5rem 1fr; gap: .2rem .8rem; align-items: baseline; margin: .25rem 0; }
.commands li > code { grid-column: 2; justify-self: start; }
.commands li.alone { grid-template-columns: 1fr; }
.commands li.alone > code { grid-column: 1; }
.commands span { grid-column: 1; color: var(--faint); font-size: .86rem; }
.commands code { background: var(--panel); border: 1px solid var(--edge); border-radius: .3rem; padding: .05rem .45rem; overflow-wrap: anywhere; user-select: all; }
.wide { overflow-x: auto; margin: .8rem 0; }
.numbers { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums; }
.numbers th, .numbers td { padding: .25rem .6rem; border-bottom: 1px solid var(--edge); text-align: right; vertical-align: top; }
.numbers th:first-child { text-align: left; font-weight: normal; }
.numbers thead th { color: var(--faint); font-weight: 600; }
.chart { margin: 1.4rem 0 2rem; break-inside: avoid; }
.chart figcaption { font-weight: 600; margin-bottom: .6rem; }
.chart figcaption small { font-weight: normal; color: var(--faint); }
.plot { display: flex; gap: .4rem; }
.ticks { display: flex; flex-direction: column; justify-content: space-between; height: calc(220px - 1.5rem + 1.2em); margin-top: -.6em; text-align: right;
  font-size: .75rem; line-height: 1.2em; color: var(--faint); min-width: 2.6rem; padding-bottom: 0; box-sizing: content-box; }
.chart .charts-css.column { height: auto; --labels-size: 1.5rem; flex: 1; min-width: 0;
  --primary-axis-color: var(--faint); --secondary-axes-color: var(--edge); color: var(--ink); }
.chart .charts-css.column tbody { aspect-ratio: auto; height: 220px; }
.chart .charts-css.column tbody th { font-size: .7rem; font-weight: normal; color: var(--faint); white-space: nowrap; overflow: visible; }
.chart .charts-css.legend { border: none; padding: 0 0 0 3rem; margin: .4rem 0 0; font-size: .8rem; color: var(--ink); }
.chart .charts-css .tooltip { z-index: 2; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { main { max-width: none; padding: 0; } .charts-css td { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
