import type { Bundle } from './bundle/load-bundle';
import { invalid } from './bundle/fields';
import { runtimeFault } from './faults';
import type { GraphBytes, Runtime, RuntimeSession, RuntimeTensor, Tensors } from './runtime';
import { Serial } from './serial';

/** New values for a graph: row-major, float32. */
export interface Values {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Whether a graph's outputs go on to another graph, and so may stay on the device, or come back. */
type Outputs = 'kept' | 'read';

/** The graphs of a bundle, opened on a runtime. They run one at a time; faults are told as a user can act on them. */
export class Graphs<Name extends string> {
  private readonly runs = new Serial();

  constructor(
    readonly runtime: Runtime,
    private readonly sessions: Readonly<Record<Name, RuntimeSession>>,
  ) {}

  session(name: Name): RuntimeSession {
    return this.sessions[name];
  }

  /** Runs a graph on what is held of the stages before and on new values, both by the names of its inputs. */
  run(name: Name, held: Tensors, added: Readonly<Record<string, Values>>): Promise<Tensors> {
    return this.runs.run(async () => {
      const fresh: Record<string, RuntimeTensor> = {};
      try {
        this.runtime.check();
        for (const [input, { data, dims }] of Object.entries(added)) {
          fresh[input] = this.runtime.tensor(data, dims);
        }
        const outputs = await this.sessions[name].run({ ...held, ...fresh });
        this.runtime.check();
        return outputs;
      } catch (error) {
        throw runtimeFault(error);
      } finally {
        for (const tensor of Object.values(fresh)) tensor.dispose();
      }
    });
  }

  /** As `run`, but gives the values of the outputs named, each of the length asked for, and frees all of them. */
  async read<Output extends string>(
    name: Name,
    held: Tensors,
    added: Readonly<Record<string, Values>>,
    lengths: Readonly<Record<Output, number>>,
  ): Promise<Record<Output, Float32Array>> {
    const outputs = await this.run(name, held, added);
    try {
      const found = await Promise.all(
        (Object.entries(lengths) as [Output, number][]).map(
          async ([output, length]) => [output, await valuesOf(name, output, outputs, length)] as const,
        ),
      );
      return Object.fromEntries(found) as Record<Output, Float32Array>;
    } catch (error) {
      throw runtimeFault(error);
    } finally {
      for (const tensor of Object.values<RuntimeTensor>(outputs)) tensor.dispose();
    }
  }

  /** Frees the sessions; nothing is run afterwards. */
  async close(): Promise<void> {
    await this.runs.run(async () => {
      for (const session of Object.values<RuntimeSession>(this.sessions)) await session.release();
    });
  }
}

/** The values of one output. Rejects with `bundle-invalid` when there are more or fewer than there must be. */
export async function valuesOf(
  graph: string,
  output: string,
  outputs: Tensors,
  length: number,
): Promise<Float32Array> {
  const data = await outputs[output]?.getData();
  if (!(data instanceof Float32Array)) throw new Error(`The ${graph} gave no float32 ${output}.`);
  if (data.length !== length) {
    throw invalid(`its graph ${graph} gave ${data.length} values of ${output} and not ${length}`);
  }
  return data;
}

/**
 * Opens the graphs named, in their order, and makes of them what `build` makes. Rejects with `bundle-invalid` when a graph is missing or
 * cannot be opened; whatever fails, no session stays open.
 */
export async function openGraphs<Name extends string, Result>(
  runtime: Runtime,
  bundle: Bundle,
  wanted: Readonly<Record<Name, Outputs>>,
  build: (graphs: Graphs<Name>) => Promise<Result>,
): Promise<Result> {
  const sessions: Partial<Record<Name, RuntimeSession>> = {};
  try {
    // The runtimes allow no two sessions to be made at a time.
    for (const [name, outputs] of Object.entries(wanted) as [Name, Outputs][]) {
      const graph = bundle.graphs.get(name);
      if (graph === undefined) throw invalid(`it has no graph ${name}`);
      sessions[name] = await openSession(runtime, name, graph, outputs === 'kept');
    }
    return await build(new Graphs(runtime, sessions as Record<Name, RuntimeSession>));
  } catch (error) {
    await Promise.all(Object.values<RuntimeSession | undefined>(sessions).map(session => session?.release()));
    throw error;
  }
}

async function openSession(
  runtime: Runtime,
  name: string,
  graph: GraphBytes,
  keepOnDevice: boolean,
): Promise<RuntimeSession> {
  try {
    return await runtime.open(graph, keepOnDevice);
  } catch (error) {
    const fault = runtimeFault(error);
    if (fault.code !== 'inference-failed') throw fault;
    throw invalid(
      `its graph ${name} cannot be opened: ${fault.details['reason'] ?? 'no reason given'}`,
      error,
    );
  }
}
