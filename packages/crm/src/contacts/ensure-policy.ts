import { checkChoice } from "../run/check-choice.ts";

/** By what a person is recognised. */
export type ContactMatch = "externalId" | "email" | "phone";

/** Looks before it overwrites. */
export interface CarefulPolicy {
  /** @default "careful" */
  readonly strategy?: "careful";
  /**
   * By what an existing contact is recognised, in this order.
   * @default ["externalId", "email", "phone"]
   */
  readonly match?: readonly ContactMatch[];
  /**
   * When identifiers point at different contacts, or at one that `match` does not count: change nothing and report it, or go by the e-mail or
   * the phone and leave the other identifier out.
   * @default "fail"
   */
  readonly onConflict?: "fail" | "preferEmail" | "preferPhone";
  /**
   * What becomes of another primary e-mail of an existing contact. The platform keeps no copy of one that is replaced.
   * @default "keep"
   */
  readonly primaryEmail?: "keep" | "replace";
  /**
   * The same for the phone.
   * @default "keep"
   */
  readonly primaryPhone?: "keep" | "replace";
  /**
   * What becomes of other values of an existing contact: `update` writes what was given, `fill` only where there is nothing yet.
   * @default "update"
   */
  readonly existing?: "update" | "fill";
}

/**
 * One call whatever is there: the platform matches in the location's own order, replaces what it finds and may leave out a phone or an
 * e-mail that belongs to another contact. It takes no tags, since it would replace them all.
 */
export interface OneCallPolicy {
  readonly strategy: "oneCall";
}

/** How a person is ensured. */
export type EnsurePolicy = CarefulPolicy | OneCallPolicy;

const choices = {
  strategy: ["careful", "oneCall"],
  onConflict: ["fail", "preferEmail", "preferPhone"],
  primaryEmail: ["keep", "replace"],
  primaryPhone: ["keep", "replace"],
  existing: ["update", "fill"],
} as const;

const matches: readonly string[] = ["externalId", "email", "phone"];

/**
 * Refuses a policy that comes from a program without types, or from a file, and is misspelt: `"preferemail"` would drop the e-mail.
 * @throws GhlError `invalid_request`
 */
export function checkPolicy(policy: EnsurePolicy): void {
  const { match = [], ...given }: Readonly<Record<string, unknown>> = { ...policy };
  for (const [name, allowed] of Object.entries(choices)) checkChoice("ensure", name, given[name], allowed);
  for (const one of Array.isArray(match) ? (match as readonly unknown[]) : [match]) checkChoice("ensure", "match", one, matches);
}
