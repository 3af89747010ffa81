import { describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../src/index.ts";
import { createTestClient } from "../test-client.ts";
import { tokenEndpoint } from "../token-endpoint.ts";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";

function start(options: EmulatorOptions = {}) {
  const client = createTestClient(options);
  const { emulator } = client;
  const { seed } = emulator;
  const address = (changes: Record<string, string | undefined> = {}, path = "/v2/oauth/chooselocation"): string => {
    const query = new URLSearchParams({ response_type: "code", client_id: seed.app.clientId, redirect_uri: redirectUri });
    query.set("scope", "contacts.readonly contacts.write");
    query.set("state", "st4te");
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) query.delete(name);
      else query.set(name, value);
    }
    return `http://emulator.test${path}?${query}`;
  };
  const show = async (url: string) => {
    const response = await emulator.fetch(url);
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const submit = (url: string, fields: [string, string][]) => emulator.fetch(url, { method: "POST", body: new URLSearchParams(fields) });
  return { ...client, ...tokenEndpoint(client), seed, address, show, submit };
}

function parametersOf(response: Response): Record<string, string> {
  return Object.fromEntries(new URL(response.headers.get("location") ?? "").searchParams);
}

describe("the consent page", () => {
  test.each(["/oauth/chooselocation", "/v2/oauth/chooselocation"])("%s shows app, locations, people and scopes", async (path) => {
    const { show, address, seed } = start();
    const { status, text, headers } = await show(address({}, path));
    expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    for (const part of ["Ledger Sync", "Harbour Dental", seed.locationId, "Ada Admin", "contacts.write"]) expect(text).toContain(part);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(text).not.toContain("<script");
  });

  test("every field has a label, every group a legend, the page a language", async () => {
    const { show, address } = start();
    const { text } = await show(address());
    expect(text).toMatch(/<html lang="en">/);
    expect(text).toContain("<legend>Choose locations</legend>");
    const labelled = text.match(/<label[^>]*>\s*<(input|select)/g) ?? [];
    const fields = text.match(/<(input|select)/g) ?? [];
    expect([fields.length, labelled.length]).toEqual([4, 4]);
  });

  test("approving leads back with a code and the state, and the code is worth tokens", async () => {
    const { submit, address, seed, exchange, emulator } = start();
    const response = await submit(address(), [
      ["decision", "approve"],
      ["location", seed.locationId],
      ["location", seed.secondLocationId],
      ["future", "on"],
    ]);
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toMatch(/^http:\/\/127\.0\.0\.1:3000\/oauth\/callback\?/);
    const { code = "", state } = parametersOf(response);
    expect(state).toBe("st4te");
    expect((await exchange(code, redirectUri)).body).toMatchObject({
      userType: "Company",
      isBulkInstallation: true,
      installToFutureLocations: true,
      scope: "contacts.readonly contacts.write",
    });
    expect(emulator.lifecycleEvents().map((event) => event.type)).toEqual(["INSTALL", "INSTALL", "INSTALL"]);
  });

  test("scopes are those of the consent", async () => {
    const { submit, address, seed, exchange, call } = start();
    const asAdmin = address({ emulator_user: seed.users.admin, scope: "contacts.readonly" });
    const { code = "" } = parametersOf(
      await submit(asAdmin, [
        ["decision", "approve"],
        ["location", seed.locationId],
      ]),
    );
    const { body } = await exchange(code);
    expect(body).toMatchObject({ userType: "Location", locationId: seed.locationId, userId: seed.users.admin });
    const token = body.accessToken as string;
    expect((await call("GET", `/workflows/?locationId=${seed.locationId}`, { token })).body.message).toContain(
      "not authorized for this scope",
    );
  });

  test("all locations at once, without naming them", async () => {
    const { submit, address, exchange } = start();
    const { code = "" } = parametersOf(
      await submit(address(), [
        ["decision", "approve"],
        ["all", "on"],
      ]),
    );
    expect((await exchange(code)).body).toMatchObject({
      approveAllLocations: true,
      approvedLocations: [expect.any(String), expect.any(String)],
    });
  });

  test("denying leads back with an error and installs nothing", async () => {
    const { submit, address, emulator } = start();
    const response = await submit(address(), [["decision", "deny"]]);
    expect(parametersOf(response)).toEqual({ error: "access_denied", state: "st4te" });
    expect(emulator.lifecycleEvents()).toEqual([]);
  });

  test("a missing choice is reported on the page", async () => {
    const { submit, address } = start();
    const response = await submit(address(), [["decision", "approve"]]);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/role="alert">\s*Choose a location/);
  });

  test("an agency app is for users of the agency", async () => {
    const { show, submit, address, seed } = start({ app: { targetUser: "Agency" } });
    expect((await show(address())).text).toContain("Lighthouse Agency");
    const asAdmin = address({ emulator_user: seed.users.admin });
    const { text } = await show(asAdmin);
    expect(text).toContain("Only users of the agency");
    expect(text).not.toContain('value="approve"');
    expect((await submit(asAdmin, [["decision", "approve"]])).status).toBe(400);
  });

  test.each<[string, Record<string, string | undefined>, number, string]>([
    ["an unknown app", { client_id: "5f0000000000000000000000-abc" }, 404, "No integration found with the ID: 5f0000000000000000000000"],
    ["another response type", { response_type: "token" }, 400, "response_type"],
    ["a foreign redirect URI", { redirect_uri: "https://evil.example/callback" }, 400, "not registered"],
    ["a redirect URI with a brand word", { redirect_uri: "http://127.0.0.1:3000/ghl/callback" }, 400, "not registered"],
    ["a redirect URI with a fragment", { redirect_uri: `${redirectUri}#x` }, 400, "not registered"],
    ["another version", { version_id: "other" }, 400, "noAppVersionIdFound"],
  ])("%s goes no further", async (_, changes, status, problem) => {
    const { show, submit, address } = start();
    const page = await show(address(changes));
    expect(page.status).toBe(status);
    expect(page.text).toContain(problem);
    expect(
      (
        await submit(address(changes), [
          ["decision", "approve"],
          ["all", "on"],
        ])
      ).status,
    ).toBe(status);
  });

  test("version_id can be made mandatory, under /v2 only", async () => {
    const { show, address, seed } = start({ consentVersionId: "required" });
    expect((await show(address())).text).toContain("noAppVersionIdFound");
    expect((await show(address({ version_id: seed.app.versionId }))).status).toBe(200);
    expect((await show(address({}, "/oauth/chooselocation"))).status).toBe(200);
  });

  test("an app may ask for its own scopes only, if it has a list", async () => {
    const { show, address } = start({ app: { scopes: ["contacts.readonly"] } });
    expect((await show(address())).text).toContain("Invalid scope: contacts.write");
  });

  test("each brand has its own host", async () => {
    const standard = start();
    const missing = "No integration found with the ID: ";
    expect((await standard.show(standard.address({}, "/white-label/v2/oauth/chooselocation"))).text).toContain(missing);
    const white = start({ app: { brand: "white-label" } });
    expect((await white.show(white.address())).text).toContain(missing);
    expect((await white.show(white.address({}, "/white-label/oauth/chooselocation"))).status).toBe(200);
    const onItsHost = white.address().replace("http://emulator.test", "https://marketplace.leadconnectorhq.com");
    expect((await white.show(onItsHost)).status).toBe(200);
  });

  test("hostile values stay text", async () => {
    const { show, address, call, seed } = start();
    const hostile = `"><script>alert(1)</script>`;
    const body = { name: hostile, companyId: seed.companyId };
    expect((await call("POST", "/locations/", { body, token: seed.tokens.agency })).status).toBe(200);
    for (const name of ["client_id", "redirect_uri", "scope", "state", "version_id", "response_type", "x"]) {
      expect((await show(address({ [name]: hostile }))).text).not.toContain("<script>");
    }
    expect((await show(address())).text).toContain("&lt;script&gt;alert(1)");
  });

  test("redirect URIs with the platform's brand are refused from the start", () => {
    expect(() => start({ app: { redirectUris: ["https://app.example/highlevel/cb"] } })).toThrow("The portal refuses");
    const { oauth } = start({ app: { redirectUris: ["https://app.example/cb"] } }).emulator;
    expect(oauth.installations()).toHaveLength(3);
  });
});

