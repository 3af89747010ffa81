import { Form, Modal, notify } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { VNode } from "preact";
import type { Submitted } from "../handlers/submit-lead.ts";

/** A step of a form, as it is done. */
export interface StepSeen {
  readonly form: string;
  readonly step: string;
  readonly how: string;
}

const isOpen = signal(false);
const done = signal<readonly string[]>([]);
/** The form that was sent last: others take leads in as well, and so does an import. */
let sent = "";
const labels = { person: "Contact", tag: "Tags", deal: "Opportunity", followUp: "Follow-up" } as const;

/** Closes the dialog a moment after it has come to its end, unless it is used again. */
let closing: ReturnType<typeof setTimeout> | undefined;

export function openLeadForm(): void {
  clearTimeout(closing);
  done.value = [];
  isOpen.value = true;
}

export function seeStep({ form, step }: StepSeen): void {
  if (form === sent && !done.value.includes(step)) done.value = [...done.value, step];
}

function begin(key: string): void {
  if (key !== sent) done.value = [];
  sent = key;
}

export function LeadDialog(): VNode {
  return (
    <Modal isOpen={isOpen} name="lead" title="New lead" onInput={() => clearTimeout(closing)}>
      <Form<Submitted> name="lead" action="/leads" submit="Add lead" busy="Adding …" onSend={begin} onDone={report}>
        {(field) => (
          <>
            {field({ name: "firstName", label: "First name", autoComplete: "off" })}
            {field({ name: "lastName", label: "Last name" })}
            {field({ name: "email", label: "E-mail", type: "email" })}
            {field({ name: "phone", label: "Phone", type: "tel", hint: "With or without +1" })}
            {field({ name: "interest", label: "Interest" })}
            {field({ name: "value", label: "Value" })}
            {field({
              name: "smsConsent",
              label: "Text messages",
              options: [
                { value: "", label: "Not agreed" },
                { value: "yes", label: "Agreed" },
              ],
            })}
            <ol class="steps" aria-label="Steps">
              {Object.entries(labels).map(([step, label]) => (
                <li key={step} class={done.value.includes(step) ? "done" : ""}>
                  {label}
                  <span class="hidden">{done.value.includes(step) ? " done" : ""}</span>
                </li>
              ))}
            </ol>
          </>
        )}
      </Form>
    </Modal>
  );
}

function report({ outcome, name, phone, sms, workflow }: Submitted): void {
  const number = phone === undefined ? "" : ` (${phone})`;
  const text =
    outcome === "waiting"
      ? `${name} is kept here, and goes into HighLevel as soon as that answers.`
      : outcome === "created"
        ? `${name}${number} was added. ${workflow === undefined ? "No follow-up: HighLevel has no published workflow." : `Follow-up: ${workflow}.`}`
        : `${name}${number} was here already: tags were added, nothing was overwritten.`;
  notify({ text: sms === "opted out" ? `${text} No SMS: the person has opted out.` : text, kind: "good" });
  closing = setTimeout(() => (isOpen.value = false), 600);
}
