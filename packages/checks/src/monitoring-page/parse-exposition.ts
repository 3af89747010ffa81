/** One sample of a scrape. */
export interface Sample {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$/;

/** Reads the text exposition format of Prometheus. @throws Error for a line that is not of it. */
export function parseExposition(text: string): readonly Sample[] {
  return text
    .split("\n")
    .filter((one) => one.trim() !== "" && !one.startsWith("#"))
    .map((one) => {
      const [, metric, labels = "", value] = line.exec(one) ?? [];
      if (metric === undefined) throw new Error(`No sample: ${one}`);
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = "", is = ""]) => [name, is] as const);
      return { metric, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}
