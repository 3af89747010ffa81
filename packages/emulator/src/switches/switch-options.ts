/**
 * Single leniencies and choices where the platform is ambiguous. The default of each is the stricter or better known one; the table in
 * `switch-table.ts` says why.
 */
export interface SwitchOptions {
  /** `lenient` accepts every live `Version`; `strict` demands the one the operation declares. @default "lenient" */
  readonly versionMode?: "lenient" | "strict";
  /** What paths of v2 answer under `Version: v3`. @default "not-found" */
  readonly oldPathsUnderV3?: "not-found" | "answer";
  /** What a path that no document knows answers: 404 of the router, or 401 of the platform's gateway. @default "not-found" */
  readonly unknownRoute?: "not-found" | "unsupported";
  /** Which documents hold where both generations declare the same date as `Version` (ad publishing). @default "v3" */
  readonly sharedVersion?: "v3" | "v2";
  /** A query parameter that the contract does not know: 422, or ignored. One that repeats a path parameter's value is taken either way. @default "reject" */
  readonly unknownQuery?: "reject" | "ignore";
  /** `live` drops requirements that the documents state and the platform does not enforce. @default "live" */
  readonly requirements?: "live" | "documented";
  /**
   * A JSON body under another `Content-Type` than `application/json`, or none: unread, as if there were no body, or read all the same. `fetch`
   * sends a text as `text/plain`. @default "json"
   */
  readonly bodyType?: "json" | "any";
  /** A page size below 1, a negative offset, a fraction or a text: 422, or as if it were absent. @default "whole" */
  readonly pagingNumbers?: "whole" | "any";
  /** Send `Retry-After` (seconds) with 429. @default false */
  readonly retryAfter?: boolean;
  /** Bodies of refused token requests: `platform` is `{ statusCode, message }`; `rfc6749` adds `error` and `error_description`. @default "platform" */
  readonly tokenErrors?: "platform" | "rfc6749";
  /**
   * What a used refresh token gets: `reject`, a refusal; `revoke-family`, a refusal that also ends every token that came of it; `grace`, another
   * pair for `refreshGraceMs` after its use, then a refusal. @default "reject"
   */
  readonly refreshReuse?: "reject" | "revoke-family" | "grace";
  /** Location tokens minted from a company token come with a refresh token. @default true */
  readonly locationTokenRefresh?: boolean;
  /** `required`: the consent page under `/v2` fails with `noAppVersionIdFound` without `version_id`. @default "optional" */
  readonly consentVersionId?: "optional" | "required";
  /** INSTALL events of locations that came later lack `userId` and `companyId`, or not. @default "sparse" */
  readonly futureInstallEvents?: "sparse" | "full";
  /** Seeded locations allow several contacts with one e-mail or phone. @default false */
  readonly allowDuplicates?: boolean;
  /** A contact with neither e-mail nor phone, only a name. @default "accept" */
  readonly nameOnlyContact?: "accept" | "reject";
  /** A phone number that is none, such as `123`. @default "reject" */
  readonly unreadablePhone?: "reject" | "store";
  /** A country that is no code of ISO 3166-1. @default "reject" */
  readonly unknownCountry?: "reject" | "store";
  /** A text that is no amount in a custom field of type `MONETORY` or `NUMERICAL`. @default "reject" */
  readonly unreadableAmount?: "reject" | "store";
  /** What empties a text of a contact: `null` (and `""` is ignored), or `""` (and `null` is ignored). @default "null" */
  readonly emptiedBy?: "null" | "empty-text";
  /** The key of a custom field that the location does not define: 422, or dropped as unknown ids are. @default "reject" */
  readonly unknownFieldKey?: "reject" | "drop";
  /** An update that gives a contact the e-mail or phone of another one: 400, or the two become one. @default "reject" */
  readonly takenIdentifier?: "reject" | "merge";
  /** A contact search whose body has no `filters`: taken, or 400. @default "optional" */
  readonly searchFilters?: "optional" | "required";
  /** How soon searches of contacts see a write: at once, or after 10 s, with nothing found from 4 s to 10 s. @default "immediate" */
  readonly contactIndex?: "immediate" | "lagging";
  /** Seeded locations allow several opportunities per contact and pipeline. @default false */
  readonly allowDuplicateOpportunities?: boolean;
  /** Where they do not: which opportunities of the contact count. @default "any" */
  readonly duplicateOpportunityStatus?: "any" | "open";
  /** A stage that is not one of the pipeline: 400, or its first stage. @default "reject" */
  readonly foreignStage?: "reject" | "first";
  /** The number of the first page of `POST /opportunities/search`. @default "zero" */
  readonly opportunitySearchPage?: "zero" | "one";
  /** `envelope` is `{ message }`, `flat` the message itself; `by-version` is flat under `2021-04-15` alone. @default "by-version" */
  readonly messageRead?: "by-version" | "envelope" | "flat";
  /** Conversations of the very moment that `startAfterDate` of a search names: left out, or listed again. @default "drop" */
  readonly searchTies?: "drop" | "repeat";
  /** An e-mail without a subject. @default "optional" */
  readonly emailSubject?: "optional" | "required";
  /** How `emailTo` is compared with the addresses of the contact, which are kept in lower case. @default "exact" */
  readonly emailToCase?: "exact" | "ignore";
  /** Fields that the inbound and outbound message routes do not know. @default "ignore" */
  readonly unknownMessageFields?: "ignore" | "reject";
  /** Whether the location has a number to send text messages from: without one they are accepted and then fail. @default "present" */
  readonly smsNumber?: "present" | "absent";
  /** Which words of a text message close the channel. @default "stop" */
  readonly optOutWords?: "stop" | "carrier";
  /** What enrolling a contact in a draft workflow answers: 200 and nothing happens, or 400. @default "silent" */
  readonly draftEnrolment?: "silent" | "reject";
  /** Fields of `TaskCreate`: without `contactId` and `body`, or as documented. @default "live" */
  readonly taskEvents?: "live" | "documented";
  /** A changed tag emits `ContactTagUpdate`, or `ContactUpdate` as well. @default "one" */
  readonly tagEvents?: "one" | "two";
}

/** The name of a switch. */
export type SwitchName = keyof SwitchOptions;
/** Every switch with its value. */
export type SwitchValues = Readonly<Required<SwitchOptions>>;
