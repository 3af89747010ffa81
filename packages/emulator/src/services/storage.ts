import type { State } from "../state/state.ts";

/** Where uploaded files are served: as a path of the host that was asked, open to everyone who knows the address. */
export const storagePath = "/msgsndr";

/** Whether a URL leads to an uploaded file. */
export function isStored(url: string): boolean {
  return url.startsWith(`${storagePath}/`, url.indexOf("/", url.indexOf("//") + 2));
}

/** Serves an uploaded file. Nothing in it is run by a browser. */
export function serveFile({ files }: State, request: Request): Response {
  const id = new URL(request.url).pathname.split("/").at(-2) ?? "";
  const file = files.get(id);
  if (file === undefined) return new Response("No such file", { status: 404, headers: { "content-type": "text/plain" } });
  return new Response(request.method === "HEAD" ? null : Buffer.from(file.content, "base64"), {
    headers: {
      "content-type": file.type === "" ? "application/octet-stream" : file.type,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "access-control-allow-origin": "*",
    },
  });
}
