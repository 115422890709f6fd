import { readFileSync } from 'node:fs';
import { Stack, StackProps, Tags } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Chromium, Look, Page } from './chromium';
import { covering, overlapping, Pages, pictureTexts } from './support';
import { BucketAccess, DataBucketSource, PrivateEc2S3Access } from '../../src';
import { decide, examine, OBJECT_ACTIONS } from '../../src/analysis/analysis';
import { WhatIf } from '../../src/reporting/model/answer';
import { EncryptionHeader, isListing, Question, Target } from '../../src/reporting/model/question';
import { Report, reportsOf } from '../../src/reporting/model/report';
import { defineLayout, LAYOUTS, layoutName } from '../reporting/layouts';
import { broken, onTheInternet, plain } from '../reporting/open-stacks';
import { reportOn, withAssembly } from '../reporting/support';
import { everyOption, quickStart } from '../support/scenarios';

let browser: Chromium;
const pages = new Pages();

beforeAll(() => {
  browser = Chromium.launch();
});

afterAll(async () => {
  pages.remove();
  await browser?.close();
});

/** What stands in a cell of the page, with the question that its row, column and table say. */
interface ShownCell {
  readonly question: string;
  readonly outcome: string;
  readonly words: string;
}

const CELLS = `[...document.querySelectorAll('button.c')].map(cell => ({
  question: cell.dataset.q ?? [cell.closest('table').tHead.rows[0].cells[cell.closest('td').cellIndex].dataset.a, cell.closest('tr').dataset.w].join('|'),
  outcome: cell.classList[1],
  words: cell.querySelector('b').textContent,
}))`;

/** Texts that stick out of the window, or that are cut off by the element that they are in. */
const CUT = `[...document.querySelectorAll('h1,h2,p,li,th,td,caption,button,label,output,.badge')].filter(each => {
  const box = each.getBoundingClientRect();
  if (box.width === 0 || each.closest('.scroll,.sr')) return false;
  return box.right > innerWidth + 1 || (each.scrollWidth > each.clientWidth + 2 && each.clientWidth > 0);
}).map(each => each.textContent.slice(0, 80))`;

/** Unfolds everything that folds. */
const UNFOLD = 'document.querySelectorAll("details").forEach(each => { each.open = true; })';

async function opened(
  name: string,
  report: Report,
  look: Look = { width: 1600 },
): Promise<{ readonly page: Page; readonly milliseconds: number }> {
  const page = await browser.page();
  await page.look(look);
  return { page, milliseconds: await page.open(pages.file(name, report)) };
}

function questionOf(text: string): Question {
  const [action, who, from, target, tls = '', encryption = ''] = text.split('|');
  return {
    who,
    from,
    action,
    target: targetOf(target, action),
    ...(tls === '' ? {} : { tls }),
    ...(encryption === '' ? {} : { encryption: encryption as EncryptionHeader }),
  };
}

