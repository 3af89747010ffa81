import { HighLevel } from "@gohighlevel/api-client";
import { HighLevel as HighLevel2 } from "api-client-2";
import { packagedContract } from "../../../../emulator/src/contract/contract-source.ts";
import { measure, type Measure } from "../../measure.ts";
import { compareClient } from "./compare-clients.ts";
import type { ForeignMethod, Transport } from "./foreign-method.ts";
import { ghlSdkMethods } from "./ghl-sdk-methods.ts";
import { gnosticdevMethods } from "./gnosticdev-methods.ts";
import { officialMethods, type HighLevelClass } from "./official-methods.ts";

/** Clients that we did not write, unchanged. */
const clients: Readonly<Record<string, (transport: Transport) => readonly ForeignMethod[]>> = {
  "@gohighlevel/api-client 3.1.0": (transport) => officialMethods(HighLevel as unknown as HighLevelClass, transport),
  "@gohighlevel/api-client 2.2.2": (transport) => officialMethods(HighLevel2 as unknown as HighLevelClass, transport),
  "ghl-sdk 1.2.0": ghlSdkMethods,
  "@gnosticdev/highlevel-sdk 3.0.1": (transport) => gnosticdevMethods(packagedContract.operations("v2"), transport),
};

/** Calls of foreign clients that the emulator refuses although the platform would serve them. */
export async function foreignClients(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const [name, methodsOf] of Object.entries(clients)) {
    const { called, undocumented, refused, mistakes } = await compareClient(methodsOf);
    for (const one of refused) console.log(`${name} refused: ${one}`);
    for (const one of mistakes) console.log(`${name} is wrong: ${one}`);
    const against = { called, "mistakes of the client": mistakes.length, "paths of no document": undocumented.length };
    measures.push(measure(`calls of ${name} refused that the platform would serve`, refused.length, "", { atMost: 0 }, against));
  }
  return measures;
}
