import { resource } from "../../resources/resource.ts";
import type { Service } from "../service.ts";

/** Trigger links. */
export const linksService: Service = {
  handlers: {},
  resources: [resource("/links", { view: ({ recordId }) => ({ fieldKey: `{{trigger_link.${recordId}}}` }) })],
  seed: ({ sow }) => void sow("/links", { name: "Book now", redirectTo: "https://example.com/book" }),
};
