import { escapeJson, escapeMarkdown, escapeMarkup, fileName, readableText } from '../../src/reporting/text';

describe('markup', () => {
  test('ends neither elements nor attributes', () => {
    expect(escapeMarkup('</script><b a="1" c=\'2\'>&')).toBe(
      '&lt;/script&gt;&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;',
    );
  });

  test('has no character that XML refuses or that nobody sees', () => {
    expect(escapeMarkup('a\u0000b\u001bc\u0085d\u202ee\u2028f\ud800g\udc00h\ufeffi\uffff')).toBe(
      'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffdh\ufffdi\ufffd',
    );
    expect(readableText('line\n\ttab 😀 ß')).toBe('line\n\ttab 😀 ß');
  });
});

test('data for a script ends no element, and is the same when it is read', () => {
  const data = { text: '</script><!-- & \u2028\u2029 "\'' };
  expect(escapeJson(data)).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(escapeJson(data))).toEqual(data);
});

test('Markdown stays in its cell', () => {
  expect(escapeMarkdown('a|b\n# `c` [d](e) <f> **g**')).toBe(
    'a\\|b \\# \\`c\\` \\[d\\]\\(e\\) &lt;f&gt; \\*\\*g\\*\\*',
  );
});

test.each([
  ['Training/App', 'Training-App'],
  ['../../etc/passwd', 'etc-passwd'],
  ['<script>', 'script'],
  ['…', 'workload'],
  ['.hidden', 'hidden'],
  ['a'.repeat(300), 'a'.repeat(80)],
])('the file of %s is called %s', (title, name) => {
  expect(fileName(title)).toBe(name);
});
