import { parse } from "yaml";
import type { Sample } from "./parse-exposition.ts";

/**
 * The restricted form of a rule: one metric, labels that are equal, a comparison with a number; or `absent(metric)`. It means what it means to
 * Prometheus: each series that the comparison keeps is an alert, pending until `for` has passed without a pause.
 */
export interface AlertRule {
  readonly name: string;
  readonly forMs: number;
  readonly metric: string;
  /** As written. */
  readonly expression: string;
  /** `for` as written. */
  readonly written: string;
  /** The series that the expression keeps; the names of alerts are these. */
  readonly select: (samples: readonly Sample[]) => readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
}

const number = String.raw`-?\d+(?:\.\d+)?`;
const comparison = new RegExp(String.raw`^([a-zA-Z_:]\w*)(?:\{([^}]*)\})? (==|!=|>|<|>=|<=) (${number})$`);
const absence = /^absent\(([a-zA-Z_:]\w*)\)$/;

const compare: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  "==": (one, other) => one === other,
  "!=": (one, other) => one !== other,
  ">": (one, other) => one > other,
  "<": (one, other) => one < other,
  ">=": (one, other) => one >= other,
  "<=": (one, other) => one <= other,
};

interface WrittenRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Reads rules. @throws Error for an expression that is not of the restricted form. */
export function readAlertRules(yaml: string): readonly AlertRule[] {
  const { groups } = parse(yaml) as { readonly groups: readonly { readonly rules: readonly WrittenRule[] }[] };
  return groups.flatMap(({ rules }) => rules.map(readRule));
}

function readRule({ alert: name, expr, for: duration, annotations }: WrittenRule): AlertRule {
  const common = { name, forMs: durationMs(duration), expression: expr, written: duration, annotations };
  const [, missing] = absence.exec(expr) ?? [];
  if (missing !== undefined)
    return { ...common, metric: missing, select: (samples) => (samples.some(({ metric }) => metric === missing) ? [] : [missing]) };
  const [, metric, labels = "", operator = "", value] = comparison.exec(expr) ?? [];
  const keeps = compare[operator];
  if (metric === undefined || keeps === undefined) throw new Error(`${name}: "${expr}" is not a metric compared with a number.`);
  const wanted = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = "", is]) => [label, is] as const);
  const isWanted = (sample: Sample): boolean => sample.metric === metric && wanted.every(([label, is]) => sample.labels[label] === is);
  return {
    ...common,
    metric,
    select: (samples) =>
      samples.filter((sample) => isWanted(sample) && keeps(sample.value, Number(value))).map(({ labels: own }) => JSON.stringify(own)),
  };
}

function durationMs(text: string): number {
  const [, count, unit] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) throw new Error(`"${text}" is no duration.`);
  return Number(count) * { s: 1000, m: 60_000, h: 3_600_000 }[unit as "s" | "m" | "h"];
}

/** Evaluates rules as Prometheus does, once for each scrape. */
export class AlertEvaluator {
  readonly #rules: readonly AlertRule[];
  readonly #since = new Map<string, number>();
  #firing: readonly string[] = [];

  constructor(rules: readonly AlertRule[]) {
    this.#rules = rules;
  }

  /** Names of the alerts that fire. */
  get firing(): readonly string[] {
    return this.#firing;
  }

  evaluate(samples: readonly Sample[], now: number): void {
    const kept = new Set<string>();
    const firing = new Set<string>();
    for (const rule of this.#rules) {
      for (const series of rule.select(samples)) {
        const key = `${rule.name}${series}`;
        kept.add(key);
        if (!this.#since.has(key)) this.#since.set(key, now);
        if (now - (this.#since.get(key) ?? now) >= rule.forMs) firing.add(rule.name);
      }
    }
    for (const key of this.#since.keys()) if (!kept.has(key)) this.#since.delete(key);
    this.#firing = [...firing].toSorted();
  }
}
