import { Empty, newKey, notify, send, Shell, startPage, thePage, type LiveEvent } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { VNode } from "preact";
import type { Changed } from "../handlers/change-appointment.ts";
import type { ShownAppointment } from "../shown-appointment.ts";
import type { FreeTime } from "../slots.ts";
import { TimePicker } from "./time-picker.tsx";
import { showMonth } from "./times.ts";
import { momentName } from "../moment-name.ts";
import { dayOf, zone } from "./zone.ts";
import "./booking.css";

interface State {
  readonly appointment?: ShownAppointment;
  readonly now: number;
  readonly link: { readonly location: string; readonly id: string; readonly sign: string };
}

const isMoving = signal(false);
const isBusy = signal(false);

async function change(path: string, body: object): Promise<void> {
  const { state } = thePage<State>();
  const { link, appointment } = state.value;
  isBusy.value = true;
  const answer = await send<Changed>(path, { ...link, ...body }, newKey());
  isBusy.value = false;
  if (!answer.ok)
    return notify({
      text: answer.message,
      kind: "bad",
      ...(answer.retry && { action: { label: "Try again", run: () => void change(path, body) } }),
    });
  if (answer.outcome === "taken") {
    await showMonth(appointment?.calendarId ?? "", dayOf(answer.fresh[0]?.start ?? state.value.now));
    return notify({ text: "This time was taken meanwhile. Your appointment stays where it is: choose another time.", kind: "bad" });
  }
  state.value = { ...state.value, appointment: answer.appointment };
  isMoving.value = false;
}

function AppointmentPage(): VNode {
  const { appointment, now, link } = thePage<State>().state.value;
  if (appointment === undefined)
    return (
      <Shell title="Your appointment">
        <Empty>
          This link leads to no appointment. <a href={`/book/${link.location}`}>Book one</a>
        </Empty>
      </Shell>
    );
  const { title, start, zone: calendarZone, status, calendarId } = appointment;
  const isCancelled = status === "cancelled";
  const isOpen = !isCancelled && Date.parse(start) > now;
  const calendar = { id: calendarId, name: title, zone: calendarZone };
  const reschedule = (): void => {
    isMoving.value = true;
    void showMonth(calendarId, dayOf(start));
  };
  return (
    <Shell title={title}>
      <section class="confirm card" aria-label="Appointment">
        <p>
          <span class={`badge ${isCancelled ? "bad" : "good"}`}>{isCancelled ? "Cancelled" : status}</span>
        </p>
        <h2>{momentName(start, zone.value)}</h2>
        {zone.value !== calendarZone && <p class="soft">{momentName(start, calendarZone)}</p>}
        <p class="row">
          {!isCancelled && (
            <a class="button" href={`${location.pathname}/appointment.ics`}>
              Add to calendar
            </a>
          )}
          {isOpen && (
            <>
              <button type="button" aria-disabled={isBusy.value} onClick={reschedule}>
                Reschedule
              </button>
              <button type="button" aria-disabled={isBusy.value} onClick={() => void change("/cancel", {})}>
                Cancel appointment
              </button>
            </>
          )}
          {isCancelled && (
            <a class="button" href={`/book/${link.location}`}>
              Book a new one
            </a>
          )}
        </p>
      </section>
      {isMoving.value && isOpen && (
        <>
          <p class="was">Now: {momentName(start, zone.value)}</p>
          <TimePicker calendar={calendar} onChoose={(time: FreeTime) => void change("/move", { start: time.start })} />
        </>
      )}
    </Shell>
  );
}

startPage<State>(
  () => <AppointmentPage />,
  (state, { type }: LiveEvent) => {
    if (type === "changed") void thePage<State>().reload();
    return state;
  },
);
