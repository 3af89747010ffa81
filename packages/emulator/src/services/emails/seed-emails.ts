import type { Seeding } from "../service.ts";

/** A folder with a template, a campaign that was sent, one of a workflow and one of a bulk action. */
export function seedEmails({ sow, seed }: Seeding): void {
  const object = { idStyle: "object" } as const;
  const folder = sow("/emails/locations/templates", { name: "Newsletters", type: "folder", childCount: 1, hasChildren: true }, object);
  const sender = { fromName: "Harbour Dental", fromEmail: "hello@example.com" };
  const template = { name: "Spring newsletter", type: "template", editorType: "html", isPlainText: false, archived: false };
  const text = { subjectLine: "Spring is here", previewText: "News of the practice", editorContent: "<p>Spring is here</p>" };
  sow("/emails/locations/templates", { ...template, ...text, ...sender, parentFolderId: folder.recordId }, object);
  const stats = { sent: 120, accepted: 120, delivered: 118, opened: 60, clicked: 12, unsubscribed: 1, openRate: 50.85, clickRate: 10.17 };
  const mail = { ...sender, subject: text.subjectLine, previewText: text.previewText, editorType: "html", isPlainText: false };
  const campaign = { name: "Spring newsletter", campaignType: "email", campaignCategory: "standard", variations: [], stats };
  sow(
    "/emails/locations/campaigns/emails",
    { ...campaign, ...mail, status: "sent", source: "email-campaigns", sourceId: seed.campaignId },
    object,
  );
  const part = { id: seed.workflowIds[0], name: "Welcome", ...mail };
  const workflow = {
    name: "Welcome new lead",
    status: "published",
    source: "workflow-campaigns",
    sourceId: seed.workflowIds[0],
    subSources: [part],
    stats,
  };
  sow("/emails/locations/campaigns/workflows", workflow, object);
  const bulk = { name: "Holiday hours", status: "complete", scheduleType: "NOW", source: "bulk-actions", sourceId: "holiday-hours", stats };
  sow("/emails/locations/campaigns/bulk-actions", { ...bulk, ...mail }, object);
}