/** A target as a row names it, without what the action is not about. */
function targetOf(text: string, action: string): Target {
  const [, place, object, prefix] = /^([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(text) ?? [];
  const [kind, index] = place.split('-');
  if (kind === 'key') {
    return { kind, index: Number(index) };
  }
  const more = {
    ...(object !== undefined && OBJECT_ACTIONS.includes(action) ? { object } : {}),
    ...(prefix !== undefined && isListing(action) ? { prefix } : {}),
  };
  return kind === 'stranger' ? { kind, object } : { kind: 'bucket', index: Number(index), ...more };
}

describe.each([
  [375, false],
  [640, false],
  [640, true],
  [1600, false],
  [1600, true],
] as const)('the quick start at %d pixels, dark: %s', (width, dark) => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await opened('quick start', reportOn(quickStart), { width, dark }));
  });

  test('shows the picture, says what is open, and has no problem and no request', async () => {
    expect(await page.evaluate('document.querySelector("h1").textContent')).toBe(
      'Who reaches the data of Training/App?',
    );
    expect(await page.evaluate('document.querySelector(".verdict").textContent')).toBe(
      '✓ Only the intended path is open',
    );
    expect(
      await page.evaluate<number>('document.querySelector("svg.sra").getBoundingClientRect().width'),
    ).toBeGreaterThan(560);
    expect(page.problems).toEqual([]);
    expect(page.requests.filter(url => !url.startsWith('file:'))).toEqual([]);
    expect(page.requests).toHaveLength(1);
  });

  test('cuts no text off, and does not scroll sideways', async () => {
    const sideways = () => page.evaluate<number>('document.documentElement.scrollWidth');
    expect(await page.evaluate(CUT)).toEqual([]);
    expect(await sideways()).toBeLessThanOrEqual(width);
    await page.evaluate(UNFOLD);
    expect(await page.evaluate(CUT)).toEqual([]);
    expect(await sideways()).toBeLessThanOrEqual(width);
  });

  test('has letters that are large enough', async () => {
    const sizes = await page.evaluate<number[]>(
      '[...document.querySelectorAll("svg.sra text")].map(each => parseFloat(each.getAttribute("font-size")) * each.getScreenCTM().a)',
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(9);
    const page1 = await page.evaluate<number[]>(
      '[...document.querySelectorAll("p,li,th,td,b,i,label")].filter(each => each.getClientRects().length > 0).map(each => parseFloat(getComputedStyle(each).fontSize))',
    );
    expect(Math.min(...page1)).toBeGreaterThanOrEqual(10);
  });

  test('has enough contrast', async () => {
    const ratios = await page.evaluate<Array<[string, number]>>(`(() => {
      const parse = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
      const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * x + .7152 * y + .0722 * z; };
      const ground = each => { for (let e = each; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
      return [...document.querySelectorAll('h1,h2,p,li,th,td,caption,button b,button i,label,.badge,.verdict,output')].filter(each => each.textContent.trim() !== '' && each.getClientRects().length > 0).map(each => {
        const [a, b] = [light(parse(getComputedStyle(each).color)), light(ground(each))].sort((x, y) => y - x);
        return [each.textContent.slice(0, 40), (a + .05) / (b + .05)];
      });
    })()`);
    expect(ratios.length).toBeGreaterThan(100);
    expect(ratios.filter(([, ratio]) => ratio < 4.5)).toEqual([]);
  });
});

describe('a minute', () => {
  test('is enough: the first screen has verdict, picture, sentences and matrix, and the whole page two', async () => {
    const { page } = await opened('minute', reportOn(quickStart));
    const bottoms = await page.evaluate<number[]>(
      '[".verdict", "svg.sra", ".sum", ".may", "#matrix .tables"].map(each => document.querySelector(each).getBoundingClientRect().bottom)',
    );
    expect(bottoms.filter(bottom => bottom > 1000)).toEqual([]);
    expect(await page.evaluate<number>('document.querySelectorAll(".sum li").length')).toBeLessThanOrEqual(5);
    expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBeLessThanOrEqual(2000);
    expect(
      await page.evaluate('[...document.querySelectorAll(".unintended, main .card, main .red:not(.legend *)")].length'),
    ).toBe(0);
  });

  test('the first screen of what is broken has the verdict, the picture in red and a card with a fix', async () => {
    const { page } = await opened('broken', reportOn(broken));
    const bottoms = await page.evaluate<number[]>(
      '[".verdict.no", "svg.sra", ".card .fix", "svg .ob", "svg path.o"].map(each => document.querySelector(each).getBoundingClientRect().bottom)',
    );
    expect(bottoms.filter(bottom => bottom > 1000)).toEqual([]);
    expect(await page.evaluate<number>('document.querySelectorAll("#matrix .unintended").length')).toBeGreaterThan(20);
  });

  test.each([
    ['quick start', quickStart],
    ['broken', broken],
  ] as const)('a few sheets of paper are enough: %s', async (name, define) => {
    const { page } = await opened(`paper ${name}`, reportOn(define));
    expect(await page.printedPages()).toBeLessThanOrEqual(4);
  });

  test('a link of the contents unfolds its section', async () => {
    const { page } = await opened('contents', reportOn(quickStart));
    expect(await page.evaluate('document.getElementById("controls").open')).toBe(false);
    await page.evaluate('document.querySelector(".contents a[href=\'#controls\']").click()');
    await page.evaluate('new Promise(resolve => setTimeout(resolve, 100))');
    expect(await page.evaluate('document.getElementById("controls").open')).toBe(true);
  });
});

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

