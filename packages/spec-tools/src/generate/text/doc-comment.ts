/** Lines of a doc comment with two spaces in front; what would end the comment is escaped. */
export function docComment(lines: readonly string[]): readonly string[] {
  const safe = lines.map(inDocComment);
  const [only, ...more] = safe;
  if (only !== undefined && more.length === 0) return [`  /** ${only} */`];
  return ["  /**", ...safe.map((line) => `   * ${line}`), "   */"];
}

/** Text as it may stand in a doc comment, on one line. */
export function inDocComment(text: string): string {
  return text.replaceAll("*/", "*\\/").replaceAll(/[\r\n\u2028\u2029]+/g, " ");
}
