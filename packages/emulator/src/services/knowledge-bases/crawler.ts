import { badRequest, notFound } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, changeRecord, findRecord, recordsOf, requireRecord } from "../../resources/record-store.ts";
import type { ResourceRecord } from "../../state/resource-record.ts";
import { queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

export const knowledgeBases = "/knowledge-bases";
export const crawledUrls = "/knowledge-bases/crawler";
const runs = "/knowledge-bases/crawler/runs";

/** The crawler finds the page it is sent to, at once; it fetches nothing. Training a page makes it part of the knowledge base. */
export const crawlerHandlers: Handlers = {
  "knowledgeBases.discoverWebsite": (call) => {
    const { url, option, knowledgeBaseId } = call.body as { url: string; option: string; knowledgeBaseId: string };
    requireRecord(call, knowledgeBases, knowledgeBaseId);
    const run = addRecord(call, {
      resource: runs,
      fields: { url, mode: option, knowledgeBaseId, status: "Successful" },
      idStyle: "object",
    });
    const page = {
      url,
      title: url,
      status: "Pending",
      knowledgeBaseId,
      operationId: run.recordId,
      content: "",
      contentEditedByUser: false,
    };
    addRecord(call, { resource: crawledUrls, fields: page });
    return answerWith(call, { success: true, data: { operationId: run.recordId, status: "Pending", url } });
  },

  "knowledgeBases.getCrawlerStatus": (call) => {
    const run = runOf(call, queryText(call, "operationId") ?? "");
    const found = recordsOf(call, crawledUrls).filter(({ fields }) => fields["operationId"] === run.recordId);
    const byStatus = Map.groupBy(found, ({ fields }) => String(fields["status"]));
    const aggregate = [...byStatus].map(([_id, pages]) => ({
      _id,
      records: pages.map(({ recordId, fields }) => ({ id: recordId, ...fields })),
    }));
    const trained = found.filter(({ fields }) => fields["status"] === "Successful").length;
    const { createdAt, updatedAt, fields } = run;
    const operationDetails = {
      ...fields,
      _id: run.recordId,
      createdAt,
      updatedAt,
      discoveredUrlsCount: found.length,
      trainedUrlsCount: trained,
    };
    return answerWith(call, { success: true, data: { aggregate, operationDetails } });
  },

  "knowledgeBases.trainCrawledUrls": (call) => {
    runOf(call, String(call.body["operationId"]));
    for (const page of pagesOf(call)) changeRecord(call, page, { status: "Successful" });
    return answerWith(call, { success: true });
  },

  "knowledgeBases.deleteCrawledUrls": (call) => {
    for (const page of pagesOf(call)) call.world.state.records.delete(page.id);
    return answerWith(call, { success: true });
  },
};

function runOf(call: Call, id: string): ResourceRecord {
  const run = findRecord(call.world.state, runs, id);
  if (run === undefined || run.locationId !== call.locationId) throw notFound(`Operation with id ${id} not found`);
  return run;
}

/** The pages that the body names. @throws Refusal 400 when one is not the knowledge base's. */
function pagesOf(call: Call): readonly ResourceRecord[] {
  const { urlIds, knowledgeBaseId } = call.body as { urlIds: readonly string[]; knowledgeBaseId: string };
  requireRecord(call, knowledgeBases, knowledgeBaseId);
  return urlIds.map((id) => {
    const page = findRecord(call.world.state, crawledUrls, id);
    if (page?.fields["knowledgeBaseId"] !== knowledgeBaseId) throw badRequest(`Url with id ${id} not found`);
    return page;
  });
}
