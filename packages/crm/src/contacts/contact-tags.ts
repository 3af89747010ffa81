/** A tag as the platform keeps it: in lower case, without space around it. */
export function contactTag(tag: string): string {
  return tag.trim().toLowerCase();
}

/** Tags as the platform keeps them, each once. */
export function contactTags(tags: readonly string[]): readonly string[] {
  return [...new Set(tags.map(contactTag))].filter((tag) => tag !== "");
}
