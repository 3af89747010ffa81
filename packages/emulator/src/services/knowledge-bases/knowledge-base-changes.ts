import type { ResourceRecord } from "../../state/resource-record.ts";
import type { PlatformEvent } from "../../webhooks/platform-event.ts";
import { crawledUrls, knowledgeBases } from "./crawler.ts";

/** Events of knowledge bases, their questions and their crawled pages. */
export function knowledgeBaseChanges(before: ResourceRecord | undefined, after: ResourceRecord | undefined): readonly PlatformEvent[] {
  const record = after ?? before;
  const kind = record && kindOf(record.resource, before, after);
  if (kind === undefined || record?.locationId === undefined) return [];
  return [{ kind, locationId: record.locationId, fields: { id: record.recordId, ...record.fields } }];
}

function kindOf(
  resource: string,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
): PlatformEvent["kind"] | undefined {
  switch (resource) {
    case knowledgeBases:
      return before === undefined ? "KnowledgeBaseCreate" : after === undefined ? "KnowledgeBaseDelete" : "KnowledgeBaseUpdate";
    case "/knowledge-bases/faqs":
      return "KnowledgeBaseFaqChange";
    case crawledUrls:
      return "KnowledgeBaseTrainedUrlChange";
    default:
      return undefined;
  }
}
