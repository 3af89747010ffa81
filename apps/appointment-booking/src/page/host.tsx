import { Empty, Shell, startPage, thePage, type LiveEvent } from "@ghlkit/app-kit/client";
import type { VNode } from "preact";
import type { HostPage } from "../host-page.ts";
import { momentName } from "../moment-name.ts";
import { zone } from "./zone.ts";
import "./booking.css";

function Appointments(): VNode {
  const { appointments, bookingPath } = thePage<HostPage>().state.value;
  const actions = (
    <a class="button" href={bookingPath} target="_blank">
      Booking page
    </a>
  );
  return (
    <Shell title="Appointments" actions={actions}>
      {appointments.length === 0 && <Empty>Nothing is booked yet. Open the booking page and book a time.</Empty>}
      <ul class="list">
        {appointments.map(({ id, title, person, start, status, path }) => (
          <li key={id} class="card">
            <h3>
              {person || title} <span class={`badge ${status === "cancelled" ? "bad" : "good"}`}>{status}</span>
            </h3>
            <p>{momentName(start, zone.value)}</p>
            <a class="button" href={path}>
              Open
            </a>
          </li>
        ))}
      </ul>
    </Shell>
  );
}

startPage<HostPage>(
  () => <Appointments />,
  (state, { type }: LiveEvent) => {
    if (type === "changed") void thePage<HostPage>().reload();
    return state;
  },
);
