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
    while (text.length < digits) text += hexOf(random());
    return text.length === digits ? text : text.slice(0, digits);
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

/** Two digits for every byte: every answer has a UUID, and writing numbers in base 16 was a tenth of its time. */
const bytes: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Eight digits of a 32-bit number. */
function hexOf(value: number): string {
  return `${bytes[value >>> 24]}${bytes[(value >>> 16) & 255]}${bytes[(value >>> 8) & 255]}${bytes[value & 255]}`;
}
