import { Hono } from "hono";
import { replyChannels } from "../act/reply-as.ts";
import type { Act } from "../act/act.ts";
import { BoundsError, checkChoice, checkText } from "../bounds/check-value.ts";
import { readBytes } from "../bounds/read-bytes.ts";
import type { World } from "../world.ts";
import { phonePage } from "./phone-page.ts";

/** Bytes of an answer. */
const mostBytes = 65_536;

/** The customers' phones: `/_emulator/phone?contact=…`. Answers are sent by plain forms. */
export function createPhoneRoutes(world: () => World, act: Act): Hono {
  const app = new Hono();
  app.get("/", ({ req }) => phonePage(world(), req.query("contact")));
  app.post("/", async ({ req }) => {
    const form = new URLSearchParams(new TextDecoder().decode(await readBytes(req.raw, mostBytes)));
    const contactId = form.get("contact") ?? "";
    try {
      answer(act, contactId, form);
    } catch (error) {
      if (!(error instanceof BoundsError)) throw error;
      return phonePage(world(), contactId, error.message);
    }
    return new Response(null, { status: 303, headers: { location: `/_emulator/phone?contact=${encodeURIComponent(contactId)}` } });
  });
  return app;
}

function answer(act: Act, contactId: string, form: URLSearchParams): void {
  if (form.get("action") === "call") return void act.callIn(contactId);
  const word = form.get("word") ?? "";
  if (word !== "") return void act.replyAs(contactId, word);
  const channel = checkChoice("channel", form.get("channel") ?? "sms", replyChannels);
  act.replyAs(contactId, checkText("text", (form.get("text") ?? "").trim()), { channel });
}
