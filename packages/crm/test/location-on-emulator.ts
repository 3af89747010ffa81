import { privateIntegration } from "@ghlkit/auth";
import { createClient, type LocationClient } from "@ghlkit/client";
import { createEmulator, type Emulator, type EmulatorOptions } from "@ghlkit/emulator";

export interface LocationOnEmulator {
  readonly emulator: Emulator;
  readonly location: LocationClient;
  /** Operations called since the last look, reads of settings and definitions left out. */
  readonly called: () => readonly string[];
}

/** What is read once for all. */
const shared = new Set(["locations.get", "locations.listCustomFields", "opportunities.listPipelines", "opportunities.listLostReasons"]);

/** The seeded location of an emulator in this process. `change` may put another answer in place of one. */
export function locationOnEmulator(
  options: EmulatorOptions = {},
  change: (request: Request, answer: Response) => Response | Promise<Response> = (_, answer) => answer,
): LocationOnEmulator {
  const emulator = createEmulator({ enforceBurstLimit: false, allowDuplicateOpportunities: true, ...options });
  let seen = 0;
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    return change(request.clone(), await emulator.fetch(request));
  };
  const { locationId, tokens } = emulator.seed;
  const credentials = privateIntegration({ token: tokens.location, location: locationId });
  const client = createClient({ baseUrl: "https://emulator.example", credentials, fetch });
  return {
    emulator,
    location: client.location(locationId),
    called: () => {
      const operations = emulator.requests().map(({ operation }) => operation ?? "?");
      const fresh = operations.slice(seen);
      seen = operations.length;
      return fresh.filter((operation) => !shared.has(operation));
    },
  };
}
