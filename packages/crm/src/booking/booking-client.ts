import type { LocationClient } from "@ghlkit/client";

/** A client bound to one location: `createClient(…).location(id)` and `createGhl(…).location(id)` both fit. */
export type BookingClient = Pick<LocationClient, "calendars" | "locations">;
