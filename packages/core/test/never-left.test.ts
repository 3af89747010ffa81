import { expect, it } from "vitest";
import { neverLeft } from "../src/never-left.ts";

it.each<[object, boolean]>([
  [{ code: "EHOSTUNREACH", syscall: "connect" }, true],
  [{ code: "EHOSTUNREACH" }, true],
  [{ code: "EHOSTUNREACH", syscall: "read" }, false],
  [{ code: "ENETDOWN", syscall: "write" }, false],
  [{ code: "ENETUNREACH", syscall: "read" }, false],
  [{ message: "the gateway said: a client error (Connect) happened" }, false],
  [{ message: "client error (Connect): tcp connect error: refused" }, true],
  [{ code: "UND_ERR_INVALID_ARG" }, true],
])("%j never left: %s", (cause, expected) => expect(neverLeft(Object.assign(new Error("fetch failed"), { cause }))).toBe(expected));
