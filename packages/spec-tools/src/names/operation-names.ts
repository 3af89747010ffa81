import { parse } from "yaml";
import { routeKey } from "../normalise/route-key.ts";
import { proposeName } from "./propose-name.ts";

/**
 * Ids of operations, one for each route in both generations. A name once given is never changed: code depends on it.
 * The book only grows.
 */
export class OperationNames {
  readonly #ids = new Map<string, string>();
  readonly #keys = new Map<string, string>();
  readonly #taken = new Set<string>();
  /** Ids given by this run, by key. */
  readonly added = new Map<string, string>();

  static read(text: string): OperationNames {
    const names = new OperationNames();
    for (const [key, id] of Object.entries((parse(text) ?? {}) as Record<string, string>)) names.#put(key, id);
    return names;
  }

  /** Frozen id of an operation (`GET /contacts/{contactId}`), given now if it has none. */
  idOf(key: string, service: string): string {
    const known = this.#ids.get(routeKey(key));
    if (known !== undefined) return known;
    const id = proposeName(key, this.#prefixOf(service), (candidate) => this.#taken.has(candidate.toLowerCase()));
    this.#put(key, id);
    this.added.set(key, id);
    return id;
  }

  /** The book as YAML, by path. */
  toText(): string {
    const lines = [...this.#keys].map(([route, key]) => ({ key, id: this.#ids.get(route) as string }));
    return lines
      .toSorted((a, b) => (sortKey(a.key) < sortKey(b.key) ? -1 : 1))
      .map(({ key, id }) => `"${key}": ${id}\n`)
      .join("");
  }

  #put(key: string, id: string): void {
    const route = routeKey(key);
    if (this.#ids.has(route)) throw new Error(`names: ${key} stands twice`);
    if (this.#taken.has(id.toLowerCase())) throw new Error(`names: the id ${id} is given twice, the second time to ${key}`);
    this.#ids.set(route, id);
    this.#keys.set(route, key);
    this.#taken.add(id.toLowerCase());
  }

  /** The prefix other operations of the service have: `chat-widget` → `chatWidgets`. */
  #prefixOf(service: string): string {
    return prefixes[service] ?? service.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  }
}

const prefixes: Readonly<Record<string, string>> = {
  "chat-widget": "chatWidgets",
  "email-isv": "emailVerification",
  "knowledge-base": "knowledgeBases",
};

function sortKey(key: string): string {
  const [method = "", path = ""] = key.split(" ");
  return `${path} ${method}`;
}
