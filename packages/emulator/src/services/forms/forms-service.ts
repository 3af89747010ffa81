import { notFound } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import { matchesField, matchesText } from "../../resources/list-parameters.ts";
import { queryText } from "../../call/call.ts";
import type { Service } from "../service.ts";
import { uploadedFiles } from "../uploaded-files.ts";

/** Forms and surveys are made on screens; what contacts submitted is read here. */
export const formsService: Service = {
  evidence: {
    "forms.uploadCustomFiles": "inferred",
  },
  handlers: {
    "forms.uploadCustomFiles": (call) => {
      const contactId = queryText(call, "contactId") ?? "";
      const contact = call.world.state.contacts.get(contactId);
      if (contact?.locationId !== call.locationId) throw notFound(`Contact with id ${contactId} not found`);
      return answerWith(call, { uploadedFiles: uploadedFiles(call), contact: contactId });
    },
  },
  resources: [
    resource("/forms"),
    resource("/surveys"),
    submissions("/forms/submissions", "formId"),
    submissions("/surveys/submissions", "surveyId"),
  ],
  seed({ sow, seed }) {
    const field = seed.customFieldIds["contact.pet_name"] ?? "";
    for (const [path, noun, names] of [
      ["/forms", "formId", ["New patient", "Contact us"]],
      ["/surveys", "surveyId", ["How was your visit?"]],
    ] as const) {
      const [first] = names.map((name) => sow(path, { name, type: noun === "formId" ? "form" : "survey" }));
      for (const name of ["Mia Stone", "Leo Brand"]) {
        const email = `${name.toLowerCase().replace(" ", ".")}@example.com`;
        const others = {
          [field]: "Rex",
          fieldsOriSequance: [field],
          eventData: { source: "direct", page: { url: "https://example.com" } },
        };
        sow(`${path}/submissions`, { [noun]: first?.recordId, name, email, others });
      }
    }
  },
};

/** Submissions of a form or survey. */
function submissions(path: string, noun: string): ResourceDeclaration {
  return resource(path, {
    idStyle: "object",
    filters: {
      [noun]: (fields, value) => matchesField(fields, noun, value),
      q: (fields, value) => ["contactId", "name", "email", "phone"].some((name) => matchesText(fields[name], String(value).toLowerCase())),
    },
  });
}
