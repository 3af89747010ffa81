import { resource } from "../../resources/resource.ts";
import type { Service } from "../service.ts";
import { addFirstVersion, agentStudioHandlers, agentVersions } from "./agent-versions.ts";

/** Agents of the agent studio and their versions. */
export const agentStudioService: Service = {
  evidence: {
    "agentStudio.executeAgent": "inferred",
    "agentStudio.executeAgentLegacy": "inferred",
  },
  handlers: agentStudioHandlers,
  resources: [
    resource("/agent-studio/agent", {
      create: (input, { body, credential }) => ({
        description: "",
        agencyId: credential?.companyId,
        ...input,
        version: undefined,
        draft: body["version"] ?? {},
      }),
      created: addFirstVersion,
      view: agentVersions,
      beside: agentVersions,
      filters: { isPublished: (fields, value) => String(fields["isPublished"] ?? false) === String(value) },
      withoutEffect: { source: "names the calling screen" },
    }),
    resource("/agent-studio/agent/versions", {
      view: ({ fields, recordId }) => ({ name: fields["versionName"], versionId: recordId }),
      withoutEffect: { source: "names the calling screen" },
    }),
  ],
  seed({ sow }) {
    const agent = sow("/agent-studio/agent", {
      name: "Front desk",
      description: "Answers first questions",
      status: "active",
      isPublished: true,
    });
    const shared = { agentId: agent.recordId, name: agent.fields["name"], status: "active" };
    sow("/agent-studio/agent/versions", { ...shared, versionName: "v1", state: "production", isPublished: true, version: 1 });
    sow("/agent-studio/agent/versions", { ...shared, versionName: "v2", state: "draft", isPublished: false, version: 2 });
  },
};
