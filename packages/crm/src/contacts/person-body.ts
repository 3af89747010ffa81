import type { CreateContact, UpdateContact } from "@ghlkit/contract/types/contacts";
import { wireShapes } from "../fields/create-fields.ts";
import type { NormalisedPerson } from "./normalise-person.ts";

/** What is sent of a person, tags apart. */
export type SentPerson = Pick<NormalisedPerson, "email" | "phone" | "standard" | "fields">;

/** The body of a create, update or upsert. */
export function personBody({ email, phone, standard, fields }: SentPerson): CreateContact & UpdateContact {
  return {
    ...standard,
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(fields.length > 0 && { customFields: wireShapes(fields).customFields }),
  };
}

/** Whether there is nothing to send. */
export function isNothing({ email, phone, standard, fields }: SentPerson): boolean {
  return email === undefined && phone === undefined && Object.keys(standard).length === 0 && fields.length === 0;
}
