/**
 * Required ids that are empty, in the words for absent ones: the check behind those words refuses an empty text as well. A program whose
 * setting is missing sends such an id.
 */
export function emptyIds(values: unknown, required: readonly string[]): readonly string[] {
  if (typeof values !== "object" || values === null) return [];
  const given = values as Readonly<Record<string, unknown>>;
  return required
    .filter((name) => /^id$|_id$|[a-z](?:Id|ID)$/.test(name) && given[name] === "")
    .map((name) => `${name} should not be empty`);
}
