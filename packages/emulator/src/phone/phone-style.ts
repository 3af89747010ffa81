/** Looks of the phone, beside those of all pages. */
export const phoneStyle = `
.phones { display: grid; gap: 1.5rem; grid-template-columns: minmax(12rem, 18rem) minmax(0, 24rem); justify-content: center; align-items: start; }
.contacts { list-style: none; margin: .5rem 0 0; padding: 0; max-height: 38rem; overflow-y: auto; }
.contacts a { display: block; padding: .5rem .75rem; border-radius: .5rem; text-decoration: none; color: inherit; overflow-wrap: anywhere; }
.contacts a[aria-current] { background: var(--ground); box-shadow: inset .25rem 0 var(--accent); }
.contacts small { display: block; color: var(--soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.phone { display: flex; flex-direction: column; border: .5rem solid #16202c; border-radius: 2rem; overflow: hidden; background: var(--ground); height: 44rem; max-height: 85vh; }
.phone > header { padding: .75rem 1rem; background: var(--paper); border-bottom: 1px solid var(--line); display: flex; gap: .75rem; align-items: center; justify-content: space-between; }
.phone > header h2 { margin: 0; font-size: 1.0625rem; overflow-wrap: anywhere; }
.phone > header p { margin: 0; font-size: .8125rem; color: var(--soft); }
.thread { flex: 1; overflow-y: auto; list-style: none; margin: 0; padding: 1rem; display: flex; flex-direction: column; gap: .5rem; }
.thread li { max-width: 82%; padding: .5rem .75rem; border-radius: 1rem; overflow-wrap: anywhere; }
.thread .theirs { align-self: flex-start; background: var(--paper); border: 1px solid var(--line); border-bottom-left-radius: .25rem; }
.thread .own { align-self: flex-end; background: var(--accent); color: var(--on-accent); border-bottom-right-radius: .25rem; }
.thread .own a { color: inherit; }
.thread .event { align-self: center; padding: .125rem .75rem; font-size: .8125rem; color: var(--soft); text-align: center; max-width: 100%; }
.thread p { margin: 0; white-space: pre-wrap; }
.thread small { display: block; font-size: .75rem; opacity: .85; }
.closed { margin: 0; padding: .375rem 1rem; font-size: .8125rem; background: var(--paper); border-top: 1px solid var(--line); }
.composer { padding: .75rem; background: var(--paper); border-top: 1px solid var(--line); display: grid; gap: .5rem; }
.composer textarea { width: 100%; min-height: 3.25rem; padding: .5rem .625rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .75rem; resize: vertical; }
.composer textarea::placeholder { color: var(--soft); opacity: 1; }
.composer .row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.composer select { width: auto; flex: 1 1 6rem; }
.phone button { min-height: 2.5rem; padding: .375rem .875rem; border-radius: 1.25rem; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 48rem) {
  .phones { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  .contacts { display: flex; gap: .25rem; overflow-x: auto; max-height: none; }
  .contacts li { flex: 0 0 auto; max-width: 12rem; }
  .phone { height: 36rem; max-height: 75vh; border-width: .25rem; border-radius: 1.25rem; }
}
@media (prefers-color-scheme: dark) { .phone { border-color: #47535f; } }
`;
