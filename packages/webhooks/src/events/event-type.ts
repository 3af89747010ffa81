import type { EventKind, EventPayloads } from "@ghlkit/contract/events";

/** Kinds whose `type` means something else on the wire: the channel of a message, the kind of a price. */
type OtherwiseTyped = "ProviderOutboundMessage" | "PriceUpdate" | "PriceDelete";

/** Value of `type` on the wire; the name of the page where `type` means something else there. */
type TypeOf<Kind extends EventKind> = Kind extends OtherwiseTyped
  ? Kind
  : NonNullable<EventPayloads[Kind] extends { readonly type?: infer Type } ? Type : never> & string;

type PayloadByType = { [Kind in EventKind as TypeOf<Kind>]: EventPayloads[Kind] };

/** Types of the platform's events, as `type` says it: `ContactCreate`, `INSTALL`, … */
export type PlatformEventType = keyof PayloadByType;

/** What a workflow's "Custom Webhook" sends unless its author changed the body. Nothing of it is documented. */
export interface WorkflowPayload {
  readonly contact_id?: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly full_name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly tags?: string;
  readonly location?: { readonly id?: string; readonly name?: string; readonly [field: string]: unknown };
  readonly workflow?: { readonly id?: string; readonly name?: string; readonly [field: string]: unknown };
  readonly customData?: Readonly<Record<string, unknown>>;
  readonly triggerData?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** Every type that a handler can be written for. */
export type EventType = PlatformEventType | "WorkflowWebhook";

/** Fields of an event of a type. */
export type PayloadOf<Type extends EventType> = Type extends PlatformEventType ? PayloadByType[Type] : WorkflowPayload;
