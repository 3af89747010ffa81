import type { Answer } from "../../http/answer.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, changeRecord, recordsOf, requireRecord } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

const agents = "/agent-studio/agent";
const versions = "/agent-studio/agent/versions";

/** Gives a new agent its first version, a draft. */
export function addFirstVersion(agent: ResourceRecord, call: Call): void {
  const draft = agent.fields["draft"] as Fields;
  addVersion(call, agent.recordId, { versionName: "v1", ...draft, name: agent.fields["name"], version: 1 });
}

/** The versions of an agent: one in production at most, and a draft. */
export function agentVersions(agent: ResourceRecord, call: Call): Fields {
  const own = versionsOf(call, agent.recordId).map((version) => versionView(version, call));
  return { versions: own, productionVersion: own.find(({ state }) => state === "production") };
}

export const agentStudioHandlers: Handlers = {
  "agentStudio.publishAgentVersion": (call) => {
    const draft = requireRecord(call, versions, param(call, "versionId"));
    const agentId = String(draft.fields["agentId"]);
    for (const other of versionsOf(call, agentId)) {
      if (other.fields["state"] === "production") changeRecord(call, other, { state: "archived", isPublished: false });
    }
    const production = changeRecord(call, draft, { state: "production", isPublished: true });
    const number = versionsOf(call, agentId).length + 1;
    const next = addVersion(call, agentId, { ...draft.fields, versionName: `v${number}`, version: number });
    const agent = requireRecord(call, agents, agentId);
    changeRecord(call, agent, { isPublished: true });
    const data = { productionVersion: versionView(production, call), newDraftVersion: versionView(next, call) };
    return answerWith(call, { success: true, message: "Agent version published", data });
  },

  "agentStudio.executeAgent": execute,
  "agentStudio.executeAgentLegacy": execute,
};

/** The emulated agent repeats what it is asked: what a model would say is not known. */
function execute(call: Call): Answer {
  const agent = requireRecord(call, agents, param(call, "agentId"));
  const { ids } = call.world;
  return answerWith(call, {
    success: true,
    executionId: call.body["executionId"] ?? ids.record(),
    interactionId: ids.record(),
    response: `${String(agent.fields["name"])} received: ${String(call.body["message"])}`,
    type: "text",
    executionStatus: "COMPLETED",
    goalCompletion: false,
  });
}

function addVersion(call: Call, agentId: string, fields: Fields): ResourceRecord {
  return addRecord(call, { resource: versions, fields: { status: "active", ...fields, agentId, state: "draft", isPublished: false } });
}

function versionsOf(call: Call, agentId: string): readonly ResourceRecord[] {
  return recordsOf(call, versions).filter(({ fields }) => fields["agentId"] === agentId);
}

function versionView(version: ResourceRecord, call: Call): Fields {
  return { ...shownFields(version, undefined, call), versionId: version.recordId };
}
