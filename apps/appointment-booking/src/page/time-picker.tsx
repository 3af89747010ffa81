import { formatTime, offsetName } from "@ghlkit/app-kit/client";
import type { VNode } from "preact";
import type { FreeTime, OpenCalendar } from "../slots.ts";
import { chosenDay, days, free, isLoading, month, nextAfterMonth, problem, shiftMonth, showMonth } from "./times.ts";
import { dayName, dayOf, timeName, zone, zones } from "./zone.ts";

/** Zone, month grid, and the times of a day. */
export function TimePicker({ calendar, onChoose }: { calendar: OpenCalendar; onChoose: (time: FreeTime) => void }): VNode {
  return (
    <div class="picker">
      <p class="field">
        <label for="zone">Time zone</label>
        <select id="zone" onChange={({ currentTarget }) => ((zone.value = currentTarget.value), (chosenDay.value = undefined))}>
          {zones.map((name) => (
            <option key={name} value={name} selected={name === zone.value}>
              {name} {name === zone.value && name !== "UTC" ? offsetName(`${chosenDay.value ?? month.value}T12:00:00Z`, name) : ""}
            </option>
          ))}
        </select>
      </p>
      <Month calendarId={calendar.id} />
      <DayTimes calendar={calendar} onChoose={onChoose} />
    </div>
  );
}

function Month({ calendarId }: { calendarId: string }): VNode {
  const list = days();
  const first = new Date(`${month.value}T00:00:00Z`).getUTCDay();
  const open = list.filter(({ times }) => times.length > 0);
  const focused = list.find(({ day }) => day === chosenDay.value) ?? open[0] ?? list[0];
  const go = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    const at = list.findIndex(({ day }) => `day-${day}` === (event.target as HTMLElement).id);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    document.getElementById(`day-${list[at + step]?.day ?? ""}`)?.focus();
  };
  return (
    <section class="month" aria-label={dayName(month.value, { month: "long", year: "numeric" })} aria-busy={isLoading.value}>
      <p class="row">
        <button type="button" aria-label="Previous month" onClick={() => void showMonth(calendarId, shiftMonth(-1))}>
          ‹
        </button>
        <strong>{dayName(month.value, { month: "long", year: "numeric" })}</strong>
        <button type="button" aria-label="Next month" onClick={() => void showMonth(calendarId, shiftMonth(1))}>
          ›
        </button>
      </p>
      <div class="grid" onKeyDown={go}>
        {["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].map((name) => (
          <small class="soft" aria-hidden="true" key={name}>
            {name}
          </small>
        ))}
        {list.map(({ day, times, label }, place) => (
          <button
            type="button"
            id={`day-${day}`}
            key={day}
            class={times.length === 0 ? "day" : "day open"}
            data-column={place === 0 ? (first + 6) % 7 : undefined}
            aria-label={label}
            aria-pressed={chosenDay.value === day}
            aria-disabled={times.length === 0}
            tabIndex={focused?.day === day ? 0 : -1}
            onClick={() => times.length > 0 && choose(day)}
          >
            {Number(day.slice(8))}
          </button>
        ))}
      </div>
      {problem.value !== "" && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
      {isLoading.value && <p class="soft">Looking for free times …</p>}
      {!isLoading.value && problem.value === "" && open.length === 0 && <NoTimes calendarId={calendarId} />}
    </section>
  );
}

function NoTimes({ calendarId }: { calendarId: string }): VNode {
  const at = nextAfterMonth();
  if (at === undefined) return <p class="soft">No free times in the next three months.</p>;
  const jump = async (): Promise<void> => {
    await showMonth(calendarId, dayOf(at));
    choose(dayOf(at));
  };
  return (
    <p>
      No free times this month.{" "}
      <button type="button" onClick={() => void jump()}>
        Next: {dayName(dayOf(at), { day: "numeric", month: "short" })}
      </button>
    </p>
  );
}

function choose(day: string): void {
  chosenDay.value = day;
  // The times are what comes next.
  setTimeout(() => document.querySelector<HTMLElement>("#times button")?.focus());
}

function DayTimes({ calendar, onChoose }: { calendar: OpenCalendar; onChoose: (time: FreeTime) => void }): VNode {
  const day = chosenDay.value;
  if (day === undefined) return <p class="soft">Choose a day.</p>;
  const all = free.value.map(({ start }) => start);
  const times = free.value.filter(({ start }) => dayOf(start) === day);
  return (
    <section id="times" aria-label={`Times on ${dayName(day)}`}>
      <h2>{dayName(day)}</h2>
      {times.length === 0 && <p class="soft">No free times any more on this day.</p>}
      <p class="row">
        {times.map((time) => (
          <button type="button" key={time.start} onClick={() => onChoose(time)}>
            {timeName(time.start, all)}
            {zone.value !== calendar.zone && <small class="soft"> = {formatTime(time.start, calendar.zone)}</small>}
          </button>
        ))}
      </p>
      {zone.value !== calendar.zone && <p class="soft">The second time is that of {calendar.zone}.</p>}
    </section>
  );
}
