const STAR = '*'.charCodeAt(0);
const QUESTION = '?'.charCodeAt(0);

/**
 * Stands for a literal `*` in a pattern, where a policy variable was replaced by a value that contains one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export const LITERAL_STAR = '\uE02A';

/**
 * Stands for a literal `?` in a pattern.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export const LITERAL_QUESTION = '\uE03F';

const LITERAL_STAR_CODE = LITERAL_STAR.charCodeAt(0);
const LITERAL_QUESTION_CODE = LITERAL_QUESTION.charCodeAt(0);

/**
 * Whether the text matches the pattern, where `*` stands for any characters and `?` for one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function wildcardMatch(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let afterStar = -1;
  let retry = 0;
  while (t < text.length) {
    const code = p < pattern.length ? pattern.charCodeAt(p) : -1;
    if (code === STAR) {
      afterStar = ++p;
      retry = t;
    } else if (code !== -1 && matchesCharacter(code, text.charCodeAt(t))) {
      p++;
      t++;
    } else if (afterStar !== -1) {
      p = afterStar;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.length && pattern.charCodeAt(p) === STAR) {
    p++;
  }
  return p === pattern.length;
}

/**
 * Whether the ARN matches the pattern, each of the six parts on its own, so that no wildcard reaches over a colon
 * before the resource part. The pattern `*` alone matches every ARN.
 *
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnMatch(pattern: string, arn: string): boolean {
  const parts = splitArn(arn);
  if (parts === undefined) {
    return false;
  }
  if (pattern === '*') {
    return true;
  }
  const patterns = splitArn(pattern);
  return patterns !== undefined && patterns.every((part, index) => wildcardMatch(part, parts[index]));
}

/** The six parts of an ARN or of a pattern for one; the last may contain colons itself. */
function splitArn(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  if (parts.length < 6) {
    return undefined;
  }
  return parts.length === 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function matchesCharacter(pattern: number, character: number): boolean {
  if (pattern === QUESTION) {
    return true;
  }
  if (pattern === LITERAL_STAR_CODE) {
    return character === STAR;
  }
  if (pattern === LITERAL_QUESTION_CODE) {
    return character === QUESTION;
  }
  return pattern === character;
}
