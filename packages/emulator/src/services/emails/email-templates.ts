import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";

/** Fields of a new template; folders are made by an operation of their own, and imports know their provider. */
export function newTemplate(input: Fields, call: Call): Fields {
  const { editorType = "html", ...rest } = neutral(input);
  const isFolder = call.operation.id === "emails.createTemplateFolder" || rest["type"] === "folder";
  const folder = { ...rest, type: "folder", childCount: 0, hasChildren: false };
  return isFolder ? folder : { isPlainText: editorType === "text", archived: false, ...rest, editorType, type: "template" };
}

/** Fields of a changed template. */
export function changeTemplate(before: Fields, input: Fields): Fields {
  return { ...before, ...neutral(input) };
}

/** What is computed of a template: where its content and its preview are read. */
export function templateView({ fields, recordId }: ResourceRecord): Fields {
  if (fields["type"] === "folder") return {};
  const url = `https://storage.example.com/templates/${recordId}`;
  const content = { editorContentUrl: `${url}.html`, previewUrl: `${url}/preview`, templateDownloadUrl: `${url}.json` };
  return { ...content, subject: fields["subjectLine"], title: fields["name"], templateType: fields["editorType"] };
}

/** v2 has names of its own for some fields. */
function neutral({ title, parentId, html, importURL, templateId: _, ...input }: Fields): Fields {
  const type = input["type"];
  const isEditor = type === "html" || type === "builder" || type === "blank" || type === "import";
  return {
    ...(title !== undefined && { name: title }),
    ...(parentId !== undefined && { parentFolderId: parentId }),
    ...(html !== undefined && { editorContent: html }),
    ...(importURL !== undefined && { importUrl: importURL }),
    ...input,
    ...(isEditor && { editorType: type === "builder" ? "builder" : "html" }),
  };
}
