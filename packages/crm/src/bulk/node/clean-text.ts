/** Longest field that is taken, in characters: the platform's own longest text field takes less. */
const longest = 65_536;

/** A field without control characters (tabs and line ends stay) and without blanks around it. */
export function cleanText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "").trim();
}

/** What is wrong with a field, or undefined. */
export function fieldProblem(name: string, text: string): string | undefined {
  if (text.length > longest) return `${name} has ${text.length} characters: at most ${longest} are taken`;
  if (text.includes("\uFFFD")) return `${name} is not UTF-8: save the file as "CSV UTF-8", or give its encoding`;
  return undefined;
}
