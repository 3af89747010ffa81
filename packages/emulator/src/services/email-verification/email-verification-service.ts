import { notFound } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { isEmail } from "../../validate/is-email.ts";
import type { Service } from "../service.ts";

/** Verification of addresses: an address that can be one is deliverable, unless its domain is reserved for tests that fail. */
export const emailVerificationService: Service = {
  evidence: {
    "emailVerification.verify": "inferred",
  },
  handlers: {
    "emailVerification.verify": (call) => {
      const { type, verify } = call.body as { readonly type?: string; readonly verify?: string };
      const contact = type === "contact" ? call.world.state.contacts.get(verify ?? "") : undefined;
      if (type === "contact" && contact === undefined) throw notFound(`Contact with id ${verify ?? ""} not found`);
      const address = contact === undefined ? (verify ?? "") : (contact.email ?? "");
      const isAddress = isEmail(address) && !address.endsWith(".invalid");
      const result = isAddress ? "deliverable" : "undeliverable";
      const advice = { leadConnectorRecommendation: { isEmailValid: isAddress } };
      return answerWith(call, {
        result,
        risk: isAddress ? "low" : "high",
        address,
        reason: isAddress ? [] : ["invalid_address"],
        ...advice,
      });
    },
  },
};
