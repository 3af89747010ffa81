import { badRequest, unprocessable } from "../../http/refusal.ts";
import type { Appointment } from "../../state/activity.ts";
import type { Calendar } from "../../state/calendar.ts";
import type { World } from "../../world.ts";
import { bookingRange } from "./booking-range.ts";
import { needsTeam, teamIds, teamOf } from "./calendar-team.ts";
import type { Interval } from "./opening-hours.ts";
import { lanesOf, type SlotLane } from "./slot-lanes.ts";

/** What is to be booked, and which checks the request lifts. */
export interface SlotRequest extends Interval {
  readonly assignedUserId?: string | undefined;
  readonly exceptId?: string;
  /** Lifts notice and horizon. */
  readonly ignoreDateRange: boolean;
  /** Lifts every check of the slot; the platform chooses no member then. */
  readonly ignoreFreeSlotValidation: boolean;
}

/** The appointment's part that a slot decides. */
export type Assignment = Pick<Appointment, "assignedUserId">;

/**
 * Who serves the slot.
 *
 * @throws Refusal 400 when it is taken, past, outside of opening hours, notice or horizon: one text for all. 422 without a member, or for one
 * that is not of the team.
 */
export function takeSlot(calendar: Calendar, request: SlotRequest, world: World): Assignment {
  const assignment = checkMember(calendar, request);
  if (request.ignoreFreeSlotValidation) return assignment;
  const lane = freeLane(calendar, request, world);
  if (lane === undefined) throw badRequest("The slot you have selected is no longer available.", {}, "reported");
  const [first] = lane.userIds;
  return request.assignedUserId !== undefined || first === undefined ? assignment : { assignedUserId: first };
}

function checkMember(calendar: Calendar, { assignedUserId, ignoreFreeSlotValidation }: SlotRequest): Assignment {
  const team = teamIds(calendar);
  if (assignedUserId !== undefined) {
    if (!team.includes(assignedUserId) && (needsTeam(calendar) || team.length > 0)) {
      throw unprocessable(["The user id not part of calendar team."], "reported");
    }
    return { assignedUserId };
  }
  if (needsTeam(calendar) && (team.length === 0 || ignoreFreeSlotValidation)) {
    throw unprocessable(["A team member needs to be selected. assignedUserId is missing"], "reported");
  }
  return {};
}

function freeLane(calendar: Calendar, request: SlotRequest, world: World): SlotLane | undefined {
  const { startMs, endMs, assignedUserId, exceptId, ignoreDateRange } = request;
  const range = bookingRange(calendar, world);
  const isInRange = ignoreDateRange ? startMs >= world.clock.now() : startMs >= range.fromMs && startMs <= range.untilMs;
  if (!isInRange) return undefined;
  const free = lanesOf(calendar, world, { userIds: assignedUserId === undefined ? undefined : [assignedUserId], exceptId }).filter(
    (lane) => lane.hasRoom(request) && lane.open(startMs, endMs).some((open) => open.startMs <= startMs && open.endMs >= endMs),
  );
  return nextInTurn(calendar, free);
}

/** Members of higher priority come first, unless the calendar spreads its appointments evenly; then those with fewer appointments. */
function nextInTurn(calendar: Calendar, lanes: readonly SlotLane[]): SlotLane | undefined {
  const isEven = calendar.details["eventType"] === "RoundRobin_OptimizeForEqualDistribution";
  const priority = new Map(teamOf(calendar).map(({ userId, priority: own = 0.5 }) => [userId, isEven ? 0 : own]));
  const rank = ({ userIds: [userId] }: SlotLane): number => (userId === undefined ? 0 : (priority.get(userId) ?? 0));
  return lanes.toSorted((one, other) => rank(other) - rank(one) || one.load - other.load)[0];
}
