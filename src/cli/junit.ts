import { placeText, Told } from './lines';
import type { Examination, Finding } from '../analysis';

/**
 * The properties of each workload as test cases, and what is found as failures, as build servers read them.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function asJunit({ proofs }: Examination, { open, accepted }: Told, isStrict: boolean): string {
  const holding = proofs.flatMap(({ name, properties }) =>
    properties.filter(({ outcome }) => outcome.startsWith('holds')).map(({ id }) => testCase(name, id, '')),
  );
  const fails = ({ severity }: Finding) => isStrict || severity === 'error';
  const cases = [
    ...open.map(each => testCase(placeText(each.places[0]), each.id, fails(each) ? failure(each) : output(each))),
    ...accepted.map(each =>
      testCase(placeText(each.places[0]), each.id, `<skipped message="${escaped(each.reason ?? '')}"/>`),
    ),
    ...holding,
  ];
  const counts = `tests="${cases.length}" failures="${open.filter(fails).length}" errors="0" skipped="${accepted.length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="cdk-private-ec2-s3-access" ${counts}>`,
    `  <testsuite name="prove" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function testCase(className: string, name: string, body: string): string {
  const attributes = `classname="${escaped(className)}" name="${escaped(name)}"`;
  return body === '' ? `    <testcase ${attributes}/>` : `    <testcase ${attributes}>${body}</testcase>`;
}

function failure(finding: Finding): string {
  return `<failure message="${escaped(finding.message)}" type="${finding.severity}">${escaped(textOf(finding))}</failure>`;
}

function output(finding: Finding): string {
  return `<system-out>${escaped([`warning: ${finding.message}`, textOf(finding)].join('\n'))}</system-out>`;
}

function textOf({ because, example, fix }: Finding): string {
  return [because && `because ${because}`, example && `example ${example}`, ...fix.map(each => `fix ${each}`)]
    .filter(each => each !== undefined)
    .join('\n');
}

/** Characters that XML has no form of are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
