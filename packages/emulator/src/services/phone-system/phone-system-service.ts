import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, recordsOf } from "../../resources/record-store.ts";
import { matchesText } from "../../resources/list-parameters.ts";
import { resource } from "../../resources/resource.ts";
import { queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import type { Service } from "../service.ts";

const numbers = "/phone-system/numbers";
const capabilities = { voice: true, sms: true, mms: true, fax: false };

const phoneSystemHandlers: Handlers = {
  "phoneSystem.listAvailableNumbers": (call) => {
    const country = queryText(call, "countryCode") ?? "US";
    const owned = new Set(recordsOf(call, numbers).map(({ fields }) => fields["phoneNumber"]));
    const shown = available.filter((phoneNumber) => !owned.has(phoneNumber) && matchesParts(call, phoneNumber));
    return answerWith(call, {
      fingerprintId: call.world.ids.uuid(),
      numbers: shown.map((phoneNumber) => ({
        phoneNumber,
        friendlyName: phoneNumber,
        isoCountry: country,
        addressRequirements: "none",
        beta: false,
        capabilities: { MMS: true, SMS: true, voice: true },
        price: { number_type: "local", price: 1.15, price_unit: "USD" },
      })),
    });
  },

  "phoneSystem.purchaseNumber": (call) => {
    const phoneNumber = String(call.body["phoneNumber"]);
    if (recordsOf(call, numbers).some(({ fields }) => fields["phoneNumber"] === phoneNumber))
      throw badRequest("The number is not available");
    const { countryCode, numberType: type } = call.body;
    const fields = { phoneNumber, friendlyName: phoneNumber, countryCode, type, capabilities, isDefaultNumber: false };
    const { recordId: id } = addRecord(call, { resource: numbers, fields });
    return answerWith(call, {
      status: "success",
      statusCode: 201,
      data: { id, number: phoneNumber, locationId: call.locationId, underLcAccount: true },
    });
  },
};

/** Numbers of a location. Those on offer are reserved for fiction. */
export const phoneSystemService: Service = {
  evidence: {
    "phoneSystem.listAvailableNumbers": "inferred",
  },
  handlers: phoneSystemHandlers,
  resources: [
    resource(numbers, {
      view: ({ recordId }) => ({ sid: recordId }),
      filters: { searchFilter: (fields, value) => matchesText(fields, String(value).toLowerCase()) },
      withoutEffect: { skipNumberPool: "numbers of pools are not among them", includeRcsSenderIds: "the account has no RCS sender" },
      pageSize: 50,
    }),
    resource("/phone-system/number-pools"),
  ],
  seed({ sow }) {
    const phoneNumber = "+12025550140";
    const shared = { friendlyName: "Main line", countryCode: "US", type: "local", capabilities, isDefaultNumber: true };
    sow(numbers, { phoneNumber, ...shared, inboundCallService: {}, linkedRingAllUsers: [] });
    const pool = { name: "Campaigns", numbers: [{ phoneNumber: "+12025550141", friendlyName: "Campaigns 1" }], isActive: true };
    sow("/phone-system/number-pools", { ...pool, forwardingNumber: phoneNumber, whisper: false, callRecording: true });
  },
};

const available: readonly string[] = Array.from({ length: 20 }, (_, index) => `+12025550${150 + index}`);

function matchesParts(call: Call, phoneNumber: string): boolean {
  const [first = "", last = "", anywhere = ""] = ["firstPart", "lastPart", "anywhere"].map((name) => queryText(call, name));
  const digits = phoneNumber.slice(2);
  const part = (text: string): string => text.replaceAll(/\D/g, "");
  return digits.startsWith(part(first)) && digits.endsWith(part(last)) && digits.includes(part(anywhere));
}