describe.each([
  ['the quick start', quickStart, { width: 1600 }],
  ['the quick start', quickStart, { width: 375, dark: true }],
  ['what is broken', broken, { width: 1600, dark: true }],
  ['what is broken', broken, { width: 640 }],
] as const)('%s, looked at as %o', (name, define, look) => {
  test('has nothing that axe finds, folded and unfolded', async () => {
    const { page } = await opened(`axe ${name} ${look.width}`, reportOn(define), look);
    await page.evaluate(AXE);
    const found = () =>
      page.evaluate<string[]>(
        'axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`)))',
      );
    expect(await found()).toEqual([]);
    await page.evaluate(UNFOLD);
    expect(await found()).toEqual([]);
  });
});

describe('verdicts', () => {
  test.each([
    ['quick start', quickStart, undefined],
    ['every option', everyOption, { account: '111122223333', region: 'us-east-1' }],
  ] as const)('on the page are those of the evaluator: %s', async (name, define, env) => {
    const report = reportOn(define, { env });
    const { page } = await opened(name, report);
    const cells = await page.evaluate<ShownCell[]>(CELLS);
    expect(cells.length).toBeGreaterThan(150);
    const whatIf = new WhatIf(report.policies, decide);
    for (const { question, outcome, words } of cells) {
      expect([question, outcome, words.slice(2)]).toEqual([
        question,
        whatIf.answer(questionOf(question)).outcome,
        outcome,
      ]);
    }
  });

  test('on the page are those of the proof, for what the role is granted', async () => {
    const report = reportOn(quickStart);
    const {
      flows: [{ requests }],
    } = withAssembly(quickStart, assembly => examine(assembly));
    const { page } = await opened('granted', report);
    const cells = await page.evaluate<ShownCell[]>(CELLS);
    const compared = requests.flatMap(({ request: { action, resource, context }, decision }) => {
      const index = report.policies.buckets.findIndex(({ arn }) => resource === arn || resource.startsWith(`${arn}/`));
      const object = index < 0 ? '' : resource.slice(report.policies.buckets[index].arn.length + 1);
      const isAsked = ({ who, from, action: asked, target, tls, encryption }: Question) =>
        [tls, encryption].every(each => each === undefined) &&
        who === 'workload' &&
        from === 'endpoint-0' &&
        asked === action &&
        target.kind === 'bucket' &&
        target.index === index &&
        (target.object ?? '') === object &&
        (target.prefix === undefined) === (context['s3:prefix'] === undefined) &&
        String(context['s3:prefix']).startsWith(target.prefix ?? '');
      return cells
        .filter(({ question }) => isAsked(questionOf(question)))
        .map(({ outcome }) => [outcome, decision.verdict]);
    });
    expect(compared.length).toBeGreaterThanOrEqual(6);
    for (const [outcome, verdict] of compared) {
      expect(outcome).toBe(verdict === 'Allowed' ? 'allowed' : 'denied');
    }
  });
});

