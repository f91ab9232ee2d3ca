// Values that stand on one line of plain YAML: texts in quotes or without, numbers, and what stands in brackets and braces.

const SINGLE = /'((?:[^']|'')*)'/y;
const DOUBLE = /"((?:[^"\\]|\\["\\/nt])*)"/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
/** Begins as nothing else does, and holds no colon and no hash that could mean something. */
const BARE = /[A-Za-z0-9_/<($\\+^](?:[^:#\n]|:(?=[^\s,[\]{}])|(?<=[^ ])#)*/y;
const BARE_IN_FLOW = /[A-Za-z0-9_/<($\\+^](?:[^:#,[\]{}\n]|:(?=[A-Za-z0-9/]))*/y;
const FLOW_KEY = /([A-Za-z_][A-Za-z0-9_-]{0,60}): +(?=\S)/y;
/** Keys that are none, or no strings, in some reading or other. */
const ODD_KEYS = /^(?:true|false|null|yes|no|on|off|y|n|constructor|prototype|__proto__)$/i;
const NUMBER = /^(?:0|[1-9][0-9]{0,14})$/;
/** Numbers in other forms, and words, that are no texts in some reading or other. */
const ODD = /^(?:[-+.]?\d[\w.+-]*|\+.*|null|true|false|yes|no|on|off|y|n)$/i;
const BEHIND = / *(?: #.*)?$/y;
const MAX_DEPTH = 10;

export function isOddKey(key: string): boolean {
  return ODD_KEYS.test(key);
}

/** A text or a number to the end of the line; `undefined` where it is not plain. */
export function readScalar(content: string): unknown {
  const scanner = new FlowScanner(content, BARE);
  const value = scanner.scalar();
  return value !== undefined && scanner.isAtEnd ? value : undefined;
}

/** The same of a value in brackets or braces. */
export function readFlow(content: string): unknown {
  const scanner = new FlowScanner(content, BARE_IN_FLOW);
  const value = scanner.value(0);
  return value !== undefined && scanner.isAtEnd ? value : undefined;
}

class FlowScanner {
  readonly #text: string;
  readonly #bare: RegExp;
  #at = 0;

  constructor(text: string, bare: RegExp) {
    this.#text = text;
    this.#bare = bare;
  }

  get isAtEnd(): boolean {
    return this.#take(BEHIND) !== null;
  }

  /** `undefined` where something is not plain. */
  value(depth: number): unknown {
    const opening = this.#text.charAt(this.#at);
    if (opening !== '[' && opening !== '{') return this.scalar();
    if (depth > MAX_DEPTH) return undefined;
    this.#at += 1;
    return opening === '[' ? this.#list(depth) : this.#mapping(depth);
  }

  scalar(): unknown {
    const single = this.#take(SINGLE);
    if (single !== null) return (single[1] ?? '').replaceAll("''", "'");
    const double = this.#take(DOUBLE);
    if (double !== null)
      return (double[1] ?? '').replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
    const bare = this.#take(this.#bare)?.[0].replace(/ +$/, '') ?? '';
    if (NUMBER.test(bare)) return Number(bare);
    if (bare === 'true' || bare === 'false') return bare === 'true';
    return bare === '' || ODD.test(bare) ? undefined : bare;
  }

  #list(depth: number): unknown {
    const items: unknown[] = [];
    do {
      this.#blanks();
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#goesOn());
    return this.#closes(']') ? items : undefined;
  }

  #mapping(depth: number): unknown {
    const mapping: Record<string, unknown> = {};
    do {
      this.#blanks();
      const key = this.#take(FLOW_KEY)?.[1];
      if (key === undefined || isOddKey(key) || Object.hasOwn(mapping, key)) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      mapping[key] = value;
    } while (this.#goesOn());
    return this.#closes('}') ? mapping : undefined;
  }

  #goesOn(): boolean {
    this.#blanks();
    if (this.#text.charAt(this.#at) !== ',') return false;
    this.#at += 1;
    return true;
  }

  #closes(bracket: string): boolean {
    if (this.#text.charAt(this.#at) !== bracket) return false;
    this.#at += 1;
    return true;
  }

  #blanks(): void {
    while (this.#text.charAt(this.#at) === ' ') this.#at += 1;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }
}
