import { Form, notify, Shell, startPage, thePage, type LiveEvent } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { VNode } from "preact";
import type { Booked } from "../handlers/book-time.ts";
import type { FreeTime, OpenCalendar } from "../slots.ts";
import { TimePicker } from "./time-picker.tsx";
import { chosenDay, free, isKnown, loadTimes, month, showMonth } from "./times.ts";
import { momentName } from "../moment-name.ts";
import { dayOf, zone } from "./zone.ts";
import "./booking.css";

interface State {
  readonly calendar: OpenCalendar;
  readonly now: number;
}

/** The time that was clicked. It is in the address, so that Back and Refresh keep the step. */
const chosen = signal<FreeTime | undefined>(undefined);
/** Times that are free in its place, once it was taken. */
const fresh = signal<readonly FreeTime[]>([]);
/** An answer was lost: the appointment that takes the time may be the visitor's own, and the same form finds out. */
const isUnsure = signal(false);

function readAddress(): void {
  const [start, end] = [new URLSearchParams(location.search).get("start"), new URLSearchParams(location.search).get("end")];
  chosen.value = start === null || end === null || Number.isNaN(Date.parse(start)) ? undefined : { start, end };
  fresh.value = [];
  isUnsure.value = false;
}

function choose(time: FreeTime): void {
  const url = new URL(location.href);
  url.searchParams.set("start", time.start);
  url.searchParams.set("end", time.end);
  history.pushState(null, "", url);
  readAddress();
  setTimeout(() => document.querySelector<HTMLElement>("#book-name")?.focus());
}

function BookingPage(): VNode {
  const { calendar } = thePage<State>().state.value;
  return (
    <Shell title={calendar.name}>
      {chosen.value === undefined ? (
        <TimePicker calendar={calendar} onChoose={choose} />
      ) : (
        <Confirm calendar={calendar} time={chosen.value} />
      )}
    </Shell>
  );
}

/** Whether the chosen time was not free when the times were read last. */
function isGone({ start }: FreeTime): boolean {
  return isKnown.value && dayOf(start).startsWith(month.value.slice(0, 7)) && free.value.every((time) => time.start !== start);
}

function Confirm({ calendar, time }: { calendar: OpenCalendar; time: FreeTime }): VNode {
  const gone = isGone(time) && !isUnsure.value;
  const offered = fresh.value.length > 0 ? fresh.value : gone ? free.value.filter(({ start }) => start > time.start).slice(0, 3) : [];
  return (
    <section class="confirm" aria-label="Confirm">
      <h2>{momentName(time.start, zone.value)}</h2>
      {zone.value !== calendar.zone && <p class="soft">{momentName(time.start, calendar.zone)}</p>}
      {(gone || fresh.value.length > 0) && (
        <div class="problem" role="alert">
          <p>This time is not free any more. {offered.length > 0 ? "Free are:" : "Choose another day."}</p>
          <p class="row">
            {offered.map((other) => (
              <button type="button" key={other.start} onClick={() => choose(other)}>
                {momentName(other.start, zone.value)}
              </button>
            ))}
          </p>
        </div>
      )}
      <Form<Booked>
        name="book"
        action="/book"
        submit="Confirm"
        busy="Booking …"
        extra={{ calendarId: calendar.id, start: time.start, zone: zone.value }}
        isClosed={gone}
        onDone={(answer) => finish(answer, calendar)}
        onRefused={({ retry }) => (isUnsure.value = retry)}
      >
        {(field) => (
          <>
            {field({ name: "name", label: "Name", autoComplete: "name" })}
            {field({ name: "email", label: "E-mail", type: "email", autoComplete: "email" })}
          </>
        )}
      </Form>
      <button type="button" onClick={() => history.back()}>
        Another time
      </button>
    </section>
  );
}

function finish(answer: Booked, { id }: OpenCalendar): "keep" | "again" | void {
  switch (answer.outcome) {
    case "booked":
      // In place of the form: Back leads to the times, not to a time that is taken by the visitor's own appointment.
      location.replace(answer.path);
      return undefined;
    case "taken":
      isUnsure.value = false;
      fresh.value = answer.fresh;
      void loadTimes(id);
      return "keep";
    case "checking":
      isUnsure.value = true;
      notify({ text: "HighLevel has not answered. Press Confirm again in a minute: nothing is booked twice.", kind: "bad" });
      return "again";
  }
}

startPage<State>(
  () => <BookingPage />,
  (state, { type }: LiveEvent) => {
    if (type === "changed") void loadTimes(state.calendar.id);
    return state;
  },
);
readAddress();
addEventListener("popstate", readAddress);
const { calendar, now } = thePage<State>().state.value;
void showMonth(calendar.id, dayOf(chosen.value?.start ?? now)).then(() => (chosenDay.value ??= undefined));
// A time may be taken while the form is filled in, also where no webhook reports it.
setInterval(() => void (document.hidden || loadTimes(calendar.id)), 25_000);
document.addEventListener("visibilitychange", () => void (document.hidden || loadTimes(calendar.id)));
