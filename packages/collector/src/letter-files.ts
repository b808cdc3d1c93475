import path from 'node:path';
import type { SpoolFiles } from './spool/files.ts';

export interface LetterFilesOptions<Letter> {
  files: SpoolFiles;
  folder: string;
  /** What the files' names end in, after the segment. */
  ending: string;
  /** Undefined for what is no letter: a line that was not written to its end, or that somebody has garbled. */
  letterIn(value: unknown): Letter | undefined;
}

/** What the store refused of a segment, in a file beside the spool: a letter is a line of JSON. */
export class LetterFiles<Letter extends object> {
  readonly #options: LetterFilesOptions<Letter>;

  constructor(options: LetterFilesOptions<Letter>) {
    this.#options = options;
  }

  /** The letters of all segments, by segment. */
  async all(): Promise<Map<string, Letter[]>> {
    const { files, folder, ending } = this.#options;
    const found = new Map<string, Letter[]>();
    for (const name of (await files.list(folder)).sort())
      if (name.endsWith(ending)) {
        const text = (await files.read(path.join(folder, name))).toString('utf8');
        found.set(name.slice(0, -ending.length), this.#lettersIn(text));
      }
    return found;
  }

  /** Puts these in place of all letters of the segment. */
  async put(segment: string, letters: readonly Letter[]): Promise<void> {
    const { files, folder, ending } = this.#options;
    const file = path.join(folder, segment + ending);
    const text = letters.map((letter) => `${JSON.stringify(letter)}\n`).join('');
    if (letters.length === 0) await files.remove(file);
    else await files.put(file, Buffer.from(text));
  }

  /** Leaves out those that are not to be kept. */
  async keep(wanted: (letter: Letter) => boolean): Promise<void> {
    for (const [segment, letters] of await this.all()) {
      const kept = letters.filter(wanted);
      if (kept.length < letters.length) await this.put(segment, kept);
    }
  }

  #lettersIn(text: string): Letter[] {
    return text.split('\n').flatMap((line) => {
      try {
        return this.#options.letterIn(JSON.parse(line)) ?? [];
      } catch {
        return [];
      }
    });
  }
}
