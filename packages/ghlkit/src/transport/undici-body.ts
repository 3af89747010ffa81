import type { WireBody } from "@ghlkit/core";
import type { Dispatcher, FormData as UndiciForm } from "undici";

/** A body as undici sends it, and the content type that fetch would give it. */
export interface UndiciBody {
  readonly body: Dispatcher.DispatchOptions["body"];
  readonly contentType: string | undefined;
}

/** Converts a body for undici's `request`. A form gets its content type from undici, with the boundary. */
export function undiciBody(body: WireBody | undefined, Form: typeof UndiciForm): UndiciBody {
  if (body === undefined) return { body: null, contentType: undefined };
  if (typeof body === "string") return { body, contentType: "text/plain;charset=UTF-8" };
  if (typeof body === "function") return { body: body() as never, contentType: undefined };
  if (body instanceof URLSearchParams) return { body: body.toString(), contentType: "application/x-www-form-urlencoded;charset=UTF-8" };
  if (body instanceof FormData) return { body: formOf(body, Form), contentType: undefined };
  if (body instanceof Blob) return { body: body as never, contentType: body.type === "" ? undefined : body.type };
  return { body, contentType: undefined };
}

/** undici sends forms of its own class only, and the global one belongs to the undici inside Node.js. */
function formOf(form: FormData, Form: typeof UndiciForm): UndiciForm {
  const own = new Form();
  for (const [name, value] of form) {
    if (typeof value === "string") own.append(name, value);
    else own.append(name, value, value.name);
  }
  return own;
}
