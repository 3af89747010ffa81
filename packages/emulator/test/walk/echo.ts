/** Paths at which a shown value contradicts the one that was sent. What is not shown at all is no contradiction. */
export function contradictions(sent: unknown, shown: unknown, path = ""): readonly string[] {
  if (sent === undefined || sent === null || shown === undefined || shown === null) return [];
  if (Array.isArray(sent)) {
    if (!Array.isArray(shown)) return [`${path}: a list was sent`];
    return sent.flatMap((one, index) => contradictions(one, shown[index], `${path}[${index}]`));
  }
  if (typeof sent === "object") {
    if (typeof shown !== "object") return [`${path}: an object was sent, ${JSON.stringify(shown)} is shown`];
    return Object.entries(sent).flatMap(([name, value]) =>
      contradictions(value, (shown as Record<string, unknown>)[name], `${path}.${name}`),
    );
  }
  const isSame = String(sent) === String(shown) || isSameMoment(sent, shown);
  return isSame ? [] : [`${path}: ${JSON.stringify(sent)} was sent, ${JSON.stringify(shown)} is shown`];
}

/** A day goes in, a moment comes out. */
function isSameMoment(sent: unknown, shown: unknown): boolean {
  return typeof sent === "string" && typeof shown === "string" && /^\d{4}-/.test(sent) && Date.parse(sent) === Date.parse(shown);
}
