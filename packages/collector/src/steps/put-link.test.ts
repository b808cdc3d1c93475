import { createHash } from 'node:crypto';
import { proofOf, siteSecret } from '@throughline/identity';
import { describe, expect, it } from 'vitest';
import { taken } from '../testing/take.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const AN = { kind: 'email', value: sha256('an@example.com') };

describe('the evidence of who it is', () => {
  it('is the user id and the hashed e-mail and phone of an identify', () => {
    const { link } = taken({
      name: 'identify',
      user_id: 'u1',
      traits: { email: ' An@Example.com', phone: '0901234567', plan: { tier: 2 } },
    });
    expect(link).toMatchObject({
      kind: 'identify',
      event_id: 'e1',
      visitor_id: 'v1',
      identifiers: [{ kind: 'user_id', value: 'u1' }, AN, { kind: 'phone', value: sha256('+84901234567') }],
      traits: { 'plan.tier': '2' },
      proven: true,
    });
  });

  it('takes a hash that the tag made for the same e-mail', () => {
    const { link } = taken({ name: 'identify', traits: { email_sha256: AN.value } });
    expect(link!.identifiers).toEqual([AN]);
  });

  it('keeps a user id that is an e-mail as a hash, and as an e-mail', () => {
    const { link } = taken({ name: 'login', user_id: 'An@example.com' });
    expect(link!.identifiers).toEqual([{ kind: 'user_id', value: AN.value }, AN]);
  });

  it('is in any call with a user id', () => {
    expect(taken({ source: 'server', name: 'product_viewed', user_id: 7 }).link!.identifiers).toEqual([
      { kind: 'user_id', value: '7' },
    ]);
  });

  it.each([['login'], ['signup_completed'], ['order_completed'], ['checkout_started'], ['form_submitted']])(
    'is read from the properties of %s',
    (name) => {
      expect(taken({ name, properties: { email: 'an@example.com' } }).link!.identifiers).toEqual([AN]);
    },
  );

  it('is not read from the properties of other events, where an e-mail may be a friend’s', () => {
    expect(taken({ name: 'gift_sent', properties: { email: 'an@example.com' } }).link).toBeUndefined();
  });

  it('joins a server’s order to the browser’s by its tokens', () => {
    const properties = { order_id: 'O1', cart_token: 'C1', checkout_token: 'K1' };
    expect(taken({ name: 'order_completed', properties }).link!.identifiers).toEqual([
      { kind: 'order_id', value: 'O1' },
      { kind: 'cart_token', value: 'C1' },
      { kind: 'checkout_token', value: 'K1' },
    ]);
    expect(taken({ name: 'checkout_started', properties }).link).toBeUndefined();
  });

  it('is an alias with both names', () => {
    const { link, row } = taken({
      source: 'server',
      visitor_id: undefined,
      name: 'alias',
      user_id: 'new',
      previous_id: 'old',
    });
    expect(row.visitor_id).toBe('old');
    expect(link).toMatchObject({
      kind: 'alias',
      visitor_id: 'old',
      identifiers: [
        { kind: 'user_id', value: 'new' },
        { kind: 'user_id', value: 'old' },
      ],
    });
  });

  it('is the end of it at a logout, whoever it names', () => {
    expect(
      taken({ name: 'Signed Out', user_id: 'u1', traits: { email: 'an@example.com' } }).link,
    ).toMatchObject({
      kind: 'logout',
      identifiers: [],
      traits: {},
    });
  });

  it.each([['null'], ['undefined'], ['anonymous'], ['0'], ['']])(
    'is none when the user id is %j',
    (user_id) => {
      expect(taken({ name: 'login', user_id }).link).toBeUndefined();
      expect(taken({ name: 'identify', user_id }).reason).toBe('bad_identifier');
    },
  );

  it('is none in an identify that tells only traits of an anonymous visitor, which is stored', () => {
    const anonymous = taken({ source: 'server', name: 'identify', traits: { plan: 'free' } });
    expect(anonymous).toMatchObject({ reason: undefined, row: { name: 'identify', visitor_id: 'v1' } });
    expect(anonymous.link).toBeUndefined();
    expect(taken({ source: 'server', name: 'alias', traits: { plan: 'free' } }).reason).toBe(
      'bad_identifier',
    );
  });

  it('is unproven from a browser where the site asks for proof, and proven from a server', () => {
    const site = { settings: { identity: { proof_required: true } } };
    expect(taken({ name: 'identify', user_id: 'u1' }, { site }).link!.proven).toBe(false);
    expect(taken({ name: 'identify', user_id: 'u1', source: 'server' }, { site }).link!.proven).toBe(true);
  });

  describe('signed by the shop’s server', () => {
    const site = { settings: { identity: { proof_required: true } } };
    const proof = proofOf(siteSecret('of-the-instance', 'shop1'), 'u1');
    const proven = (call: object, where: object = { site }) =>
      taken({ name: 'identify', user_id: 'u1', proof, ...call }, where).link!.proven;

    it('is proven, for that user alone', () => {
      expect(proven({})).toBe(true);
      expect(proven({ user_id: 'u2' })).toBe(false);
      expect(proven({ proof: `${proof.slice(0, -1)}x` })).toBe(false);
      expect(proven({}, { site: { ...site, site: 'another' } })).toBe(false);
    });

    it('is unproven with a wrong signature even where the site asks for none', () => {
      expect(proven({ proof: 'f'.repeat(64) }, {})).toBe(false);
      expect(proven({ proof: undefined }, {})).toBe(true);
    });

    it('is asked of a browser that speaks the track API as well', () => {
      expect(proven({ source: 'server', browser: true, proof: undefined })).toBe(false);
      expect(proven({ source: 'server', browser: true })).toBe(true);
    });

    it('names nobody by what is told beside the user id', () => {
      const { link } = taken(
        { name: 'identify', user_id: 'u1', proof, traits: { email: 'victim@example.com' } },
        { site },
      );
      expect(link!.identifiers).toEqual([{ kind: 'user_id', value: 'u1' }]);
      const nobody = proofOf(siteSecret('of-the-instance', 'shop1'), 'undefined');
      const call = { name: 'login', user_id: 'undefined', proof: nobody, properties: { user_id: 'victim' } };
      expect(taken(call, { site }).link!.identifiers).toEqual([]);
    });

    it('never proves an alias, whose other name is not signed', () => {
      expect(proven({ name: 'alias', previous_id: 'victim' })).toBe(false);
    });
  });

  it('never names two users in one event', () => {
    const { link } = taken({
      name: 'login',
      user_id: 'u1',
      properties: { user_id: 'u2', email: 'an@example.com' },
    });
    expect(link!.identifiers).toEqual([{ kind: 'user_id', value: 'u1' }, AN]);
  });
});
