import { randomBytes } from "node:crypto";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage } from "@ghlkit/storage";
import { expect, it } from "vitest";
import { createSessions } from "../../src/server/sessions.ts";

const world = () => {
  const clock = createManualClock();
  const { journal } = createMemoryStorage({ clock });
  return { clock, sessions: createSessions("leads", randomBytes(32), journal, clock), journal };
};

it("signs one person in by a link, once", async () => {
  const { sessions, journal } = world();
  const key = sessions.link("location-1");
  const [one, other] = await Promise.all([sessions.enter(key), sessions.enter(key)]);

  expect([one, other].filter((session) => session !== undefined)).toHaveLength(1);
  expect((one ?? other)?.role).toBe("staff");
  expect(await sessions.enter(key)).toBeUndefined();
  // What stays begun is read whenever work is gone on with.
  expect(await journal.unfinished({ limit: 10 })).toEqual([]);
});

it("refuses links and cookies that are too old, altered, or of another application", async () => {
  const { sessions, clock, journal } = world();
  const key = sessions.link("location-1", 1000);
  const cookie = sessions.cookie(sessions.visit("location-1"), false).split(";")[0] ?? "";
  const other = createSessions("leads", randomBytes(32), journal, clock);

  expect(sessions.read(cookie).map(({ locationId }) => locationId)).toEqual(["location-1"]);
  expect(other.read(cookie)).toEqual([]);
  expect(sessions.read(`${cookie.slice(0, -1)}${cookie.endsWith("A") ? "B" : "A"}`)).toEqual([]);
  expect(await sessions.enter(`${key}x`)).toBeUndefined();
  expect(await sessions.enter("")).toBeUndefined();
  await clock.advance(13 * 3_600_000);
  expect(await sessions.enter(key)).toBeUndefined();
  expect(sessions.read(cookie)).toEqual([]);
});

it("marks a cookie as secure where the application is", () => {
  const { sessions } = world();
  const session = sessions.visit("location-1");
  expect(sessions.cookie(session, true)).toMatch(/HttpOnly; SameSite=Lax; .*Secure$/);
  expect(sessions.cookie(session, false)).not.toContain("Secure");
});

it("keeps the session of the staff beside those of visits, each under its own name", async () => {
  const { sessions } = world();
  const staff = await sessions.enter(sessions.link("location-1"));
  const visits = ["location-1", "location-2"].map((locationId) => sessions.visit(locationId));
  const cookies = [staff, ...visits].map((session) => (session === undefined ? "" : (sessions.cookie(session, false).split(";")[0] ?? "")));

  expect(sessions.read(cookies.join("; "))).toEqual([staff, ...visits]);
  // A visit under the name of the staff's is none.
  expect(sessions.read(`leads_session=${cookies[1]?.split("=")[1]}`)).toEqual([]);
});
