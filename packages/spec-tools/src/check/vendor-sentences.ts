const proseKeys = new Set(["description", "summary", "title", "example", "examples", "default"]);
const fewestWords = 5;

/**
 * Words of a text: no case, no punctuation, no markup. What is left is compared. Identifiers, paths and addresses are one
 * word each, so that `get-custom-audience-by-id` is no sentence.
 */
export function words(text: string): string[] {
  return text
    .replace(/<[^>]*>|\\[nrt]/g, " ")
    .toLowerCase()
    .split(/[\s"'`,;:!?()[\]|*]+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]+/gu, ""))
    .filter((word) => word !== "");
}

/** Every sentence of five words or more that a vendor document holds, as words. */
export function sentencesOf(document: unknown): readonly (readonly string[])[] {
  const found: string[][] = [];
  const walk = (value: unknown, prose: boolean): void => {
    if (typeof value === "string") {
      if (prose) found.push(...sentences(value));
    } else if (Array.isArray(value)) {
      for (const one of value) walk(one, prose);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, one] of Object.entries(value))
        walk(one, prose || (proseKeys.has(key) && typeof one !== "object") || key === "example" || key === "examples");
    }
  };
  walk(document, false);
  return found;
}

/** Sentences of a page in Markdown; the rows of its tables are facts (scopes, paths), not sentences. */
export function sentencesOfPage(text: string): readonly (readonly string[])[] {
  return text
    .split("\n")
    .filter((line) => !line.startsWith("|"))
    .flatMap(sentences);
}

function sentences(text: string): string[][] {
  return text
    .split(/(?<=[.!?])\s+|\n|<br\s*\/?>/)
    .map(words)
    .filter((sentence) => sentence.length >= fewestWords);
}
