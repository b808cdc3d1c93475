/** A request as the routes see it, whichever server it came through. */
export interface Call {
  /** By its lower-case name. */
  header(name: string): string | undefined;
  /** A part of the path that the route's pattern names. */
  param(name: string): string | undefined;
  /** The whole address asked for, with what the Host header says. */
  url(): URL;
  /** Of the socket's other end, '' when unknown: the proxy's where there is one. */
  peer: string;
  /** The body as it was sent; undefined when it is larger than `bytes_max`. Throws Failure when too many are held. */
  body(bytes_max: number): Promise<Buffer | undefined>;
  /** Counts more bytes that this call keeps in memory until its end. Throws Failure when that is too much. */
  hold(bytes: number): void;
  /** The answer is made: nothing is held any more. */
  end(): void;
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer<ArrayBuffer>;
}
