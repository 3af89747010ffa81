import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { changeRecord, recordsOf, requireRecord } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import { resource } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { param, type Call } from "../../call/call.ts";
import type { Service } from "../service.ts";

const agents = "/conversation-ai/agents";
const actions = "/conversation-ai/agents/{}/actions";

/** Agents that answer conversations, and their actions. */
export const conversationAiService: Service = {
  handlers: {
    "conversationAi.updateFollowupSettings": (call) => {
      const agent = requireRecord(call, agents, param(call, "agentId"));
      const wanted = call.body["actionIds"] as readonly string[];
      const changed = recordsOf(call, actions, [agent.recordId])
        .filter(({ recordId }) => wanted.includes(recordId))
        .map((action) => changeRecord(call, action, { followupSettings: call.body["followupSettings"] }));
      const [first] = changed;
      if (first === undefined) throw badRequest(`No Action found for the ids: ${wanted.join(", ")}`);
      return answerWith(call, { success: true, data: { ...shownFields(first, undefined, call), agentId: agent.recordId } });
    },
  },
  resources: [
    resource(agents, {
      create: (input) => ({
        mode: "off",
        channels: [],
        isPrimary: false,
        waitTime: 2,
        waitTimeUnit: "seconds",
        sleepEnabled: false,
        autoPilotMaxMessages: 10,
        knowledgeBaseIds: [],
        ...input,
      }),
      view: ({ recordId }, call) => ({ actions: recordsOf(call, actions, [recordId]).map((action) => actionView(action, call)) }),
      unknown: (id) => badRequest(`No Agent found for the id: ${id}`, {}, "recorded"),
    }),
    resource(actions),
  ],
  seed({ sow }) {
    const goal = "Book an appointment";
    const agent = sow(agents, {
      name: "Receptionist",
      businessName: "Harbour Dental",
      mode: "suggestive",
      channels: ["SMS"],
      isPrimary: true,
      waitTime: 2,
      waitTimeUnit: "seconds",
      sleepEnabled: false,
      autoPilotMaxMessages: 10,
      goal,
      personality: "Friendly",
      instructions: goal,
      knowledgeBaseIds: [],
    });
    const details = { triggerCondition: "The contact asks for a person", reactivateEnabled: false };
    sow(actions, { name: "Hand over", type: "humanHandOver", agentId: agent.recordId, details }, { parents: [agent.recordId] });
  },
};

function actionView(action: ResourceRecord, call: Call): Fields {
  const { id, type } = shownFields(action, undefined, call);
  return { id, type };
}
