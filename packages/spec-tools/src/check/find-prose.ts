import { words } from "./vendor-sentences.ts";

const window = 5;

/** Looks for sentences in texts. Built once, asked many times. */
export class ProseFinder {
  readonly #byStart = new Map<string, (readonly string[])[]>();

  constructor(sentences: Iterable<readonly string[]>) {
    const seen = new Set<string>();
    for (const sentence of sentences) {
      const whole = sentence.join(" ");
      if (seen.has(whole)) continue;
      seen.add(whole);
      const start = sentence.slice(0, window).join(" ");
      const group = this.#byStart.get(start);
      if (group === undefined) this.#byStart.set(start, [sentence]);
      else group.push(sentence);
    }
  }

  /** Sentences that stand in a text, word for word, whatever the punctuation and the line breaks. */
  find(text: string): readonly string[] {
    const tokens = words(text);
    const found = new Set<string>();
    for (let index = 0; index + window <= tokens.length; index++) {
      const group = this.#byStart.get(tokens.slice(index, index + window).join(" "));
      for (const sentence of group ?? []) {
        if (sentence.every((word, offset) => tokens[index + offset] === word)) found.add(sentence.join(" "));
      }
    }
    return [...found];
  }
}