describe("the portal", () => {
  test("starts an install without a state", async () => {
    const { show, seed } = start();
    const { text } = await show(`http://emulator.test/_emulator/portal?redirect_uri=${encodeURIComponent(redirectUri)}`);
    expect(text).toContain(`action="/v2/oauth/chooselocation"`);
    expect(text).toContain(`value="${seed.app.versionId}"`);
    expect(text).toContain(`value="${redirectUri}"`);
    expect(text).not.toContain('name="state"');
  });

  test("an approved install without a state leads back without one", async () => {
    const { submit, address } = start();
    expect(
      Object.keys(
        parametersOf(
          await submit(address({ state: undefined }), [
            ["decision", "approve"],
            ["all", "on"],
          ]),
        ),
      ),
    ).toEqual(["code"]);
  });
});

test("consent works in a browser's way, over a socket", async () => {
  const { emulator, address, seed } = start();
  const server = await emulator.listen();
  const url = address().replace("http://emulator.test", server.url);
  expect(await (await fetch(url)).text()).toContain("Install for Olga Owner");
  const body = new URLSearchParams([
    ["decision", "approve"],
    ["location", seed.locationId],
  ]);
  const response = await fetch(url, { method: "POST", body, redirect: "manual" });
  await server.close();
  expect([response.status, parametersOf(response)["state"]]).toEqual([302, "st4te"]);
});
