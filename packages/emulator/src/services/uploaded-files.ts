import type { Call } from "./call.ts";

/** What an upload answers: name of each file → where it is kept. Its content is not. */
export function uploadedFiles({ files, world }: Call): Readonly<Record<string, string>> {
  const stored = Object.values(files).flat();
  return Object.fromEntries(
    stored.map(({ name }) => [name, `https://storage.example.com/${world.ids.record()}/${encodeURIComponent(name)}`]),
  );
}
