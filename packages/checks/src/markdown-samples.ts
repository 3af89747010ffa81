/** A fenced `ts` block of a Markdown file. */
export interface MarkdownSample {
  /** Line of the file its first line stands on, from 1. */
  readonly line: number;
  readonly code: string;
}

export interface MarkdownSamples {
  readonly samples: readonly MarkdownSample[];
  /** Blocks marked `ts no-check` with a reason. */
  readonly unchecked: number;
  /** Lines of blocks marked `ts no-check` without one. */
  readonly unexplained: readonly number[];
}

const reason = /<!--\s*no-check:\s*\S.*-->/;

/** Finds the fenced `ts` blocks. `ts no-check` needs `<!-- no-check: reason -->` on the line before. */
export function markdownSamples(text: string): MarkdownSamples {
  const lines = text.split("\n");
  const samples: MarkdownSample[] = [];
  const unexplained: number[] = [];
  let unchecked = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const [, indent, fence, info] = /^(\s*)(`{3,})\s*(.*?)\s*$/.exec(lines[at] ?? "") ?? [];
    if (indent === undefined || fence === undefined || info === undefined) continue;
    const start = at + 1;
    at = endOfBlock(lines, start, fence);
    if (/^ts\s+no-check$/.test(info)) {
      if (reason.test(lines[start - 2] ?? "")) unchecked += 1;
      else unexplained.push(start);
    } else if (info === "ts" || info === "typescript") {
      const code = lines.slice(start, at).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
      samples.push({ line: start + 1, code: code.join("\n") });
    }
  }
  return { samples, unchecked, unexplained };
}

/** The file that a sample is, where its first line says so: `// save-lead.ts`. Other samples of the page import it by that name. */
export function sampleFile(code: string): string | undefined {
  return /^\/\/ ([\w-]+(?:\.[\w-]+)*\.ts)\n/.exec(code)?.[1];
}

function endOfBlock(lines: readonly string[], start: number, fence: string): number {
  const end = lines.findIndex((line, place) => place >= start && line.trim() === fence);
  return end < 0 ? lines.length : end;
}
