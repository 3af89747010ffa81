const literalOrComment = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** Code with its comments made blank; every line stays where it is. */
export function withoutComments(text: string): string {
  return text.replace(literalOrComment, (whole, literal: string | undefined) => literal ?? whole.replace(/[^\n]/g, " "));
}

/** Number of the line of a place, from 1. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < index; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
