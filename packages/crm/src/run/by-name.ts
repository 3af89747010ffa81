/** Items that a text names: by id, by the exact name, else by names that differ in case and space alone. More than one are ambiguous. */
export function byName<Item extends { readonly id: string; readonly name: string }>(
  items: readonly Item[],
  wanted: string,
): readonly Item[] {
  // Types do not keep out what a form left blank.
  if (typeof wanted !== "string") return [];
  const tests: readonly ((item: Item) => boolean)[] = [
    ({ id }) => id === wanted,
    ({ name }) => name === wanted,
    ({ name }) => fold(name) === fold(wanted),
  ];
  for (const test of tests) {
    const found = items.filter(test);
    if (found.length > 0) return found;
  }
  return [];
}

function fold(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}
