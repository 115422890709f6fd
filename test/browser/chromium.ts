import { ChildProcess, StdioOptions, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const CANDIDATES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--remote-debugging-pipe',
];

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly resolve: (result: Record<string, unknown>) => void;
  readonly reject: (error: Error) => void;
}

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly print?: boolean;
}

/** A headless Chromium, spoken to over a pipe in the DevTools protocol. */
export class Chromium {
  /** Starts the browser; where there is none, that is an error and not a test that passes. */
  public static launch(): Chromium {
    const program = CANDIDATES.find(each => each !== undefined && existsSync(each));
    if (program === undefined) {
      throw new Error(
        'the browser tests need Chromium: apt-get update && apt-get install -y chromium, or set CHROMIUM to its path',
      );
    }
    return new Chromium(program);
  }

  private readonly profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners: Array<(message: Message) => void> = [];
  private count = 0;

  private constructor(program: string) {
    const stdio: StdioOptions = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'];
    this.process = spawn(program, [...FLAGS, `--user-data-dir=${this.profile}`, 'about:blank'], {
      stdio,
      detached: true,
    });
    let rest = '';
    (this.process.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\0');
      rest = parts.pop() ?? '';
      parts.forEach(part => this.receive(JSON.parse(part) as Message));
    });
  }

  /** Opens a blank page. */
  public async page(): Promise<Page> {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, String(sessionId));
    await page.start();
    return page;
  }

  public listen(listener: (message: Message) => void): void {
    this.listeners.push(listener);
  }

  public send(
    method: string,
    params: Record<string, unknown> = {},
    sessionId?: string,
  ): Promise<Record<string, unknown>> {
    const id = ++this.count;
    (this.process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  /** Ends the browser and its helper processes, which would otherwise still write into the profile. */
  public async close(): Promise<void> {
    const ended = new Promise(resolve => this.process.once('exit', resolve));
    process.kill(-this.process.pid!, 'SIGKILL');
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  private receive(message: Message): void {
    const { id, result = {}, error } = message;
    if (id === undefined) {
      this.listeners.forEach(listener => listener(message));
      return;
    }
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) {
      waiting?.resolve(result);
    } else {
      waiting?.reject(new Error(error.message));
    }
  }
}

/** A page, with what went wrong in it and what it asked the network for. */
export class Page {
  /** Errors, warnings and violations of the page's security policy. */
  public readonly problems: string[] = [];
  /** The addresses that the page loaded, or tried to, unless its own policy refused it. */
  public readonly requests: string[] = [];

  constructor(
    private readonly browser: Chromium,
    private readonly session: string,
  ) {}

  public async start(): Promise<void> {
    const sent = new Map<string, string>();
    this.browser.listen(({ sessionId, method, params = {} }) => {
      if (sessionId !== this.session) {
        return;
      }
      if (method === 'Network.requestWillBeSent') {
        sent.set(String(params.requestId), (params.request as { readonly url: string }).url);
      }
      if (method === 'Network.loadingFailed' && params.blockedReason === 'csp') {
        sent.delete(String(params.requestId));
      }
      this.requests.splice(0, this.requests.length, ...sent.values());
      if (['Runtime.exceptionThrown', 'Runtime.consoleAPICalled', 'Log.entryAdded'].includes(method ?? '')) {
        this.problems.push(JSON.stringify(params).slice(0, 500));
      }
    });
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) {
      await this.send(`${domain}.enable`);
    }
  }

  /** Sets the width of the window, the theme, and whether it is for paper. */
  public async look({ width, height = 1000, dark = false, print = false }: Look): Promise<void> {
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await this.send('Emulation.setEmulatedMedia', {
      media: print ? 'print' : '',
      features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }],
    });
  }

  /** Loads a file, and says how long that took in milliseconds. */
  public async open(file: string): Promise<number> {
    const loaded = new Promise<void>(resolve =>
      this.browser.listen(({ sessionId, method }) => {
        if (sessionId === this.session && method === 'Page.loadEventFired') {
          resolve();
        }
      }),
    );
    const start = performance.now();
    await this.send('Page.navigate', { url: `file://${file}` });
    await loaded;
    return performance.now() - start;
  }

  /** What an expression is worth in the page. */
  public async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails !== undefined) {
      throw new Error(JSON.stringify(exceptionDetails));
    }
    return (result as { readonly value: T }).value;
  }

  /** Presses a key, as a person at the keyboard does. */
  public async press(key: string, keyCode: number, text?: string): Promise<void> {
    for (const type of ['keyDown', 'keyUp']) {
      await this.send('Input.dispatchKeyEvent', {
        type,
        key,
        code: key,
        windowsVirtualKeyCode: keyCode,
        ...(type === 'keyDown' && text !== undefined ? { text } : {}),
      });
    }
  }

  /** How many pages of paper it prints on. */
  public async printedPages(): Promise<number> {
    const { data } = await this.send('Page.printToPDF', { paperWidth: 8.27, paperHeight: 11.69 });
    return (
      Buffer.from(String(data), 'base64')
        .toString('latin1')
        .match(/\/Type\s*\/Page\b/g)?.length ?? 0
    );
  }

  /** Types a text into what has the focus. */
  public async type(text: string): Promise<void> {
    await this.send('Input.insertText', { text });
  }

  private send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return this.browser.send(method, params, this.session);
  }
}
