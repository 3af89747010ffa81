import type { CallOptions, TestAnswer, TestClient } from "../test-client.ts";

/** What is asked, and what the platform answers: status, words, and the rest of the body. */
export type Case = readonly [what: string, request: readonly [string, string, object?, CallOptions?], status: number, body: object];

/** The words of a refusal, and its code. */
export const textOf = (message: string, canonicalCode?: string): object => ({
  message,
  ...(canonicalCode !== undefined && { canonicalCode }),
});

/** An account with people in every state that refusals are about. */
export interface RefusingAccount extends TestClient {
  /** Ids that requests name as `$ann`, `$sms`. */
  readonly ids: Readonly<Record<string, string>>;
  readonly ask: (request: Case[1]) => Promise<TestAnswer>;
}

const v2 = { version: "2021-07-28" } as const;

/** Fills an account. @param client Of an emulator without records. */
export async function refusingAccount(client: TestClient): Promise<RefusingAccount> {
  const { call, emulator } = client;
  const { locationId, pipelineId, tokens, conversationProviders: providers } = emulator.seed;
  const ids: Record<string, string> = {};
  const made = async (path: string, body: object, options: CallOptions = {}): Promise<TestAnswer["body"]> => {
    const answer = await call("POST", path, { ...v2, body, ...options });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const person = async (fields: object): Promise<string> => (await made("/contacts/", { locationId, ...fields })).contact.id;
  ids["ann"] = await person({ firstName: "Ann", email: "ann@example.com", phone: "+12025550101" });
  ids["bob"] = await person({ firstName: "Bob", email: "bob@example.com" });
  ids["phoneOnly"] = await person({ phone: "+12025550102" });
  ids["silent"] = await person({
    email: "silent@example.com",
    phone: "+12025550103",
    dndSettings: { SMS: { status: "active", message: "", code: "" }, Email: { status: "active", message: "", code: "" } },
  });
  ids["stopped"] = await person({ email: "stopped@example.com", phone: "+12025550104" });
  emulator.act.replyAs(ids["stopped"], "STOP");
  ids["bounced"] = await person({ email: "gone@nowhere.invalid" });
  await made("/opportunities/", { locationId, pipelineId, contactId: ids["ann"], name: "Deal", status: "open" });
  const sms = { type: "SMS", contactId: ids["ann"], message: "Hello" };
  ids["native"] = (await made("/conversations/messages", sms)).messageId;
  const provided = { ...sms, conversationProviderId: providers.sms };
  ids["sms"] = (await made("/conversations/messages", provided, { token: tokens.appLocation })).messageId;
  ids["delivered"] = (await made("/conversations/messages", provided, { token: tokens.appLocation })).messageId;
  await call("PUT", `/conversations/messages/${ids["delivered"]}/status`, {
    ...v2,
    body: { status: "delivered" },
    token: tokens.appLocation,
  });
  ids["missed"] = emulator.act.callIn(ids["ann"], { status: "no-answer" }).messageId;
  const found = await call("GET", `/conversations/search?locationId=${locationId}&contactId=${ids["ann"]}`, v2);
  ids["thread"] = found.body.conversations[0].id;
  const ask = ([method, path, body, options]: Case[1]): Promise<TestAnswer> =>
    call(method, filled(path, ids), { ...v2, ...(body !== undefined && { body: filled(body, ids) }), ...options });
  return { ...client, ids, ask };
}

/** Puts ids in the place of `$ann`. */
function filled<T>(value: T, ids: Readonly<Record<string, string>>): T {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? value : (JSON.parse(text.replaceAll(/\$([a-zA-Z]+)/g, (_, name: string) => ids[name] ?? name)) as T);
}
