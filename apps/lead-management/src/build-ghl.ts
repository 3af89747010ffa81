import { createGhl, type Ghl, type GhlOptions } from "ghlkit";
import { UsageError } from "./usage-error.ts";

/** @throws UsageError for a base URL that cannot be used: the person at the terminal can put that right. */
export function buildGhl(options: GhlOptions): Ghl {
  try {
    return createGhl(options);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`GHL_BASE_URL: ${error.message}`);
    throw error;
  }
}