describe('the form', () => {
  const report = reportOn(quickStart);
  let page: Page;
  beforeAll(async () => {
    ({ page } = await opened('form', report));
  });

  const verdict = () =>
    page.evaluate<[string, string]>(
      '[document.getElementById("verdict").dataset.outcome, document.getElementById("verdict").textContent]',
    );
  const focus = (name: string) => page.evaluate(`document.querySelector('#what-if [name=${name}]').focus()`);

  test('answers for the keyboard alone what the evaluator answers', async () => {
    await focus('who');
    await page.press('ArrowDown', 40);
    await page.press('Tab', 9);
    expect(await page.evaluate('document.activeElement.name')).toBe('from');
    for (const _ of [1, 2, 3, 4]) {
      await page.press('ArrowDown', 40);
    }
    await page.press('Tab', 9);
    await page.evaluate('document.activeElement.select()');
    await page.type('s3:DeleteObject');
    const [who, from, action] = await page.evaluate<string[]>(
      '["who", "from", "action"].map(name => document.querySelector(`#what-if [name=${name}]`).value)',
    );
    expect([who, from, action]).toEqual(['admin', 'internet', 's3:DeleteObject']);
    const { outcome, sentence } = new WhatIf(report.policies, decide).answer({
      who,
      from,
      action,
      target: { kind: 'bucket', index: 0, object: report.policies.buckets[0].places[0].object },
    });
    expect(await verdict()).toEqual([outcome, sentence]);
    expect(sentence).toContain('DenyObjectsOutsideEndpoint');
  });

  test('points at the place in the picture', async () => {
    expect(
      (
        await page.evaluate<string[]>('[...document.querySelectorAll("svg .hit")].map(each => each.dataset.part)')
      ).sort(),
    ).toEqual(['bucket-0', 'internet']);
    expect(await page.evaluate('document.getElementById("why-text").textContent')).toContain(
      'DenyObjectsOutsideEndpoint',
    );
  });

  test('says what it cannot decide, and takes context keys', async () => {
    const set = (name: string, value: string) =>
      page.evaluate(
        `(() => { const field = document.querySelector('#what-if [name=${name}]'); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event('input', { bubbles: true })); })()`,
      );
    await set('action', 'ec2:RunInstances');
    expect((await verdict())[0]).toBe('error');
    await set('action', 's3:ListBucket');
    await set('object', 'datasets/');
    await set('who', 'workload');
    await set('from', 'endpoint-0');
    expect((await verdict())[0]).toBe('allowed');
    await set('object', '');
    expect((await verdict())[0]).toBe('denied');
    await set('context', 's3:prefix=datasets/');
    expect((await verdict())[0]).toBe('allowed');
    await set('context', 's3:prefix=secret/');
    expect((await verdict())[0]).toBe('denied');
    await set('context', 'no equals sign');
    expect((await verdict())[0]).toBe('error');
    expect(page.problems).toEqual([]);
  });
});

