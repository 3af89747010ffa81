import { useSignal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useRef } from "preact/hooks";
import { useDraft, type Draft } from "./draft.ts";
import { newKey, send, type Answer } from "./send.ts";

/** A form's values by field name. */
export type Values = Readonly<Record<string, string>>;

export interface FormProps<Result> {
  /** Names its draft: what was typed survives Back, Refresh and a crash of the tab. */
  readonly name: string;
  readonly action: string;
  readonly submit: string;
  readonly busy?: string;
  /** What a field shows until something is typed into it: a change of it is shown at once, and overwrites nothing that was typed. */
  readonly initial?: Values;
  /** A form is sent with this key: what the server reports of it names the same. */
  readonly onSend?: (key: string) => void;
  /** What is sent beside the values. */
  readonly extra?: object;
  readonly isClosed?: boolean;
  /** It is not the main thing on the page. */
  readonly isSecondary?: boolean;
  /** `typed`: what was typed so far, by field. */
  readonly children: (field: (props: FieldProps) => VNode, typed: Values) => ComponentChildren;
  /** `keep`: it was not done, and what was typed stays for another try. `again`: it is not known yet, and the same form is sent again. */
  readonly onDone: (answer: Extract<Answer<Result>, { readonly ok: true }>) => "keep" | "again" | void;
  readonly onRefused?: (answer: Extract<Answer<Result>, { readonly ok: false }>) => void;
}

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly autoComplete?: string;
  readonly hint?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

/** A form that keeps what was typed, is sent once however often it is clicked, and says at the field what is wrong. */
export function Form<Result = object>(props: FormProps<Result>): VNode {
  const {
    name,
    action,
    submit,
    busy = "Sending …",
    initial = {},
    extra,
    isClosed = false,
    isSecondary = false,
    children,
    onSend,
    onDone,
    onRefused,
  } = props;
  const draft = useDraft<Written>(name, { key: newKey(), values: {} });
  const errors = useSignal<Values>({});
  const problem = useSignal("");
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy.value || isClosed) return;
    isBusy.value = true;
    const sent = draft.value.value;
    onSend?.(sent.key);
    const answer = await send<Result>(action, { ...initial, ...sent.values, ...extra }, sent.key);
    isBusy.value = false;
    // Not before: what moved under the pointer would be met by the second click of two.
    problem.value = "";
    errors.value = {};
    if (answer.ok) {
      const next = onDone(answer);
      if (next === "keep") draft.set({ ...draft.value.value, key: newKey() });
      // What was typed meanwhile is another form.
      else if (next !== "again" && draft.value.value !== sent) draft.set({ ...draft.value.value, key: newKey() });
      else if (next !== "again") draft.clear({ key: newKey(), values: {} });
      return;
    }
    // A refusal was not done: changed, it is another intent.
    if (!answer.retry) draft.set({ ...draft.value.value, key: newKey() });
    errors.value = answer.fields ?? {};
    problem.value =
      answer.fields === undefined || Object.keys(answer.fields).length === 0 ? answer.message : "Look at the fields that are marked.";
    onRefused?.(answer);
    setTimeout(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus());
  };
  const field = (spec: FieldProps): VNode => (
    <Field {...spec} form={name} draft={draft} initial={initial[spec.name]} error={errors.value[spec.name]} />
  );
  return (
    <form ref={form} onSubmit={(event) => void onSubmit(event)} noValidate aria-busy={isBusy.value}>
      {children(field, draft.value.value.values)}
      {problem.value !== "" && (
        <p class="problem" role="alert" tabIndex={-1}>
          {problem.value}
        </p>
      )}
      <button type="submit" class={isSecondary ? "" : "main"} aria-disabled={isBusy.value || isClosed}>
        {isBusy.value ? busy : submit}
      </button>
    </form>
  );
}

interface Written {
  readonly key: string;
  readonly values: Values;
}

interface PlacedField extends FieldProps {
  readonly form: string;
  readonly draft: Draft<Written>;
  readonly initial: string | undefined;
  readonly error: string | undefined;
}

function Field({ name, label, type = "text", autoComplete, hint, options, form, draft, initial = "", error }: PlacedField): VNode {
  const id = `${form}-${name}`;
  const { key, values } = draft.value.value;
  const common = {
    id,
    name,
    value: values[name] ?? initial,
    "aria-invalid": error !== undefined,
    "aria-describedby": error === undefined ? hint && `${id}-hint` : `${id}-error`,
    onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      draft.set({ key, values: { ...draft.value.value.values, [name]: currentTarget.value } }),
  };
  return (
    <p class="field">
      <label for={id}>{label}</label>
      {options !== undefined ? (
        <select {...common}>
          {options.map((option) => (
            <option value={option.value} selected={option.value === common.value} key={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : type === "textarea" ? (
        <textarea {...common} rows={4} />
      ) : (
        <input {...common} type={type as "text"} autoComplete={autoComplete ?? "off"} />
      )}
      {hint !== undefined && error === undefined && (
        <small class="soft" id={`${id}-hint`}>
          {hint}
        </small>
      )}
      {error !== undefined && (
        <small class="wrong" id={`${id}-error`}>
          {label} {error}
        </small>
      )}
    </p>
  );
}
