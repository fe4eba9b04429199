/** Style of a report: a page of at most A4's proportions on screen, A4 in print, light or dark by the reader's choice. */
export const reportStyle = `
:root { color-scheme: light dark; --ground: #ffffff; --text: #1b1f24; --muted: #57606a; --rule: #d0d7de; --soft: #f6f8fa;
  --accent: #0b5cad; --ok: #1a6b3c; --warning: #8a5300; --error: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ground: #12171d; --text: #f2f4f7; --muted: #a9b4c0; --rule: #36404a;
  --soft: #1a2129; --accent: #7db8f0; --ok: #6fcf97; --warning: #f0b65a; --error: #ff9d94; } }
* { box-sizing: border-box; }
html { font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; background: var(--ground); color: var(--text); }
body { margin: 0 auto; max-width: 960px; padding: 40px 32px 56px; }
header { border-bottom: 1px solid var(--rule); padding-bottom: 20px; }
h1 { font-size: 28px; line-height: 1.2; font-weight: 600; margin: 0; letter-spacing: -0.01em; text-wrap: balance; }
.subtitle { font-size: 16px; color: var(--muted); margin: 8px 0 0; max-width: 68ch; }
h2 { font-size: 20px; line-height: 1.3; font-weight: 600; margin: 44px 0 12px; break-after: avoid; }
p { margin: 0 0 12px; max-width: 72ch; overflow-wrap: anywhere; }
a { color: var(--accent); }
nav { margin: 16px 0 0; font-size: 14px; }
nav ol { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 4px 20px; }
nav a { text-decoration: none; display: inline-block; padding: 4px 0; }
nav a:hover, nav a:focus-visible { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.highlights { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 0; margin: 28px 0 0; border: 1px solid var(--rule);
  border-radius: 6px; overflow: hidden; }
.highlights div { padding: 14px 16px; margin: 0 -1px -1px 0; border-right: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
.highlights dt { font-size: 13px; color: var(--muted); }
.highlights dd { margin: 2px 0 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
.highlights dd.detail { font-size: 13px; font-weight: 400; color: var(--muted); }
figure { margin: 20px 0; break-inside: avoid; }
.plate { background: #ffffff; border: 1px solid var(--rule); border-radius: 6px; padding: 12px; overflow-x: auto; text-align: center; }
.plate svg { max-width: 100%; height: auto; }
figcaption, .notes { font-size: 13px; color: var(--muted); margin-top: 8px; max-width: 84ch; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(360px, 100%), 1fr)); gap: 0 20px; align-items: start; }
.scroll { overflow-x: auto; margin: 20px 0; }
table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-size: 13px; color: var(--muted); padding-bottom: 8px; caption-side: top; }
caption strong, figcaption strong { color: var(--text); font-weight: 600; }
th, td { padding: 6px 10px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); overflow-wrap: break-word; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 600; border-bottom: 2px solid var(--rule); vertical-align: bottom; }
tbody th { font-weight: 400; }
td svg { display: block; background: #ffffff; border-radius: 3px; }
th.number, td.number { text-align: right; white-space: nowrap; }
thead th.number { white-space: normal; } tbody th { min-width: 120px; } .short tbody th { min-width: 0; }
.unit { display: block; font-weight: 400; color: var(--muted); }
.code { font-family: ui-monospace, 'DejaVu Sans Mono', monospace; font-size: 12px; overflow-wrap: anywhere; }
.tag { font-size: 11px; line-height: 1; color: var(--muted); border: 1px solid var(--rule); border-radius: 3px; padding: 1px 4px; margin-left: 6px; white-space: nowrap; }
.ok { color: var(--ok); } .warning { color: var(--warning); } .error { color: var(--error); } .muted { color: var(--muted); }
td .muted { overflow-wrap: anywhere; }
td:last-child:not(.number) { min-width: 140px; }
.note { border-left: 3px solid var(--accent); background: var(--soft); padding: 10px 14px; margin: 20px 0; max-width: none; }
.note.warning { border-left-color: var(--warning); color: var(--text); }
footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--rule); font-size: 13px; color: var(--muted); }
ul { margin: 0 0 12px; padding-left: 20px; max-width: 72ch; }
li { margin: 0 0 4px; overflow-wrap: anywhere; }
.up { margin: 0 0 8px; font-size: 14px; }
details { margin: 12px 0 20px; border: 1px solid var(--rule); border-radius: 6px; }
summary { cursor: pointer; padding: 8px 14px; font-size: 13px; color: var(--muted); }
details.folded { margin: 0; border-radius: 0; border-width: 0 0 1px; } details.folded > div { padding: 0 0 12px 14px; }
details.folded + p { margin-top: 28px; }
details.folded > summary { padding: 6px 0; color: var(--text); }
details.folded ul { font-size: 13px; max-width: 84ch; }
td .detail, th .detail { display: block; font-size: 12px; color: var(--muted); } th .detail { white-space: nowrap; }
td.number .detail { white-space: pre; }
pre { margin: 0; padding: 12px 14px; border-top: 1px solid var(--rule); background: var(--soft); overflow-x: auto; white-space: pre;
  font: 12px/1.5 ui-monospace, 'DejaVu Sans Mono', monospace; }
math { font-size: 15px; }
table.equations { width: 100%; }
table.equations td { padding: 7px 0; vertical-align: middle; border-bottom: 1px solid var(--soft); white-space: nowrap; }
table.equations td:first-child { text-align: right; width: 1%; padding-right: 6px; }
table.equations .about { white-space: normal; text-align: right; color: var(--muted); font-size: 12px; padding-left: 20px; min-width: 120px; }
mtable.cases mtd { text-align: left; padding: 2px 8px 2px 2px; }
mtable.column mtd { padding: 1px 5px; }
@media (max-width: 640px) { body { padding: 24px 16px 40px; } .plate { text-align: left; } .plate svg { min-width: min(100%, 300px); max-width: max(100%, 480px); } .plate.wide svg { max-width: max(100%, 680px); } }
@page { size: A4; margin: 18mm 16mm; }
@media print {
  :root { color-scheme: light; --ground: #ffffff; --text: #1b1f24; --muted: #57606a; --rule: #d0d7de; --soft: #f6f8fa; --accent: #0b5cad;
    --ok: #1a6b3c; --warning: #8a5300; --error: #b3261e; }
  html { font-size: 10.5pt; } body { max-width: none; padding: 0; } nav, .up { display: none; }
  details::details-content { content-visibility: visible; height: auto; }
  h2 { margin-top: 24pt; } tr, .note, .highlights { break-inside: avoid; } .scroll, .plate { overflow: visible; } .plate { border: 0; padding: 0; }
  thead { display: table-header-group; } table { font-size: 8pt; } th, td { padding: 3px 6px; overflow-wrap: anywhere; }
  th.number, td.number { white-space: normal; } figcaption, caption, .notes { font-size: 8.5pt; }
}
`
