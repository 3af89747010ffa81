import { answerWith } from "../../resources/answer-with.ts";
import { matchesField } from "../../resources/list-parameters.ts";
import { recordsOf } from "../../resources/record-store.ts";
import { resource } from "../../resources/resource.ts";
import { queryText } from "../../call/call.ts";
import type { Service } from "../service.ts";

const pages = "/funnels/page";

/** Funnels, websites and their pages are made on screens; redirects by the API. */
export const funnelsService: Service = {
  handlers: {
    "funnels.countPages": (call) => {
      const funnelId = queryText(call, "funnelId");
      const name = queryText(call, "name");
      const found = recordsOf(call, pages).filter(
        ({ fields }) => fields["funnelId"] === funnelId && (name === undefined || fields["name"] === name),
      );
      return answerWith(call, { count: found.length });
    },
  },
  resources: [
    resource("/funnels/funnel", {
      filters: {
        category: (fields, value) => matchesField(fields, "category", value),
        parentId: (fields, value) => matchesField(fields, "parentId", value),
        name: (fields, value) => String(fields["name"]).toLowerCase().includes(String(value).toLowerCase()),
      },
    }),
    resource(pages, { listName: "pages" }),
    resource("/funnels/lookup/redirect", {
      create: (input) => ({ ...input, pathLowercase: String(input["path"]).toLowerCase(), type: "redirect" }),
    }),
  ],
  seed({ sow }) {
    const funnel = sow("/funnels/funnel", {
      name: "Free check-up",
      type: "funnel",
      url: "/free-check-up",
      steps: [],
      isStoreActive: false,
    });
    sow("/funnels/funnel", { name: "Website", type: "website", url: "/", steps: [], isStoreActive: false });
    for (const [name, url] of [
      ["Landing", "/landing"],
      ["Thank you", "/thank-you"],
    ] as const) {
      sow(pages, { name, url, funnelId: funnel.recordId, stepId: url.slice(1), deleted: false });
    }
    const target = { target: funnel.recordId, action: "funnel", type: "redirect" };
    sow("/funnels/lookup/redirect", { domain: "example.com", path: "/Free", pathLowercase: "/free", ...target });
  },
};
