import { runTool } from '../run-tool';
import { parseEvaluateArguments, usage } from './arguments';
import { evaluate } from './evaluate';
import { runJobs } from './jobs';

await runTool(async () => {
  const options = parseEvaluateArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return;
  }
  const report = await evaluate(options, runJobs);
  if (options.json) console.log(JSON.stringify(report));
});
