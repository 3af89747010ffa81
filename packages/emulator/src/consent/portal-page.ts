import { html } from "hono/html";
import type { World } from "../world.ts";
import { renderPage } from "../http/page.ts";

/** The app's page in the marketplace: an install from here starts without a state of the app's. */
export function portalPage({ oauth }: World, redirectUri: string | undefined): Promise<Response> {
  const { app } = oauth;
  const action = `${app.brand === "white-label" ? "/white-label" : ""}/v2/oauth/chooselocation`;
  const registered = app.redirectUris.find((uri) => new URL(uri).pathname !== "/");
  const shown = redirectUri ?? registered ?? "http://127.0.0.1:3000/oauth/callback";
  const body = html`<h1>${app.name}</h1>
    <p class="soft">A ${app.targetUser === "Agency" ? "agency" : "sub-account"} app in the marketplace. An install from this page brings no state to the app.</p>
    <form method="get" action="${action}">
      <input type="hidden" name="response_type" value="code" />
      <input type="hidden" name="client_id" value="${app.clientId}" />
      <input type="hidden" name="version_id" value="${app.versionId}" />
      <label class="field"><span>Redirect URI of the app</span><input type="url" name="redirect_uri" value="${shown}" required /></label>
      <label class="field"
        ><span>Scopes, separated by spaces; none for all of the app's</span
        ><input type="text" name="scope" value="${app.scopes === "all" ? "" : app.scopes.join(" ")}"
      /></label>
      <div class="actions"><button class="main">Install</button></div>
    </form>`;
  return renderPage({ title: `${app.name} in the marketplace`, body });
}
