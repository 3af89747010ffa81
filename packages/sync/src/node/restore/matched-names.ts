import type { FieldDefinition } from "@ghlkit/crm/fields";
import type { LocationNames, NamedId } from "../backup/location-names.ts";

/** Where the ids of a backup lead in the location into which it is restored: `undefined` where nothing there has the name. */
export interface MatchedNames {
  readonly field: (id: string) => FieldDefinition | undefined;
  /** Name of a custom field of the backup, or its id. */
  readonly fieldName: (id: string) => string;
  readonly stage: (pipelineId: string, stageId: string) => { readonly pipelineId: string; readonly pipelineStageId: string } | undefined;
  readonly calendar: (id: string) => string | undefined;
  readonly user: (id: string) => string | undefined;
}

/** Matches by id first, for the same location, then by name; users by their e-mail. */
export function matchNames(from: LocationNames | undefined, to: LocationNames): MatchedNames {
  const field = (id: string): FieldDefinition | undefined => {
    const same = to.fields?.find((one) => one.id === id);
    const before = from?.fields?.find((one) => one.id === id);
    if (same !== undefined || before === undefined) return same;
    const candidates = (to.fields ?? []).filter(({ model, dataType }) => model === before.model && dataType === before.dataType);
    return candidates.find(({ key }) => key === before.key) ?? candidates.find(({ name }) => fold(name) === fold(before.name));
  };
  const stage: MatchedNames["stage"] = (pipelineId, stageId) => {
    const pipeline = matched(pipelineId, from?.pipelines, to.pipelines);
    const stagesBefore = from?.pipelines?.find(({ id }) => id === pipelineId)?.stages;
    const found = pipeline === undefined ? undefined : matched(stageId, stagesBefore, pipeline.stages);
    return pipeline === undefined || found === undefined ? undefined : { pipelineId: pipeline.id, pipelineStageId: found.id };
  };
  return {
    field: remembered(field),
    fieldName: (id) => from?.fields?.find((one) => one.id === id)?.name ?? id,
    stage,
    calendar: remembered((id) => matched(id, from?.calendars, to.calendars)?.id),
    user: remembered((id) => {
      const email = from?.users?.find((one) => one.id === id)?.email;
      const known =
        to.users?.find((one) => one.id === id) ?? to.users?.find((one) => email !== undefined && fold(one.email) === fold(email));
      return known?.id;
    }),
  };
}

function matched<Named extends NamedId>(id: string, from: readonly NamedId[] | undefined, to: readonly Named[] = []): Named | undefined {
  const name = from?.find((one) => one.id === id)?.name;
  return to.find((one) => one.id === id) ?? to.find((one) => name !== undefined && fold(one.name) === fold(name));
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}

function remembered<Result>(find: (id: string) => Result): (id: string) => Result {
  const known = new Map<string, Result>();
  return (id) => {
    if (!known.has(id)) known.set(id, find(id));
    return known.get(id) as Result;
  };
}
