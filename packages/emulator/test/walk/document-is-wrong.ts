/**
 * Lists that the documents describe as lists of texts hold records. Rooms, folders and the posts of an import are described without the id
 * that their operations name them by.
 */
const documentIsWrong: readonly RegExp[] = [
  /^(invoices\.listEstimates|invoices\.listEstimateTemplates|medias\.listFiles): \/\w+\/\d+ must be string/,
  /^(calendars\.\w+Resources?|medias\.createFolder|socialPlanner\.getCsv): .*\{"unevaluatedProperty":"_id"\}/,
];

/** Whether a finding of the walk is the document's fault. */
export function isWrongDocument(finding: string): boolean {
  return documentIsWrong.some((pattern) => pattern.test(finding));
}
