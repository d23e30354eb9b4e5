import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { WebDriverSession } from './web-driver';

const driverProgram = 'WebKitWebDriver';
const displayProgram = 'Xvfb';

/** The driver listens after a moment. */
const STARTING = 20_000;

/** Whether this machine has WebKitGTK's driver, which brings a browser of the same engine as Safari, and a display without a screen. */
export function hasWebKit(): boolean {
  return [driverProgram, displayProgram].every(program => spawnSync(program, ['--help']).error === undefined);
}

export interface WebKit {
  readonly session: WebDriverSession;
  close(): Promise<void>;
}

/** A browser of the WebKit engine, drawn by the processor, in a window of its own display. It keeps in `home` what it downloads. */
export async function launchWebKit(home: string): Promise<WebKit> {
  mkdirSync(home, { recursive: true });
  const started: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of started.reverse()) await end(child);
  };
  try {
    // It chooses a free number and writes it to the third of its files.
    const display = spawn(
      displayProgram,
      ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    started.push(display);
    const number = await firstLine(display);
    const port = await freePort();
    const driver = spawn(driverProgram, ['--host=127.0.0.1', `--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: `:${number}`,
        LIBGL_ALWAYS_SOFTWARE: '1',
        // Safari gives it to pages that are isolated from other origins; here it is off otherwise.
        JSC_useSharedArrayBuffer: '1',
        HOME: home,
        XDG_CONFIG_HOME: `${home}/.config`,
      },
    });
    started.push(driver);
    const session = await WebDriverSession.open(`http://127.0.0.1:${port}`, STARTING);
    return {
      session,
      close: async () => {
        await session.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  const output = child.stdio[3];
  if (output === null || output === undefined) throw new Error('The display has nothing to write to.');
  const [line] = (await Promise.race([
    once(output, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('The display ended before it was there.');
    }),
  ])) as [Buffer];
  return line.toString().trim();
}

/** Free at this moment: the driver takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
