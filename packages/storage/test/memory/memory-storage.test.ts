import { describe, expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage } from "../../src/index.ts";
import { describeStores } from "../../src/testing.ts";

describeStores(
  () => {
    const clock = createManualClock();
    return { store: createMemoryStorage({ clock }), advance: clock.advance };
  },
  { describe, it, expect },
);
