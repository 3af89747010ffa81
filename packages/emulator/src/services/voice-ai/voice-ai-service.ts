import { recordsOf, requireRecord } from "../../resources/record-store.ts";
import { matchesField } from "../../resources/list-parameters.ts";
import { resource } from "../../resources/resource.ts";
import type { Service } from "../service.ts";

const agents = "/voice-ai/agents";
const actions = "/voice-ai/actions";
const callLogs = "/voice-ai/dashboard/call-logs";

/** Agents that answer calls, their actions and the log of their calls. */
export const voiceAiService: Service = {
  handlers: {},
  resources: [
    resource(agents, {
      create: (input) => ({
        agentName: "Voice agent",
        language: "en-US",
        patienceLevel: "high",
        maxCallDuration: 900,
        sendUserIdleReminders: true,
        reminderAfterIdleTimeSeconds: 5,
        callEndWorkflowIds: [],
        agentWorkingHours: [],
        ...input,
      }),
      view: ({ recordId }, call) => ({
        actions: recordsOf(call, actions)
          .filter(({ fields }) => fields["agentId"] === recordId)
          .map((action) => ({ id: action.recordId, ...action.fields })),
      }),
      removed({ recordId }, call) {
        for (const action of recordsOf(call, actions))
          if (action.fields["agentId"] === recordId) call.world.state.records.delete(action.id);
      },
    }),
    resource(actions, {
      create(input, call) {
        requireRecord(call, agents, String(input["agentId"]));
        return input;
      },
    }),
    resource(callLogs, {
      view: ({ fields }, call) => ({ isAgentDeleted: !recordsOf(call, agents).some(({ recordId }) => recordId === fields["agentId"]) }),
      filters: {
        callType: (fields, value) => value === "" || (value === "TRIAL") === (fields["trialCall"] === true),
        actionType: (fields, value) =>
          ((fields["executedCallActions"] ?? []) as readonly Readonly<Record<string, unknown>>[]).some((action) =>
            matchesField(action, "actionType", value),
          ),
      },
    }),
  ],
  seed({ sow }) {
    const greeting = "Harbour Dental, how can I help?";
    const shared = {
      language: "en-US",
      patienceLevel: "high",
      maxCallDuration: 900,
      callEndWorkflowIds: [],
      agentWorkingHours: [],
      timezone: "America/New_York",
    };
    const agent = sow(agents, {
      agentName: "Receptionist",
      businessName: "Harbour Dental",
      welcomeMessage: greeting,
      agentPrompt: greeting,
      ...shared,
    });
    const transfer = {
      triggerPrompt: "asks for a person",
      transferToType: "number",
      transferToValue: "+12025550100",
      triggerMessage: "One moment.",
    };
    const action = sow(actions, { agentId: agent.recordId, actionType: "CALL_TRANSFER", name: "To the desk", actionParameters: transfer });
    const executed = { actionId: action.recordId, actionType: "CALL_TRANSFER", actionName: "To the desk", actionParameters: transfer };
    const call = { agentId: agent.recordId, fromNumber: "+12025550123", duration: 48, trialCall: false, extractedData: {} };
    sow(callLogs, { ...call, summary: "Asked for an appointment", transcript: `bot: ${greeting}`, executedCallActions: [executed] });
  },
};
