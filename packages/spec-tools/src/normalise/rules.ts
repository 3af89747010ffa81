import type { Rule } from "./rule.ts";
import { arrayItems, arrayOfArray } from "./rules/arrays.ts";
import { authorizationHeader } from "./rules/authorization-header.ts";
import { bodyWithoutSchema } from "./rules/bodies.ts";
import { commaEnum, commaList } from "./rules/comma-lists.ts";
import { commonReference } from "./rules/common-reference.ts";
import { defaultContradicts } from "./rules/defaults.ts";
import { enumDuplicates, enumNested, enumType } from "./rules/enums.ts";
import { localReferenceToCommon } from "./rules/local-reference-to-common.ts";
import { nullable } from "./rules/nullable.ts";
import { objectOpen, objectShape, objectToScalar } from "./rules/objects.ts";
import { oneOf } from "./rules/one-of.ts";
import { pagingNumber } from "./rules/paging-number.ts";
import { parameterCombinator } from "./rules/parameter-combinator.ts";
import { parameterKeywords } from "./rules/parameter-keywords.ts";
import { pathParameterAdded, pathParameterRequired } from "./rules/path-parameters.ts";
import { referenceSiblings } from "./rules/reference-siblings.ts";
import { requiredAbsent } from "./rules/required-absent.ts";
import { responseMediaType, responseUnknown } from "./rules/responses.ts";
import { nullExample, numberToString, stringToStructure } from "./rules/scalars.ts";
import { scopesBackfilled, securityInferred, tokenKinds } from "./rules/security.ts";
import { singleAllOf } from "./rules/single-all-of.ts";
import { strayKeywords } from "./rules/stray-keywords.ts";
import { templateTwins } from "./rules/template-twins.ts";
import { untyped } from "./rules/untyped.ts";
import { versionHeader } from "./rules/version-header.ts";

/** Run first: afterwards every reference stays within the document. */
export const referenceRules: readonly Rule[] = [localReferenceToCommon, commonReference];

/** Run afterwards, in this order. Structure first, then the types that examples give away, then OpenAPI 3.1. */
export const repairRules: readonly Rule[] = [
  templateTwins,
  versionHeader,
  authorizationHeader,
  commaList,
  parameterCombinator,
  parameterKeywords,
  pagingNumber,
  pathParameterAdded,
  pathParameterRequired,
  commaEnum,
  bodyWithoutSchema,
  responseMediaType,
  responseUnknown,
  strayKeywords,
  referenceSiblings,
  singleAllOf,
  enumNested,
  enumDuplicates,
  enumType,
  arrayOfArray,
  arrayItems,
  stringToStructure,
  numberToString,
  objectToScalar,
  objectShape,
  objectOpen,
  untyped,
  nullExample,
  nullable,
  defaultContradicts,
  requiredAbsent,
  oneOf,
  tokenKinds,
  scopesBackfilled,
  securityInferred,
];

/** Every repair, in the order it runs. */
export const rules: readonly Rule[] = [...referenceRules, ...repairRules];
