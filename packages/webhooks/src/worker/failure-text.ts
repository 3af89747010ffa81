import { redact } from "@ghlkit/core";

const longest = 500;

/**
 * What a log or the inbox keeps of anything that was thrown: short, without secrets, and a text that every database takes. Never
 * throws, whatever the value is: a revoked proxy, an object without a prototype, an error whose `message` throws.
 */
export function failureText(thrown: unknown): string {
  // Twice as much, so that a secret at the cut is recognised.
  const text = redact(textOf(thrown).slice(0, longest * 2)).slice(0, longest);
  return text.replaceAll(control, "\ufffd").toWellFormed();
}

// oxlint-disable-next-line no-control-regex -- PostgreSQL takes no NUL in a text, a terminal acts on the others
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

function textOf(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return String(thrown);
    const { name, message } = thrown as { readonly name: unknown; readonly message: unknown };
    return `${String(name)}: ${String(message)}`;
  } catch {
    return `A value that cannot be shown as a text (${typeof thrown}).`;
  }
}
