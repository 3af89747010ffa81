import { integration } from "../../shared-integration.ts";

/** Takes the form of the page, and JSON. */
export async function POST(request: Request): Promise<Response> {
  const isForm = !(request.headers.get("content-type") ?? "").startsWith("application/json");
  const lead: unknown = await (isForm ? request.formData().then((form) => Object.fromEntries(form)) : request.json()).catch(
    () => undefined,
  );
  const { saveLead } = await integration();
  const result = await saveLead(lead);
  const isSaved = result.outcome === "saved";
  if (!isForm) return Response.json(result, { status: isSaved ? 200 : 422 });
  return new Response(null, { status: 303, headers: { Location: `/?sent=${isSaved ? "yes" : "no"}` } });
}
