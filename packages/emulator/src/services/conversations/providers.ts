import type { Call } from "../../call/call.ts";
import { reply } from "../../http/answer.ts";
import { badRequest, Refusal } from "../../http/refusal.ts";
import type { World } from "../../world.ts";

/** A conversation provider, as its app set it up in the portal. */
export interface Provider {
  readonly id: string;
  readonly appId: string;
  /** Types of messages that it carries; absent for one of which nothing is known. */
  readonly types?: readonly string[];
}

const callTypes = ["Call", "IVR_Call", "Campaign_Call", "Campaign_VoiceMail"];

/** A provider by its id. One that is not seeded counts as the app's, and carries anything: there is no portal to set one up in. */
function providerOf({ seed, oauth }: World, id: string): Provider {
  const { sms, email, custom, call, foreign } = seed.conversationProviders;
  const types: Readonly<Record<string, readonly string[]>> = {
    [sms]: ["SMS"],
    [email]: ["Email"],
    [custom]: ["Custom"],
    [call]: callTypes,
  };
  const known = Object.hasOwn(types, id) ? types[id] : undefined;
  return { id, appId: id === foreign ? "another-app" : oauth.app.id, ...(known !== undefined && { types: known }) };
}

/**
 * The provider that a message names, for the caller.
 * @throws Refusal 401 for a token of another app or of a private integration, 400 for a type that the provider does not carry.
 */
export function requireProvider(call: Call, id: string, type: string): Provider {
  const provider = ownProvider(call, id);
  if (provider.types !== undefined && !provider.types.includes(type)) throw providerMismatch();
  return provider;
}

/** @throws Refusal 401 unless the caller is the app that the provider belongs to. */
export function ownProvider({ world, credential }: Call, id: string): Provider {
  const provider = providerOf(world, id);
  // A message of the platform's own has no provider, and no app that may report on it.
  if (id !== "" && credential?.kind === "oauth" && credential.app === provider.appId) return provider;
  const message = `You don't have access to the conversationProvider with id: ${id}`;
  const canonicalCode = "CONVERSATIONS_MSG_PROVIDER_NO_ACCESS";
  throw new Refusal(reply(401, { statusCode: 401, message, error: "Unauthorized", canonicalCode }, "reported"));
}

/** The refusal of a message that does not go with its provider. */
export function providerMismatch(): Refusal {
  const canonicalCode = "CONVERSATIONS_MSG_CONVERSATION_PROVIDER_MISMATCH";
  return badRequest("Incorrect conversationProviderId/type", { canonicalCode }, "reported");
}

/** The refusal of a message that has to name its provider. */
export function providerMissing(): Refusal {
  const canonicalCode = "CONVERSATIONS_MSG_PROVIDER_ID_REQUIRED";
  return badRequest("conversationProviderId is required", { canonicalCode }, "reported");
}
