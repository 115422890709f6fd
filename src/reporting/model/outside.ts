import { Access, Cell, DATA_COLUMNS, Row } from './access';
import type { WorkloadPolicies } from './policies';
import { VERBS } from './verbs';
import { ExaminedWorkload, nameOf, routesOutOf } from '../../analysis';

/** Something outside, and whether it is cut off. */
export interface Outside {
  readonly id: 'internet' | 'strangers' | 'vpcs' | 'accounts';
  readonly title: string;
  readonly isClosed: boolean;
  /** Why it is closed, or what is open, in a few words. */
  readonly why: string;
  /** What is open, in full. */
  readonly open: readonly string[];
  /** Who is let in on purpose. */
  readonly exempt: readonly string[];
}

/** What is outside of the path, and whether the path is closed to it. */
export function outsideOf(
  { tables, wayOut }: Access,
  examined: ExaminedWorkload,
  policies: WorkloadPolicies,
): Outside[] {
  const rows = tables.flatMap(table =>
    table.rows.map(row => ({ ...row, buckets: table.buckets.map(index => policies.buckets[index].label).join(', ') })),
  );
  const data = (which: (cell: Cell) => boolean) => rows.filter(row => which(row.cells[0]));
  const out = waysOut(examined);
  const isExempt = ({ question: { who } }: Cell) => who.startsWith('exempt-');
  const isStranger = ({ question: { who } }: Cell) => who === 'stranger' || who === 'anonymous';
  const fromNet = data(cell => cell.question.from === 'internet' && !isExempt(cell) && !isStranger(cell)).flatMap(row =>
    openIn(row),
  );
  const exempt = [
    ...new Set(
      data(isExempt)
        .filter(row => openIn(row).length > 0)
        .map(({ who }) => who),
    ),
  ];
  const toStrangers = wayOut.filter(({ cell }) => cell.outcome !== 'denied').map(({ what }) => what);
  return [
    entry(
      'internet',
      'Internet',
      [...out, ...fromNet],
      out.length === 0 ? 'no route out, nobody comes in' : 'a route leads out',
      exempt,
    ),
    entry('strangers', 'Buckets of others', toStrangers, 'the endpoint policy lets no data out', []),
    entry(
      'vpcs',
      'Other VPCs',
      data(({ question: { from } }) => from === 'other-vpc' || from === 'other-endpoint').flatMap(row => openIn(row)),
      'refused by network, stolen credentials too',
      [],
    ),
    entry(
      'accounts',
      'Other accounts',
      data(cell => isStranger(cell)).flatMap(row => openIn(row)),
      'refused, signed or not',
      [],
    ),
  ];
}

function entry(
  id: Outside['id'],
  title: string,
  open: readonly string[],
  closed: string,
  exempt: readonly string[],
): Outside {
  return {
    id,
    title,
    open,
    exempt,
    isClosed: open.length === 0,
    why: open.length === 0 ? closed : `open: ${open.length === 1 ? 'one way' : `${open.length} ways`}`,
  };
}

/**
 * What a row lets somebody do with data. Lists by CloudFormation are part of every deployment, and what others keep
 * is theirs to say.
 */
function openIn({ who, from, where, cells, buckets }: Row & { readonly buckets: string }): string[] {
  return cells.slice(0, DATA_COLUMNS).flatMap(({ outcome, question }, index) => {
    const isDeployment = question.who === 'deployer' && question.action === 's3:ListBucket';
    return outcome === 'allowed' && !isDeployment
      ? [`${who}, from ${from}: ${[VERBS[index].words, where].filter(words => words !== '').join(' ')} (${buckets})`]
      : [];
  });
}

/** What packets may take beside the endpoint. */
function waysOut({ workload, model }: ExaminedWorkload): string[] {
  const { publicIp, where } = workload;
  const open = routesOutOf(workload, model)
    .routesOut.filter(({ openBecause }) => openBecause !== undefined)
    .map(({ leads }) => leads);
  return publicIp ? [...open, `${nameOf(where)} gets a public address`] : open;
}