describe('the matrix and the cost', () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await opened('matrix', reportOn(quickStart)));
  });

  test('a table is one stop of the tab key, and the arrow keys move in it', async () => {
    await page.evaluate(UNFOLD);
    await page.evaluate('document.querySelector("table.m:not(.k) button").focus()');
    expect(await page.evaluate('document.getElementById("why-title").textContent')).toMatch(
      /^the workload's role .*: list$/,
    );
    await page.press('ArrowDown', 40);
    await page.press('ArrowDown', 40);
    await page.press('ArrowRight', 39);
    expect(await page.evaluate('document.getElementById("why-text").textContent')).toBe(
      'Denied: statement DenyCredentialsOutsideInstance of the role policy denies it.',
    );
    expect(
      (
        await page.evaluate<string[]>('[...document.querySelectorAll("svg .hit")].map(each => each.dataset.part)')
      ).sort(),
    ).toEqual(['compute', 'role', 'role']);
    expect(
      await page.evaluate(
        '[...document.querySelectorAll("table.m")].every(table => table.querySelectorAll("button[tabindex=\'0\']").length === 1)',
      ),
    ).toBe(true);
  });

  test('every table has a caption and headers of columns and rows, every field a label', async () => {
    expect(
      await page.evaluate(
        '[...document.querySelectorAll("table")].every(table => table.caption && table.tHead.querySelector("th[scope=col]") && [...table.tBodies[0].rows].every(row => row.querySelector("th[scope=row]")))',
      ),
    ).toBe(true);
    expect(
      await page.evaluate(
        '[...document.querySelectorAll("input,select,textarea")].filter(field => field.labels.length === 0).length',
      ),
    ).toBe(0);
    expect(
      await page.evaluate(
        '[...document.querySelectorAll("[id]")].map(each => each.id).filter((id, index, all) => all.indexOf(id) !== index)',
      ),
    ).toEqual([]);
  });

  test('prices can be written over', async () => {
    expect(await page.evaluate('document.getElementById("cost-total").textContent')).toBe('9.87');
    await page.evaluate(
      '(() => { const price = document.querySelector("tr[data-item=key] input[data-price]"); price.value = "2"; price.dispatchEvent(new Event("input", { bubbles: true })); })()',
    );
    expect(await page.evaluate('document.getElementById("cost-total").textContent')).toBe('10.87');
  });

  test('prints the picture and the tables without what cannot be used on paper', async () => {
    await page.look({ width: 794, print: true });
    expect(
      await page.evaluate('[".why", "#ask"].map(each => getComputedStyle(document.querySelector(each)).display)'),
    ).toEqual(['none', 'none']);
    expect(await page.evaluate(CUT)).toEqual([]);
  });
});

describe.each(LAYOUTS)('the picture of $buckets buckets in $azs zones through $endpoint', layout => {
  test('has no text that is cut off or lies on another, and the page is small and fast', async () => {
    const report = reportOn(defineLayout(layout));
    const { page, milliseconds } = await opened(layoutName(layout), report, { width: 640 });
    const { width, height, texts, icons } = await pictureTexts(page);
    expect(texts.length).toBeGreaterThan(20);
    expect(
      texts.filter(({ left, top, right, bottom }) => left < 2 || top < 2 || right > width - 2 || bottom > height - 2),
    ).toEqual([]);
    expect(overlapping(texts)).toEqual([]);
    expect(texts.flatMap(each => covering(each, icons))).toEqual([]);
    expect(await page.evaluate(CUT)).toEqual([]);
    expect(page.problems).toEqual([]);
    const size = await page.evaluate<number>('new TextEncoder().encode(document.documentElement.outerHTML).length');
    console.log(`${layoutName(layout)}: ${(size / 1000).toFixed(0)} KB, loaded in ${milliseconds.toFixed(0)} ms`);
    expect(size).toBeLessThan(300_000);
    expect(milliseconds).toBeLessThan(5_000);
  });
});

describe.each([
  ['what is broken', broken, {}],
  ['servers behind a load balancer', plain, { env: { account: '111122223333', region: 'us-east-1' } }],
  ['a server on the internet', onTheInternet, {}],
] as ReadonlyArray<readonly [string, (stack: Stack) => void, StackProps]>)(
  'the picture of %s',
  (name, define, props) => {
    test('has no text that is cut off or lies on something', async () => {
      const [report] = withAssembly(define, path => reportsOf(path), props);
      const { page } = await opened(name, report, { width: 640 });
      const { width, height, texts, icons } = await pictureTexts(page);
      expect(
        texts.filter(({ left, top, right, bottom }) => left < 2 || top < 2 || right > width - 2 || bottom > height - 2),
      ).toEqual([]);
      expect(overlapping(texts)).toEqual([]);
      expect(texts.flatMap(each => covering(each, icons))).toEqual([]);
      expect(page.problems).toEqual([]);
    });
  },
);

