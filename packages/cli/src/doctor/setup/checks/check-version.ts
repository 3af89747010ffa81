import { isGhlError } from "ghlkit";
import type { Target } from "../target.ts";
import type { SetupCheck } from "../setup-check.ts";

/** The first call has shown that the host takes v3; this shows whether it takes those of v2, and calls without one. */
export async function checkVersion({ request }: Target): Promise<SetupCheck> {
  const refused: string[] = [];
  for (const version of ["2021-07-28", "2021-04-15"]) if (await isRejected(() => request({ version }))) refused.push(version);
  const without = (await isRejected(() => request({}))) ? "refuses calls without one" : "takes calls without one (documented: refused)";
  if (refused.length === 0)
    return { name: "Version", verdict: "ok", detail: `The host takes v3, 2021-07-28 and 2021-04-15, and ${without}.` };
  return {
    name: "Version",
    verdict: "warning",
    detail: `The host refuses ${refused.join(" and ")}, takes v3, and ${without}.`,
    action: "Calls of ghl.v2 will fail: move them to their successors in v3.",
  };
}

async function isRejected(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return false;
  } catch (error) {
    if (!isGhlError(error)) throw error;
    return error.code === "version_rejected";
  }
}
