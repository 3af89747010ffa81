import type { Calendar } from "../../state/calendar.ts";

interface TeamMember {
  readonly userId: string;
  readonly priority?: number;
}

/** Members of a calendar's team in the order of their priority, then as given. */
export function teamOf({ details }: Calendar): readonly TeamMember[] {
  const members = (Array.isArray(details["teamMembers"]) ? details["teamMembers"] : []) as readonly TeamMember[];
  return members.toSorted((one, other) => (other.priority ?? 0.5) - (one.priority ?? 0.5));
}

/** Ids of the team. */
export function teamIds(calendar: Calendar): readonly string[] {
  return teamOf(calendar).map(({ userId }) => userId);
}

/** Whether appointments need a member: event calendars have none. */
export function needsTeam({ calendarType }: Calendar): boolean {
  return calendarType !== "event";
}
