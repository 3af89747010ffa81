import { html, raw } from "hono/html";
import { problemPage, renderPage, type Markup } from "../http/page.ts";
import type { World } from "../world.ts";
import { userContext } from "./user-context.ts";

/** The parent of a custom page: shows it in a frame and answers its question who is looking. */
export function customPage(world: World, query: URLSearchParams): Promise<Response> {
  const url = query.get("url");
  if (url !== null && !/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
    return problemPage(400, `A custom page has an http or https address, not ${url}`);
  }
  const userId = query.get("user") ?? world.seed.users.admin;
  const locationId = query.get("location") ?? world.seed.locationId;
  if (world.state.users.get(userId) === undefined) return problemPage(400, `There is no user ${userId}.`);
  const nonce = world.oauth.ids.object();
  const payload = userContext(world, { userId, locationId: locationId === "" ? null : locationId });
  const body = html`<h1>Custom page of ${world.oauth.app.name}</h1>
    ${chooser(world, url ?? "", userId, locationId)} ${url === null ? "" : html`${parentScript(nonce, payload)}<iframe id="custom-page" title="Custom page" src="${url}" allow="camera; microphone"></iframe>`}`;
  return renderPage({ title: "Custom page", body, isWide: true, scriptNonce: nonce });
}

function chooser(world: World, url: string, userId: string, locationId: string): Markup {
  const option = (value: string, label: string, chosen: string): Markup =>
    html`<option value="${value}" ${value === chosen ? "selected" : ""}>${label}</option>`;
  const users = world.state.users.all().map(({ id, firstName, lastName }) => option(id, `${firstName} ${lastName}`, userId));
  const locations = world.state.locations.all().map(({ id, name }) => option(id, name, locationId));
  return html`<form method="get">
    <label class="field"><span>Address of the page</span><input type="url" name="url" value="${url}" required /></label>
    <label class="field"><span>User</span><select name="user">${users}</select></label>
    <label class="field"><span>Location</span><select name="location">${locations}${option("", "None: the agency's level", locationId)}</select></label>
    <div class="actions"><button class="main">Show</button></div>
  </form>`;
}

/** Only the frame is answered. The payload is base64, so nothing in it can end the script. */
function parentScript(nonce: string, payload: string): Markup {
  return html`<script nonce="${nonce}">
    addEventListener("message", (event) => {
      const frame = document.getElementById("custom-page");
      if (event.source !== frame.contentWindow || event.data?.message !== "REQUEST_USER_DATA") return;
      const origin = event.origin === "null" ? "*" : event.origin;
      event.source.postMessage({ message: "REQUEST_USER_DATA_RESPONSE", payload: "${raw(payload)}" }, origin);
    });
  </script>`;
}
