import { runInChild, type Arguments } from './command.ts';
import { mutants } from './mutants.ts';
import type { TaleReport } from './report.ts';

/** Runs each mutant until a seed catches it, and prints which. @returns how many escaped */
export async function huntMutants(
  url: string,
  { mutants: named, tales, jobs, options }: Arguments,
): Promise<number> {
  const hunted = mutants.filter(({ name }) => named === null || named.length === 0 || named.includes(name));
  const waiting = [...hunted];
  let escaped = 0;
  const hunt = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      let caught: TaleReport | undefined;
      const { name } = mutant;
      await runInChild({ url, tales, options, untilFailure: true }, name, (report) => {
        if (!report.ok && !isBroken(report)) caught = report;
      });
      if (caught === undefined) escaped += 1;
      console.log(
        caught === undefined
          ? `${name}: not caught by ${tales.length} seeds`
          : `${name}: caught by seed ${caught.tale}: ${caught.lines[0]?.slice(0, 160) ?? ''}`,
      );
    }
  };
  await Promise.all(Array.from({ length: jobs }, hunt));
  console.log(`${hunted.length - escaped} of ${hunted.length} mutants caught`);
  return escaped;
}

/** A planted mistake that JavaScript itself finds says nothing about the judge. */
function isBroken({ lines }: TaleReport): boolean {
  return /\b(Reference|Syntax)Error\b/.test(lines[0] ?? '');
}
