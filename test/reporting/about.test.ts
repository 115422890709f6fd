import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withAssembly } from './support';
import { today } from '../../src/reporting';
import { reportsOf } from '../../src/reporting/model/report';
import { aboutLine } from '../../src/reporting/model/verdict';
import { quickStart } from '../support/scenarios';

test('the day of a build that has to be the same again is the one that it says', () => {
  expect(today('1767225600')).toBe('2026-01-01');
  expect(today(undefined)).toBe(new Date().toISOString().slice(0, 10));
  expect(today('tomorrow')).toBe(today(undefined));
});

test('a report says where it is for, when and with what it was made, and of which templates', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  withAssembly(
    quickStart,
    path => {
      const [report, ...others] = reportsOf(path, { date: '2026-11-30', version: '1.2.3' });
      expect(others).toEqual([]);
      expect(aboutLine(report)).toEqual(['eu-west-1', '111122223333', '2026-11-30', 'cdk-private-ec2-s3-access 1.2.3']);
      const file = readFileSync(join(path, 'Training.template.json'));
      expect(report.about.templates).toEqual([
        { name: 'Training.template.json', sha256: createHash('sha256').update(file).digest('hex') },
      ]);
      expect(reportsOf(join(path, 'Training.template.json'))[0].about).toMatchObject({
        templates: report.about.templates,
      });
    },
    { env },
  );
});
