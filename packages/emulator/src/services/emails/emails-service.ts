import { notFound } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { findRecord } from "../../resources/record-store.ts";
import { resource } from "../../resources/resource.ts";
import { param } from "../../call/call.ts";
import type { Service } from "../service.ts";
import { changeTemplate, newTemplate, templateView } from "./email-templates.ts";
import { seedEmails } from "./seed-emails.ts";

const campaignKinds: Readonly<Record<string, string>> = {
  "email-campaigns": "/emails/locations/campaigns/emails",
  "workflow-campaigns": "/emails/locations/campaigns/workflows",
  "bulk-actions": "/emails/locations/campaigns/bulk-actions",
};

/** E-mail templates and campaigns. */
export const emailsService: Service = {
  handlers: {
    "emails.getCampaignStats": (call) => {
      const source = param(call, "source");
      const sourceId = param(call, "sourceId");
      const campaign = findRecord(call.world.state, campaignKinds[source] ?? "", sourceId);
      if (campaign?.locationId !== call.locationId) throw notFound(`Campaign with id ${sourceId} not found`);
      return answerWith(call, { locationId: call.locationId, source, sourceId, stats: campaign?.fields["stats"] ?? {} });
    },
  },
  resources: [
    resource("/emails/locations/templates", {
      create: newTemplate,
      change: changeTemplate,
      view: templateView,
      beside: ({ recordId }) => ({ redirect: recordId, id: recordId }),
      listName: "builders",
      idStyle: "object",
      filters: {
        archived: (fields, value) => String(fields["archived"] ?? false) === String(value),
        folderId: (fields, value) => fields["parentFolderId"] === value,
        parentId: (fields, value) => fields["parentFolderId"] === value,
        templatesOnly: (fields, value) => String(value) !== "true" || fields["type"] !== "folder",
        originId: (fields, value) => fields["originId"] === value,
      },
      withoutEffect: { include: "everything is included", builderVersion: "templates have one version" },
    }),
    resource("/emails/locations/campaigns/emails", {
      create: ({ editorContent, ...input }, { world }) => ({
        editorContent,
        status: "draft",
        campaignType: "email",
        campaignCategory: "standard",
        source: "email-campaigns",
        sourceId: world.ids.object(),
        variations: [],
        ...input,
      }),
      actions: { "emails.scheduleCampaign": (_, { body }) => ({ status: "sent", schedule: body }) },
      idStyle: "object",
      filters: {
        emailStatus: (fields, value) => value === "all" || fields["status"] === value,
        archived: (fields, value) => (fields["status"] === "archived") === (String(value) === "true"),
      },
      withoutEffect: {
        limitedFields: "every field is shown",
        campaignsOnly: "there are no folders of campaigns",
        showStats: "figures have an operation of their own",
      },
    }),
    resource("/emails/locations/campaigns/workflows", { idStyle: "object" }),
    resource("/emails/locations/campaigns/bulk-actions", { idStyle: "object" }),
  ],
  seed: seedEmails,
};
