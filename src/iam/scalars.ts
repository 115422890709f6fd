const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const YEAR = /^\d{4}$/;
const EPOCH_SECONDS = /^\d+(\.\d+)?$/;
const ISO_DATE = /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/;
const ISO_ZONE = /(Z|[+-]\d{2}:?\d{2})$/;

/**
 * A number in decimal notation; `undefined` for any other text.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
export function parseNumber(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

/**
 * A moment in milliseconds, from an ISO 8601 date (UTC where it names no zone) or from seconds since 1970; four
 * digits are a year.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function parseDate(text: string): number | undefined {
  if (EPOCH_SECONDS.test(text) && !YEAR.test(text)) {
    return Number(text) * 1000;
  }
  if (!YEAR.test(text) && !ISO_DATE.test(text)) {
    return undefined;
  }
  const moment = Date.parse(text.includes('T') && !ISO_ZONE.test(text) ? `${text}Z` : text);
  return Number.isNaN(moment) ? undefined : moment;
}
