import { createFaultRegister } from "../faults/fault-register.ts";
import { checkDeliveryFault, type DeliveryFault, type DeliveryFaultControls, type DeliveryFaultKind } from "./delivery-fault.ts";
import { describeKind, eventNamed, shownType } from "./event-kind.ts";
import type { PlatformEvent } from "./platform-event.ts";

/** What an event meets on its way out. */
export interface DeliveryFaults extends DeliveryFaultControls {
  /** Faults of these kinds that the event meets, one of a kind. */
  readonly meet: (event: PlatformEvent, kinds: readonly DeliveryFaultKind[]) => readonly DeliveryFault[];
  /** Milliseconds that a fault waits, seeded between its bounds. */
  readonly delayOf: (fault: DeliveryFault, fallbackMs: number) => number;
}

/** @param random From 0 to 1, seeded. */
export function createDeliveryFaults(seed: string, random: () => number): DeliveryFaults {
  const register = createFaultRegister<DeliveryFault>(seed);
  return {
    add(fault) {
      const checked = checkDeliveryFault(fault);
      register.add(checked.type === "*" ? checked : { ...checked, type: shownType(eventNamed(checked.type)) });
    },
    list: register.list,
    clear: register.clear,
    meet(event, kinds) {
      if (register.isEmpty()) return [];
      const type = shownType(describeKind(event.kind));
      return register.hit(
        (fault, before) =>
          (fault.type === "*" || fault.type === type) && kinds.includes(fault.kind) && !before.some(({ kind }) => kind === fault.kind),
      );
    },
    delayOf({ delayMs, maxDelayMs }, fallbackMs) {
      const from = delayMs ?? (maxDelayMs === undefined ? fallbackMs : 0);
      return maxDelayMs === undefined ? from : Math.round(from + random() * (maxDelayMs - from));
    },
  };
}
