import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { defineLayout, LAYOUTS, layoutName } from './layouts';
import { reportOn } from './support';
import { reportsOf } from '../../src/reporting/model/report';
import { renderPictureFile } from '../../src/reporting/picture/picture';
import { widthOf, wrap } from '../../src/reporting/picture/text';
import { ROOT } from '../support/packed';
import { quickStart } from '../support/scenarios';

describe('lines', () => {
  test.each([
    'a few words that are longer than a line',
    'the-name-of-a-bucket-that-is-very-long-indeed',
    'OneWordInCamelCaseThatIsTooLong',
    'x'.repeat(90),
    '😀'.repeat(30),
    '漢字'.repeat(20),
  ])('are no wider than they may be, and nothing is lost: %s', text => {
    const lines = wrap(text, 120, 14);
    expect(lines.length).toBeGreaterThan(1);
    for (const each of lines) {
      expect(widthOf(each, 14)).toBeLessThanOrEqual(120);
    }
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });

  test('are not broken without need', () => {
    expect(wrap('a few words', 300, 14)).toEqual(['a few words']);
    expect(wrap('', 300, 14)).toEqual([]);
  });
});

describe.each(LAYOUTS)('$buckets buckets in $azs zones through $endpoint', layout => {
  const { picture, policies } = reportOn(defineLayout(layout));
  const svg = renderPictureFile(picture, layoutName(layout));

  test('has every bucket, endpoint, subnet and instance', () => {
    const parts = [...svg.matchAll(/data-part="([^"]+)"/g)].map(([, name]) => name);
    expect(parts.filter(name => name.startsWith('bucket-')).sort()).toEqual(
      policies.buckets.map((_, index) => `bucket-${index}`).sort(),
    );
    expect(parts.filter(name => name.startsWith('endpoint-'))).toHaveLength(layout.endpoint === 'both' ? 2 : 1);
    expect(picture.subnets).toHaveLength(layout.azs);
    expect(parts.filter(name => name === 'compute')).toHaveLength(layout.fleet === true ? layout.azs : 1);
  });

  test('has a title, a description, and a cross at each of the four things outside that is closed', () => {
    expect(svg).toMatch(/<svg [^>]*role="img" aria-labelledby="pt pd"/);
    expect(svg).toMatch(/<title id="pt">[^<]+<\/title><desc id="pd">[^<]+<\/desc>/);
    expect([...svg.matchAll(/data-part="(internet|strangers|vpcs|accounts)"/g)]).toHaveLength(4);
    expect(svg.match(/class="xb"/g)).toHaveLength(picture.outside.filter(({ status }) => status === 'closed').length);
    expect(picture.outside.filter(({ status }) => status === 'open')).toEqual([]);
  });
});

test('the guide shows the picture that the report draws of the quick start', () => {
  const app = new App();
  quickStart(new Stack(app, 'QuickStart'));
  const [{ picture, title }] = reportsOf(app.synth().directory);

  expect(readFileSync(join(ROOT, 'docs', 'quick-start.svg'), 'utf8')).toBe(renderPictureFile(picture, title));
});
