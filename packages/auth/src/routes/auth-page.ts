/** What a page of the routes says. `code` is for a program or a support request. */
export interface AuthPage {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly message: string;
  /** A button that posts the value back: the confirmation of an install that was not started here. */
  readonly confirm?: { readonly action: string; readonly value: string };
}

const style = `
:root { color-scheme: light dark; --ink: #16202c; --soft: #4a5768; --line: #c3ccd6; --paper: #fff; --ground: #eef2f6; --accent: #0b5cad; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef2f6; --soft: #b3bfcc; --line: #47535f; --paper: #1b232c; --ground: #11161b; --accent: #8ec5ff; --on-accent: #0a1a2b; }
}
body { margin: 0; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 8vh auto; padding: 1.5rem 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; overflow-wrap: anywhere; }
h1 { font-size: 1.375rem; margin: 0 0 .5rem; }
small { font-size: .875rem; color: var(--soft); }
button { padding: .625rem 1.25rem; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 0; border-radius: .375rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }`;

/** The page as HTML, every text escaped; nothing on it comes from elsewhere. */
export function renderPage({ code, status, title, message, confirm }: AuthPage): string {
  const button =
    confirm === undefined
      ? ""
      : `<form method="post" action="${escape(confirm.action)}"><input type="hidden" name="confirm" value="${escape(confirm.value)}"><button>Connect</button></form>`;
  // For a support request: where nothing failed it says nothing to a person.
  const shownCode = status < 400 ? "" : `<p><small>Code: ${escape(code)}</small></p>`;
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${style}</style>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body><main><h1>${escape(title)}</h1><p>${escape(message)}</p>${button}${shownCode}</main></body></html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
