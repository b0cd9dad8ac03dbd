import type { ApexParserRuleContext } from '@apexdevtools/apex-parser';

/** Where in the package's sources something stands. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What cannot be compiled or run here: a mistake in the source, or Apex that this sandbox does not emulate. */
export class ApexSourceError extends Error {
  readonly place: Place;

  constructor(message: string, place: Place) {
    super(`${place.file}:${place.line}: ${message}`);
    this.place = place;
  }
}

/** @throws ApexSourceError that names what is not emulated. */
export function unsupported(what: string, place: Place): never {
  throw new ApexSourceError(`not supported by this sandbox: ${what}`, place);
}

/** One source file while its tree is read. */
export class SourceFile {
  readonly name: string;
  private readonly characters: readonly string[];

  constructor(name: string, text: string) {
    this.name = name;
    this.characters = [...text];
  }

  at(node: ApexParserRuleContext): Place {
    return { file: this.name, line: node.start.line };
  }

  /** The source between two positions of the parser's character stream, the last one included. */
  text(from: number, to: number): string {
    return this.characters.slice(from, to + 1).join('');
  }

  textOf(node: ApexParserRuleContext): string {
    return this.text(node.start.start, node.stop?.stop ?? node.start.stop);
  }
}
