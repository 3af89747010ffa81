const verbs = new Set([
  "accept",
  "activate",
  "add",
  "attach",
  "bulk",
  "cancel",
  "check",
  "clone",
  "complete",
  "connect",
  "disconnect",
  "discover",
  "download",
  "duplicate",
  "enable",
  "execute",
  "export",
  "generate",
  "import",
  "initiate",
  "migrate",
  "pause",
  "preview",
  "publish",
  "purchase",
  "record",
  "remove",
  "reset",
  "restore",
  "resume",
  "save",
  "search",
  "send",
  "set",
  "start",
  "stop",
  "sync",
  "train",
  "uninstall",
  "update",
  "upload",
  "upsert",
  "validate",
  "verify",
  "void",
]);
// Segments that name the tenant, not the thing.
const tenants = new Set(["location", "locations", "company", "companies"]);

/**
 * Name of a new operation, from method and path: `GET /contacts/{contactId}/notes` → `contacts.listNotes`.
 * The service comes first, tenant segments vanish, nouns are singular before a parameter, a last segment that begins with a
 * verb gives the verb. A name that is taken gets a distinguishing suffix; where there is none, a person must name it.
 */
export function proposeName(key: string, service: string, taken: (id: string) => boolean): string {
  const [method = "", path = ""] = key.split(" ", 2);
  const { nouns, verb, item } = readPath(path, service);
  const action = verb ?? actionOf(method, item);
  const thing = action === "list" || verb !== undefined ? nouns : singularLast(nouns);
  const base = `${service}.${action}${thing.map(pascal).join("")}`;
  const last = [...path.matchAll(/\{([^}]*)\}/g)].at(-1)?.[1];
  const candidates = [base, ...(last === undefined ? [] : [`${base}By${pascal(last)}`]), `${base}${pascal(method.toLowerCase())}`];
  const free = candidates.find((candidate) => !taken(candidate));
  if (free === undefined) throw new Error(`no free name for ${key}: add it to openapi/names.yaml by hand`);
  return free;
}

function actionOf(method: string, item: boolean): string {
  if (method === "GET") return item ? "get" : "list";
  if (method === "PUT") return item ? "update" : "upsert";
  return { POST: "create", PATCH: "update", DELETE: "delete" }[method] ?? method.toLowerCase();
}

function readPath(path: string, service: string): { nouns: string[]; verb: string | undefined; item: boolean } {
  const segments = path.split("/").filter((segment) => segment !== "");
  const own = stem(service);
  const rest = segments.filter((segment, index) => !(index === 0 && stem(camel(segment)) === own));
  const nouns: string[] = [];
  let verb: string | undefined;
  for (const [index, segment] of rest.entries()) {
    const parameter = segment.startsWith("{");
    const tenant = parameter ? /^\{(location|company)Id\}$/.test(segment) : tenants.has(segment) && rest[index + 1]?.startsWith("{");
    if (tenant || parameter) continue;
    const [first = "", ...words] = camel(segment).split(/(?=[A-Z])/);
    if (index === rest.length - 1 && verbs.has(first.toLowerCase())) {
      verb = first.toLowerCase() + words.join("");
    } else {
      nouns.push(rest[index + 1]?.startsWith("{") ? singular(camel(segment)) : camel(segment));
    }
  }
  return { nouns, verb, item: rest.at(-1)?.startsWith("{") ?? false };
}

function singularLast(nouns: readonly string[]): string[] {
  return nouns.map((noun, index) => (index === nouns.length - 1 ? singular(noun) : noun));
}

function singular(noun: string): string {
  if (/(ss|us|is)$/.test(noun)) return noun;
  return noun
    .replace(/ies$/, "y")
    .replace(/(x|ch|sh|ss)es$/, "$1")
    .replace(/s$/, "");
}

function stem(word: string): string {
  return singular(word).toLowerCase();
}

function camel(segment: string): string {
  return segment.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? "").toUpperCase());
}

function pascal(word: string): string {
  const name = camel(word);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
