import { Hono } from "hono";
import type { FaultControls } from "../faults/fault-list.ts";
import type { Fault } from "../faults/fault.ts";

/** The HTTP side of `emulator.faults`. */
export function createFaultRoutes(faults: FaultControls): Hono {
  const app = new Hono();
  app.get("/", (context) => context.json({ faults: faults.list() }));
  app.post("/", async (context) => {
    try {
      faults.add((await context.req.json().catch(() => ({}))) as Fault);
    } catch (error) {
      return context.json({ message: (error as Error).message }, 400);
    }
    return context.json({ faults: faults.list() });
  });
  app.delete("/", (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });
  return app;
}
