import { html } from "hono/html";
import { installableLocations, type InstallKind } from "../oauth/install.ts";
import type { World } from "../world.ts";
import { userParameter, type ConsentRequest } from "./consent-request.ts";
import { renderPage, type Markup } from "../http/page.ts";

/** The page on which a person chooses where to install the app, and approves or denies. */
export function consentPage(world: World, request: ConsentRequest, query: URLSearchParams, problem?: string): Promise<Response> {
  const { app } = world.oauth;
  const { user, scopes, kind, redirectUri } = request;
  const body = html`<h1>Install ${app.name}</h1>
    <p>${app.name} asks for access to ${kind === "company" ? "your agency" : "your locations"} and will then return to <code>${redirectUri}</code>.</p>
    ${problem === undefined ? "" : html`<p class="problem" role="alert">${problem}</p>`} ${peopleList(world, request, query)}
    ${kind === undefined ? html`<p class="problem" role="alert">Only users of the agency can install this app.</p>` : ""}
    <form method="post">
      ${kind === undefined ? "" : choices(world, request, kind)}
      <details>
        <summary>Permissions: ${scopes === "all" ? "everything" : String(scopes.length)}</summary>
        ${scopes === "all" ? html`<p>Every scope of the platform.</p>` : html`<ul>${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>`}
      </details>
      <div class="actions">
        ${kind === undefined ? "" : html`<button class="main" name="decision" value="approve">Install for ${user.firstName} ${user.lastName}</button>`}
        <button name="decision" value="deny" formnovalidate>Deny</button>
      </div>
    </form>`;
  return renderPage({ title: `Install ${app.name}`, body, status: problem === undefined ? 200 : 400 });
}

/** Links to the same page as someone else. */
function peopleList(world: World, { user }: ConsentRequest, query: URLSearchParams): Markup {
  const people = world.state.users.group(user.companyId).filter((person) => !person.deleted);
  return html`<h2 id="people">Signed in as</h2>
    <ul class="people" aria-labelledby="people">
      ${people.map(({ id, firstName, lastName, type }) => {
        const label = `${firstName} ${lastName} (${type === "agency" ? "agency" : "location"})`;
        if (id === user.id) return html`<li><strong aria-current="true">${label}</strong></li>`;
        const link = new URLSearchParams(query);
        link.set(userParameter, id);
        return html`<li><a href="?${link.toString()}">${label}</a></li>`;
      })}
    </ul>`;
}

function choices(world: World, { user }: ConsentRequest, kind: InstallKind): Markup {
  if (kind === "company") return html`<p>The app will be installed on the agency <strong>${world.seed.companyName}</strong>.</p>`;
  const isBulk = kind === "bulk";
  const locations = installableLocations(world, user).flatMap((id) => world.state.locations.get(id) ?? []);
  const choice = (id: string, name: string): Markup =>
    html`<label class="choice"><input type="${isBulk ? "checkbox" : "radio"}" name="location" value="${id}" ${isBulk ? "" : "required"} /> <span>${name} <code>${id}</code></span></label>`;
  return html`<fieldset>
      <legend>${isBulk ? "Choose locations" : "Choose a location"}</legend>
      <div class="choices">${locations.map(({ id, name }) => choice(id, name))}</div>
    </fieldset>
    ${
      isBulk
        ? html`<label class="choice"><input type="checkbox" name="all" /> <span>All locations</span></label>
          <label class="choice"><input type="checkbox" name="future" /> <span>Also on locations created later</span></label>`
        : ""
    }`;
}
