import { setTimeout as pause } from 'node:timers/promises';

/** Keys without a character of their own, as WebDriver writes them. */
export const keys = {
  Enter: '\uE007',
  Escape: '\uE00C',
  Shift: '\uE008',
  Control: '\uE009',
  ArrowDown: '\uE015',
} as const;

interface Position {
  readonly x: number;
  readonly y: number;
}

/** A browser behind a driver, by the W3C's protocol: JSON over HTTP. */
export class WebDriverSession {
  private constructor(private readonly address: string) {}

  /** Opens the driver's own browser; waits up to `patience` ms for the driver. */
  static async open(driver: string, patience: number): Promise<WebDriverSession> {
    const deadline = Date.now() + patience;
    while (!(await isListening(driver))) {
      if (Date.now() > deadline) throw new Error(`No driver listens on ${driver}.`);
      await pause(50);
    }
    const { sessionId } = (await command('POST', `${driver}/session`, { capabilities: {} })) as {
      sessionId: string;
    };
    return new WebDriverSession(`${driver}/session/${sessionId}`);
  }

  async close(): Promise<void> {
    await command('DELETE', this.address);
  }

  async goTo(url: string): Promise<void> {
    await this.post('url', { url });
  }

  async setWindow(width: number, height: number): Promise<void> {
    await this.post('window/rect', { x: 0, y: 0, width, height });
  }

  /** Runs a function that stands by itself in the page; what it takes and gives is JSON. */
  async evaluate<Result>(act: () => Result): Promise<Awaited<Result>>;
  async evaluate<Result, Given>(act: (given: Given) => Result, given: Given): Promise<Awaited<Result>>;
  async evaluate(act: (given?: unknown) => unknown, given: unknown = null): Promise<unknown> {
    return this.post('execute/sync', { script: `return (${String(act)})(arguments[0]);`, args: [given] });
  }

  async click({ x, y }: Position): Promise<void> {
    const actions = [
      { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.post('actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  /** Presses the keys one after the other and lets go of them the other way round. */
  async press(...pressed: readonly string[]): Promise<void> {
    const down = pressed.map(value => ({ type: 'keyDown', value }));
    const up = [...pressed].reverse().map(value => ({ type: 'keyUp', value }));
    await this.post('actions', { actions: [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }] });
  }

  /** The page as PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from((await command('GET', `${this.address}/screenshot`)) as string, 'base64');
  }

  private post(path: string, body: object): Promise<unknown> {
    return command('POST', `${this.address}/${path}`, body);
  }
}

async function command(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { readonly value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { readonly error: string; readonly message: string };
  throw new Error(`${error}: ${message}`);
}

async function isListening(driver: string): Promise<boolean> {
  try {
    await command('GET', `${driver}/status`);
    return true;
  } catch {
    return false;
  }
}
