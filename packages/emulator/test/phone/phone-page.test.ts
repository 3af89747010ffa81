import { beforeEach, expect, test } from "vitest";
import { createTestClient, type TestClient } from "../test-client.ts";

let client: TestClient;
let contactId: string;

beforeEach(async () => {
  client = createTestClient({ clock: { now: () => Date.UTC(2026, 10, 30) } });
  const { locationId } = client.emulator.seed;
  const person = { locationId, firstName: "Ann", lastName: "<b>Lee</b>", email: "ann@example.com", phone: "+12025550101" };
  contactId = (await client.call("POST", "/contacts/", { body: person })).body.contact.id;
});

const url = (id = contactId): string => `http://emulator.test/_emulator/phone?contact=${id}`;
const page = async (id?: string): Promise<string> => (await client.emulator.fetch(url(id))).text();
const post = (fields: Readonly<Record<string, string>>): Promise<Response> =>
  client.emulator.fetch("http://emulator.test/_emulator/phone", {
    method: "POST",
    body: new URLSearchParams({ contact: contactId, ...fields }),
    redirect: "manual",
  });
const send = (fields: object) => client.call("POST", "/conversations/messages", { body: { contactId, ...fields } });

test("shows what was sent, escaped, e-mails without their markup, and nothing that is still scheduled", async () => {
  await send({ type: "SMS", message: "Hello <i>Ann</i>" });
  await send({ type: "Email", subject: "Hi", html: "<p>Dear <b>Ann</b></p><script>x</script>" });
  await send({ type: "SMS", message: "Later", scheduledTimestamp: Date.UTC(2027, 0, 1) / 1000 });
  const text = await page();
  expect(text).toContain("Hello &lt;i&gt;Ann&lt;/i&gt;");
  expect(text).toContain("Dear Ann");
  expect(text).not.toContain("<b>Lee</b>");
  expect(text.slice(text.indexOf('id="thread"'))).not.toContain("Later");
});

test("answers, opts out, opts in and calls", async () => {
  const answered = await post({ text: "Yes", channel: "sms" });
  expect([answered.status, answered.headers.get("location")]).toEqual([303, `/_emulator/phone?contact=${contactId}`]);
  await post({ word: "STOP" });
  expect(await page()).toContain("Opted out of sms");
  expect((await send({ type: "SMS", message: "x" })).body.canonicalCode).toBe("CONVERSATIONS_MSG_UNSUBSCRIBED_SMS");
  await post({ word: "START" });
  expect((await send({ type: "SMS", message: "x" })).status).toBe(200);
  await post({ action: "call" });
  await post({ text: "By mail", channel: "email" });
  const text = await page();
  for (const part of ["Yes", "STOP", "START", "You called: completed", "By mail"]) expect(text).toContain(part);
});

test("says what is wrong, and has a strict policy", async () => {
  const empty = await post({ text: " ", channel: "sms" });
  expect([empty.status, (await empty.text()).includes('role="alert"')]).toEqual([400, true]);
  expect((await post({ contact: "missing", text: "x", channel: "sms" })).status).toBe(400);
  const policy = (await client.emulator.fetch(url())).headers.get("content-security-policy");
  expect(policy).toMatch(/^default-src 'none'; .*script-src 'nonce-\w+'/);
  client.emulator.reset();
  expect(await page("missing")).toContain("There are no contacts yet");
});
