/** Text as inline code: the fence is longer than any run of backticks in it. */
export function inlineCode(text: string): string {
  const one = oneLine(text);
  const longest = Math.max(0, ...[...one.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${one}${fence}` : `${fence} ${one} ${fence}`;
}

/** A row of a table. What would end a cell is escaped. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => oneLine(cell).replaceAll(/(?<!\\)\|/g, "\\|")).join(" | ")} |`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]+/g, " ");
}
