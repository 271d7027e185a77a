/** The desk's one stylesheet, served as `/style.css`. A module, so that a build carries it along like any other. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7;
  --raised: #f1eee7;
  --ink: #1d1b18;
  --quiet: #635d54;
  --line: #ddd7cb;
  --accent: #9c2a1c;
  --good: #22653a;
  --bad: #a3221a;
  --ui: system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  --text: ui-serif, 'Iowan Old Style', Charter, Georgia, serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161513;
    --raised: #211f1c;
    --ink: #e9e5dc;
    --quiet: #a8a195;
    --line: #3a362f;
    --accent: #f0937f;
    --good: #7fc796;
    --bad: #f2968c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  padding: 1.5rem 1.25rem 4rem;
  max-width: 46rem;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.55 var(--ui);
  overflow-wrap: anywhere;
}
h1, h2, h3 { line-height: 1.2; }
h1 { margin: 1rem 0 0.5rem; font: 600 2rem/1.15 var(--text); text-wrap: balance; }
h2 { margin: 0; font-size: 1.15rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: 0.5rem 0; }
a { color: var(--accent); text-underline-offset: 0.15em; }
a:focus-visible, button:focus-visible, input:focus-visible, video:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}
code { font: 0.9em ui-monospace, Menlo, Consolas, monospace; }
section { margin-top: 2rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
section > h2 { margin-bottom: 0.75rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.narrow { max-width: 26rem; margin: 0 auto; }
.quiet { color: var(--quiet); font-size: 0.92rem; }
.prose { font-family: var(--text); font-size: 1.1rem; white-space: pre-line; }
.prose p { margin: 0 0 1rem; }
.plain { list-style: none; margin: 0; padding: 0; }
.links a { margin-right: 1rem; }
.mark {
  display: inline-block;
  padding: 0 0.5em;
  border: 1px solid currentColor;
  border-radius: 1em;
  color: var(--quiet);
  font: 0.8rem/1.5 var(--ui);
}
.mark.missed { color: var(--bad); }
.media {
  display: block;
  width: 100%;
  max-height: 34rem;
  margin: 1rem 0;
  border-radius: 6px;
  background: var(--raised);
  object-fit: contain;
}
.card {
  display: grid;
  grid-template-columns: 13rem 1fr;
  gap: 1.25rem;
  padding: 1.5rem 0;
  border-top: 1px solid var(--line);
}
.card img { width: 100%; aspect-ratio: 16 / 9; border-radius: 6px; object-fit: contain; background: var(--raised); }
.card h2 { font: 600 1.3rem/1.2 var(--text); }
h2 a, h3 a { color: inherit; text-decoration-color: var(--accent); text-decoration-thickness: 1px; }
.card .prose { font-size: 1.02rem; }
.pager { display: flex; gap: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
.accounts li { padding: 1rem 0; border-top: 1px solid var(--line); }
.accounts .quiet { font-weight: normal; }
.key { margin-right: 0.35em; color: var(--quiet); font-size: 0.92rem; }
.pipeline { margin: 0; padding-left: 1.5rem; }
.pipeline > li { padding: 0.35rem 0 0.75rem; }
.pipeline p { margin: 0.1rem 0; }
.state { color: var(--quiet); }
.checks { margin: 0.5rem 0; padding-left: 1.25rem; }
.checks li { margin: 0.3rem 0; }
.state.done { color: var(--good); }
.state.failed { color: var(--bad); }
.facts { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0; padding: 0; list-style: none; font-variant-numeric: tabular-nums; }
.rows > li { padding: 0.85rem 0; border-top: 1px solid var(--line); }
.rows > li:first-child { border-top: 0; padding-top: 0; }
.rows > li:last-child { padding-bottom: 0; }
.problem { padding: 0.75rem 1rem; border-left: 4px solid var(--bad); background: var(--raised); }
.command { display: inline-block; padding: 0.3rem 0.6rem; border-radius: 4px; background: var(--raised); user-select: all; }
form label { display: block; margin-bottom: 0.25rem; }
input, button { font: inherit; padding: 0.5rem 0.75rem; border: 1px solid var(--quiet); border-radius: 4px; }
input { width: 100%; margin-bottom: 0.75rem; background: var(--raised); color: var(--ink); }
button { border-color: var(--accent); background: var(--accent); color: var(--paper); cursor: pointer; }
.plain-button { border-color: var(--line); background: none; color: var(--ink); }
@media (max-width: 34rem) {
  h1 { font-size: 1.6rem; }
  .card { grid-template-columns: 1fr; gap: 0.75rem; }
  .card img { aspect-ratio: auto; max-height: 24rem; }
}
`;
