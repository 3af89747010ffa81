import { Hono } from "hono";
import type { FaultControls } from "../faults/fault-list.ts";
import type { Fault } from "../faults/fault.ts";
import { readControlBody } from "./control-body.ts";

/** The HTTP side of `emulator.faults`. */
export function createFaultRoutes(faults: FaultControls): Hono {
  const app = new Hono();
  app.get("/", (context) => context.json({ faults: faults.list() }));
  app.post("/", async (context) => {
    faults.add((await readControlBody(context)) as unknown as Fault);
    return context.json({ faults: faults.list() });
  });
  app.delete("/", (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });
  return app;
}
