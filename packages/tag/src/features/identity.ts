import { commands } from '../commands.ts';
import { guarded } from '../listen.ts';
import { settle } from '../recorder.ts';
import type { Feature } from '../sighting.ts';
import { visitorId } from '../visitor.ts';
import { hashed } from './hashed.ts';

/** The commands about who it is; e-mail and phone, in traits and in properties, are hashed before they leave. */
export const identity: Feature = (see) => {
  const { track, identify } = commands;
  commands.track = (name, properties) =>
    hashed(
      properties,
      guarded((safe) => track(name, safe)),
    );
  commands.identify = (id, traits, signed) =>
    hashed(
      traits,
      guarded((safe) => identify(id, safe, signed)),
    );
  commands.alias = (user_id, previous_id) => see('api', 'alias', {}, { identity: { user_id, previous_id } });
  commands.visitor = (callback) => {
    settle();
    callback(visitorId());
  };
};
