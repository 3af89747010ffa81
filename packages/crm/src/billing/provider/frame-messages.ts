/** From the provider's page in its frame: it has loaded. Send it until `payment_initiate_props` or `setup_initiate_props` comes. */
export interface ProviderReady {
  readonly type: "custom_provider_ready";
  readonly loaded: true;
  /** Only then is `setup_initiate_props` sent. */
  readonly addCardOnFileSupported?: boolean;
}

/** To the page: what is to be paid. */
export interface PaymentInitiateProps {
  readonly type: "payment_initiate_props";
  readonly publishableKey: string;
  /** In major units: 40.1. */
  readonly amount: number;
  /** Lower case. */
  readonly currency: string;
  readonly mode: "payment" | "subscription";
  /** May be `[{}]`. The unit of prices in it is documented in two ways: do not charge by them. */
  readonly productDetails: readonly Readonly<Record<string, unknown>>[];
  readonly contact: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    /** The phone. */
    readonly contact: string;
    readonly shippingAddress?: unknown;
  };
  /** `""` for invoices. */
  readonly orderId: string;
  /** `""` for orders. */
  readonly invoiceId?: string;
  readonly transactionId: string;
  readonly subscriptionId: string;
  readonly locationId: string;
}

/** To the page: a card is to be kept, without a payment. */
export interface SetupInitiateProps {
  readonly type: "setup_initiate_props";
  readonly publishableKey: string;
  readonly currency: string;
  readonly mode: "setup";
  readonly contact: { readonly id: string };
  readonly locationId: string;
}

/** What the page in the frame reports at its end. Nothing of it settles a payment: the platform asks `verify`. */
export type ProviderReport =
  /** A setup needs no `chargeId`. */
  | { readonly type: "custom_element_success_response"; readonly chargeId?: string }
  | { readonly type: "custom_element_error_response"; readonly error: { readonly description: string } }
  | { readonly type: "custom_element_close_response" };

/** Every message from the frame to the platform's page. */
export type FrameMessage = ProviderReady | ProviderReport;

/** Every message from the platform's page to the frame. */
export type PlatformMessage = PaymentInitiateProps | SetupInitiateProps;

/** Posts a message from the provider's page: as JSON text, because the platform's page does not take objects. */
export function postToPlatform(message: FrameMessage, parent: { postMessage: (message: string, targetOrigin: string) => void }): void {
  parent.postMessage(JSON.stringify(message), "*");
}

/** A message event's data on the provider's page; `undefined` for what the platform did not send. */
export function readPlatformMessage(data: unknown): PlatformMessage | undefined {
  const message = typeof data === "string" ? parsed(data) : data;
  const { type } = (message ?? {}) as { readonly type?: unknown };
  return type === "payment_initiate_props" || type === "setup_initiate_props" ? (message as PlatformMessage) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
