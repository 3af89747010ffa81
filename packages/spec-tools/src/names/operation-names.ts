import { parse } from "yaml";
import { plainRoute, routeKey } from "../normalise/route-key.ts";
import { proposeName } from "./propose-name.ts";

const idPattern = /^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/;

/**
 * Ids of operations, one for each route in both generations. A name once given is never changed: code depends on it.
 * The book only grows. Routes that differ in the style of their path alone may share an id: the later one replaced the earlier.
 */
export class OperationNames {
  readonly #ids = new Map<string, string>();
  readonly #keys = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #present: ReadonlySet<string>;
  /** Ids given by this run, by key. */
  readonly added = new Map<string, string>();

  private constructor(present: ReadonlySet<string>) {
    this.#present = present;
  }

  /**
   * Reads the book.
   * @param present Route keys of the source: a route of the book that is not among them may have been restyled.
   * @throws Error that names the line to correct.
   */
  static read(text: string, present: ReadonlySet<string> = new Set()): OperationNames {
    const names = new OperationNames(present);
    for (const [key, id] of Object.entries(entriesOf(text))) {
      if (typeof id !== "string" || !idPattern.test(id))
        throw new Error(`openapi/names.yaml: ${JSON.stringify(id)} of ${key} is not an id such as "contacts.get"`);
      names.#put(key, id);
    }
    return names;
  }

  /** Frozen id of an operation (`GET /contacts/{contactId}`), given now if it has none. */
  idOf(key: string, service: string): string {
    const known = this.#ids.get(routeKey(key));
    if (known !== undefined) return known;
    const id =
      this.#idBeforeRestyling(key) ?? proposeName(key, this.#prefixOf(service), (candidate) => this.#taken.has(candidate.toLowerCase()));
    this.#put(key, id);
    this.added.set(key, id);
    return id;
  }

  /** The id of a route that has gone and of which this one is the restyled twin. */
  #idBeforeRestyling(key: string): string | undefined {
    const plain = plainRoute(routeKey(key));
    const twin = [...this.#ids].find(([route]) => plainRoute(route) === plain && !this.#present.has(route));
    return twin?.[1];
  }

  /** The book as YAML, by path. */
  toText(): string {
    const lines = [...this.#keys].map(([route, key]) => ({ key, id: this.#ids.get(route) as string }));
    return lines
      .toSorted((a, b) => (sortKey(a.key) < sortKey(b.key) ? -1 : 1))
      .map(({ key, id }) => `${JSON.stringify(key)}: ${id}\n`)
      .join("");
  }

  #put(key: string, id: string): void {
    const route = routeKey(key);
    if (this.#ids.has(route)) throw new Error(`openapi/names.yaml: ${key} stands twice`);
    const isRestyled = [...this.#ids].some(([other, its]) => its === id && plainRoute(other) === plainRoute(route));
    if (this.#taken.has(id.toLowerCase()) && !isRestyled)
      throw new Error(`openapi/names.yaml: the id ${id} is given twice, the second time to ${key}`);
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

function entriesOf(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = parse(text) ?? {};
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error("openapi/names.yaml is not a map from routes to ids");
}