describe('a template that wants to be markup', () => {
  const EVIL = [
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(2)>',
    "' onfocus='alert(3)",
    '<svg onload=alert(4)>',
    '\u2028alert(5)\u2029',
    'a\u0000b\u001b[31m',
    '\u202eevil',
    '&lt;b&gt;',
    '${alert(6)}',
    '`alert(7)`',
  ];

  test('stays text', async () => {
    const report = reportOn(stack => {
      const access = new PrivateEc2S3Access(stack, 'App', {
        proveAtSynthesis: false,
        dataBuckets: {
          Markup: DataBucketSource.create({ access: [BucketAccess.readOnly('<img src=x onerror=alert(9)>\'"/')] }),
          Script: DataBucketSource.create({ access: [BucketAccess.readOnly('</script><script>alert(8)</script>/')] }),
          Data: DataBucketSource.create({ access: [BucketAccess.readWrite()] }),
        },
      });
      Tags.of(access).add('<b onclick=alert(11)>', '</title><script>alert(12)</script>');
      EVIL.forEach((sid, index) =>
        access.s3Endpoint.addToPolicy(
          new PolicyStatement({
            sid: `${sid}${index}`,
            actions: [`s3:Get${index}`],
            resources: [`arn:aws:s3:::${sid}`],
          }),
        ),
      );
    });
    const named: Report = {
      ...report,
      title: EVIL.join(' '),
      sentences: EVIL,
      grants: [{ buckets: EVIL, may: EVIL.join() }],
      about: {
        ...report.about,
        region: EVIL[0],
        accounts: EVIL,
        version: EVIL[1],
        templates: [{ name: EVIL[2], sha256: EVIL[3] }],
      },
      assumptions: EVIL,
      accepted: EVIL.map(id => ({ id, reason: id, where: [id] })),
      policies: {
        ...report.policies,
        buckets: report.policies.buckets.map((bucket, index) => ({ ...bucket, label: EVIL[index] })),
        exempt: EVIL.map(label => ({ label, arn: 'arn:aws:iam::111122223333:role/x' })),
      },
      picture: {
        ...report.picture,
        vpc: EVIL[0],
        role: EVIL[1],
        subnets: EVIL.map(title => ({ title, note: title, hasWorkload: true, hasInterface: false })),
      },
    };
    const { page } = await opened('injection', named);
    expect(await page.evaluate('document.querySelectorAll("script").length')).toBe(2);
    expect(await page.evaluate('document.querySelectorAll("img,iframe,object,embed,link,svg svg").length')).toBe(0);
    expect(
      await page.evaluate(
        '[...document.querySelectorAll("*")].flatMap(each => each.getAttributeNames().filter(name => name.startsWith("on") || name === "style" || name === "src" || name === "href" && !each.getAttribute(name).startsWith("#")))',
      ),
    ).toEqual([]);
    expect(await page.evaluate('document.querySelector("h1").textContent')).toContain(
      '</script><script>alert(1)</script>',
    );
    expect(await page.evaluate('/[\\u0000-\\u0008\\u001b\\u2028\\u2029\\u202e]/.test(document.body.innerText)')).toBe(
      false,
    );
    expect(await page.evaluate('document.getElementById("verdict").dataset.outcome')).toMatch(/^(allowed|denied)$/);
    expect(page.problems).toEqual([]);
  });

  test('could run nothing if it got through: the policy of the page refuses it', async () => {
    const { page } = await opened('policy', reportOn(quickStart));
    await page.evaluate(
      '(() => { const script = document.createElement("script"); script.textContent = "window.ran = true"; document.body.append(script); })()',
    );
    await page.evaluate(
      '(() => { const image = document.createElement("img"); image.src = "https://example.com/x.png"; document.body.append(image); })()',
    );
    await page.evaluate('new Promise(resolve => setTimeout(resolve, 200))');
    expect(await page.evaluate('window.ran === undefined')).toBe(true);
    expect(page.problems.join()).toMatch(/Content Security Policy/);
    expect(page.requests.filter(url => !url.startsWith('file:'))).toEqual([]);
  });
});
