// ua-parser-js 1.x ships no types; version 2 does, under a licence this project cannot use.
declare module 'ua-parser-js' {
  export class UAParser {
    constructor(agent: string);
    getResult(): {
      browser: { name?: string };
      os: { name?: string };
      device: { type?: string };
    };
  }
}
