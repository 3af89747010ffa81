/** Looks of the emulator's pages; contrast is at least 4.5 to 1 in both schemes. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #16202c; --soft: #4a5768; --line: #c3ccd6; --paper: #fff; --ground: #eef2f6; --accent: #0b5cad; --on-accent: #fff; --bad: #a3121f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef2f6; --soft: #b3bfcc; --line: #47535f; --paper: #1b232c; --ground: #11161b; --accent: #8ec5ff; --on-accent: #0a1a2b; --bad: #ff9aa2; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 38rem; margin: 2rem auto; padding: 1.5rem 2rem 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
main.wide { max-width: 72rem; }
h1 { font-size: 1.375rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
@media (max-width: 30rem) { main { margin: 0; padding: 1rem; border: 0; border-radius: 0; } }
h2 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p { margin: .25rem 0 .75rem; }
.banner { margin: 0; padding: .5rem 1rem; text-align: center; font-size: .875rem; color: var(--soft); border-bottom: 1px solid var(--line); background: var(--paper); }
.soft { color: var(--soft); font-size: .9375rem; }
.problem { color: var(--bad); border-left: .25rem solid var(--bad); padding-left: .75rem; font-weight: 600; overflow-wrap: anywhere; }
a { color: var(--accent); }
ul.people { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: .5rem 1rem .75rem; }
legend { font-weight: 600; padding: 0 .375rem; }
.choices { max-height: 16rem; overflow-y: auto; }
.choice { display: flex; gap: .625rem; align-items: baseline; padding: .25rem 0; }
.field { display: block; margin: .75rem 0; }
.field > span { display: block; font-weight: 600; }
input[type=text], input[type=url], select { width: 100%; min-height: 2.5rem; padding: .5rem .625rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .375rem; }
details { margin: 1rem 0; }
summary { cursor: pointer; }
code { font-size: .875rem; overflow-wrap: anywhere; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem; }
button { padding: .625rem 1.25rem; font: inherit; font-weight: 600; color: var(--accent); background: var(--paper); border: 1px solid var(--accent); border-radius: .375rem; cursor: pointer; }
button.main { color: var(--on-accent); background: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .625rem; border-bottom: 1px solid var(--line); }
td { white-space: nowrap; }
td.long { white-space: normal; overflow-wrap: anywhere; }
td details { margin: 0; }
pre { margin: .5rem 0; max-width: 32rem; max-height: 24rem; overflow: auto; }
.bad { color: var(--bad); }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.due { font-size: 1.125rem; }
.paid { font-weight: 600; border-left: .25rem solid var(--accent); padding-left: .75rem; }
.test-mode { padding: .5rem .75rem; border: 1px dashed var(--soft); border-radius: .375rem; }
dl.sums { margin: .75rem 0 1rem auto; max-width: 20rem; }
dl.sums div { display: flex; justify-content: space-between; padding: .125rem .625rem; }
dl.sums div:last-of-type { font-weight: 600; border-top: 1px solid var(--line); }
dl.sums dd { margin: 0; }
ul.payments { list-style: none; padding: 0; }
ul.payments li { display: flex; justify-content: space-between; gap: 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
button[aria-busy=true] { opacity: .6; cursor: progress; }
iframe { width: 100%; margin-top: 1.5rem; height: 70vh; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
`;
