import { answerWith } from "../../resources/answer-with.ts";
import { recordsOf, unknownRecord } from "../../resources/record-store.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

const provider = "/payments/custom-provider";

/** The app's payment provider in a location: one, with keys for live and test. Keys are never shown. */
export const customProviderResource: ResourceDeclaration = resource(provider, {
  idStyle: "object",
  create: (input, call) => ({ marketplaceAppId: call.credential?.app, ...input }),
  view: ({ fields }) => ({ paymentProvider: { live: isConnected(fields["live"]), test: isConnected(fields["test"]) } }),
});

export const customProviderHandlers: Handlers = {
  "payments.disconnectCustomProvider": (call) => {
    const mode = call.body["liveMode"] === true ? "live" : "test";
    const { fields, ...record } = providerOf(call);
    const { [mode]: _, ...rest } = fields;
    call.world.state.records.put({ ...record, fields: rest });
    return answerWith(call, { success: true });
  },
  "payments.deleteCustomProvider": (call) => {
    call.world.state.records.delete(providerOf(call).id);
    return answerWith(call, { success: true });
  },
};

function isConnected(keys: unknown): Fields {
  return { connected: keys !== undefined };
}

function providerOf(call: Call): ResourceRecord {
  const [own] = recordsOf(call, provider);
  if (own === undefined) throw unknownRecord(provider, call.locationId ?? "");
  return own;
}
