import type { Finding, Outcome } from "./judge.ts";

export interface DoctorResult {
  readonly url: string;
  readonly findings: readonly Finding[];
  readonly trusted: boolean;
  readonly publicKey: string;
}

const titles: readonly (readonly [Exclude<Outcome, "right">, string])[] = [
  ["accepted", "WRONGLY ACCEPTED"],
  ["rejected", "WRONGLY REJECTED"],
  ["unclear", "REFUSED BY FAILING"],
];

/** For people. */
export function doctorText({ url, findings, trusted, publicKey }: DoctorResult): string {
  const genuine = findings.filter((finding) => finding.genuine).length;
  const blocks = [`${url}: ${genuine} genuine deliveries, ${findings.length - genuine} forged`];
  for (const [outcome, title] of titles) {
    const found = findings.filter((finding) => finding.outcome === outcome);
    if (found.length > 0) blocks.push(`${title} (${found.length})\n${byFix(found)}`);
  }
  if (!trusted) blocks.push(untrusted(findings, publicKey));
  else if (blocks.length === 1) blocks.push("Everything genuine was taken and everything forged was refused.");
  return blocks.join("\n\n");
}

/** Names that are printed of one fix where nothing got in: an endpoint that fails at everything would fill the screen. */
const mostUnclear = 5;

function byFix(findings: readonly Finding[]): string {
  const groups = Map.groupBy(findings, ({ fix }) => fix ?? "");
  return [...groups].map(([fix, group]) => `${rowsOf(group).join("\n")}\n    fix: ${fix}`).join("\n");
}

function rowsOf(group: readonly Finding[]): readonly string[] {
  const rows = group.map(
    ({ name, status, reason }) => `  ${status === 0 ? "---" : status}  ${name}${reason === undefined ? "" : ` (${reason})`}`,
  );
  if (group[0]?.outcome !== "unclear" || rows.length <= mostUnclear) return rows;
  return [...rows.slice(0, mostUnclear), `  and ${rows.length - mostUnclear} more; --json has them all`];
}

function untrusted(findings: readonly Finding[], publicKey: string): string {
  const refusedByKey = findings.filter(({ genuine }) => genuine).every(({ status }) => status === 401);
  const reason = refusedByKey ? "the endpoint does not trust the key that doctor signs with" : "something else is wrong, see above";
  return [
    `NOT ONE GENUINE DELIVERY WAS TAKEN: ${reason}.`,
    "Deliveries that are signed and altered, repeated, too large or of another app may have been refused for the same reason:",
    "that they were refused shows nothing yet. While you develop, put this key into additionalKeys (never in production):",
    publicKey,
  ].join("\n");
}
