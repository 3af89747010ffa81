import { fileURLToPath } from "node:url";
import { UsageError } from "./usage-error.ts";

export type Template = "hono" | "next" | "workers";

/** What each is for. Each is a folder of `templates/`. */
export const templates: Readonly<Record<Template, string>> = {
  hono: "Hono on Node.js, with SQLite",
  next: "Next.js, with SQLite",
  workers: "Cloudflare Workers, with a queue",
};

/** @throws UsageError for a name that is none. */
export function parseTemplate(name: string): Template {
  if (Object.hasOwn(templates, name)) return name as Template;
  throw new UsageError(`There is no template "${name}". Choose one of: ${Object.keys(templates).join(", ")}.`);
}

/** Absolute path. */
export function folderOf(template: Template): string {
  return fileURLToPath(new URL(`../templates/${template}`, import.meta.url));
}
