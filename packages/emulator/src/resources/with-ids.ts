import type { Answer } from "../http/answer.ts";
import type { ResourceRecord } from "../state/resource-record.ts";
import { isObject } from "./flat-schema.ts";
import { idNamesOf } from "./resource-table.ts";

/**
 * Shows the ids of records in an answer whose described records have no place for them: without an id nothing could be done with a record.
 * @param path Where the record or the records stand.
 */
export function withIds(answer: Answer, path: string, records: readonly ResourceRecord[]): Answer {
  const node = (path === "" ? [] : path.split(".")).reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), answer.body);
  for (const [index, shown] of (Array.isArray(node) ? node : [node]).entries()) {
    const record = records[index];
    if (record === undefined || !isObject(shown) || idNamesOf(record.resource).some((name) => shown[name] === record.recordId)) continue;
    (shown as Record<string, unknown>)[isObjectId(record.recordId) ? "_id" : "id"] = record.recordId;
  }
  return answer;
}

function isObjectId(id: string): boolean {
  return /^[0-9a-f]{24}$/.test(id);
}
