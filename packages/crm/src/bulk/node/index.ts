// Sources
export { csvFile, type CsvOptions, type CsvRecord } from "./csv-file.ts";
export { jsonLinesFile } from "./json-lines-file.ts";
export { isRowProblem, rowProblem, type RowProblem } from "./row-problem.ts";

// Results
export { writeResults } from "./write-results.ts";
