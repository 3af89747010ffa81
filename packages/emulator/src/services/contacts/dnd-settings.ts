import type { Generation } from "../../contract/contract-source.ts";
import type { DndSettings } from "../../state/contact.ts";

/** Channel keys of the current generation → those of v2. */
const v2Keys: Readonly<Record<string, string>> = {
  call: "Call",
  email: "Email",
  sms: "SMS",
  whatsApp: "WhatsApp",
  gmb: "GMB",
  fb: "FB",
};
const currentKeys = new Map(Object.entries(v2Keys).map(([current, v2]) => [v2, current]));

/** Settings of either generation with current keys. */
export function readDndSettings(settings: DndSettings): DndSettings {
  return renamed(settings, (key) => currentKeys.get(key) ?? key);
}

/** Stored settings with the keys of a generation. */
export function writeDndSettings(settings: DndSettings, generation: Generation): DndSettings {
  return generation === "v3" ? settings : renamed(settings, (key) => v2Keys[key] ?? key);
}

function renamed(settings: DndSettings, rename: (key: string) => string): DndSettings {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [rename(key), value]));
}

/** Whether a channel is closed for messages to the contact: `active` means that the block is active. */
export function isBlocked(contact: { readonly dnd: boolean; readonly dndSettings?: DndSettings }, channel: string): boolean {
  const status = contact.dndSettings?.[channel]?.status;
  return contact.dnd || status === "active" || status === "permanent";
}
