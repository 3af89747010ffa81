import { notFound } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { param } from "../../call/call.ts";
import type { Service } from "../service.ts";

/** The agency itself. */
export const companiesService: Service = {
  handlers: {
    "companies.get": (call) => {
      const { seed } = call.world;
      const id = param(call, "companyId");
      if (id !== seed.companyId) throw notFound(`Company with id ${id} not found`);
      const address = { country: "US", timezone: "America/New_York", currency: "USD" };
      const contact = { email: "agency@example.com", phone: "+12025550100", website: "https://example.com", domain: "app.example.com" };
      return answerWith(call, {
        company: { id, name: seed.companyName, ...contact, ...address, plan: 3, isReselling: false, status: "active" },
      });
    },
  },
};
