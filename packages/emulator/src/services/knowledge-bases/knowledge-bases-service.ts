import { badRequest } from "../../http/refusal.ts";
import { resource } from "../../resources/resource.ts";
import { recordsOf, requireRecord } from "../../resources/record-store.ts";
import { recordKey, type ResourceRecord } from "../../state/resource-record.ts";
import type { State } from "../../state/state.ts";
import type { Service } from "../service.ts";
import { crawledUrls, crawlerHandlers, knowledgeBases } from "./crawler.ts";
import { knowledgeBaseChanges } from "./knowledge-base-changes.ts";

const faqs = "/knowledge-bases/faqs";

/** Knowledge bases, their questions and the pages that were crawled for them. */
export const knowledgeBasesService: Service = {
  evidence: {
    "knowledgeBases.discoverWebsite": "inferred",
    "knowledgeBases.getCrawlerStatus": "inferred",
    "knowledgeBases.trainCrawledUrls": "inferred",
  },
  handlers: crawlerHandlers,
  resources: [
    resource(knowledgeBases, {
      create: (input) => ({
        description: "",
        ...input,
        nameLowerCase: String(input["name"]).toLowerCase(),
        kbMetadata: {},
        isDefault: false,
      }),
      removed({ recordId }, call) {
        for (const path of [faqs, crawledUrls]) {
          for (const record of recordsOf(call, path))
            if (record.fields["knowledgeBaseId"] === recordId) call.world.state.records.delete(record.id);
        }
      },
    }),
    resource(faqs, {
      create(input, call) {
        requireRecord(call, knowledgeBases, String(input["knowledgeBaseId"]));
        return { ...input, questionLowerCase: String(input["question"]).toLowerCase() };
      },
      change: (before, input) => ({
        ...before,
        ...input,
        questionLowerCase: String(input["question"] ?? before["question"]).toLowerCase(),
      }),
    }),
    resource(crawledUrls, { unknown: (id) => badRequest(`Url with id ${id} not found`) }),
  ],
  changes({ records }, publish) {
    records.onChange((before, after) => publish(() => (isOrphan(records, before, after) ? [] : knowledgeBaseChanges(before, after))));
  },
  seed({ sow }) {
    const base = sow(knowledgeBases, {
      name: "Practice",
      nameLowerCase: "practice",
      description: "What patients ask",
      kbMetadata: {},
      isDefault: true,
    });
    const faq = { question: "When are you open?", questionLowerCase: "when are you open?", answer: "Monday to Friday, nine to five." };
    sow(faqs, { ...faq, knowledgeBaseId: base.recordId });
    const page = {
      url: "https://example.com/prices",
      title: "Prices",
      status: "Successful",
      content: "A check-up is 80 dollars.",
      contentEditedByUser: false,
    };
    sow(crawledUrls, { ...page, knowledgeBaseId: base.recordId });
  },
};

/** What goes because its knowledge base went emits nothing. */
function isOrphan(records: State["records"], before: ResourceRecord | undefined, after: ResourceRecord | undefined): boolean {
  const base = before?.fields["knowledgeBaseId"];
  return after === undefined && base !== undefined && records.get(recordKey(knowledgeBases, String(base))) === undefined;
}
