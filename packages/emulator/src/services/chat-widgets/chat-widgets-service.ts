import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, requireRecord } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import { resource } from "../../resources/resource.ts";
import { matchesField } from "../../resources/list-parameters.ts";
import type { Service } from "../service.ts";

const widgets = "/chat-widget";

/** Chat widgets. Their answers are not described: they show the widget as it was written. */
export const chatWidgetsService: Service = {
  handlers: {
    "chatWidgets.clone": (call) => {
      const { fields } = requireRecord(call, widgets, String(call.body["chatWidgetId"]));
      const name = call.body["name"] ?? `${String(fields["name"])} (copy)`;
      return answerWith(
        call,
        shownFields(addRecord(call, { resource: widgets, fields: { ...fields, name, default: false } }), undefined, call),
      );
    },
  },
  resources: [
    resource(widgets, {
      listName: "widgets",
      create: (input) => ({ deleted: false, default: false, settings: {}, ...input }),
      filters: {
        chatType: (fields, value) => matchesField(fields, "chatType", value),
        excludeChatType: (fields, value) => !matchesField(fields, "chatType", value),
        voiceAiAgentId: (fields, value) => (fields["settings"] as Record<string, unknown> | undefined)?.["voiceAiAgentId"] === value,
      },
      withoutEffect: {
        allInOneChatTypes: "the types that an all-in-one widget joins are not known",
        version: "there is one version of a widget",
      },
    }),
  ],
  seed: ({ sow }) =>
    void sow(widgets, { name: "Website chat", chatType: "liveChat", version: 1, default: true, settings: { greeting: "Hello!" } }),
};
