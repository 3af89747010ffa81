import { expect, it } from "vitest";
import { createWorkflows, type WorkflowsClient } from "../../src/workflows/index.ts";
import { locationOnEmulator } from "../location-on-emulator.ts";

it("enrols by name or id, says what a draft would not do, and starts anew when asked to", async () => {
  const { location, called } = locationOnEmulator();
  const { contact } = await location.contacts.create({ body: { email: "ada@example.com" } });
  const { workflows: all } = await location.workflows.list();
  const published = all.find(({ status }) => status === "published");
  if (published === undefined) throw new Error("The emulator has no published workflow.");
  const workflows = createWorkflows(location);
  called();
  expect(await workflows.enrol({ contactId: contact.id, workflow: published.name })).toEqual({
    outcome: "enrolled",
    workflowId: published.id,
  });
  expect(await workflows.enrol({ contactId: contact.id, workflow: published.id, again: true })).toMatchObject({ outcome: "enrolled" });
  expect(await workflows.remove({ contactId: contact.id, workflow: published.name })).toMatchObject({ outcome: "removed" });
  expect(called()).toEqual([
    "workflows.list",
    "contacts.addToWorkflow",
    "contacts.removeFromWorkflow",
    "contacts.addToWorkflow",
    "contacts.removeFromWorkflow",
  ]);
  expect(await workflows.enrol({ contactId: contact.id, workflow: "No such" })).toEqual({ outcome: "unknown_workflow" });
  expect(await workflows.enrol({ contactId: "unknown", workflow: published.name })).toEqual({ outcome: "unknown_contact" });
  const draft = all.find(({ status }) => status !== "published");
  if (draft !== undefined) {
    expect(await workflows.enrol({ contactId: contact.id, workflow: draft.id })).toEqual({
      outcome: "not_published",
      workflowId: draft.id,
    });
  }
});

it("finds a workflow whose name differs in case and space alone, the exact one first", async () => {
  const named = (...names: readonly string[]) => {
    const workflows = names.map((name, at) => ({ id: `w${at}`, name, status: "published" }));
    const list = async (): Promise<object> => ({ workflows });
    const contacts = { addToWorkflow: async () => ({}), removeFromWorkflow: async () => ({}) };
    return createWorkflows({ contacts, workflows: { list } } as unknown as WorkflowsClient);
  };
  const enrol = (workflow: string, ...names: readonly string[]) => named(...names).enrol({ contactId: "c1", workflow });
  expect(await enrol(" welcome  MAIL", "Welcome mail ", "Other")).toMatchObject({ outcome: "enrolled", workflowId: "w0" });
  expect(await enrol("welcome", "Welcome", "welcome")).toMatchObject({ outcome: "enrolled", workflowId: "w1" });
  expect(await enrol(undefined as unknown as string, "Welcome")).toEqual({ outcome: "unknown_workflow" });
  expect(await enrol("WELCOME", "Welcome", "welcome")).toEqual({ outcome: "ambiguous_workflow" });
});
