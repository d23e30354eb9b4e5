import { jest } from '@jest/globals';
import { SpaError } from '../../extension/src/core/error';
import { asked, finishLoad, finishRound, holdTheClock, loaded, settle, setUp } from './client-at-work';
import { sampleInput, sampleRound, sampleSlice } from './samples';

holdTheClock();

describe('a request', () => {
  it('is answered with the round', async () => {
    const { round, worker } = await asked();
    finishRound(worker());
    await expect(round).resolves.toEqual(sampleRound);
  });

  it('sends a slice once, and leaves the pixels of the host where they are', async () => {
    const { client, worker } = await loaded();
    const slice = sampleSlice();
    void client.propose(slice, sampleInput);
    await settle();
    void client.answer(slice, sampleRound, [{ kind: 'choose', candidate: 0 }]);
    await settle();
    expect(worker().all('slice')).toHaveLength(1);
    const sent = worker().last('slice').slice;
    expect(sent).toEqual(slice);
    expect(sent.values.buffer).not.toBe(slice.values.buffer);
    expect(worker().transferred[worker().received.indexOf(worker().last('slice'))]).toEqual([
      sent.values.buffer,
    ]);
  });

  it('takes only the slice along when its pixels are a view into a volume', async () => {
    const { client, worker } = await loaded();
    const volume = new Int16Array(1000);
    void client.propose({ ...sampleSlice(), values: volume.subarray(8, 16) }, sampleInput);
    await settle();
    expect(worker().last('slice').slice.values.buffer.byteLength).toBe(16);
  });

  it('lets the worker forget the slice that was used longest ago', async () => {
    const { client, worker } = await loaded();
    for (let i = 0; i < 9; i++) void client.propose(sampleSlice(`slice-${i}`), sampleInput);
    await settle();
    expect(worker().all('forget')).toEqual([{ kind: 'forget', key: 'slice-0' }]);
    void client.propose(sampleSlice('slice-0'), sampleInput);
    await settle();
    expect(
      worker()
        .all('slice')
        .map(each => each.slice.key)
        .at(-1),
    ).toBe('slice-0');
  });

  it('rejects with the text of its fault', async () => {
    const { round, worker } = await asked();
    const { id } = worker().last('propose');
    worker().say({ kind: 'failed', id, fault: { code: 'nothing-found', details: {} } });
    await expect(round).rejects.toBeInstanceOf(SpaError);
    await expect(round).rejects.toMatchObject({ code: 'nothing-found' });
    expect(worker().terminated).toBe(false);
  });

  it('that is cancelled rejects at once with the reason, and the worker is told', async () => {
    const { round, cancel, worker } = await asked();
    const { id } = worker().last('propose');
    const reason = new Error('a newer click');
    cancel(reason);
    await expect(round).rejects.toBe(reason);
    expect(worker().last('cancel')).toEqual({ kind: 'cancel', id });
  });

  it('that is overtaken does not take the answer of the newer one', async () => {
    const { client, round: older, cancel, worker } = await asked();
    const olderId = worker().last('propose').id;
    cancel(new Error('overtaken'));
    const newer = client.propose(sampleSlice(), { ...sampleInput, seed: 2 });
    await settle();
    const newerId = worker().last('propose').id;
    worker().say({
      kind: 'done',
      id: olderId,
      result: { ...sampleRound, crop: { ...sampleRound.crop, side: 9 } },
    });
    worker().say({ kind: 'done', id: newerId, result: sampleRound });
    await expect(older).rejects.toThrow('overtaken');
    await expect(newer).resolves.toEqual(sampleRound);
  });

  it('that is cancelled and cannot be interrupted ends with its worker; the next one starts afresh', async () => {
    const { client, round, cancel, worker, workers } = await asked();
    cancel(new Error('Esc'));
    await expect(round).rejects.toThrow('Esc');
    expect(worker().terminated).toBe(false);
    jest.runAllTimers();
    expect(worker().terminated).toBe(true);

    const next = client.propose(sampleSlice(), sampleInput);
    expect(workers).toHaveLength(2);
    finishLoad(worker());
    await settle();
    finishRound(worker());
    await expect(next).resolves.toEqual(sampleRound);
  });

  it('that is cancelled and ends soon leaves the worker as it is', async () => {
    const { round, cancel, worker } = await asked();
    const { id } = worker().last('propose');
    cancel(new Error('Esc'));
    await expect(round).rejects.toThrow('Esc');
    worker().say({ kind: 'ended', id });
    jest.runAllTimers();
    expect(worker().terminated).toBe(false);
  });

  it('that is overtaken goes on for the newer one, which uses what it has computed', async () => {
    const { client, round: older, cancel, worker } = await asked();
    cancel(new Error('overtaken'));
    const newer = client.propose(sampleSlice(), { ...sampleInput, seed: 2 });
    await expect(older).rejects.toThrow('overtaken');
    await settle();
    jest.runAllTimers();
    expect(worker().terminated).toBe(false);
    finishRound(worker());
    await expect(newer).resolves.toEqual(sampleRound);
  });

  it('with a signal that is already aborted asks nothing', async () => {
    const { client, worker } = await loaded();
    await expect(
      client.propose(sampleSlice(), sampleInput, AbortSignal.abort(new Error('late'))),
    ).rejects.toThrow('late');
    expect(worker().all('propose')).toHaveLength(0);
  });

  it('needs a bundle first', async () => {
    await expect(setUp().client.propose(sampleSlice(), sampleInput)).rejects.toThrow('Call load');
  });
});
