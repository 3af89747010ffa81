import { html, raw } from "hono/html";
import { replyChannels } from "../act/reply-as.ts";
import { renderPage, type Markup } from "../http/page.ts";
import { isBlocked } from "../services/contacts/dnd-settings.ts";
import { fullName } from "../services/contacts/contact-view.ts";
import type { Contact } from "../state/contact.ts";
import type { Message } from "../state/conversation.ts";
import type { World } from "../world.ts";
import { phoneScript } from "./phone-script.ts";
import { phoneStyle } from "./phone-style.ts";

/** Contacts that the page lists, the last active first. */
const mostContacts = 100;
/** Messages that a phone shows. */
const mostMessages = 200;

/** A customer's phone: what the location sent to a contact, and a way to answer. */
export function phonePage(world: World, contactId: string | undefined, problem?: string): Promise<Response> {
  const contacts = recentContacts(world);
  const contact = contacts.find(({ id }) => id === contactId) ?? world.state.contacts.get(contactId ?? "") ?? contacts[0];
  const nonce = world.oauth.ids.object();
  const body = html`<h1>Phones of the customers</h1>
    <p class="soft">Read as a contact what the account sent, and answer: a text that says STOP opts out, START opts in again.</p>
    ${problem === undefined ? "" : html`<p class="problem" role="alert">${problem}</p>`}
    ${
      contact === undefined
        ? html`<p>There are no contacts yet: create one over the API, and its phone is here.</p>`
        : html`<div class="phones">
            <nav aria-label="Contacts"><h2>Contacts</h2><ul class="contacts">${contacts.map((one) => contactItem(world, one, contact.id))}</ul></nav>
            ${phone(world, contact)}
          </div>
          <script nonce="${nonce}">${raw(phoneScript)}</script>`
    }`;
  return renderPage({
    title: contact === undefined ? "Phones" : `Phone of ${nameOf(contact)}`,
    body,
    status: problem === undefined ? 200 : 400,
    isWide: true,
    style: phoneStyle,
    scriptNonce: nonce,
    connects: true,
  });
}

function recentContacts({ state }: World): readonly Contact[] {
  const latest = (contact: Contact): number => state.conversations.ofContact(contact.id)?.lastMessageAtMs ?? Date.parse(contact.dateAdded);
  return [...state.contacts.all()].toSorted((a, b) => latest(b) - latest(a)).slice(0, mostContacts);
}

function nameOf(contact: Contact): string {
  return fullName(contact) || contact.email || contact.phone || contact.id;
}

function contactItem({ state }: World, contact: Contact, currentId: string): Markup {
  const { lastMessageBody = "", lastMessageType } = state.conversations.ofContact(contact.id) ?? {};
  const last = lastMessageType === "TYPE_EMAIL" ? textOf(lastMessageBody) : lastMessageBody;
  return html`<li>
    <a href="/_emulator/phone?contact=${encodeURIComponent(contact.id)}" ${contact.id === currentId ? raw('aria-current="true"') : ""}
      >${nameOf(contact)}<small>${last || "No messages"}</small></a
    >
  </li>`;
}

function phone(world: World, contact: Contact): Markup {
  const { state } = world;
  const conversation = state.conversations.ofContact(contact.id);
  const messages = conversation === undefined ? [] : state.messages.group(conversation.id).filter(isShown).slice(-mostMessages);
  const closed = [...replyChannels, "call" as const].filter((channel) => isBlocked(contact, channel === "whatsapp" ? "whatsApp" : channel));
  const business = state.locations.get(contact.locationId)?.name ?? "";
  return html`<section class="phone" aria-label="Phone of ${nameOf(contact)}">
    <header>
      <div><h2>${business}</h2><p>${nameOf(contact)}’s phone · ${contact.phone ?? contact.email ?? "no number"}</p></div>
      ${contact.phone === undefined ? "" : actionButton(contact.id, "call", "Call")}
    </header>
    <ol class="thread" id="thread" tabindex="0" aria-label="Messages">
      ${messages.length === 0 ? html`<li class="event">No messages yet</li>` : messages.map(messageItem)}
    </ol>
    ${closed.length === 0 ? "" : html`<p class="closed">Opted out of ${closed.join(", ")}: the account cannot send there.</p>`}
    ${composer(contact)}
  </section>`;
}

/** What has not been sent yet is not on the phone. */
function isShown({ status }: Message): boolean {
  return status !== "scheduled";
}

function composer(contact: Contact): Markup {
  const channels = replyChannels.filter((channel) => (channel === "email" ? contact.email : contact.phone) !== undefined);
  if (channels.length === 0) return html`<p class="closed">This contact has neither phone nor e-mail to answer from.</p>`;
  return html`<form class="composer" method="post" action="/_emulator/phone">
    <input type="hidden" name="contact" value="${contact.id}" />
    <label><span class="visually-hidden">Message</span><textarea name="text" placeholder="Answer" maxlength="10000" rows="2"></textarea></label>
    <div class="row">
      <label class="visually-hidden" for="channel">Channel</label>
      <select id="channel" name="channel">${channels.map((channel) => html`<option value="${channel}">${channelNames[channel]}</option>`)}</select>
      <button class="main" name="word" value="">Send</button>
    </div>
    ${
      channels.includes("sms")
        ? html`<div class="row"><button name="word" value="STOP">STOP</button><button name="word" value="START">START</button></div>`
        : ""
    }
  </form>`;
}

const channelNames: Readonly<Record<(typeof replyChannels)[number], string>> = { sms: "Text", whatsapp: "WhatsApp", email: "E-mail" };

function actionButton(contactId: string, action: string, label: string): Markup {
  return html`<form method="post" action="/_emulator/phone">
    <input type="hidden" name="contact" value="${contactId}" /><button name="action" value="${action}">${label}</button>
  </form>`;
}

function messageItem(message: Message): Markup {
  const { direction, body, attachments, call, activity, email, messageType, status, dateAdded } = message;
  const time = html`<time datetime="${dateAdded}">${dateAdded.slice(11, 16)}</time>`;
  if (call !== undefined)
    return html`<li class="event">${direction === "inbound" ? "You called" : "Called you"}: ${String(call["status"])} · ${time}</li>`;
  if (activity !== undefined) return html`<li class="event">${body} · ${time}</li>`;
  const channel = messageType
    .replace(/^TYPE_/, "")
    .toLowerCase()
    .replaceAll("_", " ");
  const files = attachments.filter((url) => /^https?:\/\//.test(url));
  return html`<li class="${direction === "inbound" ? "own" : "theirs"}">
    ${email === undefined || email.subject === "" ? "" : html`<strong>${email.subject}</strong>`}
    <p>${email === undefined ? body : textOf(body)}</p>
    ${files.map((url) => html`<a href="${url}" rel="noreferrer">${url.split("/").at(-1)}</a> `)}
    <small>${channel} · ${direction === "inbound" ? "" : html`${status} · `}${time}</small>
  </li>`;
}

/** The text of an e-mail, without its markup. */
function textOf(body: string): string {
  return body
    .replaceAll(/<(br|\/p|\/div|\/h\d|\/li)\b[^>]*>/gi, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .trim();
}
