import type { CreateTemplatePublicV2Body, GetTemplatePublicV2Response, TemplateListItemPublicV2 } from "@ghlkit/contract/types/emails";
import { isGhlError, type GhlError } from "@ghlkit/core";
import { writeAtMostOnce } from "@ghlkit/resilience";
import { refusedRequest } from "../run/refused-request.ts";
import type { EmailSettings } from "./email-settings.ts";
import { checkKey } from "../run/check-key.ts";

/** What a template says: HTML, or text alone. Templates of the visual editor cannot be made through the API. */
export type TemplateContent = { readonly html: string; readonly text?: never } | { readonly text: string; readonly html?: never };

/** What stands around it. */
export interface TemplateHead {
  readonly subject?: string;
  readonly from?: { readonly name?: string; readonly email?: string };
  /** What inboxes show after the subject. */
  readonly previewText?: string;
  readonly folderId?: string;
}

/** A template that shall exist. */
export type NewTemplate = TemplateHead &
  TemplateContent & {
    /** Names the intent: there is at most one template for it. At most 200 characters. */
    readonly key: string;
    readonly name: string;
  };

/** What became of a new template. */
export type CreateTemplateResult =
  | { readonly outcome: "created"; readonly how: "now" | "before" | "found"; readonly templateId: string }
  | { readonly outcome: "refused"; readonly error: GhlError }
  /** It is not known whether it was made. Call again with the key after that time. */
  | { readonly outcome: "unknown"; readonly probeAfterMs: number };

/** What became of a change. */
export type UpdateTemplateResult =
  | { readonly outcome: "updated" }
  | { readonly outcome: "not_found" }
  | { readonly outcome: "refused"; readonly error: GhlError };

/** Where a template can be looked at. The API gives addresses of its content, and no content. */
export interface TemplatePreview {
  readonly name: string | undefined;
  readonly subject: string | undefined;
  /** Where its HTML or text is; `undefined` for one that was left half-made. */
  readonly contentUrl: string | undefined;
}

/** Templates of the location, those that were changed last first. */
export async function* listTemplates(
  { emails }: EmailSettings["location"],
  search?: string,
): AsyncGenerator<TemplateListItemPublicV2, void, undefined> {
  const query = { limit: 20, include: "templates" as const, ...(search !== undefined && { search }) };
  for await (const item of emails.listTemplates(query, { fresh: true })) if (item.type !== "folder") yield item;
}

/** Makes a template at most once per key. @throws GhlError for outages and authorisation. */
export async function createTemplate(template: NewTemplate, settings: EmailSettings): Promise<CreateTemplateResult> {
  const { location, locationId } = settings;
  checkKey("createTemplate", template.key);
  const key = `email-template:${locationId}:${template.key}`;
  const body: CreateTemplatePublicV2Body = {
    name: template.name,
    editorType: template.text === undefined ? "html" : "text",
    ...changesOf(template),
  };
  const write = async ({ signal }: { readonly signal: AbortSignal }): Promise<string> =>
    (await location.emails.createTemplate({ body }, { signal })).id;
  try {
    const find = (sinceMs: number): Promise<readonly string[]> => findTemplates(template.name, sinceMs, location);
    const written = await writeAtMostOnce({ key, write, find }, settings);
    return written.outcome === "unknown" ? written : { outcome: "created", how: written.how, templateId: written.result };
  } catch (error) {
    if (isGhlError(error) && refusedRequest.has(error.code)) return { outcome: "refused", error };
    throw error;
  }
}

/** Changes what is given, and nothing else. May be repeated. */
export async function updateTemplate(
  templateId: string,
  changes: TemplateHead & Partial<TemplateContent> & { readonly name?: string },
  { location }: Pick<EmailSettings, "location">,
): Promise<UpdateTemplateResult> {
  const name = changes.name === undefined ? {} : { name: changes.name };
  try {
    await location.emails.updateTemplate({ templateId, body: { ...name, ...changesOf(changes) } });
    return { outcome: "updated" };
  } catch (error) {
    if (isGhlError(error, "not_found")) return { outcome: "not_found" };
    if (isGhlError(error) && refusedRequest.has(error.code)) return { outcome: "refused", error };
    throw error;
  }
}

/** Where a template can be looked at; `undefined` when there is none. */
export async function previewTemplate(
  templateId: string,
  { location }: Pick<EmailSettings, "location">,
): Promise<TemplatePreview | undefined> {
  const found = await readTemplate(templateId, location);
  return found === undefined ? undefined : { name: found.name, subject: found.subject, contentUrl: found.editorContentUrl };
}

async function readTemplate(templateId: string, { emails }: EmailSettings["location"]): Promise<GetTemplatePublicV2Response | undefined> {
  try {
    return await emails.getTemplate({ templateId }, { fresh: true });
  } catch (error) {
    if (isGhlError(error, "not_found")) return undefined;
    throw error;
  }
}

/** A template that the platform left half-made, without content, is removed: it is made anew. */
async function findTemplates(name: string, sinceMs: number, location: EmailSettings["location"]): Promise<readonly string[]> {
  const whole: string[] = [];
  for await (const item of listTemplates(location, name)) {
    if (item.name !== name || Date.parse(item.createdAt ?? "") < sinceMs) continue;
    if ((await readTemplate(item.id, location))?.editorContentUrl === undefined)
      await location.emails.deleteTemplate({ templateId: item.id });
    else whole.push(item.id);
  }
  return whole;
}

function changesOf({
  html,
  text,
  subject,
  from,
  previewText,
  folderId,
}: TemplateHead & Partial<TemplateContent>): Partial<CreateTemplatePublicV2Body> {
  const editorContent = html ?? text;
  return {
    ...(editorContent !== undefined && { editorContent, editorType: text === undefined ? ("html" as const) : ("text" as const) }),
    ...(subject !== undefined && { subjectLine: subject }),
    ...(from?.name !== undefined && { fromName: from.name }),
    ...(from?.email !== undefined && { fromEmail: from.email }),
    ...(previewText !== undefined && { previewText }),
    ...(folderId !== undefined && { parentFolderId: folderId }),
  };
}
