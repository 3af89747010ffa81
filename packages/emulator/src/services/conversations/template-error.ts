/** What is wrong with the template expressions of a text, in the words of Handlebars' parser; `undefined` when nothing is. */
export function templateError(html: string): string | undefined {
  for (const { index } of html.matchAll(/\{\{/g)) {
    const end = html.indexOf("}}", index);
    const inside = html.slice(index + 2, end < 0 ? undefined : end);
    if (end < 0) return parseError(html, html.length, "EOF");
    const illegal = /\|\||&&|[+*=<>?]{1,3}|^\s*$/.exec(
      inside.replace(/\w+=("[^"]*"|'[^']*'|[\w.@]+)/g, (option) => "_".repeat(option.length)),
    );
    if (illegal !== null) return parseError(html, index + 2 + illegal.index, "INVALID");
  }
  return undefined;
}

function parseError(html: string, at: number, got: string): string {
  const before = html.slice(0, at);
  const line = before.split("\n").length;
  const shown = before.slice(-20).replaceAll("\n", "");
  return `Parse error on line ${line}:\n${shown}${html.slice(at, at + 20).replaceAll("\n", "")}\n${"-".repeat(shown.length)}^\nExpecting 'CLOSE', got '${got}'`;
}
