import type { Evidence } from "../http/answer.ts";
import type { SwitchName, SwitchOptions, SwitchValues } from "./switch-options.ts";

/** A switch of the platform as a whole. */
interface SwitchRow<Value> {
  /** The default first. */
  readonly values: readonly [Value, ...Value[]];
  /** How well the default is known. */
  readonly evidence: Evidence;
  /** What is unclear, in one sentence. */
  readonly unclear: string;
}

type Table = { readonly [Name in SwitchName]-?: SwitchRow<NonNullable<SwitchOptions[Name]>> };

const row = <const Value extends string | boolean>(
  values: readonly [Value, ...Value[]],
  evidence: Evidence,
  unclear: string,
): SwitchRow<Value> => ({ values, evidence, unclear });

/** The switches that are options of their own; those of calendars and commerce stand in groups. */
export const platformSwitches: Table = {
  versionMode: row(["lenient", "strict"], "reported", "The header is documented per operation; live, other dates are taken too."),
  oldPathsUnderV3: row(["not-found", "answer"], "documented", "The documents of v3 drop paths that were seen to answer."),
  unknownRoute: row(["not-found", "unsupported"], "reported", "Both answers were seen."),
  sharedVersion: row(["v3", "v2"], "documented", "Ad publishing declares 2021-07-28 in both generations, with different bodies."),
  unknownQuery: row(["reject", "ignore"], "reported", "Proven for bodies, seen for some queries."),
  requirements: row(["live", "documented"], "reported", "Some required fields are not needed live, some other spellings are taken."),
  bodyType: row(
    ["json", "any"],
    "inferred",
    "No capture. The platform's framework, which its error texts name, reads JSON under application/json alone.",
  ),
  pagingNumbers: row(["whole", "any"], "inferred", "Upper bounds were seen to be refused; no capture of a size below 1 or a fraction."),
  retryAfter: row([false, true], "documented", "Not documented, not reliably seen."),
  tokenErrors: row(["platform", "rfc6749"], "reported", "Many clients look for invalid_grant."),
  refreshReuse: row(["reject", "revoke-family", "grace"], "documented", "Refresh tokens are single use; a grace window is not documented."),
  locationTokenRefresh: row(
    [true, false],
    "documented",
    "Minted location tokens come with a refresh token in some documents and not in others.",
  ),
  consentVersionId: row(["optional", "required"], "reported", "Seen, not documented."),
  futureInstallEvents: row(["sparse", "full"], "documented", "INSTALL of a location that came later may lack them."),
  allowDuplicates: row([false, true], "reported", "A setting of each location."),
  nameOnlyContact: row(
    ["accept", "reject"],
    "documented",
    "Two clients demand an e-mail or a phone; the documents demand the location alone, and no answer to a name alone was captured.",
  ),
  unreadablePhone: row(["reject", "store"], "inferred", "No capture of a phone that cannot be read."),
  unknownCountry: row(["reject", "store"], "inferred", "The documents show codes of two letters; no capture of another text."),
  unreadableAmount: row(["reject", "store"], "inferred", "No capture of an amount that cannot be read."),
  emptiedBy: row(
    ["null", "empty-text"],
    "reported",
    "One integrator reports that null empties a field and an empty text is ignored; the documents say the reverse.",
  ),
  unknownFieldKey: row(["reject", "drop"], "reported", "One integrator met 422, another that it is dropped."),
  takenIdentifier: row(["reject", "merge"], "reported", "Two integrators met the refusal, one client expects a merge."),
  searchFilters: row(["optional", "required"], "documented", "One client met 400 without filters."),
  contactIndex: row(
    ["immediate", "lagging"],
    "inferred",
    "Live, the index is seconds behind: off by default, because every test would have to wait.",
  ),
  allowDuplicateOpportunities: row([false, true], "reported", "A setting of each location."),
  duplicateOpportunityStatus: row(["any", "open"], "reported", "Whether closed opportunities count, integrators disagree."),
  foreignStage: row(["reject", "first"], "inferred", "No capture."),
  opportunitySearchPage: row(["zero", "one"], "documented", "The text of v3 counts from 0, other lists from 1."),
  messageRead: row(["by-version", "envelope", "flat"], "recorded", "Recorded under one Version, reported otherwise under another."),
  searchTies: row(
    ["drop", "repeat"],
    "inferred",
    "One integrator saw conversations of the moment of startAfterDate come again; pages of one conversation would then never end.",
  ),
  emailSubject: row(["optional", "required"], "documented", "Integrators disagree whether it is filled in or refused."),
  emailToCase: row(["exact", "ignore"], "reported", "Compared byte by byte, as far as four integrators saw."),
  unknownMessageFields: row(["ignore", "reject"], "reported", "Seen to be ignored on these two routes, refused everywhere else."),
  smsNumber: row(["present", "absent"], "reported", "A property of each account."),
  optOutWords: row(["stop", "carrier"], "reported", "STOP is proven; whether UNSUBSCRIBE and CANCEL count, sources differ."),
  draftEnrolment: row(["silent", "reject"], "reported", "Reported once."),
  taskEvents: row(["live", "documented"], "reported", "docs#332: bodies lack what the documents show."),
  tagEvents: row(["one", "two"], "inferred", "Whether ContactUpdate comes beside ContactTagUpdate is not known."),
};

/** Every switch with the value it was given, else its default. */
export function resolvePlatformSwitches(options: SwitchOptions): SwitchValues {
  const entries = Object.entries(platformSwitches).map(([name, { values }]) => [name, options[name as SwitchName] ?? values[0]]);
  return Object.fromEntries(entries) as unknown as SwitchValues;
}
