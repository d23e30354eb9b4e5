import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SetupError } from '../setup-error.mjs';
import { defaultViewerVersion, viewerVersions } from '../viewer.mjs';

const known = {
  data: { type: 'string' },
  bundle: { type: 'string', multiple: true },
  port: { type: 'string' },
  host: { type: 'string' },
  address: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

export const usage = `npm start                     the viewer with the plugin, the default model and a demo study
npm start -- OPTION ...

  --data DIR       serve the DICOM files of a folder instead (subfolders too)
  --bundle DIR     model bundle: a folder or an http(s) URL (default: models/default); given more than once, or with commas
                   between them, the panel lets the user switch between them, and the first is loaded
  --port N         port (default: 3000; the next free one if it is taken)
  --host VERSION   release of the viewer: ${viewerVersions.join(', ')} (default: ${defaultViewerVersion})
  --address ADDR   address to listen on (default: 127.0.0.1, this computer alone)
  --help           this text`;

/**
 * @param {readonly string[]} given the words after `npm start --`
 * @throws {SetupError} with the known options, for one that is unknown, repeated, without its value, or out of range
 */
export function parseOptions(given) {
  const { values, positionals } = parse(given);
  if (positionals.length > 0) {
    throw refusal(
      `"${positionals[0]}" is no option. A folder of DICOM files is given as --data ${positionals[0]}.`,
    );
  }
  for (const [name, value] of Object.entries(values)) {
    if ([value].flat().some(each => each === '')) throw refusal(`--${name} needs a value.`);
  }
  const host = values.host ?? defaultViewerVersion;
  if (!viewerVersions.includes(host)) {
    throw refusal(
      `There is no viewer ${host} to choose with --host (an address to listen on is given with --address).`,
    );
  }
  return {
    help: values.help === true,
    port: parsePort(values.port ?? '3000'),
    host,
    address: values.address ?? '127.0.0.1',
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(values.bundle === undefined ? {} : { bundles: values.bundle.flatMap(listed) }),
  };
}

/** A list with commas; a folder may have one in its name as well. */
function listed(text) {
  if (existsSync(text)) return [text];
  const parts = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
  if (parts.length === 0) throw refusal('--bundle needs a value.');
  return parts;
}

function parse(given) {
  try {
    return parseArgs({ args: [...given], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    if (error?.code?.startsWith?.('ERR_PARSE_ARGS'))
      throw refusal(error.message.replace(/\. To specify.*$/s, '.'));
    throw error;
  }
}

function parsePort(text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw refusal(`--port needs a number from 0 to 65535, not "${text}".`);
  return port;
}

const refusal = reason => new SetupError(`${reason}\n\n${usage}`);
