import type { Report } from './report';

/** The verdict of a report, in a few words. */
export function verdictOf({ holds, counts }: Pick<Report, 'holds' | 'counts'>): string {
  if (holds) {
    return counts.accepted === 0
      ? 'Only the intended path is open'
      : 'Only the intended path is open, and what is accepted';
  }
  return 'Not everything is as it should be';
}

/** How much holds, is open, is accepted and is assumed. */
export function countsOf({ counts }: Pick<Report, 'counts'>): string {
  const { hold, errors, warnings, accepted, assumptions } = counts;
  return [
    ...(errors === 0 ? [] : [counted(errors, 'error')]),
    ...(warnings === 0 ? [] : [counted(warnings, 'warning')]),
    `${hold} properties hold`,
    counted(assumptions, 'assumption'),
    ...(accepted === 0 ? [] : [`${accepted} accepted`]),
  ].join(' · ');
}

/** Where, when and what the report was made of, without the templates. */
export function aboutLine({ about: { region, accounts, date, version } }: Pick<Report, 'about'>): string[] {
  const own = version === undefined ? [] : [`cdk-private-ec2-s3-access ${version}`];
  return [region, accounts.join(', '), ...(date === undefined ? [] : [date]), ...own];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
