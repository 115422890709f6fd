import { standing, Standing } from './control';
import type { ExaminedWorkload } from '../../analysis';
import type { PropertyId } from '../../proof';
import { hasLooked } from '../model/looked';

/**
 * A control that properties of the proof decide: met if they hold and have looked at a request, and nothing where they
 * do not apply or there was nothing to look at.
 */
export function decidedBy(
  proof: ExaminedWorkload['proof'],
  ids: readonly PropertyId[],
  yes: string,
  where?: Standing['where'],
): Standing[] {
  const properties = (proof?.properties ?? []).filter(each => ids.includes(each.id) && hasLooked(each));
  const failing = properties.find(({ outcome }) => outcome === 'violated' || outcome === 'not proven');
  const decisions = properties.reduce((sum, each) => sum + each.decisions, 0);
  const names = properties.map(({ id }) => id).join(', ');
  const no = `${failing?.id} does not hold: ${failing?.counterexamples[0]?.request ?? failing?.notProven[0]?.reason}`;
  return properties.length === 0
    ? []
    : [standing(failing === undefined, `${yes} (${names}: ${decisions} decisions)`, no, where)];
}
