// Another side on this machine that answers as a test wants it to, and remembers what it was sent.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly answer: Answer;
}

/** A status with headers and a text, or no answer at all. */
export type Answer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly text?: string }
  | 'stall'
  | 'hang up';

export class HttpPeer {
  readonly received: Received[] = [];
  /** The next answers; when there are no more, it is always the same. */
  readonly answers: Answer[] = [];
  otherwise: Answer = { status: 202 };
  readonly #server: Server;

  private constructor() {
    // One that went away before it was done has sent nothing.
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => undefined);
    });
  }

  static async open(): Promise<HttpPeer> {
    const peer = new HttpPeer();
    await new Promise<void>((done) => peer.#server.listen(0, '127.0.0.1', done));
    return peer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get first(): Received {
    const [first] = this.received;
    if (first === undefined) throw new Error('nothing was received');
    return first;
  }

  get bodies(): readonly unknown[] {
    return this.received.map(({ body }) => JSON.parse(body) as unknown);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const answer = this.answers.shift() ?? this.otherwise;
    this.received.push({ path: request.url ?? '', headers: request.headers, body, answer });
    if (answer === 'hang up') request.socket.destroy();
    else if (answer !== 'stall') response.writeHead(answer.status, answer.headers).end(answer.text ?? '');
  }
}
