import { asList, conditionsHold, PolicyJson, StatementJson } from '../../../iam';
import { Dimension, only, RequestClass, valueSaid } from '../../candidate-request';
import { keysOf } from '../../constants';
import type { PropertyCheck } from '../../property-check';
import { ConditionPart, conditionsOf } from '../../statements';

/** Whom a guardrail on networks means: those with a tag, those who come from elsewhere than the addresses of a company. */
const CHOSEN = /^aws:(principaltag\/.+|sourceip)$/;

/** The same for one on credentials, which need not be about where else in the organization they are used. */
export const CHOSEN_ENDPOINTS = /^aws:(principaltag\/.+|sourceip|vpceorgid|vpceorgpaths|vpceaccount)$/;

/**
 * The dimensions without the requests that guardrails say they are not about, by a tag of the principal or by a public
 * address, as AWS publishes them: that is a choice, which is named.
 *
 * @see https://github.com/aws-samples/data-perimeter-policy-examples
 */
export function unlessSpared(
  { assume }: PropertyCheck,
  policies: readonly PolicyJson[],
  keys: readonly string[],
  dimensions: readonly Dimension[],
  chosen = CHOSEN,
): readonly Dimension[] {
  const wanted = keys.map(key => key.toLowerCase());
  const statements = policies
    .flatMap(({ Statement }) => asList(Statement))
    .filter(each => each.Effect === 'Deny' && wanted.some(key => keysOf(each).has(key)));
  return dimensions.map(dimension => {
    const meant = only(dimension, each =>
      statements.some(statement => isMeant(chosenIn(statement, dimension, chosen), each)),
    );
    if (meant.classes.length === 0 || meant.classes.length === dimension.classes.length) {
      return dimension;
    }
    statements.forEach(statement =>
      chosenIn(statement, dimension, chosen).forEach(({ Condition }) =>
        assume(`${statement.Sid ?? 'a guardrail'} is about requests with ${JSON.stringify(Condition)} only`),
      ),
    );
    return meant;
  });
}

function isMeant(parts: readonly ConditionPart[], requestClass: RequestClass): boolean {
  return parts.every(({ Condition }) => conditionsHold(Condition, key => valueSaid(requestClass, key), true));
}

/** The conditions on keys of a dimension that say whom a statement is about. */
function chosenIn(statement: StatementJson, { keys }: Dimension, chosen: RegExp): readonly ConditionPart[] {
  return conditionsOf(statement).filter(part => [...keysOf(part)].every(key => chosen.test(key) && keys.has(key)));
}
