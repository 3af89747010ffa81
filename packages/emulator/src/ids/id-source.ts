import { createRandom } from "./random.ts";

/** Makes ids in the platform's three formats. The same seed gives the same sequence. */
export interface IdSource {
  /** 20 letters and digits: locations, contacts, opportunities, conversations. */
  readonly record: () => string;
  /** 24 hexadecimal digits: apps, versions, plans, products. */
  readonly object: () => string;
  /** UUID: pipeline stages, workflows, private tokens, traces. */
  readonly uuid: () => string;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function createIdSource(seed: string): IdSource {
  const random = createRandom(seed);
  const hex = (digits: number): string => {
    let text = "";
    while (text.length < digits) text += random().toString(16).padStart(8, "0");
    return text.slice(0, digits);
  };
  return {
    record() {
      let text = "";
      while (text.length < 20) text += alphabet.charAt(random() % alphabet.length);
      return text;
    },
    object: () => hex(24),
    uuid() {
      const digits = hex(32);
      const variant = "89ab".charAt(Number.parseInt(digits.charAt(16), 16) & 3);
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
  };
}
