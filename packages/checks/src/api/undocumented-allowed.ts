/** Exports and options that have no docstring yet. The list may only shrink. */
export const undocumentedAllowed: readonly string[] = [];
