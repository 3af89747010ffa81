import { describe, expect, it } from "vitest";
import { appId, serving, servingReceiver } from "../endpoint.ts";
import { run } from "../run.ts";

describe("trigger", () => {
  it("posts an event that the endpoint takes for genuine, fields as given, each time another", async () => {
    const { url, inbox } = await servingReceiver();
    const args = ["webhooks", "trigger", "ContactCreate", "--url", url, "--app", appId, "--field", "firstName=12", "tags:=[1]"];
    const { code, out } = await run(...args);
    expect(code).toBe(0);
    expect(out).toMatch(/^200 ContactCreate \S+ -> http:\/\/127\.0\.0\.1:\d+\/hooks\n$/);
    await run(...args);
    const { deliveries } = await inbox.query();
    expect(deliveries.map(({ type, duplicates }) => [type, duplicates])).toEqual([["ContactCreate", 0], ["ContactCreate", 0]]); // prettier-ignore
    const body = JSON.parse(Buffer.from(deliveries[0]?.body ?? []).toString()) as object;
    expect(body).toMatchObject({ type: "ContactCreate", appId, firstName: "12", tags: [1] });
  });

  it("is not ok when the endpoint refuses it", async () => {
    const { url } = await servingReceiver("another seed");
    const { code, out } = await run("webhooks", "trigger", "ContactCreate", "--url", url, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, status: 401, event: { type: "ContactCreate" } });
    expect((await run("webhooks", "trigger", "ContactCreate", "--url", url)).out).toContain("ghlkit webhooks key");
  });

  it("lets no answer steer the terminal", async () => {
    const url = await serving((request, response) => {
      request.resume().on("end", () => response.writeHead(500).end("\u001b[2Jgone"));
    });
    const { code, out } = await run("webhooks", "trigger", "ContactCreate", "--url", url);
    expect([code, out]).toEqual([1, expect.stringContaining("\\u001b[2Jgone")]);
  });

  it.each([
    [["NoSuchEvent"], "NoSuchEvent"],
    [["contactcreated"], "Did you mean ContactCreate"],
    [["ContactCreate", "--field", "nonsense"], "name=text"],
    [["ContactCreate", "--field", "a:={"], "takes JSON"],
  ])("%j is refused in one sentence", async (args, message) => {
    const { code, err } = await run("webhooks", "trigger", ...args, "--url", "http://127.0.0.1:9/");
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.trim().split("\n").length).toBe(1);
  });
});

it("prints the key that signs, with a warning", async () => {
  const { code, out, err } = await run("webhooks", "key");
  expect([code, out.split("\n")[0]]).toEqual([0, "-----BEGIN PUBLIC KEY-----"]);
  expect(err).toContain("Never trust it in production");
  expect(JSON.parse((await run("webhooks", "key", "--json")).out)).toEqual({ ed25519: expect.stringContaining("PUBLIC KEY") });
});
