import { commands, setSafely } from '../commands.ts';
import { options } from '../options.ts';
import { setScrub } from '../recorder.ts';
import { decide } from '../recording.ts';
import { kept } from '../shelf.ts';
import type { Feature } from '../sighting.ts';
import { visitorId } from '../visitor.ts';
import { hashed } from './hashed.ts';

/**
 * The JSON text without what reads as an e-mail address in it, in a text or in an address (%40), or as an international phone number;
 * within a query a plus is a space, and stays. A backslash stays with what it escapes; the bound keeps a long text from being
 * searched for minutes.
 */
export const withoutContacts = (json: string): string =>
  options.plain
    ? json
    : json.replace(
        /(\\u....|\\.)|\B\+[\d -]{9,}|[^\s"\\/?&=]{1,64}(@|%40)[^\s"\\/?&=]+\.[^\s"\\/?&=]+/g,
        '$1',
      );

/**
 * The commands about who it is; e-mail and phone, in traits and in properties, are hashed before they leave, and so is an id that is
 * one. Where else one stands, in what the shop tells others, in attributes, titles or errors, it is taken out.
 */
export const identity: Feature = () => {
  setSafely(hashed);
  setScrub(withoutContacts);
  commands.alias = (user_id, previous_id) => commands.identify(user_id, {}, { previous_id } as never);
  commands.visitor = (callback) => {
    decide();
    if (kept) callback(visitorId());
  };
};
