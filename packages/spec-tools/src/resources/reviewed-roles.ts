import { readFile } from "node:fs/promises";
import { factsFolder } from "../facts/read-table.ts";
import { resourceRoleNames, type ResourceRole, type ResourceRoleName } from "./resource-role.ts";

/** The verdict on one operation. */
export type Review =
  /** The derived role is right. */
  | { readonly verdict: "confirmed"; readonly role: ResourceRole }
  /** The role that is stated here counts, whatever is derived. */
  | { readonly verdict: "declared"; readonly role: ResourceRole }
  /** A handler of the emulator answers. */
  | { readonly verdict: "declared"; readonly role: "handler" }
  /** The emulator answers with a sample, and why. */
  | { readonly verdict: "none"; readonly reason: string };

export const reviewFile = "emulator-roles.tsv";

/** Reads the review: operation id → verdict. @throws Error with the line that does not fit. */
export async function readReview(): Promise<ReadonlyMap<string, Review>> {
  const lines = (await readFile(new URL(reviewFile, factsFolder), "utf8")).split("\n").slice(1);
  const rows = lines.filter((line) => line !== "").map((line) => [line.split("\t")[0] ?? "", parseReview(line)] as const);
  const twice = rows.find(([id], index) => rows.findIndex(([other]) => other === id) !== index);
  if (twice !== undefined) throw new Error(`facts/${reviewFile}: ${twice[0]} stands there twice`);
  return new Map(rows);
}

/** operation, verdict, role and resource and id, reason */
function parseReview(line: string): Review {
  const [, verdict, stated = "", reason = ""] = line.split("\t");
  if (verdict === "none" && stated === "" && reason !== "") return { verdict, reason };
  if (verdict === "declared" && stated === "handler") return { verdict, role: stated };
  const [role = "", resource = "", id] = stated.split(" ");
  if ((verdict === "confirmed" || verdict === "declared") && resourceRoleNames.includes(role) && resource.startsWith("/")) {
    return { verdict, role: { role: role as ResourceRoleName, resource, ...(id !== undefined && { id }) } };
  }
  throw new Error(`facts/${reviewFile}: not a verdict: ${line}`);
}

/** A role as the review states it. */
export function roleText({ role, resource, id }: ResourceRole): string {
  return [role, resource, ...(id === undefined ? [] : [id])].join(" ");
}

/**
 * The roles that count.
 * @throws Error for an operation without a verdict, a verdict without an operation, and a confirmed role that is derived in another way now.
 */
export function reviewedRoles(
  ids: Iterable<string>,
  derived: ReadonlyMap<string, ResourceRole>,
  review: ReadonlyMap<string, Review>,
): ReadonlyMap<string, ResourceRole> {
  const roles = new Map<string, ResourceRole>();
  const known = new Set(ids);
  for (const id of known) {
    const verdict = review.get(id);
    const own = derived.get(id);
    const ownText = own === undefined ? "no role" : roleText(own);
    if (verdict === undefined) {
      throw new Error(
        `${id} has no verdict: the rules derive ${ownText}; write it into packages/spec-tools/facts/${reviewFile} as confirmed, declared or none`,
      );
    }
    if (verdict.verdict === "confirmed" && roleText(verdict.role) !== ownText) {
      throw new Error(
        `${id} was confirmed as ${roleText(verdict.role)} and is derived as ${ownText} now: review it in facts/${reviewFile}`,
      );
    }
    if (verdict.verdict !== "none" && verdict.role !== "handler") roles.set(id, verdict.role);
  }
  const gone = [...review.keys()].find((id) => !known.has(id));
  if (gone !== undefined) throw new Error(`facts/${reviewFile}: ${gone} is no operation any more: take its line out`);
  return roles;
}
