/** What a page of the routes tells. `code` is for a program or a support request. */
export interface AuthPage {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly message: string;
  /** A button that posts the value back: the confirmation of an install nobody here started. */
  readonly confirm?: { readonly action: string; readonly value: string };
}

/** The page as HTML, every text escaped; nothing on it comes from elsewhere. */
export function renderPage({ code, title, message, confirm }: AuthPage): string {
  const button =
    confirm === undefined
      ? ""
      : `<form method="post" action="${escape(confirm.action)}"><input type="hidden" name="confirm" value="${escape(confirm.value)}"><button>Connect</button></form>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><main><h1>${escape(title)}</h1><p>${escape(message)}</p>${button}<p><small>${escape(code)}</small></p></main></html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
