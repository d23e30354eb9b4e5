import { jest } from '@jest/globals';
import { download } from '../../../extension/src/inference/bundle/http-source';

const url = new URL('https://host/models/tiny/encoder.onnx');

/** A server that sends `parts`, one whenever the test says so, and then nothing, without an end. */
function halting(): { fetch: (url: string, init: RequestInit) => Promise<Response>; send: () => void } {
  let send = (): void => undefined;
  const fetch = (_: string, { signal }: RequestInit): Promise<Response> => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        send = () => controller.enqueue(Uint8Array.of(1));
        signal?.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return Promise.resolve(new Response(body));
  };
  return { fetch, send: () => send() };
}

/** A server that takes the connection and says nothing. */
const silent = (_: string, { signal }: RequestInit): Promise<Response> =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('a download of which nothing comes any more', () => {
  const told = { code: 'bundle-missing', details: { url: url.href, reason: 'nothing came for 120 s' } };

  it('is given up, so that the user can be told and try again', async () => {
    const { fetch, send } = halting();
    const outcome = expect(download(url, { mostBytes: 10 }, fetch)).rejects.toMatchObject(told);
    send();
    await jest.advanceTimersByTimeAsync(125_000);
    await outcome;
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is given up as well where the server does not even answer', async () => {
    const outcome = expect(download(url, { mostBytes: 10 }, silent)).rejects.toMatchObject(told);
    await jest.advanceTimersByTimeAsync(125_000);
    await outcome;
  });

  it('is waited for while a little comes now and then', async () => {
    const { fetch, send } = halting();
    const onBytes = jest.fn();
    const outcome = expect(download(url, { mostBytes: 3, onBytes }, fetch)).rejects.toMatchObject(told);
    for (let part = 1; part <= 3; part++) {
      await jest.advanceTimersByTimeAsync(110_000);
      send();
      await jest.advanceTimersByTimeAsync(0);
      expect(onBytes).toHaveBeenCalledTimes(part);
    }
    await jest.advanceTimersByTimeAsync(125_000);
    await outcome;
  });

  it('is not what a cancelled one is taken for', async () => {
    const cancelling = new AbortController();
    const outcome = expect(
      download(url, { mostBytes: 10, signal: cancelling.signal }, silent),
    ).rejects.toThrow('left the page');
    cancelling.abort(new Error('left the page'));
    await outcome;
    expect(jest.getTimerCount()).toBe(0);
  });
});
