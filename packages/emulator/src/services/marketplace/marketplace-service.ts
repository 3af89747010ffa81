import type { Service } from "../service.ts";
import { installationHandlers } from "./installations.ts";

/** Installations of marketplace apps. */
export const marketplaceService: Service = { handlers: installationHandlers };
